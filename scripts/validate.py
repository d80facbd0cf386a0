"""Check every source of the note, and snapshot them all with their version id.

This step fails when any source has a problem, with all problems at once; then nothing is written.
"""

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from briefing.files import read_folder, telling_problems, write_atomically
from briefing.problems import Problem, SourceError, gather
from briefing.snapshot import describe_snapshot, read_snapshot
from briefing.sources import check_names
from briefing.tables import check_sources_known, read_descriptor, validate_tables

snakemake: Any = globals()["snakemake"]

note, root = snakemake.wildcards.note, Path(snakemake.params.sources)
raw = {f"{part}/{name}": content for part in ("common", note) for name, content in read_folder(root / part).items()}
problems: list[Problem] = []


def check_everything() -> None:
    sources = read_snapshot(note, raw).sources
    gather(problems, lambda: check_names(sources))
    observations = f"sources/{note}/observations.csv"
    problems.extend(check_sources_known(observations, sources.files["observations.csv"], sources.works.keys()))


def check_tables() -> None:
    descriptor = raw.get(f"{note}/datapackage.yaml")
    if descriptor is not None:  # a missing one is already a problem
        package = read_descriptor(f"sources/{note}/datapackage.yaml", descriptor)
        # What is checked must be what was read, even if a table is saved in the meantime.
        with TemporaryDirectory() as folder:
            for name, content in raw.items():
                if name.startswith(f"{note}/"):
                    write_atomically(Path(folder, name), content)
            problems.extend(validate_tables(f"sources/{note}", Path(folder, note), package))


with telling_problems():
    gather(problems, check_everything)
    gather(problems, check_tables)
    if problems:
        raise SourceError(problems)

snapshot = Path(snakemake.output.snapshot)
shutil.rmtree(snapshot, ignore_errors=True)
for name, content in raw.items():
    write_atomically(snapshot / name, content)
write_atomically(snakemake.output.version, json.dumps(describe_snapshot(note, raw), indent=1) + "\n")
