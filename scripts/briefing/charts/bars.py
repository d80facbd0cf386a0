"""Draw values as bars from a common zero."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from briefing.charts.canvas import Sheet
from briefing.charts.spec import Bars, ChartArrow, ChartMark, Reference

PAD = 1.6  # between a bar and its text
BarValues = Mapping[str, Decimal]


def draw_bars(sheet: Sheet, bars: Bars, values: BarValues) -> None:
    """Draw horizontal bars from a common zero, each with its value at its end."""
    left = _measure_columns(sheet, bars)
    top = sheet.get_leading("small") + 2.0 if bars.reference else 0.5
    rows = _place_rows(sheet, bars, top)
    scale = _find_scale(sheet, bars, values, left)
    if bars.reference:
        _draw_reference(sheet, bars.reference, left + float(values[bars.reference.figure]) * scale, top)
    previous = ""
    for mark, (y, thickness) in zip(bars.marks, rows, strict=True):
        if mark.group and mark.group != previous:
            middle = y - 0.6 * sheet.get_leading("group") if sheet.is_narrow else y + thickness / 2
            sheet.write(0, middle, mark.group, "group", middle=True)
        previous = mark.group
        sheet.write(left - PAD, y + thickness / 2, mark.label, align="right", colour="ink", middle=True)
        _draw_bar(sheet, mark, values, (left, y, thickness), scale)
    last = rows[-1][0] + rows[-1][1]
    sheet.stroke([(left, rows[0][0] - 1.2), (left, last + 1.2)], "axis", "axis")
    if bars.change:
        _draw_change(sheet, bars, bars.change, values, rows, (left, scale))


def _measure_columns(sheet: Sheet, bars: Bars) -> float:
    """Give the place of zero: to the right of the names of groups and bars."""
    groups = max((sheet.measure(mark.group, "group") + 3 for mark in bars.marks if mark.group), default=0)
    if sheet.is_narrow:
        groups = 0
    return groups + max(sheet.measure(mark.label) for mark in bars.marks) + PAD


def measure_bars(sheet: Sheet, bars: Bars) -> float:
    """Give the height that the bars need on a sheet of this width."""
    top = sheet.get_leading("small") + 2.0 if bars.reference else 0.5
    thickness = len(bars.marks) * sheet.style.bars["thickness"]
    return top + sum(_list_gaps(sheet, bars)) + thickness + _measure_foot(sheet, bars)


def _measure_foot(sheet: Sheet, bars: Bars) -> float:
    """Give the height under the last bar; on a narrow sheet what is said of its part may stand there."""
    return 2.4 + (sheet.get_leading("label") if sheet.is_narrow and bars.marks[-1].part else 0.0)


def _list_gaps(sheet: Sheet, bars: Bars) -> list[float]:
    """List the gaps above each bar; on a narrow sheet the name of a group stands in that above its first."""
    limits = sheet.style.bars
    gaps = []
    for before, mark in zip((None, *bars.marks[:-1]), bars.marks, strict=True):
        same = before is not None and mark.group and mark.group == before.group
        name = 1.2 * sheet.get_leading("group") if sheet.is_narrow and mark.group and not same else 0.0
        below = sheet.get_leading("label") if sheet.is_narrow and before is not None and before.part else 0.0
        gaps.append(name + below + (0.0 if before is None else limits["gap"] if same else limits["group_gap"]))
    if bars.change:
        gaps = [0.0] + [limits["group_gap"] + 2 * sheet.get_leading("label")] * (len(gaps) - 1)
    return gaps


def _place_rows(sheet: Sheet, bars: Bars, top: float) -> list[tuple[float, float]]:
    """Share the height among the bars: (upper edge, thickness) of each."""
    limits = sheet.style.bars
    gaps = _list_gaps(sheet, bars)
    room = sheet.height - top - _measure_foot(sheet, bars) - sum(gaps)
    most = limits["thickness"] * (1 if any(mark.group for mark in bars.marks) else 1.5)
    thickness = min(most, room / len(bars.marks))
    y = top + 1.2 + (room - thickness * len(bars.marks)) / 2
    rows = []
    for gap in gaps:
        y += gap
        rows.append((y, thickness))
        y += thickness
    return rows


def _find_scale(sheet: Sheet, bars: Bars, values: BarValues, left: float) -> float:
    """Give the millimetres a unit, such that every bar and the text at its end fit."""
    free = sheet.width - left - 2 * PAD
    room = [(values[mark.figure], free - sheet.measure(mark.value, "value")) for mark in bars.marks]
    if bars.reference:
        room.append((values[bars.reference.figure], sheet.width - left - 1))
    scales = [millimetres / float(value) for value, millimetres in room if value > 0]
    return min(scales, default=1.0)


def _draw_bar(sheet: Sheet, mark: ChartMark, values: BarValues, at: tuple[float, float, float], scale: float) -> None:
    left, y, thickness = at
    length = float(values[mark.figure]) * scale
    sheet.fill(left, y, length, thickness, mark.tone, f"bar-{mark.figure}")
    if mark.part:
        share = float(values[mark.part.figure]) * scale
        sheet.fill(left, y, share, thickness, "part", f"part-{mark.part.figure}")
        # What does not fit within the bar stands on paper, under it.
        fits = left + share + PAD + sheet.measure(mark.part.value) <= left + length
        x, below, colour = (left + share + PAD, 0.0, f"on-{mark.tone}") if fits else (left, thickness, "ink")
        sheet.write(x, y + thickness / 2 + below, mark.part.value, colour=colour, middle=True)
    sheet.write(left + length + PAD, y + thickness / 2, mark.value, "value", middle=True)


def _draw_reference(sheet: Sheet, reference: Reference, x: float, top: float) -> None:
    """Draw a dashed line across the bars, its label above it and ending at it."""
    ends = [(x, top - 1.0), (x, sheet.height)]
    sheet.stroke(ends, "reference", "reference", dashed=True, name=f"line-{reference.figure}")
    sheet.write(x + 0.5, top - 2.4, reference.label, "small", align="right", colour="reference")


def _draw_change(
    sheet: Sheet,
    bars: Bars,
    change: ChartArrow,
    values: BarValues,
    rows: list[tuple[float, float]],
    frame: tuple[float, float],
) -> None:
    """Draw an arrow in the gap under the first bar, from its end to the end of the other."""
    left, scale = frame
    figures = [mark.figure for mark in bars.marks]
    first, second = figures.index(change.start), figures.index(change.end)
    start, end = (left + float(values[figure]) * scale for figure in (change.start, change.end))
    upper = rows[first][0] + rows[first][1]
    y = (upper + rows[second][0]) / 2 + sheet.get_leading("label") / 2
    sheet.stroke([(start, upper), (start, y)], "leader", "axis")
    sheet.stroke([(end, y), (end, rows[second][0])], "leader", "axis")
    sheet.stroke([(start, y), (end - 1, y)], "axis", "reference")
    sheet.arrow_head(end, y, 2.4, "reference")
    sheet.write((start + end) / 2, y - 1.4, change.label, align="center", colour="reference")
