"""Derive every figure from the observations known on the as-of date, and hold the figures against each other.

This step fails when an observation or a formula is missing or wrong.
"""

import json
from pathlib import Path
from typing import Any

from briefing.sources.snapshot import read_snapshot
from briefing.steps.derive import derive_note
from briefing.workflow.files import read_folder, telling_problems, write_atomically

snakemake: Any = globals()["snakemake"]

with telling_problems():
    derived = derive_note(read_snapshot(snakemake.wildcards.note, read_folder(snakemake.input.snapshot)))
write_atomically(Path(snakemake.output[0]), json.dumps(derived, ensure_ascii=False, indent=1) + "\n")
