"""Keep what stands at the start of a block, or of a line of it, from beginning a list, a heading or a rule there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from briefing.returns.prose_source import HEADING, ITEM, ProseBlock
from briefing.returns.source_tokens import find_body
from briefing.returns.splices import Splice

_FIRST = r"\#{1,6}(?=\s|$)|>|\||[-+*](?=\s|$)|=+[ \t]*$|-[- \t]*$"
_LATER = r"\d{1,9}(?=[.)](?:\s|$))|\[[^\]\n]*\](?=:)"
_BEGINS = re.compile(rf"(?:{_FIRST})|(?P<before>{_LATER})", re.MULTILINE)
"""What CommonMark would read at the start of a line as more than words, by its first character or by a later one."""

_Origin = tuple[int, int]
"""Where a character of a result comes from: the number of its splice and its place there; -1, and that in the text."""


def escape_start(line: str) -> str:
    """Write a text at the start of a line so that its first characters begin no list, heading or rule."""
    at = _find_mark(line, 0)
    return line if at < 0 else f"{line[:at]}\\{line[at:]}"


def _find_mark(text: str, start: int) -> int:
    """Find the character whose escape makes plain words of what a line begins with; -1 where it is that already."""
    found = _BEGINS.match(text, start)
    if found is None:
        return -1
    return found.end("before") if found["before"] is not None else found.start()


def escape_starts(text: str, block: ProseBlock, splices: Sequence[Splice]) -> list[Splice]:
    """Write splices within a block of a file's text anew, so that each line of the block still says its words alone."""
    begin = block.start + find_body(text[block.start : block.end])
    if block.kind == HEADING or not splices:
        return list(splices)
    written, origins = _follow(text, begin, block.end, splices)
    fresh = [list(splice.text) for splice in splices]
    added = []
    for start in _list_starts(written, origins, block):
        at = _find_mark(written, start)
        if at < 0 or _stood(text, begin, written, origins, start, at):
            continue
        number, place = origins[at]
        if number >= 0:
            fresh[number][place] = f"\\{fresh[number][place]}"
        else:
            line = {one for one, _ in origins[written.rfind("\n", 0, start) + 1 : at] if one >= 0}
            near = [splices[one] for one in line] or [row for row in splices if row.start <= place][-1:]
            items = tuple(dict.fromkeys(item for splice in near for item in splice.items))
            added.append(replace(splices[0], start=place, end=place, text="\\", items=items))
    return [replace(splice, text="".join(said)) for splice, said in zip(splices, fresh, strict=True)] + added


def _follow(text: str, begin: int, end: int, splices: Sequence[Splice]) -> tuple[str, list[_Origin]]:
    """Apply splices as `apply_splices` does, and tell of each character where it comes from."""
    written, origins, position = "", list[_Origin](), begin
    for number, splice in sorted(enumerate(splices), key=lambda row: (row[1].start, row[1].end)):
        if splice.start < position:
            continue
        written += text[position : splice.start] + splice.text
        origins += [(-1, place) for place in range(position, splice.start)]
        origins += [(number, place) for place in range(len(splice.text))]
        position = splice.end
    return written + text[position:end], origins + [(-1, place) for place in range(position, end)]


def _list_starts(written: str, origins: Sequence[_Origin], block: ProseBlock) -> Iterator[int]:
    """List where the words of each line begin, after its indent, and after the mark of an item that we wrote."""
    for found in re.finditer(r"\A\s*|\n\s*", written):
        start = found.end()
        is_ours = bool(found[0]) and origins[found.start()][0] >= 0
        if is_ours and block.kind == ITEM and written.startswith(block.marker, found.start() + 1):
            start = found.start() + 1 + len(block.marker)
        yield start


def _stood(text: str, begin: int, written: str, origins: Sequence[_Origin], start: int, at: int) -> bool:
    """Tell whether a line begins as one did before, so that nothing was made of it."""
    number, place = origins[start]
    is_kept = number < 0 and all(
        one < 0 and two[0] < 0 and two[1] == place + 1 for (one, place), two in pairwise(origins[start : at + 1])
    )
    return (
        is_kept
        and (place == begin or not text[text.rfind("\n", 0, place) + 1 : place].strip())
        and _find_mark(text, place) == place + at - start
    )
