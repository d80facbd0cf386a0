"""Say what a reviewer reads first: figures that moved and why, texts, wordings at risk, messages, references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from briefing.compose.findings import Findings
from briefing.document.nodes import Bibliography, Document, FigureUse
from briefing.document.walking import get_text, walk_nodes
from briefing.figures.figure import Figure
from briefing.language.number_formatting import Language, print_figure, print_periods
from briefing.language.wordings import read_form
from briefing.problems import EncodedProblem
from briefing.redline.changes import ListedChange, list_changes
from briefing.review.causes import State, explain_figure, is_spacing
from briefing.review.rows import ChangeRow, Impact, MovedFigure, MovedValues, NearWording, References
from briefing.review.touched_sentences import list_touched_sentences, name_sections

NEAR = Decimal("0.02")  # a wording whose limit is nearer to the value than this share of it may break soon


@dataclass(frozen=True, slots=True)
class NoteVersion:
    """A version of a note: how it is called, what it knew, its documents by language, and what was found in each."""

    name: str
    state: State
    documents: Mapping[str, Document]
    findings: Mapping[str, Findings]


def list_impact(old: NoteVersion, new: NoteVersion, language: Language, redlines: Mapping[str, Document]) -> Impact:
    """List what changed between two versions, as JSON can hold it; `redlines` are those of both, by language."""
    figures = list_moved_figures(old, new, language)
    listed = {tag: [_describe_change(change) for change in list_changes(found)] for tag, found in redlines.items()}
    source = next(iter(new.documents))
    return {
        "note": new.documents[source].metadata.note,
        "base": old.name,
        "head": new.name,
        "as_of": [old.state.as_of, new.state.as_of],
        "figures": figures,
        "sentences": list_touched_sentences(redlines[source]),
        "wordings_broken": _list_problems(new, source, "wording"),
        "wordings_near": list_near_wordings(new, language),
        "charts": sorted(
            {row["block"] for rows in listed.values() for row in rows if row["block"].startswith(("chart-", "map-"))}
        ),
        "texts": {tag: [row for row in rows if _is_text(row)] for tag, rows in listed.items()},
        "changes": listed,
        "messages": {tag: list_stale_messages(new, tag) for tag in new.documents if tag != source},
        "references": _compare_references(old.documents[source], new.documents[source]),
    }


def _is_text(row: ChangeRow) -> bool:
    """Tell whether a change is one of words, which a reviewer reads: not of a number, nor of spaces alone."""
    return row["cause"] not in ("data", "as-of") and (row["kind"] == "moved" or not is_spacing(row["old"], row["new"]))


def list_moved_figures(old: NoteVersion, new: NoteVersion, language: Language) -> list[MovedFigure]:
    """List the figures that moved, those that the note states most often first; each with its cause."""
    rows: list[MovedFigure] = []
    source = next(iter(new.documents))
    uses, sections = new.findings[source]["uses"], name_sections(new.documents[source])
    for name in dict.fromkeys([*old.state.figures, *new.state.figures]):
        before, after = old.state.figures.get(name), new.state.figures.get(name)
        moved = after or before
        if moved is None or (before is not None and after is not None and _is_same(before, after)):
            continue
        cause = explain_figure(name, old.state, new.state)
        rows.append(
            {
                "figure": name,
                "label": moved.label,
                **_say_values(before, after, language),
                "cause": cause.kind,
                "author": cause.author,
                "comment": cause.comment,
                "inputs": [used for used in (after.derived_from if after else ()) if _has_moved(used, old, new)],
                "where_used": list(uses.get(name, ())),
                "sections": list(dict.fromkeys(sections.get(place, place) for place in uses.get(name, ()))),
            }
        )
    return sorted(rows, key=lambda row: (bool(row["inputs"]), -len(row["where_used"]), row["figure"]))


def _is_same(before: Figure, after: Figure) -> bool:
    return (before.value, before.periods, before.unit, before.bound, before.formula) == (
        after.value, after.periods, after.unit, after.bound, after.formula)  # fmt: skip


def _has_moved(name: str, old: NoteVersion, new: NoteVersion) -> bool:
    before, after = old.state.figures.get(name), new.state.figures.get(name)
    return before is None or after is None or not _is_same(before, after)


def _say_values(before: Figure | None, after: Figure | None, language: Language) -> MovedValues:
    change = after.value - before.value if before and after and before.unit == after.unit else None
    share = change / abs(before.value) * 100 if change is not None and before and before.value else None
    return {
        "old": print_figure(before, language, "numeral") if before else "",
        "old_period": print_periods(before.periods, language) if before else "",
        "new": print_figure(after, language, "numeral") if after else "",
        "new_period": print_periods(after.periods, language) if after else "",
        "change": None if change is None else format(change.normalize(), "f"),
        "change_percent": None if share is None else round(float(share), 2),
    }


def _list_problems(version: NoteVersion, tag: str, kind: str) -> list[EncodedProblem]:
    return [problem for problem in version.findings[tag]["problems"] if problem["kind"] == kind]


def list_near_wordings(version: NoteVersion, language: Language) -> list[NearWording]:
    """List the wordings that hold, but whose limit is within two per cent of the value."""
    source = next(iter(version.documents))
    near: dict[tuple[str, str], NearWording] = {}
    for node in walk_nodes(version.documents[source]):
        figure = version.state.figures.get(node.figure) if isinstance(node, FigureUse) else None
        wording = read_form(node.form, figure, language) if figure else None
        if figure is None or wording is None or not figure.value or not wording.typed:
            continue
        limits = [wording.quantity]
        if wording.relation in ("near", "just_above", "just_below"):
            margin = abs(wording.quantity) * wording.tolerance
            limits = [wording.quantity - margin, wording.quantity + margin]
        distance = min(abs(figure.value - limit) / abs(figure.value) for limit in limits)
        if distance <= NEAR and figure.bound == 0:
            near[node.figure, node.form] = {
                "figure": node.figure,
                "wording": node.text,
                "value": format(figure.value.normalize(), "f"),
                "distance_percent": round(float(distance * 100), 2),
            }
    return sorted(near.values(), key=lambda row: row["distance_percent"])


def list_stale_messages(version: NoteVersion, tag: str) -> list[str]:
    """List the messages that a language has not translated, or not since they changed."""
    kinds = [problem for problem in version.findings[tag]["problems"] if problem["kind"] == "translation"]
    return [problem["message"] for problem in kinds]


def _compare_references(old: Document, new: Document) -> References:
    before, after = (
        {
            entry.key: get_text(entry.children)
            for block in document.blocks
            if isinstance(block, Bibliography)
            for entry in block.entries
        }
        for document in (old, new)
    )
    return {
        "added": [text for key, text in after.items() if key not in before],
        "lost": [text for key, text in before.items() if key not in after],
    }


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
