"""Draw the charts and maps that a document places, with the numbers as it prints them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from briefing.charts.spec import ChartError, ChartSpec, Map
from briefing.charts.uses import list_figures, name_use
from briefing.document.nodes import Chart, Document
from briefing.document.version_names import PHONE, TEXT, name_form
from briefing.document.walking import get_text, walk_nodes
from briefing.figures.derived import Derived
from briefing.problems import Place, SourceError

Pictures = Mapping[str, bytes]


def draw_charts(
    document: Document,
    derived: Derived,
    charts: Sequence[ChartSpec],
    style: Mapping[str, Any],
    fonts: Sequence[Path],
    geography: Mapping[str, Any] | None,
    keep: Callable[[object, Callable[[], Pictures]], Pictures] = lambda _, draw: draw(),
    places: Mapping[str, Place] | None = None,
    superscripts: str = "",
) -> dict[str, bytes]:
    """Draw the charts as `<id>.svg`, `<id>.text.svg`, `<id>.phone.svg`, `<id>.png`; a document without blocks has none.

    `style` is what templates/charts.yaml says, `geography` the base map (GeoJSON) if the note has one. `keep` is given
    all that a chart shows, whose `repr` tells it from others, and what draws it; it may know the pictures already.
    `places` says where each chart stands, `superscripts` what the language of the document raises. This fails with a
    `SourceError` listing all that cannot be drawn.
    """
    placed = {node.image: node for node in walk_nodes(document.blocks) if isinstance(node, Chart)}
    values = {name: Decimal(figure["value"]) for name, figure in derived["figures"].items()}
    drawn: dict[str, bytes] = {}
    problems = []
    for chart in charts:
        if chart.id in placed:
            node = placed[chart.id]
            lengths = {name: values[name] for name in list_figures(chart) if name in values}
            texts = {name_use(point.figure, point.form): point.text for point in node.points}
            labels = {label.source: get_text(label.children) for label in node.labels}
            base_map = geography if isinstance(chart.content, Map) else None
            shown = (chart, lengths, texts, labels, base_map, superscripts)
            try:
                drawn |= keep(shown, partial(_draw, *shown, style, fonts))
            except ChartError as error:
                place = (places or {}).get(chart.id, Place("charts.yaml", 1))
                problems.append(place.report(f"the chart {chart.id} cannot be drawn: {error}"))
    if problems:
        raise SourceError(problems)
    return drawn


def _draw(
    chart: ChartSpec,
    values: Mapping[str, Decimal],
    texts: Mapping[str, str],
    labels: Mapping[str, str],
    geography: Mapping[str, Any] | None,
    superscripts: str,
    style: Mapping[str, Any],
    fonts: Sequence[Path],
) -> Pictures:
    # matplotlib is slow to load, and most charts of a note are those of the build before.
    from briefing.charts.canvas import parse_style
    from briefing.charts.drawing import draw_chart

    picture = draw_chart(chart, values, texts, labels, parse_style(style, superscripts), fonts, geography)
    return {
        f"{chart.id}.svg": picture.outlines,
        name_form(chart.id, TEXT): picture.text,
        name_form(chart.id, PHONE): picture.phone,
        f"{chart.id}.png": picture.png,
    }
