"""Derive the figures of a note from a snapshot, with those of its baseline and its checks."""

from __future__ import annotations

from typing import Any

from briefing.checks.observation_cells import read_plain_rows
from briefing.checks.plausibility import check_plausibility
from briefing.figures.consistency import run_checks
from briefing.figures.figure import Figure, derive_figures, encode_figure
from briefing.figures.vintages import index_observations, read_observations, select_known
from briefing.formats.csv_table import read_table
from briefing.formats.yaml_source import find_place
from briefing.problems import encode_problem
from briefing.sources.snapshot import Snapshot


def derive_note(snapshot: Snapshot) -> dict[str, Any]:
    """Derive all figures as of the note's date and of its baseline, and run the checks; gives what JSON can hold.

    This fails with a `SourceError` when an observation or a formula is missing or wrong.
    """
    sources, units = snapshot.sources, snapshot.units
    observations = read_observations(sources.files["observations.csv"])

    def derive(as_of: str) -> dict[str, Figure]:
        return derive_figures(sources.specs, index_observations(select_known(observations, as_of)), units)

    figures = derive(sources.note["as_of"])
    baseline = sources.note.get("baseline") or sources.note["as_of"]
    before = figures if baseline == sources.note["as_of"] else derive(baseline)
    file, checks = sources.name("figures.yaml"), sources.figures["checks"]
    places = [find_place(file, sources.figures, ("checks", number)) for number in range(len(checks))]
    results, problems = run_checks(checks, figures, units, places)
    table = read_table(sources.files["observations.csv"])
    problems += check_plausibility(
        sources.name("observations.csv"), read_plain_rows(table), sources, snapshot.bounds, table.header
    )
    return {
        "as_of": sources.note["as_of"],
        "baseline": baseline,
        "figures": {name: encode_figure(figure) for name, figure in figures.items()},
        "before": {name: encode_figure(figure) for name, figure in before.items()},
        "checks": [
            {
                "id": r.id,
                "statement": r.statement,
                "left": str(r.left),
                "right": str(r.right),
                "outcome": r.outcome,
                "reason": r.reason,
            }
            for r in results
        ],
        "problems": [encode_problem(problem) for problem in problems],
    }
