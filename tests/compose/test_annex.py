"""The annex: every figure with its value, and formulas as readers know them."""

import pytest

from briefing.compose.annex import describe_value, print_formula
from briefing.document.nodes import FigureUse
from briefing.document.walking import get_text, walk_nodes
from briefing.figures.formulas import Quantity, evaluate_formula, list_names
from support.editions import make_edition
from support.house import read_labels
from support.measures import make_figure, make_language

INPUTS = {"a": "9", "b": "4", "c": "2"}


@pytest.mark.parametrize(
    ("formula", "printed"),
    [
        ("a + b * c", "9 + 4 × 2"),
        ("(a + b) * c", "(9 + 4) × 2"),
        ("a - (b - c)", "9 − (4 − 2)"),
        ("a - b - c", "9 − 4 − 2"),
        ("a / (b * c)", "9 ÷ (4 × 2)"),
        ("share(a, b + c)", "9 ÷ (4 + 2)"),
        ("change(a, b)", "(9 − 4) ÷ 4"),
        ("points(a, b)", "9 − 4"),
        ("100000 * a", "100,000 × 9"),
    ],
)
def test_a_formula_is_printed_with_the_parentheses_that_it_needs(formula: str, printed: str) -> None:
    names = list_names(formula)
    inputs = {name: make_figure(value, "times") for name, value in INPUTS.items()}
    quantities = {name: Quantity(figure.value) for name, figure in inputs.items()}
    value = evaluate_formula(formula, quantities).value
    figure = make_figure(value, "times", formula=formula, derived_from=names, digits=1)
    inlines = print_formula(figure, inputs, make_language())
    assert get_text(inlines) == printed
    assert {node.figure for node in walk_nodes(inlines) if isinstance(node, FigureUse)} == set(names)


def test_the_side_of_a_bound_is_said() -> None:
    labels, language = read_labels(), make_language()
    assert describe_value(make_figure("6000", bound=1), language, labels) == "more than 6,000 persons"
    assert describe_value(make_figure("3", "%", bound=-1), language, labels) == "less than 3%"
    assert describe_value(make_figure("3", "%"), language, labels) == "3%"


def test_the_annex_lists_inputs_that_the_text_does_not_print() -> None:
    edition = make_edition("mali")
    rows = {row.id for block in edition.composition.document.blocks for row in getattr(block, "rows", ())}
    for name in edition.composition.uses:
        assert (f"figure-{name}" in rows) == (not edition.figures[name].counts)
        assert {f"figure-{needed}" for needed in edition.figures[name].derived_from} <= rows
