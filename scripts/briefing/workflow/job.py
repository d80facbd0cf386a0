"""What Snakemake hands to a script, and how a script reads and writes what passes between steps."""

from __future__ import annotations

import atexit
import gc
import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.workflow.files import read_folder, write_atomically

if TYPE_CHECKING:
    from snakemake.iocontainers import Snakemake

TIMES = "BRIEFNOTE_TIMES"
"""The name of the variable that leads to a file in which each step notes its processor time, for `make bench`."""


def get_job() -> Snakemake:
    """Give the job of the script that is run; outside Snakemake there is none, and that is said."""
    job: Snakemake | None = getattr(sys.modules["__main__"], "snakemake", None)
    if job is None:
        name = Path(sys.argv[0]).stem
        sys.exit(f"{name} is a step of the Snakefile; to run it alone, call what stands in briefing/steps/{name}.py")
    if job.log:
        _keep_complaints(job.log[0])
    # A step ends as soon as its files are written; to look for garbage in the trees that it builds takes a tenth of it.
    gc.disable()
    if path := os.environ.get(TIMES):
        atexit.register(_note_times, path, job.rule, " ".join(job.wildcards), time.process_time())
    return job


def _keep_complaints(path: str) -> None:
    """Keep in a file what a step says of what is wrong; the progress tells it at the end, wherever the step ran."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    sys.stderr.flush()
    os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), sys.stderr.fileno())


def _note_times(path: str, rule: str, wildcards: str, imported: float) -> None:
    """Note the processor time of a step, in seconds: until its imports were done, and in all."""
    with open(path, "a", encoding="utf-8") as stream:
        stream.write(f"{rule}\t{wildcards}\t{imported:.3f}\t{time.process_time():.3f}\n")


def read_json(path: str | Path) -> Any:
    """Read what `write_json` wrote."""
    return json.loads(Path(path).read_text("utf-8"))


def write_json(path: str | Path, value: object) -> None:
    """Write a value as JSON, an entry a line."""
    write_atomically(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def read_texts(folder: str | Path, names: Iterable[str]) -> dict[str, str]:
    """Read some templates, by their names."""
    return {name: Path(folder, name).read_text("utf-8") for name in names}


def read_fonts(folder: str | Path) -> Mapping[str, bytes]:
    """Read the faces of the fonts, by file name."""
    return {name: content for name, content in read_folder(folder).items() if not name.endswith(".conf")}
