"""Write what changed between two versions as Markdown, as a page, and as rows of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from briefing.formats.safe_csv import guard_cell
from briefing.language.tags import name_language
from briefing.report import SCRIPT
from briefing.report.editor_page import fill_page, write_gap
from briefing.review import PAGE
from briefing.review.rows import Group, Impact, MovedFigure, ReviewItem, Run, count_following, count_items

COLUMNS = ("list", "language", "group", "section", "place", "old", "new", "says", "cause", "author", "comment")
_MARKED = {"": "{}", "deleted": "~~{}~~", "inserted": "**{}**", "doubted": "**?{}?**", "newly doubted": "**?{}?**"}


def write_verdict(impact: Impact) -> str:
    """Say in a line how much must be mended, how much must be read, and how much follows by itself."""
    counts = (count_items(impact["mend"]), count_items(impact["read"]), count_following(impact))
    if not any(counts) and not any(impact["changes"].values()):
        return "Nothing has changed."
    return "Must mend: {}. Must read: {}. Follows by itself: {}.".format(*counts)


def write_versions(impact: Impact) -> str:
    """Say which versions are compared, and of which days their data are."""
    old, new = impact["versions"]
    return f"From {old} to {new}."


def list_rows(impact: Impact) -> list[dict[str, str]]:
    """List what the page says, and every change of every redline, as rows of changes.csv, safe in a spreadsheet."""
    rows = [
        _make_row("must mend" if part == "mend" else "must read", group, item)
        for part in ("mend", "read")
        for group in impact[part]
        for item in _list_languages(group["items"])
    ]
    rows += [
        {"list": "figure that moved", "group": row["label"], "section": "; ".join(row["sections"]),
         "old": _add_period(row["old"], row["old_period"]), "new": _add_period(row["new"], row["new_period"]),
         "says": row["change"], "cause": row["cause"], "author": row["author"], "comment": row["comment"]}
        for row in impact["figures"]
    ]  # fmt: skip
    rows += [{"list": "follows by itself", "says": said} for said in impact["follows"]]
    for tag, changes in impact["changes"].items():
        for change in changes:
            told = {name: change[name] for name in ("section", "old", "new", "cause", "author", "comment")}
            place = change["part"] or change["block"] or change["attribute"]
            rows.append(
                {"list": "change in the redline", "language": tag, "group": change["kind"], "place": place, **told}
            )
    return [{name: guard_cell(row.get(name, "")) for name in COLUMNS} for row in rows]


def _list_languages(items: Iterable[ReviewItem]) -> Iterator[ReviewItem]:
    for item in items:
        yield from (item, *item["translations"])


def _make_row(part: str, group: Group, item: ReviewItem) -> dict[str, str]:
    old, new = (
        "".join(text for kind, text in item["runs"] if kind not in left)
        for left in (("inserted", "newly doubted"), ("deleted",))
    )
    told = {name: item[name] for name in ("language", "section", "place")} | {
        "says": " ".join(item["says"].split("\n"))
    }
    return {"list": part, "group": group["title"], "old": old, "new": new, "cause": "; ".join(item["by"]), **told}


def write_impact_table(impact: Impact) -> str:
    """Write the rows as CSV, under one header whatever there is."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(list_rows(impact))
    return stream.getvalue()


def write_impact_page(impact: Impact, templates: Mapping[str, str], fonts: Mapping[str, bytes], pages: str = "") -> str:
    """Write the page as HTML from its templates and the `.woff2` faces, by file name.

    Its links lead into the redlines beside it, or, where there are none, into `pages` ("/mali" of "/mali.en.html").
    """
    counts = {
        "mend": count_items(impact["mend"]),
        "read": count_items(impact["read"]),
        "follows": count_following(impact),
    }
    said = {
        "report": impact,
        "verdict": write_verdict(impact),
        "versions": write_versions(impact),
        "counts": counts,
        "languages": {tag: name_language(tag, "en") for tag in impact["changes"]},
        "pages": pages or "redline",
        "has_redlines": not pages,
    }
    return fill_page(PAGE, templates, fonts, said, SCRIPT)


def write_impact_text(impact: Impact) -> str:
    """Write the page as Markdown, for a pull request."""
    return "\n\n".join([f"# {impact['title']}", *_write_parts(impact)]) + "\n"


def _write_parts(impact: Impact) -> Iterator[str]:
    yield f"**{write_verdict(impact)}**"
    yield _flat(write_versions(impact))
    yield from map(_flat, impact["translations"])
    for title, groups in (("Must mend", impact["mend"]), ("Must read", impact["read"])):
        if groups:
            yield f"## {title} ({count_items(groups)})"
            yield from _write_groups(groups)
    if count := count_following(impact):
        yield f"## Follows by itself ({count})"
        if impact["figures"]:
            yield "\n".join(_write_figures(impact["figures"]))
        if impact["follows"]:
            yield "\n".join(f"- {_flat(said)}" for said in impact["follows"])


def _write_groups(groups: Iterable[Group]) -> Iterator[str]:
    for group in groups:
        yield f"### {_flat(group['title'])}" + (f" ({len(group['items'])})" if group["items"] else "")
        if group["summary"]:
            yield _flat(group["summary"])
        if group["items"]:
            yield "\n".join(map(_write_item, group["items"]))


def _write_item(item: ReviewItem) -> str:
    lines = [_write_line(item), *(f"  {_write_line(other)}" for other in item["translations"])]
    return "\n".join(lines)


def _write_line(item: ReviewItem) -> str:
    link = f"redline.{item['language']}.html#{item['anchor']}"
    section = f"[{_flat(item['section'])}]({link})" if item["anchor"] else _flat(item["section"])
    place = f"`{item['place']}`" if item["place"] else ""
    head = ", ".join(filter(None, (section, place, _flat("; ".join(item["by"])))))
    return "- " + ": ".join(
        filter(None, (head, " ".join(filter(None, (_flat(item["says"]), _quote_runs(item["runs"]))))))
    )


def _quote_runs(runs: Sequence[Run]) -> str:
    """Write the runs of a sentence: struck out, in bold, or between question marks where they are not true."""
    written = [_MARKED[kind].format(_escape(text)) for kind, text in runs]
    for place, ((one, old), (other, new)) in enumerate(pairwise(runs)):
        written[place] += write_gap(old, new) if one == "deleted" and other in ("inserted", "newly doubted") else ""
    text = " ".join("".join(written).split())
    return f"“{text}”" if text else ""


def _write_figures(figures: Iterable[MovedFigure]) -> Iterator[str]:
    yield "| Figure | Old | New | Change | Moved by | Where |"
    yield "| --- | ---: | ---: | ---: | --- | --- |"
    for row in figures:
        cells = [
            row["label"],
            _add_period(row["old"], row["old_period"]),
            _add_period(row["new"], row["new_period"]),
            row["change"],
            ", ".join(row["roots"]) or row["author"],
            "; ".join(row["sections"]),
        ]
        yield "| " + " | ".join(map(_flat, cells)) + " |"


def _add_period(value: str, period: str) -> str:
    return f"{value} ({period})" if period else value


def _flat(text: str) -> str:
    """Keep a text on one line, and out of the way of Markdown's tables and tags."""
    return _escape(" ".join(text.split()))


def _escape(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
