"""Draw values as dots on one scale: where each group was, and where it is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby

from briefing.charts.canvas import Sheet
from briefing.charts.spec import ChartMark, Dots

PAD = 1.6  # between a dot and its text
SIZE = 3.0  # of a dot
GAP = 1.0  # between a value and what is said of it
Values = Mapping[str, Decimal]


def draw_dots(sheet: Sheet, dots: Dots, values: Values) -> None:
    """Draw a row for each group, the one whose last value is greatest first."""
    rows = [list(marks) for _, marks in groupby(dots.marks, lambda mark: mark.group)]
    rows.sort(key=lambda marks: values[marks[-1].figure], reverse=True)
    names = 0.0 if sheet.is_narrow else max(sheet.measure(marks[0].group, "group") for marks in rows) + 4.0
    greatest = float(max(values[mark.figure] for mark in dots.marks)) or 1.0
    left = names + 1.0
    free = sheet.width - left - max(_measure_text(sheet, marks[-1]) for marks in rows) - 2 * PAD - SIZE
    pitch = (sheet.height - 1.0) / len(rows)
    sheet.stroke([(left, 0.5), (left, sheet.height - 0.5)], "axis", "axis")
    for number, marks in enumerate(rows):
        y = (number + 0.5) * pitch
        if sheet.is_narrow:
            sheet.write(left + PAD, number * pitch + sheet.get_size("group") + 0.6, marks[0].group, "group")
            y = (number + 0.68) * pitch
        else:
            sheet.write(0, y, marks[0].group, "group", middle=True)
        _draw_row(sheet, marks, values, (left, y, free / greatest))


def measure_dots(sheet: Sheet, dots: Dots) -> float:
    """Give the height that the rows need on a sheet of this width."""
    rows = len({mark.group for mark in dots.marks})
    return rows * (sheet.get_leading("label") * (2.9 if sheet.is_narrow else 1.9)) + 1.0


def _measure_text(sheet: Sheet, mark: ChartMark) -> float:
    return sheet.measure(mark.value, "value") + GAP + sheet.measure(mark.label, "small")


def _draw_row(sheet: Sheet, marks: list[ChartMark], values: Values, frame: tuple[float, float, float]) -> None:
    """Draw the dots of a group from left to right, a line between them, and their values outside of them."""
    left, y, scale = frame
    last = marks[-1]
    places = {mark.figure: left + float(values[mark.figure]) * scale for mark in marks}
    least, most = min(places.values()), max(places.values())
    if len(marks) > 1:
        sheet.stroke([(least, y), (most, y)], "reference", "soft")
    for mark in sorted(marks, key=lambda mark: places[mark.figure]):
        x = places[mark.figure]
        hollow = mark is not last or mark.bound is not None
        sheet.dot(x, y, SIZE, mark.tone if mark is last else "strong", hollow=hollow, name=f"dot-{mark.figure}")
        if mark.bound:
            _draw_bound(sheet, mark, x, y)
    first, greatest = (edge(marks, key=lambda mark: places[mark.figure]) for edge in (min, max))
    start = most + SIZE / 2 + PAD
    guide = least - SIZE / 2 - PAD  # leads from zero to what stands first in the row
    if len(marks) > 1:
        begin = guide - _measure_text(sheet, first)
        if begin - PAD > left:
            guide = begin - PAD
            _write_value(sheet, first, guide + PAD, y, is_last=first is last)
        else:  # no room left of it
            first, greatest = marks[0], last  # one after the other, as they are told
            start = _write_value(sheet, first, start, y, is_last=False) + PAD
            sheet.write(start, y, "→", "small", colour="quiet", middle=True)
            start += sheet.measure("→", "small") + PAD
    _write_value(sheet, greatest, start, y, is_last=greatest is last)
    if guide > left:
        sheet.stroke([(left, y), (guide, y)], "rule", "rule")


def _draw_bound(sheet: Sheet, mark: ChartMark, x: float, y: float) -> None:
    """Draw an arrow from the foot of a dot towards where the value may lie, under the row, where no dot covers it."""
    way, sign = ("right", 1) if mark.bound == "lower" else ("left", -1)
    low = y + SIZE / 2 + 1.0
    sheet.stroke([(x, y + SIZE / 2), (x, low), (x + sign * 2.4, low)], "axis", mark.tone, name=f"bound-{mark.figure}")
    sheet.arrow_head(x + sign * 4.2, low, 1.8, mark.tone, way=way)


def _write_value(sheet: Sheet, mark: ChartMark, x: float, y: float, *, is_last: bool) -> float:
    """Write a value and what is said of it from a place on, and give the place where it ends."""
    sheet.write(x, y, mark.value, "value" if is_last else "label", middle=True)
    x += sheet.measure(mark.value, "value") + GAP
    sheet.write(x, y, mark.label, "small", colour="quiet", middle=True)
    return x + sheet.measure(mark.label, "small")
