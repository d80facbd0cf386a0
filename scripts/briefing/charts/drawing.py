"""Draw a chart or map of a note; the only way into the modules that load matplotlib."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, assert_never

from briefing.charts.bars import draw_bars, measure_bars
from briefing.charts.canvas import Picture, Sheet, Style
from briefing.charts.columns import draw_terms, measure_terms
from briefing.charts.composition import draw_composition, measure_composition
from briefing.charts.dots import draw_dots, measure_dots
from briefing.charts.maps import draw_map, measure_map
from briefing.charts.spec import Bars, ChartError, ChartSpec, Content, Dots, Map, StackedBar, Terms, Timeline, Units
from briefing.charts.timeline import draw_timeline, measure_timeline
from briefing.charts.units import draw_units, measure_units
from briefing.charts.uses import fill_labels, list_figures

PHONE = 74.0
"""The width in millimetres of a chart for a phone: on one of 380 pixels its smallest type is 12 pixels high."""
PHONE_MAP = 88.0
"""That of a map, on which the names of near places need more room: there the type of places is 11 pixels high."""


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
    given = (chart, values, texts, labels, style, font_paths, geography)
    phone = lay_out_chart(*given, width=get_phone_width(chart)).vectors.save()
    return lay_out_chart(*given).save()._replace(phone=phone)


def get_phone_width(chart: ChartSpec) -> float:
    """Give the width in millimetres of the chart that a phone shows."""
    return PHONE_MAP if isinstance(chart.content, Map) else PHONE


def lay_out_chart(
    chart: ChartSpec,
    values: Mapping[str, Decimal],
    texts: Mapping[str, str],
    labels: Mapping[str, str],
    style: Style,
    font_paths: Sequence[Path],
    geography: Mapping[str, Any] | None = None,
    width: float | None = None,
) -> Sheet:
    """Lay a chart out on a sheet of its own size, or of another `width` (mm) and the height that it needs there."""
    for figure in list_figures(chart):
        if figure not in values:
            raise ChartError(f"chart {chart.id}: there is no figure `{figure}`.")
        if values[figure] < 0:
            raise ChartError(f"chart {chart.id}: the figure `{figure}` is below zero and cannot be drawn as a length.")
    content = fill_labels(chart, texts, labels).content
    size = (chart.width, chart.height)
    if width is not None:
        size = (width, _measure_height(Sheet(width, width, style, font_paths), content, values))
    sheet = Sheet(*size, style, font_paths)
    match content:
        case Bars():
            draw_bars(sheet, content, values)
        case StackedBar():
            draw_composition(sheet, content, values)
        case Units():
            draw_units(sheet, content, values)
        case Dots():
            draw_dots(sheet, content, values)
        case Terms():
            draw_terms(sheet, content, values)
        case Timeline():
            draw_timeline(sheet, content)
        case Map():
            draw_map(sheet, content, geography)
        case unknown:
            assert_never(unknown)
    return sheet


def _measure_height(sheet: Sheet, content: Content, values: Mapping[str, Decimal]) -> float:
    """Give the height in millimetres that a chart needs at the width of a sheet."""
    match content:
        case Bars():
            return measure_bars(sheet, content)
        case StackedBar():
            return measure_composition(sheet, content)
        case Units():
            return measure_units(sheet, content, values)
        case Dots():
            return measure_dots(sheet, content)
        case Terms():
            return measure_terms(sheet, content, values)
        case Timeline():
            return measure_timeline(sheet, content)
        case Map():
            return measure_map(sheet, content)
        case unknown:
            assert_never(unknown)
