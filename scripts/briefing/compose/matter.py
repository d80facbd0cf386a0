"""Compose what stands around the prose: the key-statistics box, the colophon, the metadata, the names of figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from briefing.compose.resolver import NodeResolver
from briefing.document.edition_names import read_edition_name
from briefing.document.inlines import fill_text
from briefing.document.nodes import FigureUse, KeyStatistic, KeyStatistics, Metadata, Text
from briefing.figures.figure import Figure
from briefing.formats.yaml_source import find_place
from briefing.language.number_formatting import Language, print_date, print_period
from briefing.problems import Place
from briefing.sources.exemptions import Exemption, make_exemption
from briefing.sources.note_sources import NoteSources
from briefing.sources.prose import ProseReader
from briefing.sources.prose_syntax import CitedWork
from briefing.sources.works import LITERAL
from briefing.translate.blocks import Translator, translate_plain

# Texts of note.yaml that a reader sees.
TEXTS = ("title", "subtitle", "series", "contact", "description", "status", "limits")


def compose_box(
    sources: NoteSources, reader: ProseReader, resolver: NodeResolver, labels: Mapping[str, str]
) -> KeyStatistics:
    file = sources.name("figures.yaml")
    lines: list[KeyStatistic] = []
    group = ""
    for position, row in enumerate(sources.figures["key_statistics"]):
        place = find_place(file, sources.figures, ("key_statistics", position, "value"))
        if (name := row.get("group", "")) and name != group:
            group = name
            label = reader.read_line(file, name, place)
            head = KeyStatistic(f"key-group-{position}", label, (), (), ())
            reader.places[head.id] = place
            lines.append(head)
        works = [resolver.resolve_source(key, place) for key in row["sources"]]
        source = [inline for work in works for inline in (Text(", "), work)][1:]
        line = KeyStatistic(
            id=f"key-{row['id']}",
            label=reader.read_line(file, row["label"], place),
            value=reader.read_line(file, row["value"], place),
            year=tuple(
                node for node in reader.read_line(file, row["year"], place) if isinstance(node, Text | FigureUse)
            ),
            source=tuple(source),
            facts=tuple(row["facts"]),
        )
        reader.places[line.id] = place
        lines.append(line)
    columns = (labels["statistic"], labels["value"], labels["date"], labels["source_label"])
    basis = sources.note.get("basis")
    filled = {"basis_citation": (resolver.citations.cite([CitedWork(basis, "")]),)} if basis else {}
    note = fill_text(labels["box_note_basis" if basis else "box_note"], filled)
    return KeyStatistics("key-statistics", labels["key_statistics"], columns, tuple(lines), note)


def translate_note(sources: NoteSources, translator: Translator) -> dict[str, Any]:
    """Give the settings of a note with the texts that a reader sees in the language of the document."""
    file, note = sources.name("note.yaml"), sources.note

    def translate(text: str, key: str) -> str:
        return translate_plain(translator, "note", text, find_place(file, note, (key,)))

    keywords = [translate(keyword, "keywords") for keyword in note["keywords"]]
    return {**note, **{key: translate(note[key], key) for key in TEXTS if key in note}, "keywords": keywords}


def translate_figures(
    sources: NoteSources, figures: Mapping[str, Figure], translator: Translator, called: Mapping[str, str]
) -> dict[str, Figure]:
    """Give the figures with their labels and notes in the language of the document.

    `called` has what the indicators that notes share are called in it, by name; a note translates its own labels only.
    """

    def translate(text: str, name: str) -> str:
        return translate_plain(translator, "figures-and-sources", text, sources.specs[name].place)

    def name_figure(figure: Figure) -> str:
        indicator = sources.specs[figure.id].measures
        is_shared = figure.label == sources.shared_indicators.get(indicator, {}).get("label")
        return called[indicator] if is_shared and indicator in called else translate(figure.label, figure.id)

    return {
        name: replace(figure, label=name_figure(figure), note=translate(figure.note, name))
        for name, figure in figures.items()
    }


def translate_works(sources: NoteSources, translator: Translator, tag: str) -> dict[str, dict[str, Any]]:
    """Give the works with the names of bodies in the language of the document, which has the tag `tag`.

    Names of people stay as they are, and so do titles, but of works that were issued in that language too.
    """
    place = Place(sources.name("bibliography.json"), 1)

    def translate(text: str) -> str:
        return translate_plain(translator, "references", text, place)

    works = {}
    for key, work in sources.works.items():
        author = [
            {part: translate(text) if part in LITERAL else text for part, text in name.items()}
            for name in work.get("author", ())
        ]
        texts = {name: translate(work[name]) for name in ("publisher", "publisher-place", "genre") if name in work}
        title = work.get("custom", {}).get("titles", {}).get(tag)
        issued = {"title": title, "language": tag} if title else {}
        works[key] = {**work, **texts, **issued, **({"author": author} if author else {})}
    return works


def locate_exemptions(sources: NoteSources) -> list[Place]:
    """Give the places of the names that hold digits or capitals."""
    file, rows = sources.name("note.yaml"), sources.note.get("exemptions", ())
    return [find_place(file, sources.note, ("exemptions", position)) for position in range(len(rows))]


def translate_exemptions(sources: NoteSources, translator: Translator, language: Language) -> list[Exemption]:
    """Give the names that hold digits or capitals, and the Roman numerals of centuries, as the language writes them."""
    exemptions = []
    for place, row in zip(locate_exemptions(sources), sources.note.get("exemptions", ()), strict=True):
        translated = translate_plain(translator, "names", row["pattern"], place)
        exemptions += [make_exemption(name, row["reason"]) for name in {row["pattern"], translated}]
    if centuries := language.grammar.get("centuries"):
        exemptions.append(Exemption(re.compile(centuries), "A century"))
    return exemptions


def print_edition(edition: str, labels: Mapping[str, str], language: Language) -> str:
    """Print the name of an edition: "February 2019", or "February 2019, revision 1" of "2019-02-r1"."""
    month, revision = read_edition_name(edition)
    text = print_period(month, language)
    return labels["edition_revision"].format(edition=text, number=revision) if revision else text


def make_metadata(note: Mapping[str, Any], labels: Mapping[str, str], language: Language, version: str) -> Metadata:
    return Metadata(
        note=note["note"],
        language=language.locale,
        title=note["title"],
        subtitle=note["subtitle"],
        series=note["series"],
        edition=note["edition"],
        edition_text=print_edition(note["edition"], labels, language),
        issued=note["issued"],
        as_of=note["as_of"],
        as_of_text=print_date(note["as_of"], language),
        version=version,
        publisher=note["publisher"],
        contact=note.get("contact", ""),
        description=note["description"],
        keywords=tuple(note["keywords"]),
    )
