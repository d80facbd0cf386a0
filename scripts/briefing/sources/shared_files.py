"""Which files below sources/ a note is made of: its own, and of those that all notes share what it can use."""

from __future__ import annotations

from pathlib import PurePosixPath

MAPS = PurePosixPath("common/map")


def is_made_of(note: str, name: str) -> bool:
    """Say whether a note is made of a file, by its path below sources/.

    Its editions are sources of reviews only. Of the base maps it uses its own; the other shared files are read whole,
    and say what a note may hold; of their tables a note is made of the rows that it uses (`shared_use.py`).
    """
    path = PurePosixPath(name)
    if path.is_relative_to(MAPS):
        return path == MAPS / f"{note}.geojson"
    return path.parts[0] in ("common", note) and path.parts[:2] != (note, "editions")
