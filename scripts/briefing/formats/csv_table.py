"""Read the cells of a CSV table as an editor meant them, each row with its line in the file.

What is harmless is put right in silence: blank rows, white space around cells, empty cells beyond the last column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.problems import Problem, SourceError

MAX_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row and the line on which it starts."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableText:
    """A table as it stands in its file: the names of its columns, and its rows."""

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]

    def records(self) -> list[tuple[int, dict[str, str]]]:
        """Give each row as its line and its cells by column; a short row has empty cells at its end."""
        width = len(self.header)
        return [
            (row.line, dict(zip(self.header, [*row.cells, *[""] * (width - len(row.cells))], strict=False)))
            for row in self.rows
        ]


def read_table(text: str, file: str = "table") -> TableText:
    """Read a table of comma-separated cells.

    This fails with a `SourceError` where a quotation mark is never closed or the table is too large to be one.
    """
    rows = [row for row in _read_rows(text, file) if any(row.cells)]
    if len(rows) > MAX_ROWS:
        raise SourceError([Problem(file, 1, 1, f"the table has more than {MAX_ROWS} rows; split or shorten it")])
    if not rows:
        return TableText((), ())
    header = rows[0].cells[: _measure(rows[0].cells)]
    return TableText(header, tuple(_trim(row, len(header)) for row in rows[1:]))


def _trim(row: TableRow, width: int) -> TableRow:
    """Drop the empty cells that spreadsheets write beyond the last column."""
    return TableRow(row.line, row.cells[: max(width, _measure(row.cells))])


def _read_rows(text: str, file: str) -> Iterator[TableRow]:
    reader = csv.reader(io.StringIO(text), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            what = "a quotation mark is opened and never closed" if "unexpected end" in str(error) else str(error)
            message = f"{what}, from this row on; close it, or write a quotation mark within a quoted cell twice"
            raise SourceError([Problem(file, line, 1, message)]) from None
        yield TableRow(line, tuple(cell.strip() for cell in cells))
        line = reader.line_num + 1


def _measure(cells: Sequence[str]) -> int:
    """Measure a row up to its last cell that is not empty."""
    return max((position for position, cell in enumerate(cells, 1) if cell), default=0)


def write_csv(table: TableText, columns: Sequence[str]) -> str:
    """Write a table with its columns in the given order, as plain CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([record.get(column, "") for column in columns] for _, record in table.records())
    return stream.getvalue()
