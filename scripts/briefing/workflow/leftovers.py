"""Forget what was made from files that are no more, so that a build that failed is never taken for one that is done.

Snakemake removes what a failed step had made before, and asks for it again only where a later file is missing. So what
follows from a missing file is removed here, before the files are looked at.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

RECORD = "delivered.json"
"""The list of what was delivered of a folder, which stands in it."""


def forget_what_follows(stages: Iterable[Sequence[Path]]) -> None:
    """Remove the files of all stages after the first that lacks one of its own."""
    is_broken = False
    for stage in stages:
        for path in stage if is_broken else ():
            _remove(path)
        is_broken = is_broken or not all(path.exists() for path in stage)


def forget_broken_versions(build: Path, needed: Sequence[str]) -> None:
    """Remove the editions and reviews of versions that lack one of the files that a version needs."""
    folders = [*build.glob("editions/*"), *build.glob("review/*")]
    for folder in folders:
        versions = folder.name.split("..")
        if not all((build / "versions" / version / name).exists() for version in versions for name in needed):
            _remove(folder)


def forget_broken_deliveries(build: Path) -> None:
    """Remove the record of a delivery of which the build has not all files any more."""
    for record in [build / RECORD, *build.glob(f"editions/*/{RECORD}"), *build.glob(f"review/*/{RECORD}")]:
        if record.is_file() and not all((record.parent / name).exists() for name in _list_delivered(record)):
            _remove(record)


def _list_delivered(record: Path) -> Iterator[str]:
    try:
        yield from json.loads(record.read_text("utf-8"))
    except ValueError:
        yield "a file that is not there: this record cannot be read"


def _remove(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
