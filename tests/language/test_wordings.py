"""Laws of wordings: what is offered in place of a false one is true, and tolerances end where they say."""

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.figures.figure import Figure
from briefing.language.wordings import WordingError, is_true, read_form, say_value, suggest_wordings
from support.measures import make_figure, make_language

HEDGES = st.sampled_from(sorted(make_language().hedges["hedges"]))
NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.decimals(0, 1000, places=2).map(str),
    st.tuples(st.integers(1, 999), st.sampled_from(["thousand", "million", "billion"])).map(
        lambda typed: f"{typed[0]} {typed[1]}"
    ),
    st.sampled_from(sorted(make_language().hedges["quantities"])),
)
VALUES = st.one_of(
    st.decimals(-1000, 1000, places=3),
    st.integers(0, 10**13).map(Decimal),
    st.integers(1, 99).map(Decimal),
    st.decimals("0.0001", 1, places=4),
)
FIGURES = st.builds(
    lambda value, unit, bound: make_figure(value, unit, bound=bound),
    VALUES,
    st.sampled_from(["persons", "%", "USD", "times", "count"]),
    st.sampled_from([0, 0, 1, -1, None]),
)


def hold(form: str, figure: Figure) -> bool:
    wording = read_form(form, figure, make_language())
    assert wording is not None
    return is_true(wording, figure)


@given(FIGURES, HEDGES, NUMBERS)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_every_wording_offered_is_true(figure: Figure, hedge: str, number: str) -> None:
    wording = read_form(f"{hedge} {number}", figure, make_language())
    assert wording is not None
    for offer in suggest_wordings(wording, figure, make_language()):
        assert hold(offer, figure), (offer, figure.value, figure.bound)


@given(VALUES.filter(lambda value: value > 0), HEDGES, st.sampled_from([0, 1, -1]))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_something_true_is_always_offered_for_a_positive_figure(value: Decimal, hedge: str, bound: int) -> None:
    figure = make_figure(value, bound=bound)
    side = {0: "over", 1: "over", -1: "under"}[bound]
    wording = read_form(f"{side} {format(value * 2 if side == 'over' else value / 2, 'f')}", figure, make_language())
    assert wording is not None and not is_true(wording, figure)
    assert suggest_wordings(wording, figure, make_language())


@given(VALUES.filter(lambda value: value >= 0), NUMBERS)
@settings(deadline=None, derandomize=True)
def test_a_value_is_either_over_a_number_or_at_most_it(value: Decimal, number: str) -> None:
    figure = make_figure(value)
    assert hold(f"over {number}", figure) != hold(f"at most {number}", figure)
    assert hold(f"under {number}", figure) != hold(f"at least {number}", figure)


@given(VALUES.filter(lambda value: value > 0), st.sampled_from(["over", "at least", "under", "at most"]))
@settings(deadline=None, derandomize=True)
def test_a_lone_hedge_takes_a_number_of_which_it_is_true_unless_the_value_is_that_number(
    value: Decimal, hedge: str
) -> None:
    figure = make_figure(value, "%", digits=1)
    wording = read_form(hedge, figure, make_language())
    assert wording is not None
    assert is_true(wording, figure) or wording.quantity == value


@pytest.mark.parametrize(
    ("value", "bound", "form", "true"),
    [
        ("6000", 1, "over 6000", True),
        ("5900", 1, "over 6000", False),
        ("6000", 0, "over 6000", False),
        ("6001", 0, "over 6000", True),
        ("6000", 1, "at least 6000", True),
        ("6000", 1, "under 7000", False),
        ("6000", 1, "about 6000", False),
        ("3", -1, "less than 3", True),
        ("3", -1, "at most 3", True),
        ("3", -1, "over 2", False),
        ("3.01", -1, "less than 3", False),
        ("5", None, "at least 1", False),
        # About, within 5 %; in words, within 10 %.
        ("95", 0, "about 100", True),
        ("105", 0, "about 100", True),
        ("94.99", 0, "about 100", False),
        ("105.01", 0, "about 100", False),
        # Nearly: below, by no more than 5 %.
        ("95", 0, "nearly 100", True),
        ("94.99", 0, "nearly 100", False),
        ("99.99", 0, "nearly 100", True),
        ("100", 0, "nearly 100", False),
        ("105", 0, "just over 100", True),
        ("105.01", 0, "just over 100", False),
        ("100", 0, "just over 100", False),
        ("446000000000", 1, "more than 446 billion", True),
    ],
)
def test_a_wording_is_true_up_to_its_edge(value: str, bound: int | None, form: str, true: bool) -> None:
    assert hold(form, make_figure(value, bound=bound)) is true


@pytest.mark.parametrize(
    ("value", "form", "true"),
    [("33", "about a third", True), ("36.66", "about a third", True), ("36.67", "about a third", False)],
)
def test_quantities_in_words_are_shares_of_a_hundred_per_cent(value: str, form: str, true: bool) -> None:
    assert hold(form, make_figure(value, "%")) is true


def test_a_false_wording_says_the_value_and_offers_what_is_true() -> None:
    figure = make_figure("5900", bound=1)
    wording = read_form("over 6000", figure, make_language())
    assert wording is not None and wording.text == "over 6,000"
    assert say_value(figure, make_language()) == "5,900 (a lower bound)"
    assert suggest_wordings(wording, figure, make_language()) == ["over 5900", "over 5000"]


@pytest.mark.parametrize(
    ("value", "offer"), [("19.7", "about 20"), ("20900000000", "about 21 billion"), ("176", "about 180")]
)
def test_of_round_numbers_about_a_value_the_nearest_is_offered_first(value: str, offer: str) -> None:
    figure = make_figure(value)
    wording = read_form("about 15", figure, make_language())
    assert wording is not None and suggest_wordings(wording, figure, make_language())[0] == offer


def test_a_hedged_number_is_printed_in_the_style_of_the_unit() -> None:
    figure = make_figure("446000000000", "FCFA", bound=1)
    wording = read_form("more than 446 billion", figure, make_language())
    assert wording is not None
    assert wording.text.replace("\N{NO-BREAK SPACE}", " ") == "more than FCFA 446 billion"


@pytest.mark.parametrize(
    ("form", "hint"),
    [
        ("ovr 6000", 'did you mean "over"'),
        ("ordinl", 'did you mean "ordinal"'),
        ("about 6,000", "expected a number such as 6000"),
        ("over 6 milion", 'did you mean "million"'),
        ("about a thrd", 'did you mean "a third"'),
    ],
)
def test_a_wording_that_cannot_be_read_names_the_nearest(form: str, hint: str) -> None:
    with pytest.raises(WordingError, match=hint):
        read_form(form, make_figure("6000"), make_language())


def test_the_longest_hedge_is_read() -> None:
    figure = dataclasses.replace(make_figure("101"))
    wording = read_form("just over 100", figure, make_language())
    assert wording is not None and (wording.hedge, wording.typed) == ("just over", "100")
    assert read_form("ordinal", figure, make_language()) is None


@pytest.mark.parametrize(
    ("unit", "third"), [("%", "33"), ("points", "33"), ("‰", "333"), ("per 100,000", "33333"), ("times", "0.333")]
)
def test_a_quantity_in_words_is_a_share_in_the_unit_of_the_figure(unit: str, third: str) -> None:
    assert hold("about a third", make_figure(third, unit))
    assert not hold("about a third", make_figure(Decimal(third) * 10, unit))
