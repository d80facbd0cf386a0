"""Plausibility: what no observation can be, what is too old, and which shares make no whole."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from briefing.checks.plausibility import check_plausibility
from briefing.figures.observations import Observation
from briefing.problems import Problem
from briefing.report.content import judge_problems
from briefing.steps.validate import check_sources
from support.editions import change_raw, make_edition, read_source

COLUMNS = ("indicator", "period", "value", "unit", "source", "known_on", "status", "comment")
AS_OF = "2019-02-11"


def observe(indicator: str, period: str, value: str, known_on: str = AS_OF, status: str = "A") -> Observation:
    return Observation(indicator, period, Decimal(value), "%", "watch", known_on, status, 2)


def check(*observations: Observation, **settings: Any) -> list[Problem]:
    """Check observations of a note whose figures.yaml says these things of its indicators and shares."""
    sources = make_edition("tiny").snapshot.sources
    figures = {**{key: sources.figures[key] for key in ("figures", "checks")}, **settings}
    changed = dataclasses.replace(sources, figures=figures)
    rows = [dataclasses.replace(row, line=line) for line, row in enumerate(observations, 2)]
    return check_plausibility("observations.csv", rows, changed, {"%": {"minimum": 0, "maximum": 100}}, COLUMNS)


@pytest.mark.parametrize(("value", "words"), [("115", "more than can be"), ("-1", "less than can be")])
def test_a_value_out_of_bounds_is_doubted_though_it_stands_alone(value: str, words: str) -> None:
    (problem,) = check(observe("guards", "2018", value))
    assert words in problem.message and (problem.line, problem.column, problem.kind) == (2, 3, "plausibility")


@pytest.mark.parametrize(
    ("period", "known_on", "doubted"),
    [
        ("2019", "2019-02-11", False),
        ("2020", "2019-02-11", True),
        ("2019-03", "2019-02-11", True),
        ("2019-02", "2019-02-11", False),
        ("2018/2020", "2019-02-11", False),
        ("2020/2022", "2019-02-11", True),
        ("undated", "2019-02-11", False),
    ],
)
def test_a_period_that_had_not_begun_when_its_value_became_known_is_doubted(
    period: str, known_on: str, doubted: bool
) -> None:
    problems = check(observe("guards", period, "40", known_on))
    assert [problem.column for problem in problems] == [2] * doubted
    assert all("had not begun on 2019-02-11" in problem.message for problem in problems)


def test_a_plan_may_say_what_is_to_come() -> None:
    assert check(observe("guards", "2025", "40"), indicators={"guards": {"ahead": True, "reason": "A plan."}}) == []


@pytest.mark.parametrize(
    ("every", "period", "stale"),
    [
        ("1 year", "2017", False),
        ("1 year", "2016", True),  # that of 2017 ended 13 months ago
        ("10 years", "2009", False),
        ("10 years", "2008", False),
        ("10 years", "2007", True),
        ("6 months", "2018-06", False),
        ("6 months", "2018-02", False),
        ("6 months", "2018-01", True),
        ("1 month", "2018-11", False),
        ("1 month", "2018-10", False),
        ("1 month", "2018-09", True),
    ],
)
def test_a_value_is_stale_once_the_next_should_be_known(every: str, period: str, stale: bool) -> None:
    problems = check(observe("guards", period, "40"), indicators={"guards": {"every": every, "reason": "A law."}})
    assert [problem.kind for problem in problems] == ["staleness"] * stale
    assert all(f"every {every}" in problem.message for problem in problems)


def test_only_the_latest_known_value_can_be_stale() -> None:
    settings = {"indicators": {"guards": {"every": "1 year", "reason": "A law."}}}
    old, new = observe("guards", "2010", "40"), observe("guards", "2018", "41")
    assert check(old, new, **settings) == []
    later = dataclasses.replace(new, known_on="2019-03-01")
    assert [problem.kind for problem in check(old, later, **settings)] == ["staleness"]


SHARES = [{"statement": "They are all.", "indicators": ["guards", "women_guards"]}]


@pytest.mark.parametrize(
    ("parts", "status", "words"),
    [
        (("60", "40"), "A", ""),
        (("60", "39.5"), "A", ""),
        (("60", "30"), "A", "add up to 90, expected 100"),
        (("60", "45"), "A", "add up to 105, expected 100"),
        (("60", "30"), "L", ""),  # a lower bound may be all the rest
        (("60", "45"), "L", "add up to 105, expected 100"),
    ],
)
def test_shares_that_are_not_the_whole_are_doubted(parts: tuple[str, str], status: str, words: str) -> None:
    rows = observe("guards", "2018", parts[0]), observe("women_guards", "2018", parts[1], status=status)
    problems = check(*rows, shares=SHARES)
    assert len(problems) == bool(words) and all(words in problem.message for problem in problems)


def test_shares_of_which_one_is_missing_may_be_less_than_the_whole_and_tolerance_is_kept() -> None:
    assert check(observe("guards", "2018", "60"), shares=SHARES) == []
    rows = observe("guards", "2018", "60"), observe("women_guards", "2018", "30")
    assert check(*rows, shares=[{**SHARES[0], "tolerance": 10}]) == []


@pytest.mark.parametrize("severity", ["warning", "error"])
def test_the_configuration_says_whether_a_doubt_stops_the_build(severity: str) -> None:
    table = read_source("tiny", "observations.csv").replace("women_guards,2018,450,", "women_guards,2018,450.5,")
    problems = check_sources("tiny", change_raw("tiny", {"observations.csv": table}))
    judged = judge_problems(problems, {"plausibility": severity})
    assert [(problem.kind, problem.severity) for problem in judged] == [("plausibility", severity)]
    assert "no whole number" in judged[0].message


def list_doubted(*values: str, unit: str = "persons/year", **settings: Any) -> list[int]:
    """List the places in a series, from 0, of the values that are doubted."""
    rows = [
        dataclasses.replace(observe("guards", str(2000 + year), value), unit=unit) for year, value in enumerate(values)
    ]
    return [problem.line - 2 for problem in check(*rows, **settings)]


@pytest.mark.parametrize("slip", ["0.001", "1000", "1000000"])
@pytest.mark.parametrize("position", range(4))
def test_a_row_in_thousands_is_told_wherever_it_stands_in_its_series(slip: str, position: int) -> None:
    values = ["1200000", "1250000", "1300000", "1350000"]
    values[position] = str(Decimal(values[position]) * Decimal(slip))
    assert list_doubted(*values) == [position]


def test_of_two_values_the_later_is_doubted_and_growth_by_small_steps_is_not() -> None:
    assert list_doubted("1200", "1250000") == [1]
    assert list_doubted("1", "50", "2500", "125000") == []
    assert list_doubted("0", "1200", "0", "1250") == []


def test_what_may_be_below_zero_and_what_figures_yaml_excepts_has_no_step() -> None:
    reason = "They were founded anew."
    assert list_doubted("1", "1000", indicators={"guards": {"step": 0, "reason": reason}}) == []
    assert list_doubted("0.01", "5", "-3", indicators={"guards": {"minimum": -50, "reason": reason}}) == []
    assert list_doubted("1", "9", "10", indicators={"guards": {"step": 8, "reason": reason}}) == [0]
