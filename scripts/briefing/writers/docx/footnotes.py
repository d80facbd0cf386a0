"""Write the part that holds the footnotes, with the two separators that Word looks for in it."""

from __future__ import annotations

from dataclasses import replace

from briefing.document.nodes import Note
from briefing.writers.docx.inlines import write_inlines, write_run
from briefing.writers.docx.story import WordSpot
from briefing.writers.docx.xml import Element, make, make_value, measure_twips

SEPARATOR, CONTINUATION = -1, 0
"""OOXML: the ids under which Word keeps the line above the footnotes; those of footnotes follow."""


def build_footnotes(place: WordSpot) -> Element:
    """Build the root of word/footnotes.xml from the notes that the story has gathered, which must not add others."""
    notes = [_write_footnote(note, index, place) for index, note in enumerate(list(place.story.footnotes), start=1)]
    height = measure_twips(place.story.styles["footnote_separator"])
    return make(
        "w:footnotes",
        None,
        _make_separator(SEPARATOR, "separator", height),
        _make_separator(CONTINUATION, "continuationSeparator", height),
        notes,
    )


def make_footnote_settings() -> Element:
    """Make what word/settings.xml says of the footnotes: which two are the separators."""
    return make("w:footnotePr", None, [make("w:footnote", {"id": mark}) for mark in (SEPARATOR, CONTINUATION)])


def _make_separator(identifier: int, kind: str, height: int) -> Element:
    """Make the line over the footnotes of a page, in a paragraph of its own."""
    spacing = make("w:spacing", {"before": 0, "after": 0, "line": height, "lineRule": "exact"})
    paragraph = make("w:p", None, make("w:pPr", None, spacing), make("w:r", None, make(f"w:{kind}")))
    return make("w:footnote", {"type": kind, "id": identifier}, paragraph)


def _write_footnote(note: Note, identifier: int, place: WordSpot) -> Element:
    """Write a footnote: its mark, a tab, and its text."""
    mark = write_run(replace(place, style="FootnoteReference"), make("w:footnoteRef"))
    paragraph = make(
        "w:p",
        None,
        make("w:pPr", None, make_value("w:pStyle", "FootnoteText")),
        mark,
        make("w:r", None, make("w:tab")),
        place.story.mark_place(note.id, write_inlines(note.children, place)),
    )
    return make("w:footnote", {"id": identifier}, paragraph)
