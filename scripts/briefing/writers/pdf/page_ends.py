"""Mend what WeasyPrint 70 does at the ends of pages: words are divided, notes sent to the next page, feet left empty.

It hyphenates a line without knowing that it is the last of its page, and CSS has a property for that
(`hyphenate-limit-last`) that it does not read: what is turned over in mid-word is read twice. To have room for the
second line of a paragraph, or for one that then goes to the next page whole, it sends a footnote to the page after its
mark's, against `footnote-policy`. So all are looked for in the pages, and what is laid out is told not to.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from briefing.writers.pdf.page_feet import fill_feet, get_root

_HYPHEN = "\N{HYPHEN}"  # what is put in where a word is divided; one that is typed is another
_START = re.compile(rf"[\w'’{_HYPHEN}-]*")
_END = re.compile(rf"[\w'’-]+(?={_HYPHEN}$)")
_CALL, _MARKER = "::footnote-call", "::footnote-marker"
_MORE_LINES = "orphans: 3"  # than the two that pages may end in
_NEXT_PAGE = "break-before: page"


def mend_page_ends(document: Any) -> bool:
    """Mend the ends of the pages of WeasyPrint's `document` in the tree that it was laid out from.

    Gives whether there was something to mend; the tree is to be laid out again then. Where a picture is moved the ends
    of pages are others, so that their words and notes are not mended yet.
    """
    if fill_feet(document):
        return True
    words, notes = hold_divided_words(document), hold_notes(document)
    return words or notes


def hold_notes(document: Any) -> bool:
    """Turn over the two lines for which a footnote stands on the page after its mark's; tell whether there were any.

    Where it is there for what begins that page, this is told to.
    """
    found = False
    for page, following in itertools.pairwise(document.pages):
        if _list_elements(page, _CALL) & _list_elements(following, _MARKER):
            *_, last = (box.element for box in get_root(page).descendants() if _has_lines(box))
            first = next(box.element for box in get_root(following).descendants() if _has_lines(box))
            is_told = last.get("style") == _MORE_LINES and first is not last
            element, style = (first, _NEXT_PAGE) if is_told else (last, _MORE_LINES)
            found |= element.get("style") != style
            element.set("style", style)
    return found


def _list_elements(page: Any, kind: str) -> set[Element]:
    return {box.element for box in page._page_box.descendants() if (box.element_tag or "").endswith(kind)}


def _has_lines(box: Any) -> bool:
    """Tell whether a box is a block of the text itself, which its sentence in the margin is not."""
    return box.element_tag != "span" and any(
        type(child).__name__ == "LineBox" for child in getattr(box, "children", ())
    )


def hold_divided_words(document: Any) -> bool:
    """Hold each word that a page of WeasyPrint's `document` ends in, in the tree that it was laid out from.

    Gives whether there was one; the tree is to be laid out again then.
    """
    found = False
    for page, following in itertools.pairwise(document.pages):
        last, first = _list_texts(page)[-1:], _list_texts(following)[:1]
        if last and first and (head := _END.search(last[0].text)):
            start = _START.match(first[0].text)
            found |= _hold(last[0].element, head[0] + (start[0] if start else ""))
    return found


def _list_texts(page: Any) -> list[Any]:
    """List the boxes of the text of a page, without those of its margins and notes."""
    return [box for box in get_root(page).descendants() if hasattr(box, "text") and box.text.strip()]


def _hold(element: Element, word: str) -> bool:
    """Put a word, wherever an element itself has it, into spans that no line divides; tell whether it was found."""
    found = False
    for holder, name in list(_list_strings(element)):
        before, *rest = re.split(rf"(?<!\w){re.escape(word)}(?!\w)", getattr(holder, name) or "")
        if not rest:
            continue
        found = True
        setattr(holder, name, before)
        place = 0 if name == "text" else list(element).index(holder) + 1
        for number, after in enumerate(rest):
            span = Element("span", {"class": "held"})
            span.text, span.tail = word, after
            element.insert(place + number, span)
    return found


def _list_strings(element: Element) -> Iterator[tuple[Element, str]]:
    """List where the text of an element itself stands: before its children, and after each."""
    yield element, "text"
    yield from ((child, "tail") for child in element)
