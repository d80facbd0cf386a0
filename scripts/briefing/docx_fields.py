"""Make Word's fields: the table of contents, the numbers of captions, page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.document import Heading, get_text
from briefing.docx_xml import Element, make, make_value

CONTENTS_INSTRUCTION = r' TOC \o "1-2" \h \z \u '


def make_run(*content: Element) -> Element:
    """Make a run without properties."""
    return make("w:r", None, content)


def make_text(text: str) -> Element:
    """Make the text of a run, with the spaces at its ends kept."""
    return make("w:t", {"xml:space": "preserve"}, text)


def make_field(instruction: str, result: Sequence[Element]) -> Iterator[Element]:
    """Make a field: what Word is to compute, and what stands there until it does."""
    yield from begin_field(instruction)
    yield from result
    yield end_field()


def begin_field(instruction: str) -> Iterator[Element]:
    """Make the runs that open a field, up to its result."""
    yield make_run(make("w:fldChar", {"fldCharType": "begin"}))
    yield make_run(make("w:instrText", {"xml:space": "preserve"}, instruction))
    yield make_run(make("w:fldChar", {"fldCharType": "separate"}))


def end_field() -> Element:
    """Make the run that closes a field."""
    return make_run(make("w:fldChar", {"fldCharType": "end"}))


def instruct_sequence(kind: str, number: int, expected: int) -> str:
    """Give the instruction for a caption's number; `expected` is what Word counts here, another is set outright."""
    reset = "" if number == expected else rf"\r {number} "
    return rf" SEQ {kind.capitalize()} \* ARABIC {reset}"


def name_contents_bookmark(index: int) -> str:
    """Name the bookmark of the heading at `index` of the contents, in the form that Word uses."""
    return f"_Toc{index + 1:09d}"


def make_contents(headings: Sequence[Heading], pages: Mapping[str, int], indent: int) -> Iterator[Element]:
    """Make the paragraphs of the contents: one field around entries that link to their headings.

    `pages` holds the page of each heading by its id, `indent` is that of one without number, in twentieths of a point.
    The field is complete, so Word has no reason to ask for an update.
    """
    for index, heading in enumerate(headings):
        entry = _make_contents_entry(heading, name_contents_bookmark(index), pages.get(heading.id, 0))
        opening = begin_field(CONTENTS_INSTRUCTION) if index == 0 else ()
        closing = [end_field()] if index == len(headings) - 1 else []
        aside = None if heading.number else make("w:ind", {"left": indent, "firstLine": 0})
        style = make("w:pPr", None, make_value("w:pStyle", f"TOC{heading.level}"), aside)
        yield make("w:p", None, style, opening, entry, closing)


def _make_contents_entry(heading: Heading, bookmark: str, page: int) -> Element:
    """Make an entry of the contents: number, text and page, all in one link."""
    tab = make("w:tab")
    number = make_run(make_text(heading.number), tab) if heading.number else None
    reference = make_field(f" PAGEREF {bookmark} \\h ", [make_run(make_text(str(page)))])
    return make(
        "w:hyperlink",
        {"anchor": bookmark, "history": True},
        number,
        make_run(make_text(get_text(heading.children))),
        make_run(make("w:tab")),
        reference,
    )
