"""Derive every figure from the observations known on the as-of date, and hold the figures against each other.

This step fails when an observation or a formula is missing or wrong.
"""

import json
from pathlib import Path
from typing import Any

from briefing.consistency import run_checks
from briefing.figures import derive_figures, encode_figure
from briefing.files import read_folder, telling_problems, write_atomically
from briefing.observation_cells import read_plain_rows
from briefing.plausibility import check_plausibility
from briefing.problems import encode_problem
from briefing.settings import find_place
from briefing.snapshot import read_snapshot
from briefing.table_text import read_table
from briefing.vintages import index_observations, read_observations, select_known

snakemake: Any = globals()["snakemake"]

with telling_problems():
    snapshot = read_snapshot(snakemake.wildcards.note, read_folder(snakemake.input.snapshot))
    sources, units = snapshot.sources, snapshot.units
    observations = read_observations(sources.files["observations.csv"])

    def derive(as_of: str) -> dict[str, Any]:
        known = index_observations(select_known(observations, as_of))
        return derive_figures(sources.specs, known, units)

    figures = derive(sources.note["as_of"])
    baseline = sources.note.get("baseline") or sources.note["as_of"]
    before = figures if baseline == sources.note["as_of"] else derive(baseline)

file = sources.name("figures.yaml")
places = [find_place(file, sources.figures, ("checks", number)) for number in range(len(sources.figures["checks"]))]
results, problems = run_checks(sources.figures["checks"], figures, units, places)
table = read_table(sources.files["observations.csv"])
problems += check_plausibility(
    sources.name("observations.csv"), read_plain_rows(table), sources, snapshot.bounds, table.header
)
derived = {
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
write_atomically(Path(snakemake.output[0]), json.dumps(derived, ensure_ascii=False, indent=1) + "\n")
