"""What a refresh proposes, as JSON holds it, and as a text that stands in a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypedDict

from briefing.figures.observations import Observation, rank_period
from briefing.problems import EncodedProblem
from briefing.refresh.comparison import CONFIRMED, GONE, NEW, REVISED, SeriesComparison
from briefing.review.impact_page import write_verdict
from briefing.review.rows import Impact

VERDICTS = {CONFIRMED: "confirmed", REVISED: "revised", NEW: "new", GONE: "no longer published"}
Point = tuple[str, str]
"""A period and its value."""


class ProposedValue(TypedDict):
    """What a publisher says of a period beside the note, in the unit of the note; null where one has no value."""

    period: str
    note: str | None
    publisher: str | None
    verdict: str


class ProposedIndicator(TypedDict):
    """What a refresh found of an indicator; `old` and `new` are its values by period, before and after."""

    indicator: str
    publisher: str
    series: str
    name: str
    unit: str
    place: str
    retrieved: str
    updated: str
    failure: str
    doubts: list[str]
    values: list[ProposedValue]
    old: list[Point]
    new: list[Point]


class Proposal(TypedDict):
    """What a refresh proposes, and what it would bring once `as_of` moves to `day`, or why it could bring nothing."""

    note: str
    day: str
    as_of: str
    indicators: list[ProposedIndicator]
    without_origin: list[str]
    problems: list[EncodedProblem]
    impact: Impact | None


def describe_comparison(comparison: SeriesComparison, observations: Sequence[Observation]) -> ProposedIndicator:
    """Describe what was found of an indicator, of which the note has some observations."""
    origin = comparison.origin
    old = {row.period: row.value for row in sorted(observations, key=lambda row: row.known_on)}
    proposed = {finding.period: finding.new for finding in comparison.proposed if finding.new is not None}
    return {
        "indicator": origin.indicator,
        "publisher": origin.publisher.name,
        "series": origin.series,
        "name": comparison.series.name,
        "unit": comparison.unit,
        "place": f"{origin.place.file}:{origin.place.line}:{origin.place.column}",
        "retrieved": comparison.retrieved,
        "updated": comparison.series.updated,
        "failure": comparison.failure,
        "doubts": list(comparison.doubts),
        "values": [
            {
                "period": row.period,
                "note": _write(row.old),
                "publisher": _write(row.new),
                "verdict": VERDICTS[row.verdict],
            }
            for row in comparison.findings
        ],
        "old": _list_points(old),
        "new": _list_points({**old, **proposed}),
    }


def _write(value: Decimal | None) -> str | None:
    return None if value is None else format(value, ",f")


def _list_points(values: dict[str, Decimal]) -> list[Point]:
    return [(period, format(values[period], "f")) for period in sorted(values, key=rank_period)]


def count_verdicts(indicators: Iterable[ProposedIndicator]) -> dict[str, int]:
    """Count the verdicts, in their order, and the series that could not be had."""
    indicators = list(indicators)
    verdicts = [value["verdict"] for row in indicators for value in row["values"]]
    counts = {verdict: verdicts.count(verdict) for verdict in VERDICTS.values()}
    return {**counts, "not to be had": sum(bool(row["failure"]) for row in indicators)}


def summarise(proposal: Proposal) -> str:
    """Say in a sentence what was found."""
    if not proposal["indicators"]:
        remedy = "docs/refresh.md says how to give one"
        return f"No indicator of {proposal['note']} has an origin, so that nobody was asked; {remedy}."
    counts = ", ".join(f"{number} {verdict}" for verdict, number in count_verdicts(proposal["indicators"]).items())
    return f"{len(proposal['indicators'])} series asked for on {proposal['day']}: {counts}."


def write_proposal_text(proposal: Proposal) -> str:
    """Write a proposal in Markdown: what is in doubt first, then what is new, then what accepting it would bring."""
    lines = [f"# {proposal['note']}: new data, {proposal['day']}", "", summarise(proposal), ""]
    rows = proposal["indicators"]
    if doubtful := [f"- {_name(row)}: {text}" for row in rows for text in [row["failure"], *row["doubts"]] if text]:
        lines += ["## To be looked at", "", *doubtful, ""]
    for row in rows:
        changed = [value for value in row["values"] if value["verdict"] in (VERDICTS[NEW], VERDICTS[REVISED])]
        if changed:
            lines += [f"## {_name(row)}", "", "| period | note | publisher | |", "| --- | ---: | ---: | --- |"]
            lines += [
                f"| {value['period']} | {value['note'] or ''} | {value['publisher'] or ''} | {value['verdict']} |"
                for value in changed
            ]
            lines.append("")
    if impact := proposal["impact"]:
        lines += [
            f"## Once the data are as of {proposal['day']} (now {proposal['as_of']})",
            "",
            write_verdict(impact),
            "",
        ]
        lines += [f"- {row['label']}: {row['old']} → {row['new']}" for row in impact["figures"]]
        for group in impact["mend"]:
            lines += ["", f"### {group['title']}", ""]
            lines += [f"- {' '.join(filter(None, (item['place'], item['says'])))}" for item in group["items"]]
        lines.append("")
    if proposal["problems"]:
        lines += ["## Why the sources could not be read then", ""]
        lines += [f"- `{row['file']}:{row['line']}:{row['column']}` {row['message']}" for row in proposal["problems"]]
        lines.append("")
    if proposal["without_origin"]:
        lines += ["## Without a publisher that can be asked", "", ", ".join(proposal["without_origin"]), ""]
    return "\n".join(lines)


def _name(row: ProposedIndicator) -> str:
    return f"{row['indicator']} ({row['publisher']}, {row['series']})"
