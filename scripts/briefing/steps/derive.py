"""Derive the figures of a note from a snapshot, with those of its baseline and its checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.figures.consistency import run_checks
from briefing.figures.derived import Derived
from briefing.figures.encoding import encode_figure
from briefing.figures.figure import Figure, derive_figures
from briefing.figures.observations import LaterRow
from briefing.figures.vintages import index_observations, list_later, read_observations, select_known
from briefing.formats.yaml_source import find_place
from briefing.problems import Problem, encode_problem
from briefing.sources.snapshot import Snapshot


def derive_note(snapshot: Snapshot, found: Iterable[Problem]) -> Derived:
    """Derive all figures as of the note's date and of its baseline, and run the checks.

    `found` is what was found of the observations before; it is handed on with what the checks find. This fails with a
    `SourceError` when an observation or a formula is missing or wrong.
    """
    sources, units = snapshot.sources, snapshot.units
    observations = read_observations(sources.files["observations.csv"])

    def derive(as_of: str, later: Sequence[LaterRow]) -> dict[str, Figure]:
        return derive_figures(sources.specs, index_observations(select_known(observations, as_of)), units, later)

    as_of = sources.note["as_of"]
    later, baseline = list_later(observations, as_of), sources.note.get("baseline") or as_of
    figures = derive(as_of, later)
    before = figures if baseline == as_of else derive(baseline, list_later(observations, baseline))
    file, checks = sources.name("figures.yaml"), sources.figures["checks"]
    places = [find_place(file, sources.figures, ("checks", number)) for number in range(len(checks))]
    results, problems = run_checks(checks, figures, units, places)
    return {
        "as_of": as_of,
        "baseline": baseline,
        "figures": {name: encode_figure(figure) for name, figure in figures.items()},
        "before": {name: encode_figure(figure) for name, figure in before.items()},
        "later": later,
        "checks": [
            {
                "id": result.id,
                "statement": result.statement,
                "formula": result.formula,
                "relation": result.relation,
                "left": str(result.left),
                "right": str(result.right),
                "outcome": result.outcome,
                "reason": result.reason,
            }
            for result in results
        ],
        "problems": [encode_problem(problem) for problem in [*problems, *found]],
    }
