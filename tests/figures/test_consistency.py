"""Consistency: a check holds, is a discrepancy that is known, or fails; a known one that has changed fails too."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.figures.consistency import CheckResult, run_checks
from briefing.problems import Place, Problem
from support.measures import make_figure, make_units

FIGURES = {
    "total": make_figure("703"),
    "rural": make_figure("666"),
    "urban": make_figure("38"),
    "debt": make_figure("5", "USD"),
    "share": make_figure("40", "%"),
}
KNOWN = {"left": "704", "right": "703", "reason": "The sources disagree"}


def run(**check: Any) -> tuple[list[CheckResult], list[Problem]]:
    whole = {"id": "c", "statement": "S.", "left": "rural + urban", "relation": "equal", "right": "total", **check}
    return run_checks([whole], FIGURES, make_units(), [Place("figures.yaml", 9, 3)])


def outcome(**check: Any) -> str:
    return run(**check)[0][0].outcome


def test_a_check_that_does_not_hold_tells_both_sides_and_its_place() -> None:
    results, problems = run()
    assert results[0].outcome == "fails"
    (problem,) = problems
    assert problem.kind == "consistency"
    assert str(problem).startswith('figures.yaml:9:3: check "c" does not hold (S.): rural + urban is 704')
    assert "expected equal to total, which is 703" in problem.message


def test_a_known_discrepancy_passes_and_a_changed_one_fails() -> None:
    assert run(discrepancy=KNOWN)[1] == []
    assert outcome(discrepancy=KNOWN) == "known discrepancy"
    assert outcome(discrepancy={**KNOWN, "left": "705"}) == "fails"
    assert "the recorded discrepancy was 705 against 703" in run(discrepancy={**KNOWN, "left": "705"})[1][0].message


def test_a_known_discrepancy_that_is_gone_fails() -> None:
    assert outcome(left="total", discrepancy={**KNOWN, "left": "703"}) == "fails"


@pytest.mark.parametrize(
    ("check", "holds"),
    [
        ({"relation": "within", "tolerance": 1}, True),
        ({"relation": "within", "tolerance": 0.1}, False),
        ({"relation": "at_most"}, False),
        ({"relation": "at_most", "tolerance": 1}, True),
        ({"relation": "at_least"}, True),
        ({"left": "rural", "relation": "at_least"}, False),
        ({"left": "rural", "relation": "at_least", "tolerance": 10}, True),
        ({"left": "share", "right": 0.4}, True),
    ],
)
def test_a_relation_holds_within_its_tolerance(check: dict[str, Any], holds: bool) -> None:
    assert (outcome(**check) == "holds") is holds


def test_sides_of_different_units_are_not_compared() -> None:
    results, problems = run(left="debt")
    assert not results
    message = problems[0].message
    assert 'check "c": cannot compare USD and person; both sides must have the same unit' in message
    assert "debt is in USD" in message


def test_a_check_on_a_figure_that_is_not_known_names_the_nearest() -> None:
    assert 'there is no figure "totl"; did you mean "total"?' in run(right="totl")[1][0].message


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_equal_is_at_most_and_at_least(left: int, right: int) -> None:
    outcomes = {
        relation: outcome(left=left, right=right, relation=relation) == "holds"
        for relation in ("equal", "at_most", "at_least")
    }
    assert outcomes["equal"] == (outcomes["at_most"] and outcomes["at_least"])


@pytest.mark.parametrize(
    ("check", "sign"),
    [({}, "≠"), ({"relation": "at_most"}, ">"), ({"relation": "at_least"}, "≥"), ({"relation": "within"}, "≠")],
)
def test_what_is_compared_is_shown_with_the_sign_that_is_true(check: dict[str, Any], sign: str) -> None:
    assert run(**check)[0][0].relation == sign
