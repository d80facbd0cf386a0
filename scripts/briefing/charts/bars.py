"""Draw lengths: bars, the parts of a whole, and sums spread over years."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from briefing.charts.canvas import Sheet
from briefing.charts.spec import Bars, ChartArrow, ChartError, ChartMark, Reference, StackedBar, Term, Terms

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
            sheet.write(0, y + thickness / 2, mark.group, "group", middle=True)
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
    return groups + max(sheet.measure(mark.label) for mark in bars.marks) + PAD


def _place_rows(sheet: Sheet, bars: Bars, top: float) -> list[tuple[float, float]]:
    """Share the height among the bars: (upper edge, thickness) of each."""
    limits = sheet.style.bars
    gaps = []
    for before, mark in zip((None, *bars.marks[:-1]), bars.marks, strict=True):
        same = before is not None and mark.group and mark.group == before.group
        gaps.append(0.0 if before is None else limits["gap"] if same else limits["group_gap"])
    if bars.change:
        gaps = [0.0] + [limits["group_gap"] + 2 * sheet.get_leading("label")] * (len(gaps) - 1)
    room = sheet.height - top - 2.4 - sum(gaps)
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
    tone = sheet.style.find("tones", mark.tone)
    length = float(values[mark.figure]) * scale
    sheet.fill(left, y, length, thickness, tone["fill"], f"bar-{mark.figure}")
    if mark.part:
        share = float(values[mark.part.figure]) * scale
        sheet.fill(left, y, share, thickness, sheet.style.find("tones", "part")["fill"], f"part-{mark.part.figure}")
        sheet.write(left + share + PAD, y + thickness / 2, mark.part.value, colour=tone["text"], middle=True)
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


# --- StackedBar --------------------------------------------------------------------------------------------------


def draw_composition(sheet: Sheet, composition: StackedBar, values: BarValues) -> None:
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
    labels = 2 * sheet.get_leading("value") + 5.0
    thickness = sheet.height - top - labels
    sheet.write(sheet.width / 2, sheet.get_size("value"), composition.whole.label, "value", align="center")
    bracket = top - 2.6
    ends = [(0.2, top - 1.0), (0.2, bracket), (sheet.width - 0.2, bracket), (sheet.width - 0.2, top - 1.0)]
    sheet.stroke(ends, "leader", "axis")
    x = 0.0
    middles = []
    for mark in composition.marks:
        length = float(values[mark.figure]) * scale
        sheet.fill(x, top, length, thickness, sheet.style.find("tones", mark.tone)["fill"], f"bar-{mark.figure}")
        if x:
            sheet.fill(x - 0.25, top, 0.5, thickness, sheet.style.find("colours", "paper"))
        middles.append(x + length / 2)
        x += length
    _label_parts(sheet, composition.marks, middles, top + thickness)


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


# --- Sums spread over years ---------------------------------------------------------------------------------------


def draw_terms(sheet: Sheet, terms: Terms, values: BarValues) -> None:
    """Draw each sum as a block: as long as its years, as thick as its yearly average, one below the other."""
    first, last = min(term.start for term in terms.terms), max(term.end for term in terms.terms)
    year = sheet.width / (last - first + 1)
    foot = sheet.height - sheet.get_leading("small") - 0.8
    caption = 2 * sheet.get_leading("label") + 1.2
    room = foot - len(terms.terms) * (caption + 2.0)
    scale = room / sum(float(values[term.yearly]) for term in terms.terms)
    y = 0.0
    blocks = []
    for term in terms.terms:
        thickness = float(values[term.yearly]) * scale
        blocks.append((term, (term.start - first) * year, y + caption, thickness))
        y += caption + thickness + 2.0
    for number in range(last - first + 2):
        # A line of the grid stops where a caption stands on it.
        for upper, lower in _find_free_heights(sheet, blocks, number * year, foot):
            sheet.stroke([(number * year, upper), (number * year, lower)], "rule", "rule")
        if number <= last - first:
            centre = (number + 0.5) * year
            sheet.write(centre, sheet.height - 0.8, str(first + number), "small", align="center", colour="quiet")
    sheet.stroke([(0, foot), (sheet.width, foot)], "axis", "axis")
    for block in blocks:
        _draw_term(sheet, *block, year)


def _find_free_heights(
    sheet: Sheet, blocks: list[tuple[Term, float, float, float]], x: float, foot: float
) -> list[tuple[float, float]]:
    """Give the stretches of a line of the grid that no caption covers."""
    stretches, y = [], 0.0
    for term, left, top, _ in blocks:
        right = left + max(sheet.measure(term.label, "group"), sheet.measure(term.value)) + 1
        if left <= x < right:
            stretches.append((y, top - 2 * sheet.get_leading("label") - 1.0))
            y = top
    return [(upper, lower) for upper, lower in [*stretches, (y, foot)] if lower > upper]


def _draw_term(sheet: Sheet, term: Term, x: float, y: float, thickness: float, year: float) -> None:
    tone = sheet.style.find("tones", term.tone)
    length = (term.end - term.start + 1) * year
    sheet.fill(x, y, length, thickness, tone["fill"], f"bar-{term.figure}")
    sheet.write(x, y - 1.6 - sheet.get_leading("label"), term.label, "group")
    sheet.write(x, y - 1.6, term.value)
    sheet.write(x + PAD, y + thickness / 2, term.average, colour=tone["text"], middle=True)
