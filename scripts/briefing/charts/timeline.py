"""Draw a timeline: upright panels, each to its own scale of years, with every event labelled beside its date."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from briefing.charts.canvas import Sheet
from briefing.charts.dates import find_span
from briefing.charts.spec import ChartError, Event, Panel, Timeline

GUTTER = 6.0  # between panels
AXIS = 10.5  # from the edge of a panel to its axis; the years of the ticks stand in it
TEXT = 20.5  # from the edge of a panel to its labels
LANE = 1.1  # half the width of the axis: events of the first kind stand left of its middle, others right
GAP = 1.5  # between labels, where there is room
LEAST_GAP = 0.6


@dataclass(frozen=True, slots=True)
class Label:
    """An event's label: its lines, where it should stand, and its height."""

    event: Event
    lines: tuple[str, ...]
    target: float
    height: float


def draw_timeline(sheet: Sheet, timeline: Timeline) -> None:
    """Draw a key of the kinds of event, and every panel with its events."""
    _draw_key(sheet, timeline, 0, sheet.get_size("small"))
    width = (sheet.width - GUTTER * (len(timeline.panels) - 1)) / len(timeline.panels)
    for number, panel in enumerate(timeline.panels):
        events = [event for event in timeline.events if _lies_on(event, panel)]
        _draw_panel(sheet, timeline, panel, events, number * (width + GUTTER), width)


def _lies_on(event: Event, panel: Panel) -> bool:
    return panel.start <= find_span(event.dates[0])[0].year <= panel.end


def _draw_panel(sheet: Sheet, timeline: Timeline, panel: Panel, events: list[Event], left: float, width: float) -> None:
    heading = sheet.get_leading("small") + sheet.get_size("heading") + 1.6
    sheet.write(left, heading, panel.label, "heading")
    sheet.stroke([(left, heading + 1.8), (left + width, heading + 1.8)], "rule", "axis")
    top, bottom = heading + 5.0, sheet.height - 1.5
    scale = (bottom - top) / (panel.end + 1 - panel.start)
    axis = left + AXIS
    sheet.stroke([(axis, top), (axis, bottom)], "axis", "axis")
    for year in range(panel.start, panel.end + 2, panel.step):
        y = top + (year - panel.start) * scale
        sheet.stroke([(axis - LANE - 1.0, y), (axis + LANE, y)], "rule", "axis")
        # The year's name stands at its first day, where the tick is.
        if year <= panel.end:
            sheet.write(axis - LANE - 1.6, y, str(year), "small", align="right", colour="quiet", middle=True)
    labels = [_make_label(sheet, event, panel, (top, scale), width - TEXT) for event in events]
    for label, y in zip(labels, spread_labels(labels, top - 2.6, bottom + 1.0), strict=True):
        _draw_event(sheet, timeline, panel, label, y, (left, top, scale))


def _draw_key(sheet: Sheet, timeline: Timeline, x: float, y: float) -> None:
    for tone in timeline.tones:
        size = sheet.get_size("small")
        sheet.fill(x, y - size * 0.72, size * 0.75, size * 0.75, sheet.style.find("tones", tone.id)["fill"])
        sheet.write(x + size, y, tone.label, "small", colour="quiet")
        x += size + sheet.measure(tone.label, "small") + 4.0


def _measure_years(day: datetime.date, panel: Panel) -> float:
    """Give the years from the start of a panel to the start of a day."""
    first = datetime.date(day.year, 1, 1)
    return day.year - panel.start + (day - first).days / (datetime.date(day.year + 1, 1, 1) - first).days


def _make_label(sheet: Sheet, event: Event, panel: Panel, frame: tuple[float, float], width: float) -> Label:
    top, scale = frame
    start, end = (_measure_years(day, panel) for day in find_span(event.dates[0]))
    lines = tuple(sheet.wrap(event.label, width))
    return Label(event, lines, top + (start + end) / 2 * scale, (1 + len(lines)) * sheet.get_leading("label"))


def spread_labels(labels: list[Label], top: float, bottom: float) -> list[float]:
    """Give the upper edge of each label: in order, apart, and together as near to their targets as can be.

    Labels that would overlap are joined in one block that stands where its members on average want to stand. A
    `ChartError` says that the panel is too small.
    """
    room = bottom - top - sum(label.height for label in labels)
    gap = min(GAP, room / max(len(labels) - 1, 1))
    if gap < LEAST_GAP:
        raise ChartError("timeline: the labels of a panel need more room; make the chart's key `height` larger.")
    blocks: list[TextBlock] = []
    for label in labels:
        blocks.append(TextBlock([label.target - label.height / 2], [label], gap))
        while len(blocks) > 1 and blocks[-2].find_edge(top, bottom) + blocks[-2].depth > blocks[-1].find_edge(
            top, bottom
        ):
            last = blocks.pop()
            blocks[-1] = blocks[-1].join(last)
    return [edge for block in blocks for edge in block.list_edges(top, bottom)]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Labels that stand together; each wish is an upper edge of the block that would suit one of them best."""

    wishes: list[float]
    labels: list[Label]
    gap: float

    @property
    def depth(self) -> float:
        """Give the height of the block with the gap below it."""
        return sum(label.height + self.gap for label in self.labels)

    def find_edge(self, top: float, bottom: float) -> float:
        """Give the upper edge of the block, within the panel."""
        return max(top, min(sum(self.wishes) / len(self.wishes), bottom - self.depth + self.gap))

    def list_edges(self, top: float, bottom: float) -> list[float]:
        """List the upper edges of the labels."""
        edge, edges = self.find_edge(top, bottom), []
        for label in self.labels:
            edges.append(edge)
            edge += label.height + self.gap
        return edges

    def join(self, below: TextBlock) -> TextBlock:
        """Join a block with the one below it."""
        wishes = [*self.wishes, *(wish - self.depth for wish in below.wishes)]
        return TextBlock(wishes, [*self.labels, *below.labels], self.gap)


def _draw_event(
    sheet: Sheet, timeline: Timeline, panel: Panel, label: Label, y: float, frame: tuple[float, float, float]
) -> None:
    """Draw an event's marks on the axis, its label, and the lines between them."""
    left, top, scale = frame
    event = label.event
    tone = sheet.style.find("tones", event.tone)["fill"]
    lane = -LANE / 2 if event.tone == timeline.tones[0].id else LANE / 2
    x = left + AXIS + lane
    for date in event.dates:
        start, end = find_span(date)
        upper, lower = (top + _measure_years(day, panel) * scale for day in (start, end))
        middle = (upper + lower) / 2
        if (end - start).days == 1:
            sheet.dot(x, middle, 1.7, tone, name=f"mark-{date}")
        else:
            # Blocks that follow each other stay apart; the shortest can still be seen.
            length = max(lower - upper - 0.3, 0.8)
            sheet.fill(x - LANE / 2, middle - length / 2, LANE, length, tone, f"mark-{date}")
        first = y + sheet.get_leading("group") / 2
        start_x, end_x = left + AXIS + lane + LANE / 2, left + TEXT - 1.2
        bend = [(start_x, middle), (left + AXIS + 2.7, middle), (end_x - 1.6, first), (end_x, first)]
        sheet.stroke(bend, "leader", "axis")
    leading = sheet.get_leading("label")
    sheet.write(left + TEXT, first, event.when, "group", middle=True)
    for number, line in enumerate(label.lines, 1):
        sheet.write(left + TEXT, first + number * leading, line, middle=True)
