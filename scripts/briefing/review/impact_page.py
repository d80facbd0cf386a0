"""Write what changed between two versions as Markdown, as a page, and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefing.formats.safe_csv import guard_cell
from briefing.problems import shorten
from briefing.report.page import write_report_page

SHOWN = 160  # characters of a changed text that a line shows


def list_change_rows(impact: Mapping[str, Any]) -> list[dict[str, str]]:
    """List every change of every language as a row of changes.csv, safe to open in a spreadsheet."""
    return [
        {"language": tag, **{key: guard_cell(value) for key, value in change.items()}}
        for tag, changes in impact["changes"].items()
        for change in changes
    ]


def write_impact_page(impact: Mapping[str, Any], template: str) -> str:
    """Fill the template of the page."""
    return write_report_page(impact, template)


def write_impact_text(impact: Mapping[str, Any]) -> str:
    """Write the page as Markdown, for a pull request."""
    parts = [f"# {impact['note']}: {impact['base']} → {impact['head']}", *_write_parts(impact)]
    return "\n\n".join(parts) + "\n"


def _write_parts(impact: Mapping[str, Any]) -> Iterator[str]:
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


def _write_figures(figures: list[dict[str, Any]]) -> Iterator[str]:
    yield "| Figure | Old | New | Change | Cause | Where |"
    yield "| --- | ---: | ---: | ---: | --- | --- |"
    for row in figures:
        share = "" if row["change_percent"] is None else f"{row['change_percent']:+.1f}%"
        cause = f"{row['author']}" + (f" (by {', '.join(row['inputs'])})" if row["inputs"] else "")
        cells = [
            row["label"],
            _with_period(row, "old"),
            _with_period(row, "new"),
            share,
            cause,
            ", ".join(row["sections"]),
        ]
        yield "| " + " | ".join(_flat(cell) for cell in cells) + " |"


def _with_period(row: Mapping[str, Any], which: str) -> str:
    period = row[f"{which}_period"]
    return f"{row[which]} ({period})" if period else str(row[which])


def _write_text(row: Mapping[str, str]) -> str:
    what = {"inserted": "added", "deleted": "removed", "replaced": "changed", "moved": "moved"}[row["kind"]]
    texts = " → ".join(f"“{shorten(row[key], SHOWN)}”" for key in ("old", "new") if row[key])
    return f"- **{row['author']}**, {row['part'] or row['block'] or row['attribute']}: {what} {_flat(texts)}"


def _write_lists(impact: Mapping[str, Any]) -> Iterator[str]:
    lists = {
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
