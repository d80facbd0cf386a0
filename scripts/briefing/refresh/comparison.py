"""Compare a series with the observations of a note: what is confirmed, revised, new, and what cannot be found again."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from briefing.figures.observations import BOUNDS, UNDATED, Observation, rank_period
from briefing.problems import shorten
from briefing.refresh.answers import DOUBTFUL, STATUSES, Reading, Series
from briefing.refresh.origins import Origin

CONFIRMED, REVISED, NEW, GONE = "confirmed", "revised", "new", "gone"
DIGITS = 12
"""Significant digits that are kept of a product with a factor."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a publisher says today of a period, beside what the note has: values in the unit of the note."""

    verdict: str
    period: str
    old: Decimal | None
    new: Decimal | None
    status: str = "A"


@dataclass(frozen=True, slots=True)
class SeriesComparison:
    """What a refresh found of an indicator: findings by period, doubts in words, and `failure` where nothing came."""

    origin: Origin
    unit: str = ""
    retrieved: str = ""
    findings: tuple[Finding, ...] = ()
    doubts: tuple[str, ...] = ()
    failure: str = ""
    series: Series = field(default_factory=lambda: Series(()))

    @property
    def proposed(self) -> list[Finding]:
        """List the findings that ask for a row."""
        return [finding for finding in self.findings if finding.verdict in (REVISED, NEW)]


def compare_series(
    origin: Origin,
    series: Series,
    observations: Sequence[Observation],
    retrieved: str,
    published: Container[str],
    unrounded: bool = False,
) -> SeriesComparison:
    """Compare a series with the observations of its indicator, which are not empty, in the order of the table.

    `published` has the works of this publisher, so that a value that has gone is told where it came from there. Of
    periods that the note does not have, those after its last one are new. `unrounded` says that a figure prints all
    digits of its value.
    """
    latest = {row.period: row for row in sorted(observations, key=lambda row: row.known_on)}
    values = {reading.period: reading for reading in series.readings}
    last = max(latest, key=rank_period)
    newest = max(values, key=rank_period)
    findings = [_judge(row, values[period], origin) for period, row in latest.items() if period in values]
    if last == UNDATED:
        findings.append(_judge(latest[UNDATED], values[newest], origin))
    else:
        later = [period for period in sorted(values, key=rank_period) if rank_period(period) > rank_period(last)]
        findings += [_find_new(values[period], origin) for period in later]
    gone = [row for period, row in latest.items() if period not in {*values, UNDATED} and row.source in published]
    findings += [Finding(GONE, row.period, row.value, None, row.status) for row in gone]
    findings.sort(key=lambda finding: rank_period(finding.period))
    doubts = [
        *series.doubts,
        *_list_doubts(origin, series, findings, {period: row.status for period, row in values.items()}),
        *(_list_digits(latest[last].value, findings) if unrounded else ()),
    ]
    return SeriesComparison(origin, latest[last].unit, retrieved, tuple(findings), tuple(doubts), series=series)


def _judge(row: Observation, reading: Reading, origin: Origin) -> Finding:
    """Judge a period that both have: a value that is equal at the precision of the note's is confirmed."""
    value, is_bound = _convert(reading, origin), row.status in BOUNDS
    agrees = round_like(value, row.value) == row.value and not is_bound
    period = reading.period if row.period == UNDATED and not agrees else row.period
    verdict = CONFIRMED if agrees else NEW if period != row.period else REVISED
    return Finding(verdict, period, row.value, value, STATUSES.get(reading.status, "A"))


def _find_new(reading: Reading, origin: Origin) -> Finding:
    return Finding(NEW, reading.period, None, _convert(reading, origin), STATUSES.get(reading.status, "A"))


def _convert(reading: Reading, origin: Origin) -> Decimal:
    """Convert a published value to the unit of the note."""
    product = reading.value * origin.factor
    if origin.factor == 1:
        return reading.value
    return round(product, max(DIGITS - product.adjusted() - 1, 0)).normalize() if product else product


def round_like(value: Decimal, model: Decimal) -> Decimal:
    """Round a value to the precision that another shows: its decimals, or, without any, its last digit but zeros."""
    exponent = int(model.as_tuple().exponent)
    if exponent >= 0 and model:
        exponent = max(exponent, int(model.normalize().as_tuple().exponent))
    return value.quantize(Decimal(1).scaleb(exponent)) if value else value


def _list_digits(old: Decimal, findings: Sequence[Finding]) -> Iterator[str]:
    """Say where new values have more decimals than the note has printed."""
    had = _count_decimals(old)
    new = [_count_decimals(row.new) for row in findings if row.verdict in (REVISED, NEW) and row.new is not None]
    if new and max(new) > had:
        yield (
            f"its new values have up to {max(new)} decimals, where the note's have {had}, and all are printed; "
            f'say in figures.yaml how many are wanted, such as "format: {{digits: {had}}}"'
        )


def _count_decimals(value: Decimal) -> int:
    return max(-int(value.as_tuple().exponent), 0)


def _list_doubts(
    origin: Origin, series: Series, findings: Sequence[Finding], statuses: Mapping[str, str]
) -> Iterator[str]:
    if origin.name and series.name and origin.name != series.name:
        yield f'the series is now called "{series.name}", and was "{origin.name}"; look whether it is still the same'
    if origin.unit and series.unit and origin.unit != series.unit:
        yield f'its unit is now "{series.unit}", and was "{origin.unit}"; look whether the factor is still right'
    for finding in findings:
        if finding.verdict == GONE:
            yield f"{finding.period} is no longer published; the note goes on saying {finding.old}"
        elif finding.verdict != CONFIRMED and (status := statuses.get(finding.period, "A")) != "A":
            unknown = f'bears the mark "{shorten(status, 20)}"; look what the publisher means by it'
            yield f"the value of {finding.period} {DOUBTFUL.get(status, unknown)}"
