"""The note on Mali, composed once a run, and what its tests ask of it."""

import csv
import dataclasses
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from briefing.document.nodes import Block, Document, FigureUse, Text
from briefing.document.walking import walk_nodes
from support.editions import Edition, change_edition, make_edition, read_source, set_value

# F401 is an acronym that the original lists and never uses.
FACTS = tuple(f"F{number:03}" for number in range(1, 409) if number != 401)


def make_mali() -> Edition:
    """Make the edition of the sources as they are."""
    return make_edition("mali")


def change_mali(indicator: str, period: str, value: str) -> Edition:
    """Make the edition with another value for one observation."""
    return change_edition("mali", {"observations.csv": set_value("mali", indicator, period, value)})


def read_rows() -> list[dict[str, str]]:
    """Read the observations as the rows of their CSV."""
    return list(csv.DictReader(io.StringIO(read_source("mali", "observations.csv"))))


def list_parts(document: Document) -> Iterator[tuple[str, Block, Any]]:
    """List what an edit can change: blocks, and the items, lines, rows and entries of those that have any."""
    for block in document.blocks:
        parts = [part for name in ("items", "lines", "rows", "entries") for part in getattr(block, name, ())]
        yield block.id, block, block if not parts else dataclasses.replace(block, **{_name_parts(block): ()})
        for part in parts:
            yield part.id, block, part


def _name_parts(block: Block) -> str:
    return next(name for name in ("items", "lines", "rows", "entries") if hasattr(block, name))


def list_used_figures(part: Any) -> set[str]:
    """List the figures that a part of the note states."""
    return {node.figure for node in walk_nodes(part) if isinstance(node, FigureUse)}


def list_texts(part: Any) -> list[str]:
    """List all runs of text below a part, figures and footnotes too."""
    return [node.text for node in walk_nodes(part) if isinstance(node, Text | FigureUse)]


def raise_by_a_tenth(value: str) -> str:
    """Raise a value by 10 per cent."""
    return format(Decimal(value) * Decimal("1.1"), "f")
