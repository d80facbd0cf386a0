"""Derive the figures of a note from its observations and formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from briefing.figures.figure_specs import FigureSpec
from briefing.figures.formulas import (
    FormulaError,
    Quantity,
    UnitError,
    evaluate_formula,
    find_double_factors,
    list_names,
)
from briefing.figures.observations import UNDATED, LaterRow, Observation, rank_period
from briefing.figures.unit_slips import explain_unit_slips
from briefing.figures.units import Unit, describe_dimension
from briefing.problems import Place, Problem, SourceError, name_nearest

Observations = Mapping[str, Mapping[str, Observation]]
COUNT = "count"  # the unit of what is counted by itself


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the note states, with its provenance.

    `value` is unrounded, in `unit`. `bound` is 1 where the true value lies above it, -1 below, 0 at it, None unknown.
    `periods` and `known_on` of a derived figure are those of its inputs; `sources` are citation keys. `counts` is the
    id of a list of the text, where the figure says no more than how many items that has.
    """

    id: str
    label: str
    value: Decimal
    unit: str
    periods: tuple[str, ...]
    sources: tuple[str, ...]
    known_on: str
    bound: int | None
    status: str = "A"
    formula: str = ""
    derived_from: tuple[str, ...] = ()
    scale: str = ""
    digits: int | None = None
    note: str = ""
    facts: tuple[str, ...] = ()
    line: int = 0
    counts: str = ""


def derive_figures(
    specs: Mapping[str, FigureSpec],
    observations: Observations,
    units: Mapping[str, Unit],
    later: Sequence[LaterRow] = (),
) -> dict[str, Figure]:
    """Derive every figure, inputs before what is computed from them; `later` are the rows not yet known.

    This fails with a `SourceError` that lists every figure whose observation is missing, whose formula is wrong or
    whose unit does not fit.
    """
    problems: list[Problem] = []
    unfit: list[FigureSpec] = []
    figures: dict[str, Figure] = {}
    for name in _order_figures(specs):
        spec = specs[name]
        try:
            figures[name] = _count(spec) or _observe(spec, observations, later) or _compute(spec, figures, units)
        except FormulaError as error:
            if not _rests_on_a_failure(spec, specs, figures):
                problems.append(spec.find_key(error.key).report(f"figure {name}: {error}"))
                unfit += [spec] if isinstance(error, UnitError) else []
    if problems:
        raise SourceError([*problems, *_find_unit_slips(unfit, specs, figures, observations, units)])
    return {name: figures[name] for name in specs}


def _find_unit_slips(
    unfit: Sequence[FigureSpec],
    specs: Mapping[str, FigureSpec],
    figures: Mapping[str, Figure],
    observations: Observations,
    units: Mapping[str, Unit],
) -> Iterator[Problem]:
    """Find the rows of observations whose unit is why formulas do not fit."""
    formulas = {spec.id: (spec.formula, spec.unit) for spec in unfit}
    fitting = {name for figure in figures.values() for name in figure.derived_from}
    rows = {name: find_observation(specs[name], observations) for name in figures.keys() - fitting}
    observed = {name: row for name, row in rows.items() if row is not None and not figures[name].formula}
    quantities = {name: as_quantity(figure, units) for name, figure in figures.items()}
    for row, message in explain_unit_slips(formulas, observed, quantities, units):
        file = specs[next(iter(formulas))].place.file.replace("figures.yaml", "observations.csv")
        yield Place(file, row.line, row.column).report(message)


def _rests_on_a_failure(spec: FigureSpec, specs: Mapping[str, FigureSpec], figures: Mapping[str, Figure]) -> bool:
    """Tell whether a figure only fails because an input, already reported, has failed."""
    try:
        return any(name in specs and name not in figures for name in list_names(spec.formula or "0"))
    except FormulaError:
        return False


def _order_figures(specs: Mapping[str, FigureSpec]) -> list[str]:
    graph: dict[str, set[str]] = {}
    for name, spec in specs.items():
        try:
            graph[name] = {used for used in list_names(spec.formula) if used in specs} if spec.formula else set()
        except FormulaError:
            graph[name] = set()
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = error.args[1]
        message = f"the formulas of {', '.join(circle[:-1])} need each other; break the circle"
        raise SourceError([specs[circle[0]].find_key("formula").report(message)]) from None


def find_observation(spec: FigureSpec, observations: Observations) -> Observation | None:
    """Find the observation of a figure: that of its pinned period, else the latest."""
    periods = observations.get(spec.indicator, {})
    return periods.get(spec.period) if spec.period else next(reversed(list(periods.values())), None)


