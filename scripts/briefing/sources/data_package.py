"""Name the files of a note's Data Package: in the sources as YAML, which takes comments, in an edition as JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

SOURCE, FROZEN = "datapackage.yaml", "datapackage.json"
HOUSE = f"common/{SOURCE}"
"""What holds for the tables of a note whose own descriptor describes none."""
_KEY = re.compile(rb"(?m)^(?:\xef\xbb\xbf)?[\"']?([$\w]+)[\"']?[ \t]*:")


def list_left_out(own: bytes, house: bytes) -> dict[str, bytes]:
    """List what the descriptor of a note leaves to that of the house: keys, each with all that stands under it there.

    One that describes tables itself is whole, and so is one that is written as one mapping in braces.
    """
    said = {match[1] for match in _KEY.finditer(own)}
    starts = [*_KEY.finditer(house)] if said and b"resources" not in said else []
    ends = [match.start() for match in starts[1:]] + [len(house)]
    blocks = {match[1]: house[match.start() : end] for match, end in zip(starts, ends, strict=False)}
    return {key.decode(): block for key, block in blocks.items() if key not in said}


def complete_package(note: str, raw: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give sources, by path below sources/, in which the descriptor of a note says what it leaves to the house too.

    What it says itself stays in its lines.
    """
    name = f"{note}/{SOURCE}"
    left = list_left_out(raw[name], raw[HOUSE]) if name in raw and HOUSE in raw else {}
    return {**raw, name: raw[name].rstrip() + b"\n" + b"".join(left.values())} if left else dict(raw)


def list_package_files(descriptor: Mapping[str, Any]) -> list[str]:
    """List the files that a descriptor names, as paths below the note; what lies on the web is left out."""
    parts = (*descriptor["resources"], *descriptor["sources"])
    return [part["path"] for part in parts if "://" not in part["path"]]
