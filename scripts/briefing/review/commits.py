"""Name the commits of git that two versions lie between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of git: its hash, day (ISO), author and the first line of its message."""

    hash: str
    day: str
    author: str
    message: str


Places = Mapping[tuple[str, int], Commit]
"""Which commit wrote a line of a source (its file, and its number from 1)."""
ALL = ("", 0)
"""The place under which that commit stands which alone wrote, or took out, anything."""
