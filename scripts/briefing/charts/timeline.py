"""Draw a timeline: events in order down one line, with their dates beside it, and what lasts as a bar along it."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import dataclass

from briefing.charts.canvas import Sheet
from briefing.charts.dates import find_span
from briefing.charts.spec import ChartError, Event, Panel, Timeline

GAP = 1.7  # between events
LEAST_GAP = 0.5
MARK = 2.2  # the size of an event's mark
BAND = 2.4  # from the line to the bar of what lasts, left of it
HEADING = 3.2  # over and under the heading of a panel


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with the lines of its text, as (text, role); `start` is its first day, `end` the day after its last."""

    event: Event
    lines: tuple[tuple[str, str], ...]
    start: datetime.date
    end: datetime.date


def draw_timeline(sheet: Sheet, timeline: Timeline) -> None:
    """Draw a key of the kinds of event, and under the heading of each panel its events."""
    y = _draw_key(sheet, timeline)
    panels = [(panel, _make_rows(sheet, timeline, panel)) for panel in timeline.panels]
    gaps = sum(len(rows) for _, rows in panels)
    gap = min(GAP, (sheet.height - measure_timeline(sheet, timeline)) / gaps + GAP if gaps else GAP)
    if gap < LEAST_GAP:
        raise ChartError("timeline: the events need more room; make the chart's key `height` larger.")
    for panel, rows in panels:
        y += HEADING + sheet.get_size("heading")
        sheet.write(0, y, panel.label, "heading")
        sheet.stroke([(0, y + 1.5), (sheet.width, y + 1.5)], "rule", "axis")
        y = _draw_panel(sheet, timeline, panel, rows, (y + HEADING, gap))


def measure_timeline(sheet: Sheet, timeline: Timeline) -> float:
    """Give the height that the events need on a sheet of this width."""
    height = _draw_key(sheet, timeline, measured=True)
    for panel in timeline.panels:
        rows = _make_rows(sheet, timeline, panel)
        height += 2 * HEADING + sheet.get_size("heading")
        height += sum(_measure_row(sheet, row) + GAP for row in rows)
    return height + 0.5


def _make_rows(sheet: Sheet, timeline: Timeline, panel: Panel) -> list[EventRow]:
    """Make the rows of a panel in order of time; a date known to the year stands amid those of its months."""
    rows = []
    room = sheet.width - _find_text(sheet, timeline)
    for event in timeline.events:
        spans = [find_span(date) for date in event.dates]
        if panel.start <= spans[0][0].year <= panel.end:
            lines = [(line, "label") for line in sheet.wrap(event.label, room)]
            when = [(event.when, "group")] if sheet.is_narrow else []
            rows.append(EventRow(event, (*when, *lines), spans[0][0], spans[-1][1]))
    return sorted(rows, key=_rank_row)


def _rank_row(row: EventRow) -> tuple[float, int]:
    """Rank what lasts for years by its first day, all else by the middle of the days that it may be of."""
    first, last = row.start.toordinal(), row.end.toordinal()
    return (first if last - first > 366 else (first + last) / 2, -last)


def _measure_row(sheet: Sheet, row: EventRow) -> float:
    return len(row.lines) * sheet.get_leading("label")


def _find_line(sheet: Sheet, timeline: Timeline) -> float:
    """Give the place of the line: right of the dates, where the sheet is wide enough for them to stand beside it."""
    dates = 0.0 if sheet.is_narrow else max(sheet.measure(event.when, "group") for event in timeline.events) + 3.0
    return dates + BAND + 2.0


def _find_text(sheet: Sheet, timeline: Timeline) -> float:
    return _find_line(sheet, timeline) + MARK / 2 + 2.6


def _draw_key(sheet: Sheet, timeline: Timeline, measured: bool = False) -> float:
    """Draw the key, in as many lines as it needs, and give the height that it takes."""
    size, x, y = sheet.get_size("small"), 0.0, sheet.get_size("small")
    for tone in timeline.tones:
        width = size * 1.5 + sheet.measure(tone.label, "small")
        if x and x + width > sheet.width:
            x, y = 0.0, y + sheet.get_leading("small")
        if not measured:
            _draw_mark(sheet, x + size * 0.62, y - size * 0.35, tone.id, is_day=False)
            sheet.write(x + size * 1.5, y, tone.label, "small", colour="quiet")
        x += width + 4.0
    return y + 1.0


def _draw_mark(sheet: Sheet, x: float, y: float, tone: str, *, is_day: bool, name: str = "") -> None:
    """Draw the mark of an event: a sign of its own for an alert, a dot for a day, else a square."""
    if tone == "alert":
        sheet.diamond(x, y, MARK * 1.5, tone, name)
    else:
        sheet.dot(x, y, MARK, tone, square=not is_day, name=name)


def _draw_panel(
    sheet: Sheet, timeline: Timeline, panel: Panel, rows: list[EventRow], frame: tuple[float, float]
) -> float:
    """Draw the events of a panel from `frame` (top, gap) downwards, and give the place of its foot."""
    y, gap = frame
    line, leading = _find_line(sheet, timeline), sheet.get_leading("label")
    middles = []
    for row in rows:
        middles.append(y + leading / 2)
        if not sheet.is_narrow:
            sheet.write(line - BAND - 2.0, y + leading / 2, row.event.when, "group", align="right", middle=True)
        for number, (text, role) in enumerate(row.lines):
            sheet.write(_find_text(sheet, timeline), y + (number + 0.5) * leading, text, role, middle=True)
        y += _measure_row(sheet, row) + gap
    for (before, upper), (after, lower) in itertools.pairwise(zip(rows, middles, strict=True)):
        is_gap = after.start.year - before.start.year > panel.step
        sheet.stroke([(line, upper), (line, lower)], "axis", "axis", dashed=is_gap)
    for number, (row, middle) in enumerate(zip(rows, middles, strict=True)):
        spanned = [later for later in range(number, len(rows)) if rows[later].start < row.end]
        if len(spanned) > 1 and row.end.year - row.start.year > 1:
            _draw_span(sheet, row, (line - BAND, middle, middles[spanned[-1]]), is_open=row.end.year > panel.end)
        is_day = (row.end - row.start).days == 1
        _draw_mark(sheet, line, middle, row.event.tone, is_day=is_day, name=f"mark-{row.event.dates[0]}")
    return y


def _draw_span(sheet: Sheet, row: EventRow, place: tuple[float, float, float], *, is_open: bool) -> None:
    """Draw what lasts as a bar along its years; one that reaches the end of its panel has an arrow there."""
    x, upper, lower = place
    sheet.fill(x - 0.6, upper - 0.6, BAND + 0.6, 1.2, row.event.tone)
    sheet.fill(x - 0.6, upper - 0.6, 1.2, lower - upper + 0.6, row.event.tone, f"span-{row.event.dates[0]}")
    if is_open:
        sheet.arrow_head(x, lower + 2.4, 2.6, row.event.tone, way="down")
