"""Make the annex "Figures and sources": each figure with its value, period, source and formula."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from decimal import Decimal

from briefing.document.inlines import merge_texts
from briefing.document.nodes import Column, Inline, Link, Row, Table, Text
from briefing.figures.figure import Figure
from briefing.language.number_formatting import Language, print_figure, print_number, print_periods
from briefing.sources.citations import CitationPrinter
from briefing.sources.prose_syntax import CitedWork

SIGNS: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: (" + ", 1),
    ast.Sub: (" \N{MINUS SIGN} ", 1),
    ast.Mult: (" × ", 2),
    ast.Div: (" ÷ ", 2),
}


def make_figure_table(
    names: Iterable[str],
    figures: Mapping[str, Figure],
    uses: Mapping[str, tuple[str, ...]],
    citations: CitationPrinter,
    language: Language,
    labels: Mapping[str, str],
) -> Table:
    """Make the table of figures; each row is the target of the numbers in the text (`figure-<id>`)."""
    rows = []
    for name in names:
        figure = figures[name]
        label: list[Inline] = [Text(figure.label)]
        first_use = next(iter(uses.get(name, ())), "")
        if first_use:
            label = [Link(f"#{first_use}", (Text(figure.label),))]
        cells = (
            tuple(label),
            (Text(describe_value(figure, language, labels)),),
            (Text(print_periods(figure.periods, language) or labels["undated"]),),
            _explain_origin(figure, figures, citations, language, labels),
        )
        rows.append(Row(f"figure-{name}", cells, figure.facts))
    columns = (
        Column(labels["figure"], 0.34),
        Column(labels["value"], 0.17),
        Column(labels["period"], 0.11),
        Column(labels["source_or_formula"], 0.38),
    )
    return Table("figure-table", "figures", 0, (), columns, tuple(rows))


def describe_value(figure: Figure, language: Language, labels: Mapping[str, str]) -> str:
    """Print a figure with its unit in full and the side of a bound: "more than 6,000 persons"."""
    number = print_figure(figure, language, "numeral")
    full = language.units[figure.unit].get("full", {}).get(language.tag, "{value}").replace("{value}", number)
    full = language.apply("amounts", full)
    bound = {1: labels["bound_above"], -1: labels["bound_below"]}.get(figure.bound or 0, "")
    return f"{bound} {full}" if bound else full


def _explain_origin(
    figure: Figure,
    figures: Mapping[str, Figure],
    citations: CitationPrinter,
    language: Language,
    labels: Mapping[str, str],
) -> tuple[Inline, ...]:
    """Say where a figure comes from: its formula over the labels of its inputs, or its source; then its note."""
    if figure.derived_from:
        parts = list(print_formula(figure.formula, figures, language))
    elif keys := [key for key in figure.sources if key in citations.works]:
        cite = citations.cite([CitedWork(key, "") for key in keys])
        parts = [Link(f"#ref-{part.key}", (Text(part.text),)) for part in cite.parts]
    else:
        parts = [Text(labels["source_unstated"])]
    if figure.note:
        parts.append(Text(f". {figure.note}"))
    return merge_texts(parts)


def print_formula(formula: str, figures: Mapping[str, Figure], language: Language) -> tuple[Inline, ...]:
    """Print a formula with the labels of its figures, each a link to its row, and signs as readers know them."""
    return merge_texts(_print_node(ast.parse(formula.strip(), mode="eval").body, figures, 0, language))


def _print_node(node: ast.expr, figures: Mapping[str, Figure], level: int, language: Language) -> list[Inline]:
    match node:
        case ast.Name(id=name):
            return [Link(f"#figure-{name}", (Text(figures[name].label),))]
        case ast.Constant(value=int() | float() as value):
            return [Text(print_number(Decimal(str(value)), language))]
        case ast.BinOp(left=left, op=op, right=right):
            sign, own = SIGNS[type(op)]
            inner = [
                *_print_node(left, figures, own, language),
                Text(sign),
                *_print_node(right, figures, own + 1, language),
            ]
            return [Text("("), *inner, Text(")")] if own < level else inner
        case ast.Call(func=ast.Name(id=name), args=[first, second]):
            operator = ast.Sub() if name == "points" else ast.Div()
            if name == "change":
                first = ast.BinOp(left=first, op=ast.Sub(), right=second)
            return _print_node(ast.BinOp(left=first, op=operator, right=second), figures, level, language)
        case _:
            return [Text(ast.unparse(node))]
