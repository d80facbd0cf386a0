"""Say what a reviewer reads first: what must be mended, what must be read and why, what follows by itself."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.figures.figure import Figure
from briefing.language.number_formatting import Language, print_date, print_figure, print_periods
from briefing.redline.changes import ListedChange, list_changes
from briefing.review.comparison import Comparison
from briefing.review.figure_causes import explain_figure
from briefing.review.items import ItemMaker
from briefing.review.mending import list_mending
from briefing.review.passages import list_needs
from briefing.review.reading import list_following, list_reading
from briefing.review.rows import ChangeRow, Impact, MovedFigure, MovedValues
from briefing.review.states import NoteVersion, find_roots, has_moved, was_computed


def list_impact(compared: Comparison) -> Impact:
    """List what changed between two versions, as JSON can hold it."""
    old, new, source = compared.old, compared.new, compared.source
    metadata = new.documents[source].metadata
    figures = list_moved_figures(compared)
    makers = {tag: ItemMaker(redline, new.findings[tag], tag) for tag, redline in compared.redlines.items()}
    mend, mended = list_mending(compared, makers)
    read = list_reading(compared, makers, figures, mended)
    return {
        "note": metadata.note,
        "title": metadata.title,
        "base": old.name,
        "head": new.name,
        "versions": [describe_version(version, compared.labels, compared.language) for version in (old, new)],
        "as_of": [print_date(version.state.as_of, compared.language) for version in (old, new)],
        "mend": mend,
        "read": read,
        "figures": figures,
        "follows": list_following(compared, makers),
        "translations": list(list_needs(compared, mend, read)),
        "changes": {
            tag: [_describe_change(change) for change in list_changes(redline)]
            for tag, redline in compared.redlines.items()
        },
    }


def describe_version(version: NoteVersion, labels: Mapping[str, str], language: Language) -> str:
    """Say which version this is: an edition, a commit with its day and message, or the working tree."""
    as_of = print_date(version.state.as_of, language)
    if version.commit:
        commit = version.commit
        date = print_date(commit.day, language)
        return labels["version_commit"].format(hash=commit.hash, date=date, message=commit.message, as_of=as_of)
    if version.name == "now":
        return labels["version_now"].format(as_of=as_of)
    return labels["version_edition"].format(name=version.name, as_of=as_of)


def list_moved_figures(compared: Comparison) -> list[MovedFigure]:
    """List the figures that a text prints and that moved, those that moved others first; each with its cause."""
    old, new, language, voice = compared.old, compared.new, compared.language, compared.voice
    maker = ItemMaker(compared.redlines[compared.source], new.findings[compared.source], compared.source)
    uses = new.findings[compared.source]["uses"]
    rows: list[MovedFigure] = []
    for name in dict.fromkeys([*old.state.figures, *new.state.figures]):
        before, after = old.state.figures.get(name), new.state.figures.get(name)
        moved = after or before
        is_printed = name in voice.old or name in voice.new
        if moved is None or not is_printed or not _has_changed(before, after):
            continue
        cause = explain_figure(name, old.state, new.state, voice)
        roots = [root for root in find_roots(name, old.state, new.state) if root != name]
        rows.append(
            {
                "figure": name,
                "label": moved.label,
                **_say_values(before, after, language),
                "cause": cause.kind,
                "author": cause.author,
                "comment": cause.comment,
                "roots": [new.state.figures[root].label for root in roots if root in new.state.figures],
                "sections": list(dict.fromkeys(maker.name_section(place) for place in uses.get(name, ()))),
            }
        )
    return sorted(rows, key=lambda row: (bool(row["roots"]), -len(row["sections"]), row["label"]))


def _has_changed(before: Figure | None, after: Figure | None) -> bool:
    if has_moved(before, after) or was_computed(before, after):
        return True
    assert before is not None and after is not None
    return (before.unit, before.formula) != (after.unit, after.formula)


def _say_values(before: Figure | None, after: Figure | None, language: Language) -> MovedValues:
    return {
        "old": print_figure(before, language, "numeral") if before else "",
        "old_period": print_periods(before.periods, language) if before else "",
        "new": print_figure(after, language, "numeral") if after else "",
        "new_period": print_periods(after.periods, language) if after else "",
        "change": say_change(before, after),
    }


def say_change(before: Figure | None, after: Figure | None) -> str:
    """Say by how much a figure moved: in per cent, or in points where it is itself a share."""
    if before is None or after is None or before.unit != after.unit:
        return ""
    change = after.value - before.value
    if before.unit.startswith(("%", "‰")):
        return _sign(round(change, 1), " points")
    return (
        _sign(round(change / abs(before.value) * 100, 1 if abs(change / before.value) < 1 else 0), "%")
        if before.value
        else ""
    )


def _sign(number: object, unit: str) -> str:
    text = f"{number:+f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "" if text in ("+0", "-0", "+", "-") else text.replace("-", "\N{MINUS SIGN}") + unit


def _describe_change(change: ListedChange) -> ChangeRow:
    return {
        "kind": change.kind,
        "section": change.section,
        "block": change.block,
        "part": change.part,
        "attribute": change.attribute,
        "old": change.old,
        "new": change.new,
        "cause": change.cause.kind,
        "author": change.cause.author,
        "comment": change.cause.comment,
    }
