"""The annex: every figure with its value, and formulas as readers know them."""

import dataclasses

import pytest

from briefing.compose.annex import describe_value, print_formula
from briefing.document.nodes import Link
from briefing.document.walking import get_text, walk_nodes
from support.editions import make_edition
from support.house import read_labels
from support.measures import make_figure, make_language

LABELED = {name: make_figure("1") for name in ("a", "b", "c")}


@pytest.mark.parametrize(
    ("formula", "printed"),
    [
        ("a + b * c", "A + B × C"),
        ("(a + b) * c", "(A + B) × C"),
        ("a - (b - c)", "A − (B − C)"),
        ("a - b - c", "A − B − C"),
        ("a / (b * c)", "A ÷ (B × C)"),
        ("share(a, b + c)", "A ÷ (B + C)"),
        ("change(a, b)", "(A − B) ÷ B"),
        ("points(a, b)", "A − B"),
        ("100000 * a", "100,000 × A"),
    ],
)
def test_a_formula_is_printed_with_the_parentheses_that_it_needs(formula: str, printed: str) -> None:
    figures = {name: dataclasses.replace(figure, label=name.upper()) for name, figure in LABELED.items()}
    inlines = print_formula(formula, figures, make_language())
    assert get_text(inlines) == printed
    assert {node.target for node in walk_nodes(inlines) if isinstance(node, Link)} <= {f"#figure-{n}" for n in "abc"}


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
