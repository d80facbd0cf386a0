"""Laws of printing: a printed number reads back as itself, and rounding is off by no more than half a step."""

import dataclasses
from decimal import Decimal

import pytest
from babel.numbers import parse_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.language.number_formatting import (
    Language,
    print_date,
    print_figure,
    print_number,
    print_period,
    print_periods,
    round_figure,
)
from support.house import get_house
from support.measures import make_figure, make_language

NUMBERS = st.decimals(-(10**15), 10**15, places=4).map(Decimal.normalize)
SCALES = st.sampled_from(["", "thousand", "million", "billion"])


@given(NUMBERS)
def test_a_printed_number_reads_back_as_itself(number: Decimal) -> None:
    assert parse_decimal(print_number(number, make_language()), locale="en_GB") == number


@given(NUMBERS, SCALES, st.integers(0, 4))
@settings(deadline=None)
def test_rounding_is_off_by_no_more_than_half_a_step(value: Decimal, scale: str, digits: int) -> None:
    figure = make_figure(value, scale=scale, digits=digits)
    power = {"": 0, "thousand": 3, "million": 6, "billion": 9}[scale]
    off = abs(round_figure(figure).scaleb(power) - value)
    assert off <= Decimal(5).scaleb(power - digits - 1)
    assert round_figure(dataclasses.replace(figure, value=-value)) == -round_figure(figure)


@given(NUMBERS, st.sampled_from(["persons", "%", "USD", "km2", "times"]), SCALES, st.integers(0, 3))
@settings(deadline=None)
def test_rounding_what_is_rounded_changes_nothing(value: Decimal, unit: str, scale: str, digits: int) -> None:
    figure = make_figure(value, unit, scale=scale, digits=digits)
    power = {"": 0, "thousand": 3, "million": 6, "billion": 9}[scale]
    again = dataclasses.replace(figure, value=round_figure(figure).scaleb(power))
    assert print_figure(again, make_language()) == print_figure(figure, make_language())


@pytest.mark.parametrize(
    ("value", "unit", "fields", "form", "printed"),
    [
        ("12.4", "%", {}, "", "12.4%"),
        ("13800", "persons", {}, "", "13,800"),
        ("18000000", "persons", {"scale": "million", "digits": 0}, "", "18 million"),
        ("18000000", "persons", {"scale": "million", "digits": 0}, "words", "eighteen million"),
        ("3", "count", {}, "", "three"),
        ("3", "count", {}, "numeral", "3"),
        ("3", "count", {}, "capital", "Three"),
        ("10", "years", {}, "", "ten"),
        ("11", "years", {}, "", "11"),
        ("4300000000", "USD", {"scale": "billion", "digits": 1}, "", "USD 4.3 billion"),
        ("1200000000000", "FCFA", {"scale": "billion", "digits": 0}, "", "FCFA 1,200 billion"),
        ("1240190", "km2", {}, "", "1,240,190 km²"),
        ("1960", "year", {}, "", "1960"),
        ("122", "rank", {}, "ordinal", "122nd"),
        ("824.5", "USD/person", {}, "", "USD 824.5"),
        ("824.5", "USD/person", {}, "plain", "824.5"),
        ("14.5137", "persons/km2", {"digits": 1}, "", "14.5"),
        ("0.5", "%", {"digits": 0}, "", "1%"),
        ("-2.5", "points", {"digits": 0}, "", "\N{MINUS SIGN}3"),
        ("-0.04", "points", {"digits": 1}, "", "0.0"),
    ],
)
def test_a_figure_is_printed_as_its_unit_asks(
    value: str, unit: str, fields: dict[str, str | int], form: str, printed: str
) -> None:
    text = print_figure(make_figure(value, unit, **fields), make_language(), form)
    assert text.replace("\N{NO-BREAK SPACE}", " ") == printed


def test_a_number_does_not_part_from_its_scale_at_the_end_of_a_line() -> None:
    assert (
        print_figure(make_figure("18000000", scale="million", digits=0), make_language())
        == "18\N{NO-BREAK SPACE}million"
    )


def test_periods_are_printed_by_their_kind_and_undated_ones_left_out() -> None:
    language = make_language()
    printed = {period: print_period(period, language) for period in ("2017", "2019-01", "2015/2019", "undated")}
    assert printed == {"2017": "2017", "2019-01": "January 2019", "2015/2019": "2015–2019", "undated": ""}
    assert print_periods(("2009", "undated", "2017"), language) == "2009, 2017"
    assert print_date("2019-02-11", language) == "11 February 2019"


def test_french_joins_the_years_of_a_period_with_a_hyphen() -> None:
    french = Language("fr", "fr-FR", {}, {}, get_house("fr").grammar)
    printed = [print_period(period, french) for period in ("2015/2019", "2018/2019-01", "2017")]
    assert printed == ["2015-2019", "2018–janvier 2019", "2017"]
