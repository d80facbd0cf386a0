"""Name the files of a note's Data Package: in the sources as YAML, which takes comments, in an edition as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SOURCE, FROZEN = "datapackage.yaml", "datapackage.json"


def list_package_files(descriptor: Mapping[str, Any]) -> list[str]:
    """List the files that a descriptor names, as paths below the note; what lies on the web is left out."""
    parts = (*descriptor["resources"], *descriptor["sources"])
    return [part["path"] for part in parts if "://" not in part["path"]]
