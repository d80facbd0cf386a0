"""Make the annex: how numbers were computed, and all figures with their values, periods and sources."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from briefing.document.inlines import merge_texts
from briefing.document.nodes import (
    Block,
    Column,
    FigureUse,
    Heading,
    Inline,
    Inlines,
    KeyPoints,
    KeyStatistics,
    Link,
    Row,
    Table,
    Text,
)
from briefing.document.walking import get_text, walk_nodes
from briefing.figures.figure import Figure, as_quantity, close_over_inputs
from briefing.figures.formulas import FormulaError, evaluate_formula
from briefing.figures.units import read_units
from briefing.language.number_formatting import (
    Language,
    print_figure,
    print_number,
    print_periods,
    round_printed,
    scale_power,
)
from briefing.sources.citations import CitationPrinter
from briefing.sources.prose_syntax import CitedWork

MOST_FURTHER_DIGITS = 6
SIGNS: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: (" + ", 1),
    ast.Sub: (" \N{MINUS SIGN} ", 1),
    ast.Mult: (" × ", 2),
    ast.Div: (" ÷ ", 2),
}


@dataclass(frozen=True, slots=True)
class Annex:
    """What the annex is made from: the figures in the language of the document, and where each is first printed.

    `basis` is the key of the work that the note restates, on which a figure without a source rests; none has "".
    """

    figures: Mapping[str, Figure]
    uses: Mapping[str, tuple[str, ...]]
    citations: CitationPrinter
    labels: Mapping[str, str]
    basis: str = ""

    @property
    def language(self) -> Language:
        """Give the language of the document."""
        return self.citations.language


def group_by_section(blocks: Sequence[Block], figures: Mapping[str, Figure]) -> dict[str, str]:
    """Name the section in which each figure is first printed, or that of a figure computed from it, in their order.

    Page one repeats what the sections say; a figure that stands there only comes last.
    """
    sections: dict[str, str] = {}
    section = ""
    for block in sorted(blocks, key=lambda block: isinstance(block, KeyPoints | KeyStatistics)):
        match block:
            case KeyStatistics(title=title):
                section = title
            case KeyPoints(title=run):
                section = get_text(run)
            case Heading(level=1, number=number, children=children):
                section = f"{number} {get_text(children)}".strip()
        used = [node.figure for node in walk_nodes(block) if isinstance(node, FigureUse)]
        sections |= {name: section for name in close_over_inputs(used, figures) if name not in sections}
    return sections


def make_figure_table(names: Iterable[str], annex: Annex) -> Table:
    """Make the table of all figures; each row is the target of the numbers on a screen (`figure-<id>`)."""
    rows = []
    for name in names:
        figure, labels = annex.figures[name], annex.labels
        value = (Text(describe_value(figure, annex.language, labels)),)
        cells = (_write_label(name, annex), value, _write_periods(figure, annex), _explain_origin(figure, annex))
        rows.append(Row(f"figure-{name}", cells, figure.facts))
    titles = ("figure", "value", "period", "source_or_formula")
    columns = [
        Column(annex.labels[title], width) for title, width in zip(titles, (0.34, 0.17, 0.11, 0.38), strict=True)
    ]
    return Table("figure-table", "figures", 0, (), tuple(columns), tuple(rows))


def make_computation_table(names: Iterable[str], annex: Annex, sections: Mapping[str, str]) -> Table | None:
    """Make the table of paper: figures that were computed, and those that nothing else tells the source of.

    Its rows (`computed-<id>`) stand in groups by section; `sections` names that of each figure. A note that computes
    nothing has none.
    """
    groups: dict[str, list[Row]] = {}
    for name in names:
        figure = annex.figures[name]
        if figure.derived_from or not _list_works(figure, annex):
            section = sections.get(name, "")
            cells = (_write_label(name, annex), _write_periods(figure, annex), _explain_origin(figure, annex))
            groups.setdefault(section, []).append(Row(f"computed-{name}", cells, figure.facts))
    titles = ("figure", "period", "computation")
    columns = [Column(annex.labels[title], width) for title, width in zip(titles, (0.34, 0.14, 0.52), strict=True)]
    rows: list[Row] = []
    for number, section in enumerate(section for section in dict.fromkeys(sections.values()) if section in groups):
        rows += [Row(f"computed-group-{number}", ((Text(section),), (), ())), *groups[section]]
    has_computed = any(annex.figures[name].derived_from for name in names)
    return Table("computation-table", "computations", 0, (), tuple(columns), tuple(rows)) if has_computed else None


def _write_label(name: str, annex: Annex) -> Inlines:
    """Write the label of a figure, as a link to where it is first printed."""
    label = (Text(annex.figures[name].label),)
    first_use = next(iter(annex.uses.get(name, ())), "")
    return (Link(f"#{first_use}", label),) if first_use else label


def _write_periods(figure: Figure, annex: Annex) -> Inlines:
    return (Text(print_periods(figure.periods, annex.language) or annex.labels["undated"]),)


def describe_value(figure: Figure, language: Language, labels: Mapping[str, str]) -> str:
    """Print a figure with its unit in full and the side of a bound: "more than 6,000 persons"."""
    number = print_figure(figure, language, "numeral")
    full = language.units[figure.unit].get("full", {}).get(language.tag, "{value}").replace("{value}", number)
    full = language.apply("amounts", full)
    bound = {1: labels["bound_above"], -1: labels["bound_below"]}.get(figure.bound or 0, "")
    return f"{bound} {full}" if bound else full


def _list_works(figure: Figure, annex: Annex) -> list[str]:
    """List the works that an observed figure rests on."""
    return [key for key in figure.sources if key in annex.citations.works] or [annex.basis] * bool(annex.basis)


def _explain_origin(figure: Figure, annex: Annex) -> Inlines:
    """Say where a figure comes from: how it was computed, or its source; then its note."""
    labels = annex.labels
    if figure.derived_from:
        value = describe_value(figure, annex.language, labels)
        parts = [*print_formula(figure, annex.figures, annex.language), Text(f" = {value}")]
    elif works := _list_works(figure, annex):
        cite = annex.citations.cite([CitedWork(key, "") for key in works])
        parts = [Link(f"#ref-{part.key}", (Text(part.text),)) for part in cite.parts]
        if not any(key in annex.citations.works for key in figure.sources):
            parts.append(Text(labels["names_no_source"]))
    else:
        parts = [Text(labels["source_unstated"])]
    if figure.note:
        parts.append(Text(f". {figure.note}"))
    return merge_texts(parts)


def print_formula(figure: Figure, figures: Mapping[str, Figure], language: Language) -> Inlines:
    """Print the formula of a figure with the numbers of its inputs, and signs as readers know them.

    Inputs are printed as in the note, with further digits where the numbers would else give another result.
    """
    units = read_units(language.units)
    for further in range(MOST_FURTHER_DIGITS + 1):
        inputs = {name: _add_digits(figures[name], further) for name in figure.derived_from}
        reckoned = {name: as_quantity(replace(own, value=_restore(own)), units) for name, own in inputs.items()}
        try:
            result = evaluate_formula(figure.formula, reckoned).value / units[figure.unit].factor
        except FormulaError:  # it divides by what is printed as zero, which is told elsewhere
            continue
        if round_printed(replace(figure, value=result)) == round_printed(figure):
            break
    return merge_texts(_print_node(ast.parse(figure.formula.strip(), mode="eval").body, inputs, 0, language))


def _add_digits(figure: Figure, further: int) -> Figure:
    """Give a figure with further digits, as far as its value has them."""
    if figure.digits is None:
        return figure
    exponent = figure.value.scaleb(-scale_power(figure.scale)).normalize().as_tuple().exponent
    own = max(0, -exponent) if isinstance(exponent, int) else 0
    return replace(figure, digits=max(figure.digits, min(figure.digits + further, own)))


def _restore(figure: Figure) -> Decimal:
    """Give the value that the printed number of a figure states."""
    return round_printed(figure).scaleb(scale_power(figure.scale))


def _print_node(node: ast.expr, figures: Mapping[str, Figure], level: int, language: Language) -> list[Inline]:
    match node:
        case ast.Name(id=name):
            return [FigureUse(name, print_figure(figures[name], language, "numeral"), "numeral")]
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
