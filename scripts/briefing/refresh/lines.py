"""Draw the values of a series before and after a refresh as two small lines (SVG)."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from briefing.refresh.proposal import Point, ProposedIndicator

WIDTH, HEIGHT, MARGIN = 320, 96, 8
ENOUGH = 3
"""Values that make a line worth drawing."""


def draw_lines(row: ProposedIndicator) -> Markup:
    """Draw the values of an indicator before (grey) and after (teal); nothing where there are fewer than three."""
    old, new = (_place(points) for points in (row["old"], row["new"]))
    if len(new) < ENOUGH:
        return Markup("")
    times, values = zip(*old, *new, strict=True)
    low, high = min(values), max(values)

    def scale(points: Sequence[tuple[float, float]]) -> str:
        width, height = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
        across, up = max(times) - min(times) or 1, high - low or 1
        return " ".join(
            f"{MARGIN + (time - min(times)) / across * width:.1f},{HEIGHT - MARGIN - (value - low) / up * height:.1f}"
            for time, value in points
        )

    first, last = row["new"][0], row["new"][-1]
    label = escape(f"{row['indicator']}: {first[1]} in {first[0]}, {last[1]} in {last[0]}")
    lines = "".join(
        f'<polyline class="{kind}" points="{scale(points)}"/>'
        for kind, points in (("old", old), ("new", new))
        if points
    )
    return Markup(f'<svg class="lines" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{lines}</svg>')


def _place(points: Sequence[Point]) -> list[tuple[float, float]]:
    """Place the points that have a period, by year."""
    dated = [(period.rpartition("/")[2], value) for period, value in points if period[0].isdigit()]
    return [(int(period[:4]) + (int(period[5:7] or 1) - 1) / 12, float(value)) for period, value in dated]
