"""Write what changed between two versions as Markdown, as a page, and as rows of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import get_type_hints

from briefing.formats.safe_csv import guard_cell
from briefing.problems import shorten
from briefing.review.rows import ChangeRow, Impact, MovedFigure

SHOWN = 160  # characters of a changed text that a line shows


def list_change_rows(impact: Impact) -> list[dict[str, str]]:
    """List every change of every language as a row of changes.csv, safe to open in a spreadsheet."""
    return [
        {"language": tag, **{key: guard_cell(str(value)) for key, value in change.items()}}
        for tag, changes in impact["changes"].items()
        for change in changes
    ]


def write_impact_table(impact: Impact) -> str:
    """Write the rows as CSV; without changes, its header alone."""
    stream = io.StringIO()
    names = ["language", *get_type_hints(ChangeRow)] if any(impact["changes"].values()) else ["language"]
    writer = csv.DictWriter(stream, fieldnames=names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(list_change_rows(impact))
    return stream.getvalue()


def write_impact_text(impact: Impact) -> str:
    """Write the page as Markdown, for a pull request."""
    parts = [f"# {impact['note']}: {impact['base']} → {impact['head']}", *_write_parts(impact)]
    return "\n\n".join(parts) + "\n"


def _write_parts(impact: Impact) -> Iterator[str]:
    old, new = impact["as_of"]
    if old != new:
        yield f"Data as of {old} → {new}."
    if not any(impact["changes"].values()) and not impact["figures"]:
        yield "Nothing has changed."
        return
    if impact["wordings_broken"]:
        yield "## Wordings that are no longer true"
        yield "\n".join(f"- `{p['file']}:{p['line']}` {_flat(p['message'])}" for p in impact["wordings_broken"])
    if impact["figures"]:
        yield "## Figures that moved"
        yield "\n".join(_write_figures(impact["figures"]))
    if impact["sentences"]:
        yield "## Sentences that figures changed"
        yield "\n".join(f"- {row['section']}: {_write_runs(row['runs'])}" for row in impact["sentences"])
    for tag, rows in impact["texts"].items():
        if rows:
            yield f"## Texts ({tag})"
            yield "\n".join(_write_text(row) for row in rows)
    yield from _write_lists(impact)


def _write_figures(figures: Iterable[MovedFigure]) -> Iterator[str]:
    yield "| Figure | Old | New | Change | Cause | Where |"
    yield "| --- | ---: | ---: | ---: | --- | --- |"
    for row in figures:
        share = "" if row["change_percent"] is None else f"{row['change_percent']:+.1f}%"
        cause = f"{row['author']}" + (f" (by {', '.join(row['inputs'])})" if row["inputs"] else "")
        cells = [
            row["label"],
            _with_period(row["old"], row["old_period"]),
            _with_period(row["new"], row["new_period"]),
            share,
            cause,
            ", ".join(row["sections"]),
        ]
        yield "| " + " | ".join(_flat(cell) for cell in cells) + " |"


def _with_period(value: str, period: str) -> str:
    return f"{value} ({period})" if period else value


def _write_text(row: ChangeRow) -> str:
    what = {"inserted": "added", "deleted": "removed", "replaced": "changed", "moved": "moved"}[row["kind"]]
    texts = " → ".join(f"“{shorten(text, SHOWN)}”" for text in (row["old"], row["new"]) if text)
    because = f" ({row['comment']})" if row["cause"] == "text" and row["comment"] else ""
    return f"- **{row['author']}**, {row['part'] or row['block'] or row['attribute']}: {what} {_flat(texts + because)}"


def _write_lists(impact: Impact) -> Iterator[str]:
    lists: dict[str, Sequence[str]] = {
        "## Wordings close to their limit": [
            f"“{row['wording']}” ({row['figure']} is {row['value']}, {row['distance_percent']}% from the limit)"
            for row in impact["wordings_near"]
        ],
        "## Charts that changed": impact["charts"],
        **{f"## Messages to translate ({tag})": rows for tag, rows in impact["messages"].items()},
        "## References added": impact["references"]["added"],
        "## References lost": impact["references"]["lost"],
    }
    for title, rows in lists.items():
        if rows:
            yield title
            yield "\n".join(f"- {_flat(row)}" for row in rows)


def _write_runs(runs: Iterable[tuple[str, str]]) -> str:
    """Write the runs of a sentence, with what went struck out and what came in bold."""
    forms = {"": "{}", "deleted": "~~{}~~ ", "inserted": "**{}**"}
    return "".join(forms[kind].format(_escape(text)) for kind, text in runs)


def _flat(text: str) -> str:
    """Keep a text on one line, and out of the way of Markdown's tables and tags."""
    return _escape(" ".join(text.split()))


def _escape(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
