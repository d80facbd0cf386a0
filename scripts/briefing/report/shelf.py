"""Describe all notes side by side: what each is, what it is made in, the state of its data, its key figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, TypedDict

from briefing.report import SHELF_PAGE, SHELF_SCRIPT
from briefing.report.editor_page import fill_page
from briefing.report.rows import FigureRow, Report

_STALE = re.compile(r"(\S+) \(")
"""The indicator that a finding on the age of its data begins with."""
_KEY_LINE = re.compile(r"key-(?!points)")
"""The id of a line of the box."""


class ShelfEdition(TypedDict):
    """A note in one language: its title, and its files by format, below outputs/; `translated` is in per cent."""

    title: str
    subtitle: str
    files: dict[str, str]
    translated: float


class KeyFigure(TypedDict):
    """A figure of the box of a note, as it prints it."""

    label: str
    text: str
    period: str
    source: str
    stale: bool


class ShelfNote(TypedDict):
    """A note as it stands under outputs/: `state` is finished, stopped (its last build was) or missing.

    `problems` are what stopped its last build, `stale` the findings on the age of its data, `later` the rows that are
    known only after the as-of date, `published` the names of its frozen editions, `words` what it can be found by.
    """

    note: str
    state: str
    edition: str
    as_of: str
    issued: str
    version: str
    report: str
    languages: dict[str, ShelfEdition]
    published: list[str]
    stale: list[str]
    later: int
    warnings: int
    problems: list[str]
    key_figures: dict[str, KeyFigure]
    words: list[str]


class SharedFigure(TypedDict):
    """A key figure of the notes: its id, its label, and how many notes have it."""

    figure: str
    label: str
    notes: int


class Shelf(TypedDict):
    """All notes, and the figures of their boxes."""

    notes: list[ShelfNote]
    key_figures: list[SharedFigure]


@dataclass(frozen=True, slots=True)
class Finished:
    """What a finished set of a note says: its report, figures, documents by language, and the names of its files."""

    report: Report
    figures: Sequence[FigureRow]
    documents: Mapping[str, Mapping[str, Any]]
    files: Sequence[str]
    problems: Sequence[str] = ()
    published: Sequence[str] = field(default=())


def describe_missing(note: str, title: str, problems: Sequence[str]) -> ShelfNote:
    """Describe a note of which no set has been finished yet."""
    edition: ShelfEdition = {"title": title or note, "subtitle": "", "files": {}, "translated": 0}
    empty = dict.fromkeys(("edition", "as_of", "issued", "version", "report"), "")
    return {
        "note": note,
        "state": "missing",
        **empty,  # type: ignore[typeddict-item]
        "languages": {"": edition},
        "published": [],
        "stale": [],
        "later": 0,
        "warnings": 0,
        "problems": [*problems],
        "key_figures": {},
        "words": [],
    }


def describe_note(note: str, found: Finished, is_stopped: bool) -> ShelfNote:
    """Describe a note by its finished set; `is_stopped` says that a later build came to no end."""
    report = found.report
    metadata = {tag: document["metadata"] for tag, document in found.documents.items()}
    first = next(iter(metadata.values()))
    warnings = [problem for problem in report["warnings"] if problem["kind"] != "translation"]
    stale = [problem["message"] for problem in warnings if problem["kind"] == "staleness"]
    aged = {match[1] for message in stale if (match := _STALE.match(message))}
    return {
        "note": note,
        "state": "stopped" if is_stopped else "finished",
        "edition": report["edition"],
        "as_of": report["as_of"],
        "issued": first["issued"],
        "version": report["version"],
        "report": f"{note}/report.html",
        "languages": {
            tag: {
                "title": fields["title"],
                "subtitle": fields["subtitle"],
                "files": _list_files(note, tag, found.files),
                "translated": report["translations"][tag]["percent"] if tag in report["translations"] else 100,
            }
            for tag, fields in metadata.items()
        },
        "published": [*found.published],
        "stale": stale,
        "later": len(report["later"]),
        "warnings": len(warnings) - len(stale),
        "problems": [*found.problems],
        "key_figures": _list_key_figures(found.figures, aged),
        "words": list(dict.fromkeys(word for document in found.documents.values() for word in _list_words(document))),
    }


def _list_key_figures(figures: Iterable[FigureRow], aged: Set[str]) -> dict[str, KeyFigure]:
    """List the figures of the box by what they measure, of several periods the latest; `aged` are stale indicators."""
    rows = [row for row in figures if any(_KEY_LINE.match(use) for use in row["where_used"])]
    return {
        # Sets that were finished by an earlier version of the project do not say what a figure measures.
        row.get("indicator", row["id"]): {
            "label": row["label"],
            "text": row["text"],
            "period": row["period"],
            "source": row["source"],
            "stale": bool({row["id"], row.get("indicator", ""), *row["derived_from"]} & aged),
        }
        for row in sorted(rows, key=lambda row: row["period"])
    }


def _list_files(note: str, tag: str, files: Iterable[str]) -> dict[str, str]:
    names = {name.removeprefix(f"{note}.{tag}."): name for name in files if name.startswith(f"{note}.{tag}.")}
    return {kind: f"{note}/{names[kind]}" for kind in names if kind != "json"}


def _list_words(document: Mapping[str, Any]) -> Iterable[str]:
    """List what a note can be found by: its keywords, and the titles of its sections."""
    yield from document["metadata"]["keywords"]
    for block in document["blocks"]:
        if block["type"] == "Heading":
            yield "".join(part.get("text", "") for part in block["children"])


def describe_shelf(notes: Sequence[ShelfNote]) -> Shelf:
    """Put the notes side by side; the key figures that most of them have come first."""
    labels = {name: row["label"] for note in reversed(notes) for name, row in note["key_figures"].items()}
    count = {name: sum(name in note["key_figures"] for note in notes) for name in labels}
    order = sorted(labels, key=lambda name: (-count[name], labels[name].casefold(), name))
    return {
        "notes": [*notes],
        "key_figures": [{"figure": name, "label": labels[name], "notes": count[name]} for name in order],
    }


def write_shelf_page(shelf: Shelf, templates: Mapping[str, str], fonts: Mapping[str, bytes]) -> str:
    """Write the page of all notes from its templates and the `.woff2` faces, by file name."""
    return fill_page(SHELF_PAGE, templates, fonts, {"shelf": shelf}, SHELF_SCRIPT)
