"""Find what charts and maps use: the texts and figures in their pictures; and fill them with what the note prints."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.charts.spec import ChartArrow, ChartError, ChartMark, ChartPart, ChartSpec, Prose, Reference, Term, Terms

_USE = re.compile(r"\{\{\s*([a-z0-9_]+)\s*(?:\|\s*(.*?)\s*)?\}\}")


def _walk(node: Any) -> Iterator[Any]:
    if isinstance(node, tuple):
        for child in node:
            yield from _walk(child)
    elif dataclasses.is_dataclass(node) and not isinstance(node, type):
        yield node
        for field in dataclasses.fields(node):
            yield from _walk(getattr(node, field.name))
    else:
        yield node


def list_labels(chart: ChartSpec) -> tuple[str, ...]:
    """List the texts that stand in the picture, in the grammar of the prose, each once."""
    return tuple(dict.fromkeys(str(text) for text in _walk(chart.content) if isinstance(text, Prose) and text))


def list_figures(chart: ChartSpec) -> tuple[str, ...]:
    """List the ids of the figures whose values the picture draws as lengths, each once."""
    ids: list[str] = []
    for node in _walk(chart.content):
        match node:
            case ChartMark(figure=figure) | ChartPart(figure=figure) | Reference(figure=figure):
                ids.append(figure)
            case Term(figure=figure, yearly=yearly):
                ids += [figure, yearly]
            case ChartArrow(start=start, end=end):
                ids += [start, end]
            case _:
                pass
    return tuple(dict.fromkeys(ids))


def list_chart_uses(chart: ChartSpec) -> tuple[tuple[str, str], ...]:
    """List every figure that the picture states, with its wording or form ("" for none): (figure, form), each once."""
    stated = [(use[1], use[2] or "") for text in list_labels(chart) for use in _USE.finditer(text)]
    stated += [(mark.figure, "") for mark in _walk(chart.content) if isinstance(mark, ChartMark) and not mark.value]
    drawn = [(figure, "") for figure in list_figures(chart) if figure not in {name for name, _ in stated}]
    return tuple(dict.fromkeys([*stated, *drawn]))


def list_scales(chart: ChartSpec) -> tuple[tuple[str, ...], ...]:
    """List the ids of the figures that the picture draws on one scale, for each of its scales."""
    if isinstance(chart.content, Terms):
        terms = chart.content.terms
        return tuple(term.figure for term in terms), tuple(term.yearly for term in terms)
    return (list_figures(chart),)


def name_text(chart: str, text: str) -> str:
    """Name a text of a chart, or a figure that it draws, as the places of charts are listed."""
    return f"{chart}: {' '.join(text.split())}"


def find_text(chart: ChartSpec, figure: str, form: str) -> str:
    """Find the text of the picture that has a use of `list_chart_uses`; where only a length has it, the figure."""
    stated = (label for label in list_labels(chart) for use in _USE.finditer(label) if use.groups("") == (figure, form))
    return next(stated, figure)


def name_use(figure: str, form: str) -> str:
    """Name a use of a figure as the tables of texts do: "population", or "police_personnel | over 6000"."""
    return f"{figure} | {form}" if form else figure


def fill_labels(chart: ChartSpec, texts: Mapping[str, str], labels: Mapping[str, str]) -> ChartSpec:
    """Give the chart with every text of its picture in the document's language and its figures printed.

    `labels` leads from each text of `list_labels` to its translation, `texts` from each use (`name_use`) to its print.
    """

    def print_use(use: re.Match[str]) -> str:
        return _look_up(texts, name_use(use[1], use[2] or ""), f"chart {chart.id}: no printed text for the figure")

    def fill(node: Any) -> Any:
        if isinstance(node, Prose):
            label = _look_up(labels, str(node), f"chart {chart.id}: no label for") if node else ""
            return Prose(_USE.sub(print_use, label))
        if isinstance(node, tuple):
            return tuple(fill(child) for child in node)
        if dataclasses.is_dataclass(node) and not isinstance(node, type):
            fields = {field.name: fill(getattr(node, field.name)) for field in dataclasses.fields(node)}
            if isinstance(node, ChartMark) and not node.value:
                use = name_use(node.figure, "")
                fields["value"] = Prose(_look_up(texts, use, f"chart {chart.id}: no printed text for the figure"))
            return type(node)(**fields)
        return node

    return dataclasses.replace(chart, content=fill(chart.content))


def _look_up(table: Mapping[str, str], key: str, problem: str) -> str:
    if key not in table:
        raise ChartError(f"{problem} `{key}`.")
    return table[key]
