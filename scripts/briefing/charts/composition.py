"""Draw a whole as one bar of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from briefing.charts.canvas import Sheet
from briefing.charts.spec import ChartError, ChartMark, StackedBar


def draw_composition(sheet: Sheet, composition: StackedBar, values: Mapping[str, Decimal]) -> None:
    """Draw a whole as one bar of its parts; the parts' names stand below, that of the whole above.

    A `ChartError` says that the parts do not add up to the whole (within half a per cent, as rounding may leave).
    """
    whole, parts = values[composition.whole.figure], sum(values[mark.figure] for mark in composition.marks)
    if abs(parts - whole) > whole / 200:
        raise ChartError(
            f"composition: the parts add up to {parts}, and the whole `{composition.whole.figure}` is {whole}."
        )
    scale = sheet.width / float(values[composition.whole.figure])
    top = sheet.get_leading("value") + 4.0
    labels = _measure_names(sheet, composition)
    thickness = sheet.height - top - labels
    sheet.write(sheet.width / 2, sheet.get_size("value"), composition.whole.label, "value", align="center")
    bracket = top - 2.6
    ends = [(0.2, top - 1.0), (0.2, bracket), (sheet.width - 0.2, bracket), (sheet.width - 0.2, top - 1.0)]
    sheet.stroke(ends, "leader", "axis")
    x = 0.0
    middles = []
    for mark in composition.marks:
        length = float(values[mark.figure]) * scale
        sheet.fill(x, top, length, thickness, mark.tone, f"bar-{mark.figure}")
        if x:
            sheet.fill(x - 0.25, top, 0.5, thickness, "paper")
        middles.append(x + length / 2)
        x += length
    (_list_parts if sheet.is_narrow else _label_parts)(sheet, composition.marks, middles, top + thickness)


def measure_composition(sheet: Sheet, composition: StackedBar) -> float:
    """Give the height that the bar and its names need on a sheet of this width."""
    return sheet.get_leading("value") + 4.0 + sheet.style.bars["thickness"] * 1.5 + _measure_names(sheet, composition)


def _measure_names(sheet: Sheet, composition: StackedBar) -> float:
    return (len(composition.marks) if sheet.is_narrow else 2) * sheet.get_leading("value") + 5.0


def _list_parts(sheet: Sheet, marks: tuple[ChartMark, ...], middles: list[float], bottom: float) -> None:
    """List the parts under the bar, each with its colour: a narrow sheet has no room for names side by side."""
    size, y = sheet.get_size("label"), bottom + 2.0
    for mark in marks:
        y += sheet.get_leading("label")
        sheet.fill(0, y - size * 0.72, size * 0.75, size * 0.75, mark.tone)
        sheet.write(size * 1.2, y, mark.label)
        sheet.write(sheet.width, y, mark.value, "value", align="right")


def _label_parts(sheet: Sheet, marks: tuple[ChartMark, ...], middles: list[float], bottom: float) -> None:
    """Write the parts' names under the bar, each as near to its middle as its neighbours leave it."""
    widths = [max(sheet.measure(mark.label), sheet.measure(mark.value, "value")) for mark in marks]
    limit = sheet.width - 0.3
    for mark, middle, width in reversed(list(zip(marks, middles, widths, strict=True))):
        start = max(0.0, min(middle - width / 2, limit - width))
        limit = start - 5.0
        foot = min(max(middle, start + 1), start + width - 1)
        sheet.stroke([(middle, bottom + 0.6), (middle, bottom + 1.8), (foot, bottom + 3.4)], "leader", "quiet")
        y = bottom + 4.2 + sheet.get_size("label")
        sheet.write(start + width / 2, y, mark.label, align="center")
        sheet.write(start + width / 2, y + sheet.get_leading("value"), mark.value, "value", align="center")
