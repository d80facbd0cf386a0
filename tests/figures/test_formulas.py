"""Laws of formulas: they compute what fractions do, keep units apart, and promise no more of a bound than holds."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from briefing.figures.formulas import FormulaError, Quantity, evaluate_formula, list_names
from support.measures import compute_exactly, make_units

NAMES = ("a", "b", "c", "x")
LEAVES = st.sampled_from(NAMES) | st.integers(1, 99).map(str)
DIVISORS = st.sampled_from(("a", "b", "c", "4", "25"))
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
        st.builds("({} / {})".format, inner, DIVISORS),
        st.builds("-{}".format, inner),
        st.builds("{}({}, {})".format, st.sampled_from(("share", "ratio", "change")), inner, DIVISORS),
        st.builds("points({}, {})".format, inner, inner),
    ),
    max_leaves=6,
)
# Also divisors that may cross zero.
WILD = st.recursive(
    st.sampled_from(NAMES) | st.sampled_from(("x", "2", "10")),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
    max_leaves=5,
)
VALUES = st.fixed_dictionaries({name: st.integers(1, 10**6) for name in NAMES})
SIGNED = st.fixed_dictionaries({name: st.integers(-20, 20) for name in "abc"})


@given(FORMULAS, VALUES)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_formula_gives_what_exact_fractions_give(formula: str, values: dict[str, int]) -> None:
    result = evaluate_formula(formula, {name: Quantity(Decimal(value)) for name, value in values.items()})
    exact = compute_exactly(formula, {name: Fraction(value) for name, value in values.items()})
    # 34 digits of values up to about 10^36: what is lost lies far below what a note prints.
    assert abs(Fraction(result.value) - exact) <= max(abs(exact), 10**9) * Fraction(1, 10**24)


@given(WILD, SIGNED, st.integers(0, 20), st.integers(1, 1000))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_raising_an_input_known_as_a_lower_bound_never_contradicts_the_bound_of_the_result(
    formula: str, others: dict[str, int], low: int, rise: int
) -> None:
    quantities = {name: Quantity(Decimal(value)) for name, value in others.items()}
    exact = {name: Fraction(value) for name, value in others.items()}
    try:
        result = evaluate_formula(formula, {**quantities, "x": Quantity(Decimal(low), (), 1)})
        before = compute_exactly(formula, {**exact, "x": Fraction(low)})
        after = compute_exactly(formula, {**exact, "x": Fraction(low + rise)})
    except (FormulaError, ZeroDivisionError):
        assume(False)
    match result.bound:
        case 0:
            assert after == before
        case 1:
            assert after >= before
        case -1:
            assert after <= before


@pytest.mark.parametrize(
    ("formula", "bound"),
    [
        ("low + sure", 1),
        ("sure - low", -1),
        ("sure / low", -1),
        ("low / sure", 1),
        ("share(sure, low)", -1),
        ("ratio(low, sure)", 1),
        ("change(low, sure)", 1),
        ("points(sure, low)", -1),
        ("low * low", 1),
        ("low + high", None),
        ("low - high", 1),
        ("low / high", 1),
        ("low * high", None),
        ("low - low", None),
        ("(0 - 2) * low", -1),
        ("sure / (5 - low)", None),
        ("sure", 0),
    ],
)
def test_bounds_follow_the_direction_in_which_an_input_pushes(formula: str, bound: int | None) -> None:
    quantities = {
        "low": Quantity(Decimal(3), (), 1),
        "high": Quantity(Decimal(7), (), -1),
        "sure": Quantity(Decimal(2)),
    }
    assert evaluate_formula(formula, quantities).bound == bound


def test_people_cannot_be_added_to_dollars() -> None:
    units = make_units()
    quantities = {
        "population": Quantity(Decimal(18_000_000), units["persons"].dimension),
        "debt": Quantity(Decimal(4_300_000_000), units["USD"].dimension),
    }
    with pytest.raises(FormulaError, match="cannot add person and USD; both must have the same unit"):
        evaluate_formula("population + debt", quantities)
    assert evaluate_formula("debt / population", quantities).dimension == units["USD/person"].dimension


def test_the_difference_of_two_calendar_years_is_a_number_of_years() -> None:
    units = make_units()
    years = {name: Quantity(Decimal(name[1:]), units["year"].dimension) for name in ("y1960", "y2012")}
    difference = evaluate_formula("y2012 - y1960", years)
    assert (difference.value, difference.dimension) == (52, units["years"].dimension)


def test_an_unknown_figure_names_the_nearest() -> None:
    with pytest.raises(FormulaError, match='there is no figure "populaton"; did you mean "population"'):
        evaluate_formula("populaton * 2", {"population": Quantity(Decimal(1)), "area": Quantity(Decimal(1))})


@pytest.mark.parametrize(
    "formula",
    [
        "a ** 2",
        "a // 2",
        "a < 2",
        "a.real",
        "a[0]",
        "open('x', 'y')",
        "share(a)",
        "share(part=a, whole=a)",
        "lambda: a",
        "True",
        "'a'",
        "1e999",
        "a +",
        "",
        "a / (a - a)",
        "(" * 30 + "a" + ")" * 30 + "+a" * 300,
        "-" * 40 + "a",
    ],
)
def test_what_is_no_arithmetic_is_refused_in_words(formula: str) -> None:
    with pytest.raises(FormulaError) as refusal:
        evaluate_formula(formula, {"a": Quantity(Decimal(2))})
    assert "Traceback" not in str(refusal.value) and len(str(refusal.value)) > 20


def test_names_are_listed_once_in_order_and_without_functions() -> None:
    assert list_names("share(women, police + guard) * police") == ("women", "police", "guard")
