"""List what was made of a note: the manifest."""

from __future__ import annotations

import hashlib
import platform
import re
import tomllib
from collections.abc import Mapping
from importlib.metadata import version
from typing import TypedDict

from briefing.sources.snapshot import DataVersion
from briefing.sources.version_id import SharedPart

_NAME = re.compile(r"[A-Za-z0-9._-]+")


class Output(TypedDict):
    """The size and the sha256 of a file."""

    bytes: int
    sha256: str


class Manifest(TypedDict):
    """The version id of the data, every output and source with its hash, and the versions of all libraries.

    `shared` says what the note uses of the tables that all notes share; of the rest of them it is not made.
    """

    note: str
    version: str
    outputs: dict[str, Output]
    sources: dict[str, str]
    shared: dict[str, SharedPart]
    tools: dict[str, str]


def list_tools(project: str) -> list[str]:
    """List the libraries that the text of pyproject.toml names, which all may shape the bytes of a note."""
    needed = (_NAME.match(line) for line in tomllib.loads(project)["project"]["dependencies"])
    return sorted(match[0] for match in needed if match)


def make_manifest(data: DataVersion, outputs: Mapping[str, bytes], project: str) -> Manifest:
    """Make the manifest of a note from the bytes of its outputs, by name, and the text of pyproject.toml."""
    return {
        "note": data["note"],
        "version": data["version"],
        "outputs": {
            name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(outputs.items())
        },
        "sources": data["sources"],
        "shared": data["shared"],
        "tools": {"python": platform.python_version(), **{name: version(name) for name in list_tools(project)}},
    }
