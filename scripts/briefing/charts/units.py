"""Draw headcounts as squares, each for as many people, so that the few among the many can be counted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from briefing.charts.canvas import Sheet
from briefing.charts.spec import ChartMark, Units

HIGH = 5  # squares in a column
STEP, SIDE = 4.1, 3.6  # from square to square, and the side of one
GAP = 9.0  # between two headcounts, where the arrow of one that is a bound has room
Values = Mapping[str, Decimal]


def draw_units(sheet: Sheet, units: Units, values: Values) -> None:
    """Draw each headcount under its name; side by side, or under each other where the sheet is narrow."""
    x = y = 0.0
    for mark in units.marks:
        _draw_mark(sheet, mark, units.unit, values, (x, y))
        if sheet.is_narrow:
            y += _measure_mark(sheet)
        else:
            x += _measure_width(sheet, mark, units.unit, values) + GAP
    foot = (y if sheet.is_narrow else _measure_mark(sheet)) + sheet.get_size("small")
    lines = sheet.wrap(units.key, sheet.width - 2 * STEP, "small")
    sheet.fill(0, foot - SIDE * 0.8, SIDE, SIDE, "strong")
    for number, line in enumerate(lines):
        sheet.write(1.3 * STEP, foot + number * sheet.get_leading("small"), line, "small", colour="quiet")


def measure_units(sheet: Sheet, units: Units, values: Values) -> float:
    """Give the height that the squares need on a sheet of this width."""
    rows = len(units.marks) if sheet.is_narrow else 1
    lines = sheet.wrap(units.key, sheet.width - 2 * STEP, "small")
    return rows * _measure_mark(sheet) + len(lines) * sheet.get_leading("small") + 1.5


def _measure_mark(sheet: Sheet) -> float:
    return 3 * sheet.get_leading("label") + HIGH * STEP + 5.0


def _measure_width(sheet: Sheet, mark: ChartMark, unit: int, values: Values) -> float:
    columns = -(-float(values[mark.figure]) / unit // HIGH)
    names = [sheet.measure(mark.label, "group"), sheet.measure(mark.value)]
    return max(columns * STEP, *names, sheet.measure(mark.part.value) if mark.part else 0.0)


def _draw_mark(sheet: Sheet, mark: ChartMark, unit: int, values: Values, corner: tuple[float, float]) -> None:
    left, top = corner
    leading = sheet.get_leading("label")
    sheet.write(left, top + sheet.get_size("group"), mark.label, "group")
    sheet.write(left, top + sheet.get_size("group") + leading, mark.value)
    above = top + 2 * leading + 1.2
    part = float(values[mark.part.figure]) / unit if mark.part else 0.0
    whole = float(values[mark.figure]) / unit
    _draw_squares(sheet, part, whole, mark.tone, (left, above), f"unit-{mark.figure}")
    if mark.part:
        _draw_squares(sheet, 0.0, part, "second", (left, above), f"unit-{mark.part.figure}")
        foot = above + HIGH * STEP + sheet.get_size("label")
        sheet.write(left, foot, mark.part.value, colour="reference")
    if mark.bound == "lower":
        right, middle = left + -(-whole // HIGH) * STEP + 1.0, above + HIGH * STEP / 2
        sheet.stroke([(right, middle), (right + 2.5, middle)], "axis", mark.tone)
        sheet.arrow_head(right + 4.6, middle, 2.4, mark.tone)


def _draw_squares(sheet: Sheet, first: float, last: float, tone: str, corner: tuple[float, float], name: str) -> None:
    """Draw the squares from one count to another, column by column; of a square that is not whole, its share."""
    left, top = corner
    number = int(first)
    while number < last:
        start, end = max(first - number, 0.0), min(last - number, 1.0)
        column, row = divmod(number, HIGH)
        x, y = left + column * STEP + start * SIDE, top + row * STEP
        sheet.fill(x, y, (end - start) * SIDE, SIDE, tone, f"{name}-{number}")
        number += 1
