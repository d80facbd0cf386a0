"""Compose what a note says of itself: its basis, who publishes it, how it is cited and made, and its licences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefing.compose.matter import print_edition
from briefing.document.inlines import fill_text, merge_texts
from briefing.document.nodes import Emphasis, Inline, Inlines, Paragraph, Span, Strong, Text
from briefing.language.number_formatting import Language, print_date
from briefing.sources.citations import CitationPrinter
from briefing.sources.note_sources import NoteSources
from briefing.sources.prose_syntax import CitedWork

SAID = ("publisher", "editor", "contact", "series", "number", "status")
"""What note.yaml may say of the publication, in the order of the colophon; what it does not say is not printed."""


def compose_colophon(
    sources: NoteSources,
    note: Mapping[str, Any],
    labels: Mapping[str, str],
    version: str,
    citations: CitationPrinter,
    maps: int,
) -> Iterator[Paragraph]:
    """Compose the colophon; each paragraph begins with what it is about.

    `note` has the settings in the language of the document, `maps` is how many it shows.
    """
    language = citations.language
    texts = {
        "edition": print_edition(note["edition"], labels, language),
        "as_of": print_date(note["as_of"], language),
        "version": version,
        "licence": ", ".join(sources.licences),
    }
    filled: dict[str, Inlines] = {name: (Text(text),) for name, text in texts.items()}
    filled["cite_as"] = _cite_edition(note, language)
    rights = ["colophon_licence"] if sources.licences else []
    if "basis" in note:
        filled |= describe_basis(note["basis"], citations)
        rights += ["colophon_basis_licence"] if "basis_licence" in filled else []
    rights += ["colophon_map"] if maps == 1 else ["colophon_maps"] if maps else []
    paragraphs: dict[str, list[Inlines]] = {
        "basis": [fill_text(labels["colophon_basis"], filled)] if "basis" in note else [],
        "limits": [(Text(note["limits"]),)] if note.get("limits") else [],
        "publication": [(Text(f"{labels[f'colophon_{name}']} {note[name]}."),) for name in SAID if note.get(name)],
        "citation": [fill_text(labels["colophon_citation"], filled)],
        "edition": [fill_text(labels["colophon_edition"], filled)],
        "method": [fill_text(labels["colophon_method"], filled)],
        "rights": [fill_text(labels[key], filled) for key in (*rights, "colophon_fonts")],
    }
    for name, sentences in paragraphs.items():
        if sentences:
            about = Strong((Text(labels[f"colophon_about_{name}"]),))
            said = [inline for sentence in sentences for inline in (Text(" "), *sentence)]
            yield Paragraph(f"colophon-{name}", merge_texts([about, *said]), role="colophon")


def describe_basis(key: str, citations: CitationPrinter) -> dict[str, Inlines]:
    """Give the title, the citation and, where it is known, the licence of the work that a note restates."""
    work = citations.works[key]
    title: Inline = Emphasis((Text(str(work["title"])),))
    if (own := work.get("language", citations.language.tag)) != citations.language.tag:
        title = Span(own, (title,))
    licence = work.get("custom", {}).get("licence", "")
    known: dict[str, Inlines] = {"basis_licence": (Text(licence),)} if licence else {}
    return {"basis_title": (title,), "basis_citation": (citations.cite([CitedWork(key, "")]),), **known}


def _cite_edition(note: Mapping[str, Any], language: Language) -> Inlines:
    """Give the entry of this edition as the bibliographies of others may print it."""
    work = {
        "type": "report",
        "title": note["title"],
        "author": [{"literal": note["publisher"]}],
        "genre": note["series"],
        "issued": {"date-parts": [[int(part) for part in note["issued"].split("-")]]},
        **({"number": note["number"]} if note.get("number") else {}),
    }
    (entry,) = CitationPrinter({"edition": work}, language).list_entries(["edition"], "")
    return entry.children
