"""Print the figures as a CSV table that a spreadsheet opens without running any of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

# What a spreadsheet takes for the start of a formula, or for the end of the cell before it.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def write_figure_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Write the rows of figures.json as CSV; lists are joined by spaces."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: guard_cell(_join(value)) for key, value in row.items()} for row in rows)
    return stream.getvalue()


def guard_cell(cell: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run; numbers, below zero too, stay numbers."""
    return f"'{cell}" if cell.startswith(STARTS) and not NUMBER.fullmatch(cell) else cell


def _join(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
