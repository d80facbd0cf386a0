"""Say what is wrong with a cell of observations.csv, in the words of the slip that most likely made it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile

from briefing.checks.days import explain_year
from briefing.checks.value_slips import NUMBER, explain_value, stands_for_nothing
from briefing.figures.observations import UNDATED, Observation
from briefing.formats.csv_table import TableText
from briefing.problems import Problem, name_nearest

COLUMNS = ("indicator", "period", "value", "unit", "source", "known_on", "status", "comment")
PERIOD = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")
GROUP = re.compile(r"[0-9]{3}(\.[0-9]+)?")
NAME = re.compile(r"[a-z][a-z0-9_]*")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FORMULA_STARTS = ("=", "+", "@", "-")
EXCEL_EPOCH = date(1899, 12, 30)


def explain_period(cell: str) -> str:
    """Say why a cell is no period, or nothing where it is one."""
    parts = cell.split("/")
    if cell == UNDATED or (len(parts) <= 2 and all(map(PERIOD.fullmatch, parts))):
        if cell != UNDATED and (wrong := next(filter(None, (explain_year(part[:4]) for part in parts)), "")):
            return wrong
        if len(parts) == 2 and parts[1] < parts[0][: len(parts[1])]:
            return f"ends before it begins; write {parts[1]}/{parts[0]}"
        return ""
    wanted = 'write a year (2018), a month (2018-03), an interval (2015/2018) or "undated"'
    if not cell:
        return f"is empty and must not be; {wanted}"
    if re.fullmatch(r"[0-9]{5}", cell):
        return f"is a date as spreadsheets count days ({_count_day(cell)}); {wanted}"
    if match := re.fullmatch(r"([0-9]{4}) ?[-–—] ?([0-9]{4})", cell):
        return f"is an interval with a dash; write {match[1]}/{match[2]}"
    if re.fullmatch(r"[0-9]{4}\.0", cell):
        return f"is a year with a decimal point; write {cell[:4]}"
    if match := re.fullmatch(r"([\"'“”]+)(.+?)[\"'“”]*", cell):
        return f"has quotation marks; write {match[2]}"
    if (match := re.fullmatch(r"([0-9]{4})-?M?([0-9]{1,2})|(?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})", cell)) and (
        month := int(match[2] or match["month"])
    ) in range(1, 13):
        return f"is a month in another form; write {match[1] or match['year']}-{month:02}"
    if match := re.fullmatch(r"([0-9]{4})[- ]?Q([1-4])", cell, re.IGNORECASE):
        last = 3 * int(match[2])
        return f"is a quarter; write {match[1]}-{last - 2:02}/{match[1]}-{last:02}"
    if match := re.fullmatch(r"([0-9]{4}-[0-9]{2})-[0-9]{2}", cell):
        return f"is a day, and a value is known of a month; write {match[1]}"
    return f"is no period; {wanted}"


def explain_day(cell: str) -> str:
    """Say why a cell is no day of the calendar, or nothing where it is one."""
    wanted = "write year, month and day, such as 2019-02-11"
    if not cell:
        return f"is empty and must not be; {wanted}"
    if re.fullmatch(r"[0-9]{5}", cell):
        return f"is a date as spreadsheets count days; write {_count_day(cell)}"
    if not DAY.fullmatch(cell):
        return f"is no date; {wanted}"
    try:
        date.fromisoformat(cell)
    except ValueError:
        return f"is no day of the calendar; {wanted}"
    return ""


def explain_vintage(cell: str) -> str:
    """Say why a cell is no day on which a value became known, or nothing where it is one."""
    return explain_day(cell) or explain_year(cell[:4]) or ("" if cell >= "1960" else "lies before 1960; mend the year")


def _count_day(serial: str) -> str:
    return (EXCEL_EPOCH + timedelta(days=int(serial))).isoformat()


def explain_name(cell: str) -> str:
    """Say why a cell is no name of an indicator, or nothing where it is one."""
    if NAME.fullmatch(cell):
        return ""
    if not cell:
        return "is empty and must not be; if cells were merged, repeat their text in each row"
    return "is no name; write small letters, digits and underscores, such as police_women"


EXPLAIN: Mapping[str, Callable[[str], str]] = {
    "indicator": explain_name,
    "period": explain_period,
    "value": explain_value,
    "known_on": explain_vintage,
}


def set_foreign_rows_apart(file: str, table: TableText) -> tuple[TableText, list[Problem]]:
    """Part a table into its observations, and what is wrong with the rows that are none or have cells out of place."""
    kept, problems = [], []
    for row, (line, cells) in zip(table.rows, table.records(), strict=True):
        if found := _explain_foreign(table, row.cells, cells):
            problems.append(Problem(file, line, *found))
        else:
            kept.append(row)
    if not table.rows:
        problems.append(Problem(file, 1, 1, "this table has a header and no rows; write an observation a row"))
    return TableText(table.header, tuple(kept)), problems


def _explain_foreign(table: TableText, written: Sequence[str], row: Mapping[str, str]) -> tuple[int, str] | None:
    """Say in which column it shows that a row is no observation, or has cells swapped or parted, and why."""
    value = table.header.index("value")
    if note := _explain_footer(row):
        return 1, note
    if table.header[value + 1 : value + 2] == ("unit",) and (note := _explain_parted(written[value:])):
        return value + 1, note
    if explain_value(row["value"]) and NUMBER.fullmatch(row["unit"]):
        message = f"and {row['unit']} stand in each other's columns, value and unit; swap them"
        return value + 1, f'column value: "{row["value"]}" {message}'
    return None


def check_cells(file: str, table: TableText) -> Iterator[Problem]:
    """Check the cells of the observations, each for itself."""
    for row, (line, cells) in zip(table.rows, table.records(), strict=True):
        written = [column for column in table.header[: len(row.cells)] if column in EXPLAIN]
        yield from _report_cells(file, table, line, cells, {name: EXPLAIN[name](cells[name]) for name in written})


def check_references(
    file: str,
    table: TableText,
    indicators: Sequence[str],
    units: Sequence[str],
    defined: Mapping[str, str] | None = None,
) -> Iterator[Problem]:
    """Check that figures use the indicator of each observation, and that its unit can be printed and stays the same.

    `defined` has the units of the indicators that are defined once, for all rows and notes.
    """
    first: dict[str, tuple[str, int]] = {}
    for line, row in table.records():
        found = {}
        if NAME.fullmatch(row["indicator"]) and row["indicator"] not in indicators:
            found["indicator"] = f"is used by no figure of figures.yaml; {name_nearest(row['indicator'], indicators)}"
        if row["unit"] and row["unit"] not in units:
            found["unit"] = f"is not one of the units; {name_nearest(row['unit'], units)}"
        unit, before = first.setdefault(row["indicator"], (row["unit"], line))
        if row["unit"] in units and unit in units and row["unit"] != unit:
            remedy = f"write the value in {unit}, or give it an indicator of its own"
            found["unit"] = f"is not the unit of {row['indicator']} on line {before}, which is {unit}; {remedy}"
        wanted = (defined or {}).get(row["indicator"], row["unit"])
        if row["unit"] and row["unit"] != wanted and row["unit"] in units:
            remedy = f"write the value in {wanted}, or give it an indicator of its own"
            found["unit"] = f"is not the unit of {row['indicator']}, which is defined in {wanted}; {remedy}"
        yield from _report_cells(file, table, line, row, found)


def _report_cells(
    file: str, table: TableText, line: int, row: Mapping[str, str], found: Mapping[str, str]
) -> Iterator[Problem]:
    """Report the cells of a row by column, where there is something to say."""
    for column, words in found.items():
        if words:
            yield Problem(file, line, table.header.index(column) + 1, f'column {column}: "{row[column]}" {words}')


def read_plain_rows(table: TableText, wrong: Container[int] = ()) -> list[Observation]:
    """Read the rows that hold a whole observation; `wrong` are the lines on which a problem is already told."""
    return [
        Observation(
            row["indicator"],
            row["period"],
            Decimal(row["value"]),
            row["unit"],
            row["source"],
            row["known_on"],
            row["status"],
            line,
        )
        for line, row in table.records()
        if line not in wrong and not any(explain(row[column]) for column, explain in EXPLAIN.items())
    ]


def _explain_footer(row: Mapping[str, str]) -> str:
    """Recognise a line that stands below a table, and a line left over from a sheet."""
    filled = [column for column in COLUMNS if row[column]]
    if len(filled) <= 2 and not (row["value"] and row["unit"]):
        start = " ".join(row[column] for column in filled)[:40]
        return f'"{start}" is no observation, but looks like a title or a note of the table; remove the row'
    return ""


def _explain_parted(cells: Sequence[str]) -> str:
    """Recognise a value whose commas have parted it, by the number that stands where its unit should."""
    if len(cells) < 2 or not all(map(NUMBER.fullmatch, cells[:2])):
        return ""
    groups = [cells[0], *takewhile(GROUP.fullmatch, cells[1:])]
    written = ",".join(groups if len(groups) > 1 else cells[:2])
    what = explain_value(written).replace("; write ", ", which part the row; write it without commas, such as ")
    return f'column value: "{written}" {what}' if what else ""


def check_formulas(file: str, table: TableText) -> Iterator[Problem]:
    """Report cells that a spreadsheet would run as a formula; a number below zero is none."""
    for row in table.rows:
        for position, cell in enumerate(row.cells, 1):
            if cell.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(cell) and not stands_for_nothing(cell):
                message = f'"{cell[:40]}" starts like a formula, which a spreadsheet would run; start with a letter'
                yield Problem(file, row.line, position, message)
