"""Draw a chart or map of a note; the only way into the modules that load matplotlib."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, assert_never

from briefing.charts.bars import draw_bars, draw_composition, draw_terms
from briefing.charts.canvas import Picture, Sheet, Style
from briefing.charts.maps import draw_map
from briefing.charts.spec import (
    Bars,
    ChartError,
    ChartSpec,
    Map,
    StackedBar,
    Terms,
    Timeline,
    fill_labels,
    list_figures,
)
from briefing.charts.timeline import draw_timeline


def draw_chart(
    chart: ChartSpec,
    values: Mapping[str, Decimal],
    texts: Mapping[str, str],
    labels: Mapping[str, str],
    style: Style,
    font_paths: Sequence[Path],
    geography: Mapping[str, Any] | None = None,
) -> Picture:
    """Draw a chart.

    `values` has the value of each figure drawn, `texts` what the note prints for each use of one (`name_use`), `labels`
    the document's wording of each text of `list_labels`. A `ChartError` names what is missing.
    """
    return lay_out_chart(chart, values, texts, labels, style, font_paths, geography).save()


def lay_out_chart(
    chart: ChartSpec,
    values: Mapping[str, Decimal],
    texts: Mapping[str, str],
    labels: Mapping[str, str],
    style: Style,
    font_paths: Sequence[Path],
    geography: Mapping[str, Any] | None = None,
) -> Sheet:
    """Lay a chart out on a sheet."""
    for figure in list_figures(chart):
        if figure not in values:
            raise ChartError(f"chart {chart.id}: there is no figure `{figure}`.")
        if values[figure] < 0:
            raise ChartError(f"chart {chart.id}: the figure `{figure}` is below zero and cannot be drawn as a length.")
    sheet = Sheet(chart.width, chart.height, style, font_paths)
    match fill_labels(chart, texts, labels).content:
        case Bars() as content:
            draw_bars(sheet, content, values)
        case StackedBar() as content:
            draw_composition(sheet, content, values)
        case Terms() as content:
            draw_terms(sheet, content, values)
        case Timeline() as content:
            draw_timeline(sheet, content)
        case Map() as content:
            draw_map(sheet, content, geography)
        case unknown:
            assert_never(unknown)
    return sheet
