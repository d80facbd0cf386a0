"""Ask whether an observation can be true: its range, its step from the period before, its share of a whole, its age.

Bounds are data: those of a unit stand in bounds.yaml, those of an indicator, with their reason, in figures.yaml or,
where notes share it, in indicators.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from briefing.checks.days import NEAR, lies_apart
from briefing.figures.observations import UNDATED, Observation, rank_period
from briefing.formats.yaml_source import find_place
from briefing.problems import Place, Problem, name_nearest
from briefing.sources.indicators import list_indicators
from briefing.sources.note_sources import NoteSources
from briefing.sources.shared_use import INDICATORS

PLAUSIBILITY, STALENESS, SHARES, DAYS = "plausibility", "staleness", "shares", "days"
EVERY = re.compile(r"(?P<count>[1-9]\d?) (?P<unit>month|year)s?")
# Months until a value is published, the least and the most: as long as its period, which for years is a year.
LAGS = (3, 12)
WHOLE = Decimal(100)  # per cent
SLIP = Decimal(100)  # times: what no unit does that says nothing else, short of the thousand of a wrong unit
REMEDIES = {
    PLAUSIBILITY: "mend it, or say {where} what it may be and why",
    SHARES: "mend them, or give the shares in figures.yaml a greater tolerance",
    DAYS: "mend the year",
    STALENESS: "add a newer observation, or mend {where} how often there is one",
}
WHERE, WHERE_SHARED = "under indicators in figures.yaml", f"for all notes in sources/{INDICATORS}"
SETTLED = {PLAUSIBILITY: {"minimum", "maximum", "step", "whole", "ahead"}, STALENESS: {"every"}}
"""The keys that settle a doubt; where all notes share one of them, a note says nothing else of it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an observation may be: its least and greatest value, its greatest step (times), whole or not."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    step: Decimal | None = None
    whole: bool = False
    ahead: bool = False
    every: str = ""


def check_plausibility(
    file: str,
    observations: Sequence[Observation],
    sources: NoteSources,
    units: Mapping[str, Any],
    columns: Sequence[str],
) -> list[Problem]:
    """Check the observations, which are read and whole; every doubt is a problem at the cell that raises it.

    `units` holds the bounds of each unit, `columns` the header of the table.
    """
    own = list_indicators(sources)
    bounds = {o.indicator: read_bounds(units.get(o.unit, {}), own.get(o.indicator, {})) for o in observations}
    problems = [*_check_settings(sources)]

    def report(column: int, observation: Observation, doubt: str, about: str = PLAUSIBILITY) -> Problem:
        shared = sources.shared_indicators.get(observation.indicator, {})
        where = WHERE_SHARED if SETTLED.get(about, set()) & shared.keys() else WHERE
        message = f"{observation.indicator} ({observation.period}): {doubt}; {REMEDIES[about].format(where=where)}"
        kind = STALENESS if about == STALENESS else PLAUSIBILITY
        return Place(file, observation.line, column).report(message, kind)

    value, period, known = (columns.index(name) + 1 for name in ("value", "period", "known_on"))
    as_of = str(sources.note["as_of"])
    likely: list[Observation] = []
    for observation in observations:
        row = bounds[observation.indicator]
        values, periods = [*_doubt_value(observation, row)], [*_doubt_period(observation, row)]
        problems.extend(report(value, observation, doubt) for doubt in values)
        problems.extend(report(period, observation, doubt) for doubt in periods)
        if observation.known_on > as_of and lies_apart(observation.known_on, as_of):
            doubt = f"{observation.known_on} lies more than {NEAR} years after {as_of}, the as-of date of the note"
            problems.append(report(known, observation, doubt, DAYS))
        if not values and not periods:
            likely.append(observation)
    for name, series in _group(likely).items():
        problems.extend(report(value, *step) for step in _find_steps(series, bounds[name]))
        stale = _find_stale(series, bounds[name], as_of)
        problems.extend(report(value, *doubt, STALENESS) for doubt in stale)
    for share in sources.figures.get("shares", ()):
        problems.extend(report(value, *doubt, SHARES) for doubt in _find_wrong_sums(share, observations))
    return problems


def read_bounds(unit: Mapping[str, Any], own: Mapping[str, Any]) -> Bounds:
    """Read the bounds of an indicator: its own where it has them, else those of its unit."""
    merged = {**unit, **own}
    numbers = {key: Decimal(str(merged[key])) for key in ("minimum", "maximum", "step") if key in merged}
    whole, ahead = bool(merged.get("whole", False)), bool(merged.get("ahead", False))
    return Bounds(**numbers, whole=whole, ahead=ahead, every=str(merged.get("every", "")))


def _check_settings(sources: NoteSources) -> Iterator[Problem]:
    """Check that what figures.yaml says of indicators is said of some that there are."""
    file, known = sources.name("figures.yaml"), {spec.indicator for spec in sources.specs.values()} - {""}
    for name in sources.figures.get("indicators", {}):
        if name not in known:
            place = find_place(file, sources.figures, ("indicators",), name)
            yield place.report(f'no figure uses the indicator "{name}"; {name_nearest(name, known)}')
    for position, share in enumerate(sources.figures.get("shares", ())):
        for name in share["indicators"]:
            if name not in known:
                place = find_place(file, sources.figures, ("shares", position, "indicators"))
                yield place.report(f'no figure uses the indicator "{name}"; {name_nearest(name, known)}')


