"""Merge what a reviewer changed with what has changed since, word by word; where both changed the same, say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Protocol

from merge3 import Merge3

from briefing.sources.prose_syntax import CITATION, FIGURE

_WORDS = re.compile(rf"{FIGURE.pattern}|{CITATION.pattern}|\{{\w+(?:\.\w+)*\}}|\w+|\n\n+|\s|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Clash:
    """What both sides changed otherwise: where it stands in the base, and the three wordings."""

    start: int
    end: int
    base: str
    now: str
    reviewed: str


class Edit(Protocol):
    """A part of a text that an edit takes, by its characters."""

    @property
    def start(self) -> int:
        """Give where it begins."""

    @property
    def end(self) -> int:
        """Give where it ends."""


Change = tuple[int, int, str]
"""Where a part of the base begins and ends, and what stands in its place."""


def merge(base: str, now: str, reviewed: str, keep_base: bool = False) -> tuple[str, list[Clash]]:
    """Merge two texts that were made from one; where they clash, the text as it is now stays, or that of the base."""
    if base in (now, reviewed):
        return (reviewed if base == now else now), []
    if now == reviewed:
        return now, []
    merged: list[str] = []
    clashes: list[Clash] = []
    for part, start, texts in _merge_parts(*(_split_parts(text) for text in (base, now, reviewed))):
        if part is not None:
            merged.append(part)
            continue
        for word, offset, wordings in _merge_parts(*(_split_words(text) for text in texts)):
            merged.append(wordings[0 if keep_base else 1] if word is None else word)
            if word is None:
                at = start + offset
                clashes.append(Clash(at, at + len(wordings[0]), *wordings))
    return "".join(merged), clashes


def find_clash(base: str, start: int, end: int, text: str, changes: Sequence[Change]) -> Clash | None:
    """Find what has changed meanwhile within a part of the base that gives way to a text; none if it is the same."""
    inside = [row for row in changes if row[0] < end and start < row[1]]
    if not inside:
        return None
    first, last = min(start, inside[0][0]), max(end, inside[-1][1])
    now = _apply_changes(base, inside, first, last)
    reviewed = base[first:start] + text + base[end:last]
    return None if now == reviewed else Clash(first, last, base[first:last], now, reviewed)


def widen_clash(clash: Clash, edits: Sequence[Edit], base: str, now: str, reviewed: str) -> tuple[str, str, str]:
    """Give the three wordings of a clash with all that the edits it touches say: "reside by", and not "reside"."""
    changes = [list_word_changes(base, text) for text in (now, reviewed)]
    spans = [(edit.start, edit.end) for edit in edits] + [(start, end) for rows in changes for start, end, _ in rows]
    first, last = clash.start, clash.end
    while wider := [
        (start, end) for start, end in spans if start <= last and first <= end and (start < first or end > last)
    ]:
        first, last = min(first, *(start for start, _ in wider)), max(last, *(end for _, end in wider))
    before, after = (
        _apply_changes(base, [row for row in rows if first <= row[0] and row[1] <= last], first, last)
        for rows in changes
    )
    return base[first:last], before, after


def _apply_changes(base: str, changes: Sequence[Change], first: int, last: int) -> str:
    written, position = "", first
    for start, end, text in changes:
        written += base[position:start] + text
        position = end
    return written + base[position:last]


def list_word_changes(base: str, now: str) -> list[Change]:
    """List what has changed in a text, by words, in the order of the base."""
    changes = []
    start = 0
    parts, others = _split_parts(base), _split_parts(now)
    for kind, i1, i2, j1, j2 in _match(None, parts, others).get_opcodes():
        old, new = "".join(parts[i1:i2]), "".join(others[j1:j2])
        if kind != "equal":
            words, written = _split_words(old), _split_words(new)
            for change, a1, a2, b1, b2 in _match(None, words, written).get_opcodes():
                if change != "equal":
                    at = start + len("".join(words[:a1]))
                    changes.append((at, at + len("".join(words[a1:a2])), "".join(written[b1:b2])))
        start += len(old)
    return changes


def _split_parts(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=\n\n)(?!\n)", text) if part]


def _split_words(text: str) -> list[str]:
    return [found[0] for found in _WORDS.finditer(text)]


def _match(_: object, one: Sequence[str], other: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)


def _merge_parts(
    base: Sequence[str], now: Sequence[str], reviewed: Sequence[str]
) -> Iterator[tuple[str | None, int, tuple[str, str, str]]]:
    """Merge sequences: each merged part, or None with the three wordings, and where it stands in the base."""
    starts = [0]
    for part in base:
        starts.append(starts[-1] + len(part))
    for kind, *numbers in _merge_regions(base, now, reviewed):
        if kind == "conflict":
            first, last, start, end, begin, finish = numbers
            wordings = ("".join(base[first:last]), "".join(now[start:end]), "".join(reviewed[begin:finish]))
            yield None, starts[first], wordings
        else:
            side = {"unchanged": base, "a": now, "same": now, "b": reviewed}[kind]
            yield "".join(side[slice(*numbers)]), 0, ("", "", "")


def _merge_regions(base: Sequence[str], now: Sequence[str], reviewed: Sequence[str]) -> list[tuple[Any, ...]]:
    try:
        return list(Merge3(base, now, reviewed, sequence_matcher=_match).merge_regions())  # type: ignore[arg-type]
    except AssertionError:  # merge3 gives up where both sides say in one place what was not matched
        return [("conflict", 0, len(base), 0, len(now), 0, len(reviewed))]
