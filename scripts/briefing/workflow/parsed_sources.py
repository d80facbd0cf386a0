"""Read the sources of a note once, and hand them on as read to the steps that follow."""

from __future__ import annotations

import io
import pickle
import sys
from functools import partial
from pathlib import Path
from typing import Any

from briefing.problems import Problem, SourceError, gather
from briefing.sources.shared_files import is_made_of
from briefing.sources.snapshot import Snapshot
from briefing.workflow.files import read_folder, write_atomically


def read_raw_sources(sources: Path, note: str) -> dict[str, bytes]:
    """Read the sources that a note is made of, by path below sources/; raises `SourceError` for all that cannot be."""
    read: dict[str, bytes] = {}
    problems: list[Problem] = []

    def add(part: str) -> None:
        read.update({f"{part}/{name}": content for name, content in read_folder(sources / part).items()})

    for part in ("common", note):
        gather(problems, partial(add, part))
    if problems:
        raise SourceError(problems)
    return {name: content for name, content in read.items() if is_made_of(note, name)}


# What a snapshot is made of: the project's own types, those of the YAML reader, and plain values.
_TRUSTED = ("briefing.", "ruamel.yaml.")
_PLAIN = {("decimal", "Decimal"), ("re", "_compile"), ("builtins", "frozenset"), ("collections", "OrderedDict")}


class _SnapshotReader(pickle.Unpickler):
    """Reads a snapshot and nothing else: whatever is no type of those modules is refused, so that nothing is run."""

    def find_class(self, module: str, name: str) -> Any:
        """Give a type by its name."""
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith(_TRUSTED):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a snapshot")


def read_snapshot_file(path: str | Path) -> Snapshot:
    """Read the parsed sources that `validate` hands on, a file that only this build writes."""
    try:
        snapshot: Snapshot = _SnapshotReader(io.BytesIO(Path(path).read_bytes())).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError) as error:
        sys.exit(f"{path}: this is no snapshot that can be read ({error}); remove it and run make again")
    return snapshot


def write_snapshot_file(path: str | Path, snapshot: Snapshot) -> None:
    """Write the parsed sources for the steps of this build."""
    write_atomically(path, pickle.dumps(snapshot, protocol=5))
