"""Make Word's fields: the table of contents, the numbers of captions, page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.writers.docx.xml import Element, make, make_value

CONTENTS_INSTRUCTION = r' TOC \o "1-1" \h \z '


def make_run(*content: Element) -> Element:
    """Make a run without properties."""
    return make("w:r", None, content)


def make_text(text: str) -> Element:
    """Make the text of a run, with the spaces at its ends kept."""
    return make("w:t", {"xml:space": "preserve"}, text)


def make_field(instruction: str, result: Sequence[Element], style: str = "") -> Iterator[Element]:
    """Make a field: what Word is to compute, and what stands there until it does.

    A computed result takes the look of the runs around it, so these have the character style too.
    """
    yield from begin_field(instruction, style)
    yield from result
    yield end_field(style)


def begin_field(instruction: str, style: str = "") -> Iterator[Element]:
    """Make the runs that open a field, up to its result."""
    yield _make_styled_run(style, make("w:fldChar", {"fldCharType": "begin"}))
    yield _make_styled_run(style, make("w:instrText", {"xml:space": "preserve"}, instruction))
    yield _make_styled_run(style, make("w:fldChar", {"fldCharType": "separate"}))


def end_field(style: str = "") -> Element:
    """Make the run that closes a field."""
    return _make_styled_run(style, make("w:fldChar", {"fldCharType": "end"}))


def _make_styled_run(style: str, content: Element) -> Element:
    """Make a run with a character style, or without one."""
    return make("w:r", None, make("w:rPr", None, make_value("w:rStyle", style)) if style else None, content)


def instruct_sequence(kind: str, number: int, expected: int) -> str:
    """Give the instruction for a caption's number; `expected` is what Word counts here, another is set outright."""
    reset = "" if number == expected else rf"\r {number} "
    return rf" SEQ {kind.capitalize()} \* ARABIC {reset}"


def name_contents_bookmark(index: int) -> str:
    """Name the bookmark of the heading at `index` of the contents, in the form that Word uses."""
    return f"_Toc{index + 1:09d}"
