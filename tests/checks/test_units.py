"""Units: the factor is what the name says, and a later row of an indicator keeps the unit of the first."""

from decimal import Decimal
from typing import Any

import pytest

from briefing.checks.units import check_factors
from briefing.formats.yaml_source import read_yaml
from briefing.problems import Problem
from briefing.steps.validate import check_sources
from support.editions import change_raw, read_source
from support.measures import read_common


def check(text: str) -> list[Problem]:
    return list(check_factors("units.yaml", read_yaml("units.yaml", text)))


def test_the_units_of_the_house_have_the_factors_that_their_names_say() -> None:
    assert list(check_factors("units.yaml", read_common("units"))) == []


@pytest.mark.parametrize(
    ("name", "row", "factor"),
    [
        ("per 100,000", {"en": "{number}"}, "0.00001"),
        ("per 10000", {"en": "{number}", "factor": "0.001"}, "0.0001"),
        ("per mille", {"en": "{number}", "full": {"en": "{value} per thousand"}}, "0.001"),
        ("permyriad", {"en": "{number}", "full": {"en": "{value}‱"}}, "0.0001"),
        ("%/year", {"en": "{number}", "dimension": {"year": -1}}, "0.01"),
    ],
)
def test_a_unit_whose_factor_is_not_what_it_says_is_told_with_the_right_one(
    name: str, row: dict[str, Any], factor: str
) -> None:
    written = f'persons: {{en: "{{number}}"}}\n"{name}": {row}\n'
    (problem,) = check(written)
    assert problem.line == 2 and problem.message.endswith(f'expected factor: "{factor}"')
    assert check(f'"{name}": { ({**row, "factor": factor}) }') == [] and Decimal(factor) < 1


def test_a_row_in_another_unit_than_the_indicator_is_defined_in_is_told_with_that_unit() -> None:
    table = read_source("tiny", "observations.csv").replace("1200000,persons", "12,%")
    problems = check_sources("tiny", change_raw("tiny", {"observations.csv": table}))
    told = [(problem.line, problem.column) for problem in problems if "which is defined in persons" in problem.message]
    assert told == [(2, 4)]


@pytest.mark.parametrize(("unit", "line"), [("km2", 7), ("%", 7)])
def test_a_later_row_of_an_indicator_in_another_unit_is_told_at_that_row(unit: str, line: int) -> None:
    table = read_source("tiny", "observations.csv") + f"guards,2019,13,{unit},watch,2020-01-15,A,\n"
    problems = check_sources("tiny", change_raw("tiny", {"observations.csv": table}))
    told = [problem for problem in problems if "is not the unit" in problem.message]
    assert [(problem.line, problem.column) for problem in told] == [(line, 4)]
    assert "on line 4, which is persons" in told[0].message
