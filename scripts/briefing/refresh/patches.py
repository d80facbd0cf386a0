"""Write what a refresh proposes as patches: rows and works are added, and nothing else changes."""

from __future__ import annotations

import csv
import difflib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.refresh.comparison import SeriesComparison
from briefing.refresh.origins import Publisher


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row of observations.csv, as text."""

    indicator: str
    period: str
    value: str
    unit: str
    source: str
    known_on: str
    status: str
    comment: str


def name_work(publisher: Publisher, day: str) -> str:
    """Name the work that the values of a publisher of a day are cited from."""
    return f"{publisher.id}-{day}"


def make_rows(comparison: SeriesComparison) -> list[NewRow]:
    """Make the rows that a comparison asks for."""
    origin, day = comparison.origin, comparison.retrieved
    updated = f", last updated {comparison.series.updated}" if comparison.series.updated else ""
    comment = f"{origin.series}{updated}"
    return [
        NewRow(origin.indicator, finding.period, format(finding.new, "f"), comparison.unit,
            name_work(origin.publisher, day), day, finding.status, comment)
        for finding in comparison.proposed
        if finding.new is not None
    ]  # fmt: skip


def make_work(publisher: Publisher, day: str) -> dict[str, Any]:
    """Make the work that the values of a publisher of a day are cited from, in CSL-JSON."""
    date = {"date-parts": [[int(part) for part in day.split("-")]]}
    work = {key: value for key, value in publisher.work.items() if key != "URL"}
    address = {"URL": publisher.work["URL"]} if "URL" in publisher.work else {}
    return {"id": name_work(publisher, day), **work, "issued": {"date-parts": [date["date-parts"][0][:1]]},
            **address, "accessed": date, "custom": {"facts": []}}  # fmt: skip


def add_rows(table: str, rows: Iterable[NewRow]) -> str:
    """Add rows to the text of observations.csv, each after the last one of its indicator; all others stay as they are.

    The indicator of each row has one already. Columns that a table has besides stay empty in new rows.
    """
    lines = table.split("\n")
    header = [name.strip().lstrip("\ufeff") for name in next(csv.reader([lines[0]]))]
    ends: dict[str, int] = {}
    reader = csv.reader(io.StringIO(table, newline=""))
    for record in reader:
        if record:
            ends[record[0]] = reader.line_num
    added: dict[int, list[str]] = {}
    mark = "\r" if lines[0].endswith("\r") else ""
    for row in rows:
        text = io.StringIO()
        csv.writer(text, lineterminator="").writerow(getattr(row, name, "") for name in header)
        added.setdefault(ends[row.indicator], []).append(text.getvalue() + mark)
    written: list[str] = []
    for number, line in enumerate(lines, 1):
        written.append(line)
        written.extend(added.get(number, ()))
    return "\n".join(written)


def add_works(bibliography: str, works: Sequence[Mapping[str, Any]]) -> str:
    """Add works to the end of the text of bibliography.json; those that stand there already are left out."""
    known = {item.get("id") for item in json.loads(bibliography)}
    new = [work for work in works if work["id"] not in known]
    if not new:
        return bibliography
    end = bibliography.rindex("]")
    before = bibliography[:end].rstrip()
    texts = [json.dumps(work, ensure_ascii=False, indent=2).replace("\n", "\n  ") for work in new]
    joint = ",\n  " if known else "\n  "
    return before + joint + ",\n  ".join(texts) + "\n" + bibliography[end:]


def write_patch(path: str, old: str, new: str) -> str:
    """Write the patch that turns a text into another, as `git apply` takes it; empty where nothing changes."""
    if old == new:
        return ""
    before, after = map(_list_lines, (old, new))
    return "".join(difflib.unified_diff(before, after, f"a/{path}", f"b/{path}"))


def _list_lines(text: str) -> list[str]:
    """List the lines of a text; one without an end is marked as git does."""
    *lines, last = text.split("\n")
    return [*(f"{line}\n" for line in lines), *([f"{last}\n\\ No newline at end of file\n"] if last else [])]
