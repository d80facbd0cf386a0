"""Read the sources of a note once, and hand them on as read to the steps that follow."""

from __future__ import annotations

import pickle
from pathlib import Path

from briefing.sources.snapshot import Snapshot
from briefing.workflow.files import read_folder, write_atomically


def read_sources(sources: Path, note: str) -> dict[str, bytes]:
    """Read the sources of a note, with those that all notes share and without its editions, by path below sources/."""
    parts = {part: read_folder(sources / part) for part in ("common", note)}
    read = {f"{part}/{name}": content for part, files in parts.items() for name, content in files.items()}
    return {name: content for name, content in read.items() if not name.startswith(f"{note}/editions/")}


def read_snapshot_file(path: str | Path) -> Snapshot:
    """Read the parsed sources that `validate` hands on, a file that only this build writes."""
    snapshot: Snapshot = pickle.loads(Path(path).read_bytes())
    return snapshot


def write_snapshot_file(path: str | Path, snapshot: Snapshot) -> None:
    """Write the parsed sources for the steps of this build."""
    write_atomically(path, pickle.dumps(snapshot, protocol=5))
