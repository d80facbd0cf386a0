"""Break a column of measured blocks into pages by Word's rules.

A block is a stack of slabs: the lines of a paragraph, or the rows of a table. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Slab:
    """A piece that no page break cuts, with the height of the footnotes whose marks it holds."""

    height: float
    notes: float = 0.0


@dataclass(frozen=True)
class Stack:
    """A block: its slabs, the space around it, and what Word must not do to it.

    `margin_lines` is how many slabs a page break must leave on either side; `repeated` is what is printed again on
    each further page.
    """

    slabs: tuple[Slab, ...]
    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = False
    keep_lines: bool = False
    starts_page: bool = False
    margin_lines: int = 1
    repeated: float = 0.0


@dataclass
class _Page:
    """A page that fills up: the first stack that began on it, what is used, and the space owed to the next block."""

    first: int
    used: float = 0.0
    owed: float = 0.0
    notes: float = 0.0
    empty: bool = True


def break_pages(stacks: Sequence[Stack], heights: tuple[float, float], separator: float) -> list[int]:
    """Give the page, from 1, on which each stack begins.

    `heights` are those of the first page and of the others; `separator` is the room over the footnotes of a page.
    """
    numbers = [0] * len(stacks)
    page, number = _Page(0), 1
    index = start = 0
    while index < len(stacks):
        stack = stacks[index]
        if stack.starts_page and start == 0 and not page.empty:
            page, number = _Page(index), number + 1
        count = _count_fitting(stack, start, page, heights[number > 1], separator)
        if count == 0 and not page.empty:
            index = index if start else _find_chain(stacks, index, page)
            page, number = _Page(index), number + 1
            continue
        numbers[index] = numbers[index] if start else number
        _fill(page, stack, start, max(count, 1), separator)
        start += max(count, 1)
        if start < len(stack.slabs):
            page, number = _Page(index + 1, used=stack.repeated), number + 1
        else:
            index, start = index + 1, 0
    return numbers


def _find_chain(stacks: Sequence[Stack], index: int, page: _Page) -> int:
    """Find the first of the stacks that go with the one at `index` to the next page, since they stay together."""
    first = index
    while first > page.first and stacks[first - 1].keep_with_next:
        first -= 1
    return first if first > page.first else index


def _measure_gap(stack: Stack, start: int, page: _Page) -> float:
    """Measure the space over what comes next: the larger of the two that meet; none at the top of a page."""
    if start or page.empty:
        return 0.0
    return max(page.owed, stack.before)


def _count_fitting(stack: Stack, start: int, page: _Page, height: float, separator: float) -> int:
    """Count the slabs from `start` on that this page takes, with none left alone on either side of a break."""
    used, notes, count = page.used + _measure_gap(stack, start, page), page.notes, 0
    slabs = stack.slabs[start:]
    for slab in slabs:
        used += slab.height
        notes += slab.notes + (separator if slab.notes and not notes else 0.0)
        if used + notes > height + 0.05:
            break
        count += 1
    if count == len(slabs):
        return count
    if stack.keep_lines:
        return 0
    count = min(count, len(slabs) - stack.margin_lines)
    return count if count >= stack.margin_lines or (start and count > 0) else 0


def _fill(page: _Page, stack: Stack, start: int, count: int, separator: float) -> None:
    """Put slabs of a stack on a page."""
    page.used += _measure_gap(stack, start, page)
    for slab in stack.slabs[start : start + count]:
        page.used += slab.height
        page.notes += slab.notes + (separator if slab.notes and not page.notes else 0.0)
    page.owed = stack.after
    page.empty = False