def _doubt_value(observation: Observation, bounds: Bounds) -> Iterator[str]:
    value, unit = observation.value, observation.unit
    if bounds.minimum is not None and value < bounds.minimum:
        yield f"{value} {unit} is less than can be, expected at least {bounds.minimum}"
    elif bounds.maximum is not None and value > bounds.maximum:
        yield f"{value} {unit} is more than can be, expected at most {bounds.maximum}"
    elif bounds.whole and value != value.to_integral_value():
        yield f"{value} {unit} is no whole number, expected one"


def _doubt_period(observation: Observation, bounds: Bounds) -> Iterator[str]:
    start = observation.period.partition("/")[0]
    if observation.period != UNDATED and not bounds.ahead and start > observation.known_on[: len(start)]:
        yield f"{observation.period} had not begun on {observation.known_on}, when the value became known"


def _group(observations: Iterable[Observation]) -> dict[str, list[Observation]]:
    """Group the observations by indicator, in the order of their periods and of the days on which they became known."""
    groups: dict[str, list[Observation]] = {}
    for observation in sorted(observations, key=lambda o: (rank_period(o.period), o.period, o.known_on, o.line)):
        groups.setdefault(observation.indicator, []).append(observation)
    return groups


def _find_steps(series: Sequence[Observation], bounds: Bounds) -> Iterator[tuple[Observation, str]]:
    """Find observations that differ from their neighbours by a factor that no real change has.

    What follows from one another without such a step goes together; what most go with is right, of two the earlier.
    """
    signed = bounds.minimum is not None and bounds.minimum < 0  # and so may come near to zero
    step = (None if signed else SLIP) if bounds.step is None else bounds.step
    if not step:
        return
    chains: list[list[Observation]] = []
    for observation in series:
        if observation.value and observation.period != UNDATED and observation.unit == series[0].unit:
            near = (chain for chain in chains if _measure_step(chain[-1], observation) < step)
            chain = min(near, key=lambda chain: _measure_step(chain[-1], observation), default=None)
            if chain is None:
                chains.append([observation])
            else:
                chain.append(observation)
    right = max(chains, key=len, default=[])
    for observation in (observation for chain in chains if chain is not right for observation in chain):
        before = [other for other in right if rank_period(other.period) <= rank_period(observation.period)]
        neighbour = before[-1] if before else right[0]
        ratio = abs(observation.value / neighbour.value)
        times = f"{_say(ratio)} times" if ratio > 1 else f"one {_say(1 / ratio)}th of"
        yield observation, f"{observation.value} is {times} the {neighbour.value} of {neighbour.period}"


def _measure_step(one: Observation, other: Observation) -> Decimal:
    ratio = abs(one.value / other.value)
    return max(ratio, 1 / ratio)


def _say(ratio: Decimal) -> str:
    return f"{ratio.quantize(Decimal(1))}"


def _find_stale(series: Sequence[Observation], bounds: Bounds, as_of: str) -> Iterator[tuple[Observation, str]]:
    """Find an indicator whose next period should be known on the as-of date: it has ended, and its lag has passed."""
    known = [o for o in series if o.known_on <= as_of and o.period != UNDATED]
    match = EVERY.fullmatch(bounds.every)
    if not known or match is None:
        return
    months = int(match["count"]) * (12 if match["unit"] == "year" else 1)
    age = _count_months(as_of) - _count_months(rank_period(known[-1].period), end=True)
    lag = min(max(months, LAGS[0]), LAGS[1])
    if age >= months + lag:
        wanted = f"expected one every {bounds.every}, known {lag} months after its period at the latest"
        yield known[-1], f"the latest value is {age} months old on {as_of}, {wanted}"


def _count_months(day: str, end: bool = False) -> int:
    """Count the months up to the first day of a period, or with `end` up to the day after its last."""
    year, month = int(day[:4]), int(day[5:7]) if len(day) > 4 else 0
    return year * 12 + ((month or 12) if end else (month or 1) - 1)


def _find_wrong_sums(
    share: Mapping[str, Any], observations: Iterable[Observation]
) -> Iterator[tuple[Observation, str]]:
    """Find periods in which shares of one whole add up to something else; one that is a bound says nothing."""
    names, tolerance = list(share["indicators"]), Decimal(str(share.get("tolerance", 1)))
    periods: dict[str, dict[str, Observation]] = {}
    for observation in sorted(observations, key=lambda o: o.known_on):
        if observation.indicator in names:
            periods.setdefault(observation.period, {})[observation.indicator] = observation
    for period, parts in periods.items():
        total = sum((part.value for part in parts.values()), Decimal(0))
        whole = len(parts) == len(names) and not any(part.bound for part in parts.values())
        if total > WHOLE + tolerance or (whole and total < WHOLE - tolerance):
            last = parts[max(parts, key=lambda name: parts[name].line)]
            yield last, f"the shares {', '.join(names)} of {period} add up to {total}, expected 100"
