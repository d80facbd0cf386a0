"""Compose the document of a note from its sources and its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.acronyms import (
    Acronym,
    check_acronyms,
    find_used,
    make_acronym_table,
    make_pattern,
    mark_acronyms,
)
from briefing.annex import make_figure_table
from briefing.charts import ChartSpec, list_labels
from briefing.citations import CitationPrinter
from briefing.document import (
    Bibliography,
    Block,
    Chart,
    Contents,
    Document,
    FigureUse,
    Heading,
    KeyStatistic,
    KeyStatistics,
    Metadata,
    Paragraph,
    ReturnToContents,
    Text,
    walk_nodes,
)
from briefing.figures import Figure
from briefing.numbers import find_unbound_numbers
from briefing.printing import Language, print_date
from briefing.problems import Place, Problem, name_nearest
from briefing.prose import ProseReader
from briefing.prose_syntax import FIGURE
from briefing.resolver import Resolver
from briefing.settings import find_place
from briefing.sources import NoteSources

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Composition:
    """A composed document with what was found on the way: problems, and where each figure is used."""

    document: Document
    problems: tuple[Problem, ...]
    uses: Mapping[str, tuple[str, ...]]


def compose_note(
    sources: NoteSources, figures: Mapping[str, Figure], language: Language, labels: Labels, version: str
) -> Composition:
    """Compose a note in its source language: box, contents, sections, lists, annex, colophon."""
    charts = {chart.id: chart for chart in sources.charts}
    citations = CitationPrinter(sources.works, language.locale)
    resolver = Resolver(figures, language, citations, charts, sources.chart_places)
    reader = resolver.reader = ProseReader(resolver)
    read: list[Block] = [_compose_box(sources, reader, resolver, labels), *_read_sections(sources, reader, labels)]
    acronyms = sources.acronyms(language.tag)
    pattern = make_pattern(acronyms)
    box, *sections = [mark_acronyms(block, acronyms, pattern) for block in read]
    uses = _find_uses([box, *sections])
    annexed = _close_over_inputs(uses, figures)
    keys = _list_works(sources, citations, [figures[name] for name in annexed])
    titles = (labels["acronym"], labels["meaning"])
    lists: dict[str, Block] = {
        "acronyms": make_acronym_table(find_used([box, *sections], pattern), acronyms, titles),
        "further-reading": Bibliography("bibliography", citations.list_entries(keys, labels["reference_incomplete"])),
    }
    blocks = [
        box,
        Contents("contents", labels["contents"]),
        *_insert_lists(sections, lists),
        Heading("figures-and-sources", 1, "", (Text(labels["figures_and_sources"]),)),
        Paragraph("figures-and-sources-1", (Text(labels["annex_introduction"]),)),
        make_figure_table(annexed, figures, uses, citations, language, labels),
        ReturnToContents("return-annex", labels["return_to_contents"]),
        Heading("colophon", 1, "", (Text(labels["colophon"]),)),
        *_compose_colophon(sources.note, labels, version, language),
    ]
    places = _list_places(sources, reader)
    problems = {
        *resolver.problems,
        *reader.problems,
        *_check_blocks(sources, read, acronyms, language, places),
        *_check_links(blocks, places),
    }
    document = Document(_make_metadata(sources.note, language, version), tuple(blocks))
    return Composition(document, tuple(sorted(problems)), uses)


def _read_sections(sources: NoteSources, reader: ProseReader, labels: Labels) -> Iterator[Block]:
    """Read the prose files in order; each ends with the way back to the contents."""
    for number, (file, text) in enumerate(sources.texts, 1):
        yield from reader.read_file(file, text)
        yield ReturnToContents(f"return-{number}", labels["return_to_contents"])


def _list_works(sources: NoteSources, citations: CitationPrinter, figures: Iterable[Figure]) -> list[str]:
    """List the works of the bibliography: cited, source of a figure, or on the reading list."""
    of_figures = [key for figure in figures for key in figure.sources if key in sources.works]
    reading = [key for key, work in sources.works.items() if work.get("custom", {}).get("reading_list")]
    return list(dict.fromkeys([*citations.cited, *of_figures, *reading]))


def _list_places(sources: NoteSources, reader: ProseReader) -> dict[str, Place]:
    """Say where each block stands in the sources; a chart stands at its title."""
    titles = {
        f"{kind}-{chart.id}": sources.chart_places[f"{chart.id}.title"]
        for chart in sources.charts
        for kind in ("chart", "map")
    }
    return {**reader.places, **titles}


def _check_blocks(
    sources: NoteSources,
    blocks: Iterable[Block],
    acronyms: Mapping[str, Acronym],
    language: Language,
    places: Mapping[str, Place],
) -> Iterator[Problem]:
    """Check the acronyms and the numbers of all that an editor has written."""
    blocks = tuple(blocks)
    names = [exemption.pattern for exemption in sources.exemptions]
    yield from check_acronyms(blocks, acronyms, names, places, Place(sources.name("acronyms.csv"), 1))
    unseen = _list_unseen(blocks, {chart.id: chart for chart in sources.charts})
    yield from find_unbound_numbers([*blocks, *unseen], sources.exemptions, language.tag, places)


def _list_unseen(blocks: Iterable[Block], charts: Mapping[str, ChartSpec]) -> Iterator[Paragraph]:
    """List what a chart says outside the running text, without its figures: its alternative and what is drawn."""
    for block in blocks:
        if isinstance(block, Chart):
            texts = (str(charts[block.image].alternative), *list_labels(charts[block.image]))
            yield Paragraph(block.id, tuple(Text(FIGURE.sub(" ", text)) for text in texts))


def _compose_box(sources: NoteSources, reader: ProseReader, resolver: Resolver, labels: Labels) -> KeyStatistics:
    file = sources.name("figures.yaml")
    lines = []
    for position, row in enumerate(sources.figures["key_statistics"]):
        place = find_place(file, sources.figures, ("key_statistics", position, "value"))
        year = "".join(
            node.text for node in reader.read_line(file, row["year"], place) if isinstance(node, Text | FigureUse)
        )
        source = [resolver.resolve_source(key, place) for key in row["sources"]]
        line = KeyStatistic(
            id=f"key-{row['id']}",
            label=reader.read_line(file, row["label"], place),
            value=reader.read_line(file, row["value"], place),
            year=year,
            source=tuple(source),
            facts=tuple(row["facts"]),
        )
        reader.places[line.id] = place
        lines.append(line)
    columns = (labels["statistic"], labels["value"], labels["year"], labels["source_label"])
    return KeyStatistics("key-statistics", labels["key_statistics"], columns, tuple(lines), (Text(labels["box_note"]),))


def _close_over_inputs(names: Iterable[str], figures: Mapping[str, Figure]) -> list[str]:
    """List figures with all that they are computed from, in the order of figures.yaml."""
    wanted: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting.extend(figures[name].derived_from)
    return [name for name in figures if name in wanted]


def _find_uses(blocks: Iterable[Block]) -> dict[str, tuple[str, ...]]:
    """Find the blocks that print each figure: the ids of paragraphs, items, lines of the box and charts."""
    uses: dict[str, dict[str, None]] = {}
    for part, _ in _list_parts(blocks):
        for node in walk_nodes(part):
            if isinstance(node, FigureUse):
                uses.setdefault(node.figure, {})[part.id] = None
    return {name: tuple(places) for name, places in uses.items()}


def _list_parts(blocks: Iterable[Block]) -> Iterator[tuple[Any, Block]]:
    for block in blocks:
        for part in getattr(block, "items", None) or getattr(block, "lines", None) or (block,):
            yield part, block


def _insert_lists(blocks: Iterable[Block], lists: Mapping[str, Block]) -> Iterator[Block]:
    """Put each made list at the end of the section whose heading has its name."""
    section = ""
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = block.id
        if isinstance(block, ReturnToContents) and section in lists:
            yield lists[section]
        yield block


def _compose_colophon(note: Mapping[str, Any], labels: Labels, version: str, language: Language) -> Iterator[Paragraph]:
    filled = {
        "title": note["title"],
        "edition": note["edition_text"],
        "as_of": print_date(note["as_of"], language),
        "version": version,
        "publisher": note["publisher"],
        "contact": note["contact"],
    }
    for number, key in enumerate(("colophon_edition", "colophon_method", "colophon_rights"), 1):
        yield Paragraph(f"colophon-{number}", (Text(labels[key].format(**filled)),), role="colophon")


def _make_metadata(note: Mapping[str, Any], language: Language, version: str) -> Metadata:
    return Metadata(
        note=note["note"],
        language=language.locale,
        title=note["title"],
        subtitle=note["subtitle"],
        series=note["series"],
        edition=note["edition"],
        edition_text=note["edition_text"],
        issued=note["issued"],
        as_of=note["as_of"],
        as_of_text=print_date(note["as_of"], language),
        version=version,
        publisher=note["publisher"],
        contact=note["contact"],
        description=note["description"],
        keywords=tuple(note["keywords"]),
    )


def _check_links(blocks: Iterable[Block], places: Mapping[str, Place]) -> Iterator[Problem]:
    """Check that every link within the note leads somewhere."""
    blocks = tuple(blocks)
    ids = {node.id for node in walk_nodes(blocks) if hasattr(node, "id")}
    for part, _ in _list_parts(blocks):
        for node in walk_nodes(part):
            target = getattr(node, "target", "")
            if target.startswith("#") and target[1:] not in ids:
                place = places.get(part.id, Place("text", 1))
                yield place.report(f'the link to "{target}" leads nowhere; {name_nearest(target[1:], ids)}')
