"""Draw the charts and maps that a document places, with the numbers as it prints them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from briefing.charts.canvas import parse_style
from briefing.charts.drawing import draw_chart
from briefing.charts.spec import ChartSpec, name_use
from briefing.document.nodes import Chart, Document
from briefing.document.walking import get_text, walk_nodes
from briefing.figures.derived import Derived


def draw_charts(
    document: Document,
    derived: Derived,
    charts: Sequence[ChartSpec],
    style: Mapping[str, Any],
    fonts: Sequence[Path],
    geography: Mapping[str, Any] | None,
) -> dict[str, bytes]:
    """Draw the charts as `<id>.svg`, `<id>.text.svg` and `<id>.png`; a document without blocks has none.

    `style` is what templates/charts.yaml says, `geography` the base map (GeoJSON) if the note has one.
    """
    placed = {node.image: node for node in walk_nodes(document.blocks) if isinstance(node, Chart)}
    texts = {name_use(point.figure, point.form): point.text for chart in placed.values() for point in chart.points}
    values = {name: Decimal(figure["value"]) for name, figure in derived["figures"].items()}
    drawn: dict[str, bytes] = {}
    for chart in charts:
        if chart.id in placed:
            labels = {label.source: get_text(label.children) for label in placed[chart.id].labels}
            picture = draw_chart(chart, values, texts, labels, parse_style(style), fonts, geography)
            drawn |= {f"{chart.id}.svg": picture.outlines, f"{chart.id}.text.svg": picture.text}
            drawn[f"{chart.id}.png"] = picture.png
    return drawn