def _observe(spec: FigureSpec, observations: Observations, later: Sequence[LaterRow]) -> Figure | None:
    """Take the figure from the observations: the pinned period, else the latest; None where only a formula can do."""
    if not spec.indicator:
        return None
    periods, found = observations.get(spec.indicator, {}), find_observation(spec, observations)
    if found is None:
        if spec.formula:
            return None
        if not periods:
            reason = f'observations.csv has no "{spec.indicator}" known on the as-of date'
            rows = [f"line {row['line']} on {row['known_on']}" for row in later if row["indicator"] == spec.indicator]
            remedy = (
                f"it becomes known with {', '.join(rows)}: mend known_on there, or as_of in note.yaml" if rows else ""
            )
            raise FormulaError(f"{reason}; {remedy or name_nearest(spec.indicator, observations)}", "indicator")
        reason = f'"{spec.indicator}" has no observation for {spec.period}'
        raise FormulaError(f"{reason}; {name_nearest('', periods)}", "period")
    if spec.unit and spec.unit != found.unit:
        row = f"the observation on line {found.line} of observations.csv"
        raise FormulaError(f"{row} is in {found.unit}, the figure in {spec.unit}; make them agree", "unit")
    return Figure(
        id=spec.id,
        label=spec.label,
        value=found.value,
        unit=found.unit,
        periods=(found.period,),
        sources=(found.source,),
        known_on=found.known_on,
        bound=found.bound,
        status=found.status,
        scale=spec.scale,
        digits=spec.digits,
        note=spec.note,
        facts=spec.facts,
        line=found.line,
    )


def _count(spec: FigureSpec) -> Figure | None:
    """Take the figure from what it says of a list; None where it counts none."""
    if not spec.counts:
        return None
    if other := next((key for key in ("indicator", "period", "formula", "unit") if getattr(spec, key)), ""):
        reason = f'it counts the list "{spec.counts}" and has the key "{other}" too'
        raise FormulaError(f"{reason}; keep one of the two", other)
    figure = Figure(spec.id, spec.label, Decimal(spec.items), COUNT, (UNDATED,), (), "", 0)
    return replace(figure, note=spec.note, facts=spec.facts, counts=spec.counts)


def _compute(spec: FigureSpec, figures: Mapping[str, Figure], units: Mapping[str, Unit]) -> Figure:
    """Compute a derived figure from its inputs."""
    names = list_names(spec.formula)
    result = evaluate_formula(spec.formula, {name: as_quantity(figure, units) for name, figure in figures.items()})
    if spec.unit not in units:
        raise FormulaError(f'"{spec.unit}" is not a unit; {name_nearest(spec.unit, units)}', "unit")
    unit, inputs = units[spec.unit], [figures[name] for name in names]
    if result.dimension != unit.dimension:
        given = ", ".join(f"{figure.id} in {figure.unit}" for figure in inputs)
        raise UnitError(
            f"the formula gives {describe_dimension(result.dimension)} ({given}), but the unit {spec.unit} is "
            f"{describe_dimension(unit.dimension)}; mend the formula or the unit"
        )
    if double := find_double_factors(spec.formula, {unit.factor, *(units[figure.unit].factor for figure in inputs)}):
        number, mended = double
        raise FormulaError(
            f"the formula reckons with {number}, as the units do by themselves (12% is 0.12, 126 per 100,000 is "
            f"0.00126), so that the value would be wrong by that factor; write {mended}"
        )
    periods = {period for figure in inputs for period in figure.periods}
    return Figure(
        id=spec.id,
        label=spec.label,
        value=result.value / unit.factor,
        unit=spec.unit,
        periods=tuple(sorted(periods, key=lambda period: (rank_period(period), period))),
        sources=tuple(dict.fromkeys(source for figure in inputs for source in figure.sources)),
        known_on=max((figure.known_on for figure in inputs), default=""),
        bound=result.bound,
        formula=spec.formula,
        derived_from=names,
        scale=spec.scale,
        digits=spec.digits,
        note=spec.note,
        facts=spec.facts,
    )


def close_over_inputs(names: Iterable[str], figures: Mapping[str, Figure]) -> list[str]:
    """List figures with all that they are computed from, in the order of figures.yaml."""
    wanted: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting.extend(figures[name].derived_from)
    return [name for name in figures if name in wanted]


def as_quantity(figure: Figure, units: Mapping[str, Unit]) -> Quantity:
    """Turn a figure into a quantity in base units, for formulas."""
    unit = units[figure.unit]
    return Quantity(figure.value * unit.factor, unit.dimension, figure.bound)


def mixes_periods(figure: Figure) -> bool:
    """Tell whether a derived figure joins values of different periods."""
    return len(figure.periods) > 1
