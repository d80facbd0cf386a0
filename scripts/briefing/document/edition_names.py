"""Read the names of editions, a month and which revision of it, and put them in the order in which they came out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_NAME = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))(?:-r([1-9]\d?))?")


class EditionName(NamedTuple):
    """The name of an edition: its month, such as "2019-02", and which revision of it this is; later ones are greater.

    Revision 0 is what was published first.
    """

    month: str
    revision: int

    def __str__(self) -> str:
        return f"{self.month}-r{self.revision}" if self.revision else self.month

    @property
    def next_revision(self) -> EditionName:
        """Name the edition that would correct this one."""
        return EditionName(self.month, self.revision + 1)


def read_edition_name(name: str) -> EditionName:
    """Read a name; this fails with a `ValueError` for what is none."""
    if not (found := _NAME.fullmatch(name)):
        raise ValueError(f'"{name}" is no name of an edition')
    return EditionName(found[1], int(found[2] or 0))


def order_editions(names: Iterable[str]) -> list[str]:
    """Give those of some names that are names of editions, in the order in which they came out."""
    return sorted((name for name in names if _NAME.fullmatch(name)), key=read_edition_name)
