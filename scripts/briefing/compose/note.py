"""Compose the document of a note from its sources and its figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.checks.acronyms import check_acronyms, find_used
from briefing.checks.counted_lists import check_counted_lists
from briefing.checks.directions import find_false_directions
from briefing.checks.precision import check_precision
from briefing.checks.unbound_numbers import find_unbound_numbers
from briefing.compose.acronyms import make_acronym_table, mark_acronyms
from briefing.compose.annex import Annex, group_by_section, make_computation_table, make_figure_table
from briefing.compose.bibliography import find_works, foresee_works, make_bibliographies
from briefing.compose.colophon import compose_colophon
from briefing.compose.link_words import check_link_words, write_link_words
from briefing.compose.matter import (
    compose_box,
    locate_exemptions,
    make_metadata,
    translate_exemptions,
    translate_figures,
    translate_note,
    translate_works,
)
from briefing.compose.resolver import NodeResolver
from briefing.document.nodes import (
    Block,
    Chart,
    Contents,
    Document,
    FigureUse,
    Heading,
    KeyPoints,
    KeyStatistics,
    Paragraph,
    ReturnToContents,
    Text,
)
from briefing.document.schema import Role
from briefing.document.walking import list_strings, walk_nodes, walk_pieces
from briefing.figures.figure import Figure, close_over_inputs
from briefing.fonts import find_uncovered_characters
from briefing.formats.characters import report_uncovered
from briefing.formats.po_catalogue import Message
from briefing.formats.yaml_source import find_place
from briefing.language.number_formatting import Language
from briefing.language.typography import set_document
from briefing.problems import Place, Problem, name_nearest
from briefing.sources.acronyms import exempt_acronyms, make_pattern
from briefing.sources.citations import CitationPrinter
from briefing.sources.key_points import gather_key_points
from briefing.sources.note_sources import NoteSources
from briefing.sources.prose import ProseReader
from briefing.sources.prose_syntax import CitedWork
from briefing.translate.blocks import MessageLister, Translator, number_notes, translate_blocks
from briefing.translate.catalogue_translator import CatalogueTranslator

_Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Composition:
    """A composed document with what was found on the way: problems, where each figure is used, and the messages.

    `left` has the ids of the blocks of which a part has stayed in the source language, `stale` those of them of which a
    part has changed since it was translated.
    """

    document: Document
    problems: tuple[Problem, ...]
    uses: Mapping[str, tuple[str, ...]]
    messages: tuple[Message, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


def compose_note(
    sources: NoteSources,
    figures: Mapping[str, Figure],
    language: Language,
    labels: _Labels,
    version: str,
    translator: CatalogueTranslator | None = None,
    called: Mapping[str, str] | None = None,
) -> Composition:
    """Compose a note: key points, box, contents, sections, lists, annex, colophon.

    Without a translator it is composed in its source language, and its messages are listed. With one, the blocks read
    from the source are translated; the rest is made again from the language. `called` names shared indicators in it.
    """
    lister = MessageLister({name: figure.label for name, figure in figures.items()})
    speaker: Translator = translator or lister
    note = translate_note(sources, speaker)
    listed = foresee_works(sources, figures)
    citations = CitationPrinter(translate_works(sources, speaker, language.tag), language, listed)
    if "basis" in note:
        citations.cite([CitedWork(note["basis"], "")])  # it is listed, whether the text cites it or not
    reading = _read_blocks(sources, figures, language, labels, citations, translator, speaker)
    figures = translate_figures(sources, figures, speaker, called or {})
    acronyms, in_acronyms = sources.acronyms(language.tag), Place(sources.name("acronyms.csv"), 1)
    pattern = make_pattern(acronyms)
    front = [mark_acronyms(block, acronyms, pattern) for block in number_notes(reading.blocks)]
    uses = _find_uses(front)
    annexed = close_over_inputs([name for name in uses if not figures[name].counts], figures)
    works = find_works(sources, citations, [figures[name] for name in annexed])
    titles = (labels["acronym"], labels["meaning"])
    lists: dict[str, Sequence[Block]] = {
        "acronyms": [make_acronym_table(find_used(front, pattern), acronyms, titles)],
        **make_bibliographies(works, citations, labels),
    }
    annex = Annex(figures, uses, citations, labels, note.get("basis", ""))
    computations = make_computation_table(annexed, annex, group_by_section(front, figures))
    tables = [table for table in (computations, make_figure_table(annexed, annex)) if table]
    maps = sum(isinstance(block, Chart) and block.kind == "map" for block in front)
    back = compose_colophon(sources, note, labels, version, citations, maps)
    blocks = write_link_words(_arrange_blocks(front, lists, tables, back, labels), labels)
    document = set_document(Document(make_metadata(note, labels, language, version), blocks), language)
    exemptions = [*translate_exemptions(sources, speaker, language), *exempt_acronyms(acronyms.values())]
    names = [exemption.pattern for exemption in exemptions]
    # What has stayed in the source language has the numbers and acronyms of that language.
    left, checked = _part(reading.blocks, reading.left)
    waiting = {acronyms[short].key for short in find_used(left, pattern)} | (
        translator.waiting if translator else set()
    )
    _, numbered = _part(front, reading.left)
    numbered = [] if translator and translator.left.intersection(locate_exemptions(sources)) else numbered
    problems = {
        *reading.problems,
        *(translator.problems if translator else ()),
        *check_acronyms(checked, acronyms, names, reading.places, in_acronyms, language, waiting),
        *find_unbound_numbers(numbered, exemptions, language, reading.places),
        *find_false_directions(checked, figures, language, reading.places),
        *_check_links(blocks, reading.places),
        *_check_charts(sources, front),
        *check_link_words(blocks, reading.places),
    }
    if translator is None:
        problems |= {*check_precision({name: figures[name] for name in annexed}, _list_formats(sources), language)}
        problems |= {*check_counted_lists(front, figures, sources.specs, reading.places)}
    problems |= {*_check_fonts(document, reading.places, Place(sources.name("note.yaml"), 1), problems)}
    return Composition(document, tuple(sorted(problems)), uses, tuple(lister.messages.values()), reading.places,
                       tuple(block.id for block in left), tuple(reading.stale))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reading:
    """The box and the sections in their language, where each block stands, and what a `Composition` tells of them."""

    blocks: tuple[Block, ...]
    left: Collection[str]
    places: Mapping[str, Place]
    problems: tuple[Problem, ...]
    stale: Collection[str] = ()


def _read_blocks(
    sources: NoteSources,
    figures: Mapping[str, Figure],
    language: Language,
    labels: _Labels,
    citations: CitationPrinter,
    translator: CatalogueTranslator | None,
    speaker: Translator,
) -> _Reading:
    """Read the box and the sections from the sources, and translate them."""
    spoken = translator.source if translator else language
    resolver = NodeResolver(figures, spoken, citations, sources.charts_by_id, sources.chart_places)
    reader = resolver.reader = ProseReader(resolver)
    read: list[Block] = [compose_box(sources, reader, resolver, labels), *_read_sections(sources, reader, labels)]
    places = _list_places(sources, reader)
    if translator is None:
        blocks = tuple(translate_blocks(read, speaker, places))
        return _Reading(blocks, (), places, (*resolver.problems, *reader.problems))
    translator.figures, translator.citations = figures, citations
    translator.acronyms = (sources.acronyms(translator.source.tag), sources.acronyms(language.tag))
    blocks = tuple(translate_blocks(read, speaker, places))
    left, stale = (
        [block.id for block in blocks if not _is_translated(block, places, waiting)]
        for waiting in (translator.left, translator.stale)
    )
    moved = {name: translator.moved.get(place, place) for name, place in places.items()}
    return _Reading(blocks, set(left), moved, (), stale)


def _part(blocks: Iterable[Block], ids: Collection[str]) -> tuple[list[Block], list[Block]]:
    """Part the blocks that have one of some ids from the others."""
    blocks = tuple(blocks)
    return [block for block in blocks if block.id in ids], [block for block in blocks if block.id not in ids]


def _arrange_blocks(
    front: Sequence[Block],
    lists: Mapping[str, Sequence[Block]],
    annex: Iterable[Block],
    back: Iterable[Block],
    labels: _Labels,
) -> Iterator[Block]:
    """Put the blocks in their order: key points, box, contents, sections with their lists, annex, colophon."""
    for kind in (KeyPoints, KeyStatistics):
        yield from (block for block in front if isinstance(block, kind))
    sections = [block for block in front if not isinstance(block, KeyPoints | KeyStatistics)]
    yield Contents("contents", labels["contents"])
    yield from _insert_lists(sections, lists)
    yield Heading("figures-and-sources", 1, "", (Text(labels["figures_and_sources"]),))
    yield Paragraph("figures-and-sources-1", (Text(labels["annex_introduction"]),))
    yield from annex
    yield ReturnToContents("return-annex", labels["return_to_contents"])
    yield Heading("colophon", 1, "", (Text(labels["colophon"]),))
    yield from back


def _read_sections(sources: NoteSources, reader: ProseReader, labels: _Labels) -> Iterator[Block]:
    """Read the prose files in order; each that holds a section ends with the way back to the contents."""
    for number, (file, text) in enumerate(sources.texts, 1):
        blocks = list(gather_key_points(reader.read_file(file, text)))
        yield from blocks
        if not all(isinstance(block, KeyPoints) for block in blocks):
            yield ReturnToContents(f"return-{number}", labels["return_to_contents"])


def _list_places(sources: NoteSources, reader: ProseReader) -> dict[str, Place]:
    """Say where each block stands in the sources; a chart stands at its title."""
    titles = {
        f"{kind}-{chart.id}": sources.chart_places[f"{chart.id}.title"]
        for chart in sources.charts
        for kind in ("chart", "map")
    }
    return {**reader.places, **titles}


def _is_translated(block: Block, places: Mapping[str, Place], left: Collection[Place]) -> bool:
    """Tell whether no part of a block has stayed in the source language."""
    return not any(places.get(getattr(node, "id", "")) in left for node in walk_nodes(block))


def _check_fonts(
    document: Document, places: Mapping[str, Place], note: Place, told: Iterable[Problem]
) -> Iterator[Problem]:
    """Check that the fonts hold all that is printed, whichever way it came in; what is told already is left out."""
    messages = " ".join(problem.message for problem in told)
    for part in (document.metadata, *document.blocks):
        for character in sorted(find_uncovered_characters(list_strings(part))):
            if f"(U+{ord(character):04X}" not in messages:
                yield report_uncovered(places.get(getattr(part, "id", ""), note), character)


def _list_formats(sources: NoteSources) -> dict[str, Place]:
    """Say where the digits of each figure stand."""
    file = sources.name("figures.yaml")
    return {name: find_place(file, sources.figures, ("figures", name, "format", "digits")) for name in sources.specs}


def _find_uses(blocks: Iterable[Block]) -> dict[str, tuple[str, ...]]:
    """Find the blocks that print each figure: the ids of paragraphs, items, lines of the box and charts."""
    uses: dict[str, dict[str, None]] = {}
    for piece in walk_pieces(blocks):
        for node in walk_nodes(piece, Role.OWN):
            if isinstance(node, FigureUse):
                uses.setdefault(node.figure, {})[piece.id] = None
    return {name: tuple(places) for name, places in uses.items()}


def _insert_lists(blocks: Iterable[Block], lists: Mapping[str, Sequence[Block]]) -> Iterator[Block]:
    """Put what is listed at the end of the section whose heading has its name."""
    section = ""
    for block in blocks:
        if section in lists and (isinstance(block, ReturnToContents) or _begins_section(block)):
            yield from lists[section]
            section = ""
        if _begins_section(block):
            section = block.id
        yield block


def _begins_section(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 1


def _check_charts(sources: NoteSources, blocks: Iterable[Block]) -> Iterator[Problem]:
    """Report the charts that no text shows."""
    shown = {block.image for block in blocks if isinstance(block, Chart)}
    for chart in sources.charts:
        if chart.id not in shown:
            remedy = f"write ![](chart:{chart.id}) alone in a paragraph, or remove the chart"
            yield sources.chart_places[f"{chart.id}.id"].report(f"no text shows the chart {chart.id}; {remedy}")


def _check_links(blocks: Iterable[Block], places: Mapping[str, Place]) -> Iterator[Problem]:
    """Check that every link within the note leads somewhere."""
    blocks = tuple(blocks)
    ids = {node.id for node in walk_nodes(blocks) if hasattr(node, "id")}
    for piece in walk_pieces(blocks):
        for node in walk_nodes(piece, Role.OWN):
            target = getattr(node, "target", "")
            if target.startswith("#") and target[1:] not in ids:
                place = places.get(piece.id, Place("text", 1))
                yield place.report(f'the link to "{target}" leads nowhere; {name_nearest(target[1:], ids)}')
