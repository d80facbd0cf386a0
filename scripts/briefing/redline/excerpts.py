"""Show two texts as one, word by word, and as much of them as a line of a list has room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias

from briefing.document.changes import Cause
from briefing.document.nodes import Deletion, Insertion, Text
from briefing.document.walking import get_text
from briefing.problems import shorten
from briefing.redline.inlines import compare_inlines

DifferentRun: TypeAlias = tuple[Literal["", "deleted", "inserted"], str]
"""A run of text of both versions, or of one alone."""
_KINDS: dict[type[Any], Literal["deleted", "inserted"]] = {Deletion: "deleted", Insertion: "inserted"}
_AROUND = 40
"""How many characters of what both versions have an excerpt shows on either side of a change."""
_LONGEST = 120
"""How many characters of what only one of them has."""


def show_difference(old: str, new: str) -> list[DifferentRun]:
    """Show two texts as one, word by word."""
    if not old or not new:
        return [("deleted", old)] if old else [("inserted", new)]
    merged = compare_inlines((Text(old),), (Text(new),), lambda *_: Cause("text", ""))
    return [
        (_KINDS.get(type(inline), ""), get_text(inline) or get_text(getattr(inline, "children", ())))
        for inline in merged
    ]


def show_excerpt(old: str, new: str) -> list[DifferentRun]:
    """Show what differs between two texts, on one line, with a few words around each change."""
    return list(_cut(show_difference(*(" ".join(text.split()) for text in (old, new)))))


def quote_excerpt(old: str, new: str) -> tuple[str, str]:
    """Quote from either of two texts what the other has not, with a few words around it; alike where they are alike."""
    runs = show_excerpt(old, new)
    before, after = ("".join(text for kind, text in runs if kind in ("", own)) for own in ("deleted", "inserted"))
    return before, after


def _cut(runs: Sequence[DifferentRun]) -> Iterator[DifferentRun]:
    for number, (kind, text) in enumerate(runs):
        if kind or len(runs) == 1:
            yield kind, shorten(text, _LONGEST)
        else:
            yield kind, _cut_bridge(text, is_first=number == 0, is_last=number == len(runs) - 1)


def _cut_bridge(text: str, is_first: bool, is_last: bool) -> str:
    """Cut what both texts have to the words beside a change: of the first run its end, of the last its beginning."""
    room = _AROUND * (1 if is_first or is_last else 2)
    if len(text) <= room:
        return text
    end = "" if is_first else text[:_AROUND].rpartition(" ")[0].rstrip(" ,;:.")
    beginning = "" if is_last else text[-_AROUND:].partition(" ")[2]
    return f"{end}…{beginning}" if is_first or is_last else f"{end} … {beginning}"
