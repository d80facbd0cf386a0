"""Let the note be rendered only if its report has no error: what was composed and counted gets its final name.

This step fails when a wording is no longer true, a number is unbound, an acronym or a citation has a problem, or a
consistency check does not hold, each as far as the configuration calls it an error.
"""

import json
import sys
from pathlib import Path
from typing import Any

from briefing.problems import decode_problem
from briefing.workflow.files import print_problems, write_atomically

snakemake: Any = globals()["snakemake"]

report = json.loads(Path(snakemake.input.report).read_text("utf-8"))
if report["problems"]:
    outcome = f"nothing was rendered. Earlier files stand as they were.\nThe report: {snakemake.input.page}"
    print_problems([decode_problem(fields) for fields in report["problems"]], outcome)
    sys.exit(1)
for draft, final in zip(snakemake.input.drafts, snakemake.output.finals, strict=True):
    write_atomically(final, Path(draft).read_bytes())
write_atomically(snakemake.output.approved, f"{report['version']}\n")
