"""Break a column of measured blocks into pages by Word's rules.

A block box holds line boxes: the lines of a paragraph, or the rows of a table. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class LineBox:
    """A piece that no page break cuts, with the height of the footnotes whose marks it holds."""

    height: float
    notes: float = 0.0


@dataclass(frozen=True)
class BlockBox:
    """A block: its lines, the space around it, and what Word must not do to it.

    `margin_lines` is how many lines a page break must leave on either side; `repeated` is what is printed again on
    each further page.
    """

    lines: tuple[LineBox, ...]
    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = False
    keep_lines: bool = False
    starts_page: bool = False
    margin_lines: int = 1
    repeated: float = 0.0


@dataclass
class _Page:
    """A page that fills up: the first box that began on it, what is used, and the space owed to the next block."""

    first: int
    used: float = 0.0
    owed: float = 0.0
    notes: float = 0.0
    empty: bool = True


def join_lines(lines: Sequence[LineBox], kept: Sequence[bool]) -> tuple[LineBox, ...]:
    """Join each line that is kept with the next one, of `kept` as many as lines, to it: no page break cuts the two."""
    joined: list[LineBox] = []
    is_open = False
    for line, stays in zip(lines, kept, strict=True):
        before = joined.pop() if is_open else LineBox(0.0)
        joined.append(LineBox(before.height + line.height, before.notes + line.notes))
        is_open = stays
    return tuple(joined)


def break_pages(boxes: Sequence[BlockBox], heights: tuple[float, float], separator: float) -> list[int]:
    """Give the page, from 1, on which each box begins.

    `heights` are those of the first page and of the others; `separator` is the room over the footnotes of a page.
    """
    numbers = [0] * len(boxes)
    page, number = _Page(0), 1
    index = start = 0
    while index < len(boxes):
        box = boxes[index]
        if box.starts_page and start == 0 and not page.empty:
            page, number = _Page(index), number + 1
        count = _count_fitting(box, start, page, heights[number > 1], separator)
        if count == 0 and not page.empty:
            index = index if start else _find_chain(boxes, index, page)
            page, number = _Page(index), number + 1
            continue
        numbers[index] = numbers[index] if start else number
        _fill(page, box, start, max(count, 1), separator)
        start += max(count, 1)
        if start < len(box.lines):
            page, number = _Page(index + 1, used=box.repeated), number + 1
        else:
            index, start = index + 1, 0
    return numbers


def _find_chain(boxes: Sequence[BlockBox], index: int, page: _Page) -> int:
    """Find the first of the boxes that go with the one at `index` to the next page, since they stay together."""
    first = index
    while first > page.first and boxes[first - 1].keep_with_next:
        first -= 1
    return first if first > page.first else index


def _measure_gap(box: BlockBox, start: int, page: _Page) -> float:
    """Measure the space over what comes next: the larger of the two that meet; none at the top of a page."""
    if start or page.empty:
        return 0.0
    return max(page.owed, box.before)


def _count_fitting(box: BlockBox, start: int, page: _Page, height: float, separator: float) -> int:
    """Count the lines from `start` on that this page takes, with none left alone on either side of a break."""
    used, notes, count = page.used + _measure_gap(box, start, page), page.notes, 0
    lines = box.lines[start:]
    for line in lines:
        used += line.height
        notes += line.notes + (separator if line.notes and not notes else 0.0)
        if used + notes > height + 0.005:
            break
        count += 1
    if count == len(lines):
        return count
    if box.keep_lines:
        return 0
    count = min(count, len(lines) - box.margin_lines)
    return count if count >= box.margin_lines or (start and count > 0) else 0


def _fill(page: _Page, box: BlockBox, start: int, count: int, separator: float) -> None:
    """Put lines of a box on a page."""
    page.used += _measure_gap(box, start, page)
    for line in box.lines[start : start + count]:
        page.used += line.height
        page.notes += line.notes + (separator if line.notes and not page.notes else 0.0)
    page.owed = box.after
    page.empty = False
