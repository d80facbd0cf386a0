"""Find the observation whose unit is wrong where formulas do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from briefing.figures.formulas import FormulaError, Quantity, evaluate_formula, list_names
from briefing.figures.observations import Observation
from briefing.figures.units import Unit

Formulas = Mapping[str, tuple[str, str]]
"""The formula and the unit of each figure that does not fit."""


def explain_unit_slips(
    formulas: Formulas,
    observed: Mapping[str, Observation],
    quantities: Mapping[str, Quantity],
    units: Mapping[str, Unit],
) -> Iterator[tuple[Observation, str]]:
    """Give each observation that is in a wrong unit, and why: with another one, more formulas fit than by any other.

    `observed` are those that no formula that fits uses. Where two could be wrong, it is not known which.
    """
    mending: dict[str, dict[str, list[str]]] = {}  # by input and by figure, the units with which the formula fits
    for figure, (formula, unit) in formulas.items():
        for name in set(list_names(formula)) & observed.keys():
            if found := list(_list_fitting_units(formula, unit, name, quantities, units)):
                mending.setdefault(name, {})[figure] = found
    wrong = set()
    for figure in formulas:
        suspects = [name for name, mended in mending.items() if figure in mended]
        most = max((len(mending[name]) for name in suspects), default=0)
        suspects = [name for name in suspects if len(mending[name]) == most]
        wrong |= set(suspects) if len(suspects) == 1 else set()
    for name in sorted(wrong):
        wanted = ", ".join(next(iter(mending[name].values())))
        needed = (
            f"does not fit the formulas of {', '.join(mending[name])}; expected the one its source has, of {wanted}"
        )
        yield observed[name], f'column unit: "{observed[name].unit}" {needed}'


def _list_fitting_units(
    formula: str, unit: str, name: str, quantities: Mapping[str, Quantity], units: Mapping[str, Unit]
) -> Iterator[str]:
    """List the units of an input with which a formula would give the dimension of its unit."""
    for other in units.values():
        changed = {**quantities, name: replace(quantities[name], dimension=other.dimension)}
        with suppress(FormulaError):
            if evaluate_formula(formula, changed).dimension == units[unit].dimension:
                yield other.name
