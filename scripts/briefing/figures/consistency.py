"""Hold figures against each other: sums, shares and orders that must fit, and contradictions already known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

from briefing.figures.figure import Figure, as_quantity
from briefing.figures.formulas import FormulaError, evaluate_formula, list_names
from briefing.figures.units import Unit, describe_dimension
from briefing.problems import Place, Problem

SIX_DIGITS = Context(prec=6)
_SIGNS = {"equal": "=", "within": "≈", "at_most": "≤", "at_least": "≥"}
_OTHERWISE = {"equal": "≠", "within": "≠", "at_most": ">", "at_least": "<"}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check with both sides in base units; `outcome` is "holds", "known discrepancy" or "fails".

    `formula` says what should be, as the check is written; `relation` is the sign that stands between the two values.
    """

    id: str
    statement: str
    formula: str
    relation: str
    left: Decimal
    right: Decimal
    outcome: str
    reason: str = ""


def run_checks(
    checks: Sequence[Mapping[str, Any]],
    figures: Mapping[str, Figure],
    units: Mapping[str, Unit],
    places: Sequence[Place],
) -> tuple[list[CheckResult], list[Problem]]:
    """Run the consistency checks; a failed one that is no known discrepancy, or has changed since, is a problem."""
    quantities = {name: as_quantity(figure, units) for name, figure in figures.items()}
    results, problems = [], []
    for check, place in zip(checks, places, strict=True):
        try:
            left = evaluate_formula(str(check["left"]), quantities)
            right = evaluate_formula(str(check["right"]), quantities)
            if left.dimension != right.dimension:
                sides = f"{describe_dimension(left.dimension)} and {describe_dimension(right.dimension)}"
                rows = _name_rows(f"({check['left']}) - ({check['right']})", figures)
                raise FormulaError(f"cannot compare {sides}; both sides must have the same unit: {rows}")
        except FormulaError as error:
            problems.append(place.report(f'check "{check["id"]}": {error}', "consistency"))
            continue
        outcome = _judge(check, left.value, right.value)
        known = check.get("discrepancy", {})
        formula = f"{check['left']} {_SIGNS[check['relation']]} {check['right']}"
        sign = (_SIGNS if _holds(check, left.value, right.value) else _OTHERWISE)[check["relation"]]
        reason = known.get("reason", "")
        results.append(
            CheckResult(check["id"], check["statement"], formula, sign, left.value, right.value, outcome, reason)
        )
        if outcome == "fails":
            problems.append(place.report(_explain_failure(check, left.value, right.value), "consistency"))
    return results, problems


def _name_rows(formula: str, figures: Mapping[str, Figure]) -> str:
    """Name the units of the figures in a formula, with the rows of observations.csv that give them."""
    names = list_names(formula)
    places = {name: f" (observations.csv, line {row.line})" if (row := figures[name]).line else "" for name in names}
    return ", ".join(f"{name} is in {figures[name].unit}{place}" for name, place in places.items())


def _holds(check: Mapping[str, Any], left: Decimal, right: Decimal) -> bool:
    margin = abs(right) * Decimal(str(check.get("tolerance", 0))) / 100
    return {
        "equal": left == right,
        "within": abs(left - right) <= margin,
        "at_most": left <= right + margin,
        "at_least": left >= right - margin,
    }[check["relation"]]


def _judge(check: Mapping[str, Any], left: Decimal, right: Decimal) -> str:
    holds = _holds(check, left, right)
    known = check.get("discrepancy")
    if known is None:
        return "holds" if holds else "fails"
    same = _abbreviate(left) == _abbreviate(Decimal(known["left"])) and _abbreviate(right) == _abbreviate(
        Decimal(known["right"])
    )
    return "known discrepancy" if same and not holds else "fails"


def _abbreviate(value: Decimal) -> Decimal:
    return SIX_DIGITS.create_decimal(value).normalize()


def _explain_failure(check: Mapping[str, Any], left: Decimal, right: Decimal) -> str:
    relation = {"equal": "equal to", "within": "near", "at_most": "at most", "at_least": "at least"}[check["relation"]]
    sides = f"{check['left']} is {_abbreviate(left):f}, expected {relation} {check['right']}"
    sides = f"{sides}, which is {_abbreviate(right):f}"
    if known := check.get("discrepancy"):
        remedy = (
            f"the recorded discrepancy was {known['left']} against {known['right']}; "
            "look whether its reason still holds, then record the new values or remove it"
        )
    else:
        remedy = "mend the data, or record the discrepancy with its reason"
    return f'check "{check["id"]}" does not hold ({check["statement"]}): {sides}; {remedy}'
