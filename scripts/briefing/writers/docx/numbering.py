"""Number headings and lists as Word does: definitions, and the lists that use them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefing.writers.docx.styles import make_colour, resolve_paragraph
from briefing.writers.docx.xml import Element, make, make_flag, make_value, measure_twips

HEADINGS, BULLETS, STEPS = 1, 2, 3
"""Numbers of the three definitions, and of the first list of each."""


class HeadingCounter:
    """Count headings as Word will, to know which ones Word would number as the note does."""

    def __init__(self) -> None:
        self._counts = [0, 0]

    def count(self, level: int, number: str) -> bool:
        """Count a heading if Word would number it `number`, and tell whether it would."""
        counts = list(self._counts)
        counts[level - 1] += 1
        counts[level:] = [0] * (len(counts) - level)
        if ".".join(map(str, counts[:level])) != number:
            return False
        self._counts = counts
        return True


def build_numbering(styles: Mapping[str, Any], ordered_lists: int) -> Element:
    """Build the root of word/numbering.xml, with a list of its own, from 1, for each ordered list of the note."""
    definitions = [
        _make_definition(HEADINGS, "multilevel", _make_heading_levels(styles)),
        _make_definition(BULLETS, "hybridMultilevel", _make_bullet_levels(styles)),
        _make_definition(STEPS, "hybridMultilevel", _make_step_levels(styles)),
    ]
    lists = [
        make("w:num", {"numId": number}, make_value("w:abstractNumId", number)) for number in (HEADINGS, BULLETS, STEPS)
    ]
    lists += [_make_restart(STEPS + count) for count in range(1, ordered_lists)]
    return make("w:numbering", None, definitions, lists)


def make_list_number(ordered: bool, index: int) -> Element:
    """Make what puts a paragraph into a list; `index` counts the ordered lists of the note from 0."""
    number = STEPS + index if ordered else BULLETS
    return make("w:numPr", None, make_value("w:ilvl", 0), make_value("w:numId", number))


def make_no_number() -> Element:
    """Make what takes a heading out of the numbering."""
    return make("w:numPr", None, make_value("w:ilvl", 0), make_value("w:numId", 0))


def _make_definition(number: int, kind: str, levels: Iterator[Element]) -> Element:
    """Make a numbering definition; its identifier is fixed, so that the same note gives the same bytes."""
    identifier = f"{0x1A2B3C00 + number:08X}"
    return make(
        "w:abstractNum",
        {"abstractNumId": number},
        make_value("w:nsid", identifier),
        make_value("w:multiLevelType", kind),
        make_value("w:tmpl", identifier),
        list(levels),
    )


def _make_level(styles: Mapping[str, Any], level: int, kind: str, text: str, style: str, *run: Element) -> Element:
    """Make a level of a numbering: its text, and the indents of its style."""
    colour = make_colour(styles, styles["numbers"][style])
    own = resolve_paragraph(styles, style)
    indents = {"left": measure_twips(own["left"]), "hanging": measure_twips(own["hanging"])}
    return make(
        "w:lvl",
        {"ilvl": level},
        make_value("w:start", 1),
        make_value("w:numFmt", kind),
        make_value("w:pStyle", style),
        make_value("w:suff", "tab"),
        make_value("w:lvlText", text),
        make_value("w:lvlJc", "left"),
        make("w:pPr", None, make("w:ind", indents)),
        make("w:rPr", None, run, colour),
    )


def _make_heading_levels(styles: Mapping[str, Any]) -> Iterator[Element]:
    yield _make_level(styles, 0, "decimal", "%1", "Heading1")
    yield _make_level(styles, 1, "decimal", "%1.%2", "Heading2")


def _make_bullet_levels(styles: Mapping[str, Any]) -> Iterator[Element]:
    yield _make_level(styles, 0, "bullet", "•", "ListBullet")


def _make_step_levels(styles: Mapping[str, Any]) -> Iterator[Element]:
    yield _make_level(styles, 0, "decimal", "%1.", "ListNumber", make_flag("w:b"))


def _make_restart(number: int) -> Element:
    """Make a list that counts from 1 again."""
    override = make("w:lvlOverride", {"ilvl": 0}, make_value("w:startOverride", 1))
    return make("w:num", {"numId": number}, make_value("w:abstractNumId", STEPS), override)
