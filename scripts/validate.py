"""Check every source of the note, and snapshot them all with their version id.

This step fails when any source has a problem that the configuration calls an error, with all problems at once; then
nothing is written.
"""

import json
from pathlib import Path
from typing import Any

from briefing.checking import check_sources
from briefing.files import read_folder, replace_folder, telling_problems, write_atomically
from briefing.problems import SourceError
from briefing.report import judge_problems
from briefing.snapshot import describe_snapshot

snakemake: Any = globals()["snakemake"]

note, root = snakemake.wildcards.note, Path(snakemake.params.sources)
with telling_problems():
    raw = {f"{part}/{name}": content for part in ("common", note) for name, content in read_folder(root / part).items()}
    problems = judge_problems(check_sources(note, raw), snakemake.params.policy)
    if any(problem.severity == "error" for problem in problems):
        raise SourceError(problems)

replace_folder(snakemake.output.snapshot, raw)
write_atomically(snakemake.output.version, json.dumps(describe_snapshot(note, raw), indent=1) + "\n")
