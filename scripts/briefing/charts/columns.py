"""Draw sums spread over years as steps, a column a year, that stand on each other where they overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefing.charts.canvas import Sheet
from briefing.charts.spec import Term, Terms

COLUMNS = 34.0  # millimetres: the height of the columns where the sheet leaves it open
ARROW = 2.2
PAD = 2.0  # between the edge of a block and the text on it
Values = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Block:
    """The years of a sum whose columns stand at one height: a rectangle, in millimetres."""

    term: Term
    first: int
    x: float
    y: float
    width: float
    height: float


def draw_terms(sheet: Sheet, terms: Terms, values: Values) -> None:
    """Draw the names of the sums with their colours, then the columns: the first sum at the foot.

    The yearly averages stand on their columns if there is room for all of them, else beside the names.
    """
    top = _measure_names(sheet, terms, averaged=False)
    blocks = _place_blocks(sheet, terms, values, top)
    averages = _fit_averages(sheet, terms, blocks)
    if not averages:
        top = _measure_names(sheet, terms, averaged=True)
        blocks = _place_blocks(sheet, terms, values, top)
    y = 0.0
    for term in terms.terms:
        y = _write_name(sheet, term, y, averaged=not averages)
    foot = _find_foot(sheet)
    for block in blocks:
        name = f"bar-{block.term.figure}-{block.first}"
        sheet.fill(block.x, block.y, block.width, block.height, block.term.tone, name)
        if block.y + block.height < foot:
            below = [(block.x, block.y + block.height), (block.x + block.width, block.y + block.height)]
            sheet.stroke(below, "axis", "paper")
        if block.term.bound == "lower":
            sheet.arrow_head(block.x + block.width / 2, block.y - 0.5 - ARROW, ARROW, "axis", way="up")
    for block, lines in averages:
        leading = sheet.get_leading("label")
        for number, line in enumerate(lines):
            y = block.y + block.height / 2 + (number - (len(lines) - 1) / 2) * leading
            sheet.write(block.x + PAD, y, line, "label", colour=f"on-{block.term.tone}", middle=True)
    sheet.stroke([(0, foot), (sheet.width, foot)], "axis", "axis")
    years = _list_years(terms)
    for number, year in enumerate(years):
        centre = (number + 0.5) * sheet.width / len(years)
        sheet.write(centre, sheet.height - 0.8, str(year), "small", align="center", colour="quiet")


def measure_terms(sheet: Sheet, terms: Terms, values: Values) -> float:
    """Give the height that the names and the columns need on a sheet of this width."""
    blocks = _place_blocks(sheet, terms, values, 0.0, foot=ARROW + 2.0 + COLUMNS)
    averaged = not _fit_averages(sheet, terms, blocks)
    return _measure_names(sheet, terms, averaged=averaged) + COLUMNS + ARROW + 3.0 + sheet.get_leading("small")


def _list_years(terms: Terms) -> range:
    return range(min(term.start for term in terms.terms), max(term.end for term in terms.terms) + 1)


def _find_foot(sheet: Sheet) -> float:
    return sheet.height - sheet.get_leading("small") - 0.8


def _place_blocks(sheet: Sheet, terms: Terms, values: Values, top: float, foot: float | None = None) -> list[Block]:
    """Place the columns between `top` and `foot`; those of a sum that stand beside each other at one height are one."""
    years = _list_years(terms)
    width = sheet.width / len(years)
    foot = _find_foot(sheet) if foot is None else foot
    most = max(sum(float(values[term.yearly]) for term in _list_running(terms, year)) for year in years)
    scale = (foot - top - ARROW - 2.0) / (most or 1.0)
    blocks: dict[tuple[str, float], Block] = {}
    for number, year in enumerate(years):
        y = foot
        for term in _list_running(terms, year):
            height = float(values[term.yearly]) * scale
            y -= height
            before = blocks.get((term.figure, y))
            first, wide = (before.first, before.width) if before else (year, 0.0)
            x = before.x if before else number * width
            blocks[term.figure, y] = Block(term, first, x, y, wide + width, height)
    return list(blocks.values())


def _list_running(terms: Terms, year: int) -> list[Term]:
    return [term for term in terms.terms if term.start <= year <= term.end]


def _fit_averages(sheet: Sheet, terms: Terms, blocks: Sequence[Block]) -> list[tuple[Block, list[str]]]:
    """Break the average of each sum into lines for its widest block; give nothing unless all of them fit."""
    fitted = []
    for term in terms.terms:
        block = max((block for block in blocks if block.term is term), key=lambda block: block.width)
        room = block.width - 2 * PAD
        lines = sheet.wrap(term.average, room)
        is_wide = all(sheet.measure(line) <= room for line in lines)
        if not is_wide or len(lines) * sheet.get_leading("label") > block.height - 0.5:
            return []
        fitted.append((block, lines))
    return fitted


def _measure_names(sheet: Sheet, terms: Terms, *, averaged: bool) -> float:
    leading = sheet.get_leading("label")
    return sum(len(_list_rows(sheet, term, averaged=averaged)) * leading + 1.6 for term in terms.terms)


def _list_rows(sheet: Sheet, term: Term, *, averaged: bool) -> list[list[tuple[str, str]]]:
    """List what is said of a sum beside its colour, row by row, as (text, role); one row where it has room."""
    room = sheet.width - 1.2 * sheet.get_size("label")
    said = (term.value, term.average) if averaged else (term.value,)
    row: list[tuple[str, str]] = [(term.label, "group"), *((text, "label") for text in said)]
    if sum(sheet.measure(*piece) + PAD for piece in row) <= room:
        return [row]
    return [[(line, role)] for text, role in row for line in sheet.wrap(text, room, role)]


def _write_name(sheet: Sheet, term: Term, top: float, *, averaged: bool) -> float:
    """Write what is said of a sum beside its colour, and give the place where it ends."""
    size, leading = sheet.get_size("label"), sheet.get_leading("label")
    sheet.fill(0, top + size * 0.28, size * 0.75, size * 0.75, term.tone)
    rows = _list_rows(sheet, term, averaged=averaged)
    for number, row in enumerate(rows):
        x = size * 1.2
        for text, role in row:
            sheet.write(x, top + size + number * leading, text, role)
            x += sheet.measure(text, role) + PAD
    return top + len(rows) * leading + 1.6
