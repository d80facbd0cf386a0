"""The version id of a note: twelve hex digits over what it is made of, and over nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import TypedDict

from briefing.sources.shared_files import MAPS, is_made_of
from briefing.sources.shared_use import Rows, is_shared, list_used

LENGTH = 12


class SharedPart(TypedDict):
    """What a note uses of a table that all notes share: the names of rows, and the sha256 of these rows as JSON."""

    used: list[str]
    sha256: str


def describe_shared(used: Mapping[str, Rows]) -> dict[str, SharedPart]:
    """Describe what a note uses of each shared table (`list_used`), by its path below sources/."""
    return {
        table: {
            "used": sorted(rows),
            "sha256": _hash(json.dumps(rows, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8")),
        }
        for table, rows in used.items()
    }


def list_own(raw: Mapping[str, bytes]) -> dict[str, bytes]:
    """List the files that are a note's own, its base map among them; what the house allows shapes no word of a note."""
    return {name: content for name, content in raw.items() if not is_shared(name) or name.startswith(f"{MAPS}/")}


def compute_version(raw: Mapping[str, bytes], used: Mapping[str, Rows] | None = None) -> str:
    """Compute the version id of a note from its sources, by path below sources/: its own files, and used shared rows.

    `used` are these rows where they are listed already. So whatever another note brings to the shared tables, this id
    stays.
    """
    parts = {name: _hash(content) for name, content in list_own(raw).items()}
    shared = describe_shared(list_used(raw) if used is None else used)
    parts |= {table: part["sha256"] for table, part in shared.items() if part["used"]}
    return _hash_parts(parts)


def list_version_ids(note: str, raw: Mapping[str, bytes]) -> Iterator[str]:
    """List the ids of sources by each way in which ids have been reckoned, today's first.

    `raw` has all of the sources of the note and of what notes share, also what the note is not made of. Files that were
    handed out bear the ids of their day.
    """
    made_of = {name: content for name, content in raw.items() if is_made_of(note, name)}
    yield compute_version(made_of)
    # Until November 2026: whole shared files; at first the base maps of all countries among them.
    whole = {name: content for name, content in raw.items() if not name.startswith(f"{note}/editions/")}
    for files in (made_of, whole):
        yield _hash_parts({name: hashlib.sha256(content).hexdigest() for name, content in files.items()})


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _hash_parts(parts: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for name, part in sorted(parts.items()):
        digest.update(name.encode() + b"\0" + bytes.fromhex(part))
    return digest.hexdigest()[:LENGTH]
