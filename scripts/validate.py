"""Check every source of the note, and snapshot them all with their version id.

This step fails when any source has a problem that the configuration calls an error, with all problems at once; then
nothing is written.
"""

import json
from pathlib import Path
from typing import Any

from briefing.problems import SourceError
from briefing.report.content import judge_problems
from briefing.sources.snapshot import describe_snapshot
from briefing.steps.validate import check_sources
from briefing.workflow.files import read_folder, replace_folder, telling_problems, write_atomically

snakemake: Any = globals()["snakemake"]

note, root = snakemake.wildcards.note, Path(snakemake.params.sources)


def read_sources_of(part: str) -> dict[str, bytes]:
    """Read a folder of sources, without the published editions in it, which are sources of reviews only."""
    return {name: content for name, content in read_folder(root / part).items() if not name.startswith("editions/")}


with telling_problems():
    raw = {f"{part}/{name}": content for part in ("common", note) for name, content in read_sources_of(part).items()}
    problems = judge_problems(check_sources(note, raw), snakemake.params.policy)
    if any(problem.severity == "error" for problem in problems):
        raise SourceError(problems)

replace_folder(snakemake.output.snapshot, raw)
write_atomically(snakemake.output.version, json.dumps(describe_snapshot(note, raw), indent=1) + "\n")
