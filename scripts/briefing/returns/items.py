"""What a proposal lists: each thing that a reviewer wrote is one item, in one list."""

from __future__ import annotations

from typing import TypedDict

TEXT, DATA, CITATION, COMMENT, STRUCTURE, NUMBER, CONFLICT, UNPLACED = (
    "text", "data", "citation", "comment", "structure", "number", "conflict", "unplaced",
)  # fmt: skip
TITLES = {
    CONFLICT: "Conflicts",
    DATA: "Figures that are challenged",
    CITATION: "Citations that are challenged",
    NUMBER: "Numbers that were typed",
    TEXT: "Text",
    STRUCTURE: "Paragraphs",
    COMMENT: "Comments",
    UNPLACED: "What could not be placed",
}
"""The lists in the order in which an editor needs them."""
PATCH, HAND, KEPT, TAKEN = "patch", "hand", "kept", "taken"
"""What becomes of an item: the patch writes it, a person has to, the sources stay as they are, or have it already."""


class ObservationRow(TypedDict):
    """A row of observations.csv that a figure rests on: where it is, itself, and one to fill in for a newer value."""

    place: str
    row: str
    new: str


class CommentReply(TypedDict):
    """An answer to a comment."""

    author: str
    date: str
    text: str


class Wordings(TypedDict):
    """The three wordings of a conflict: as it was sent out, as the sources have it now, as the reviewer has it."""

    base: str
    now: str
    reviewed: str


class Remark(TypedDict):
    """A thing that a reviewer wrote, in its sentence: `before`, `old` or `new`, `after`.

    `words` counts those that were put in; `tracked` says whether the reviewer's program kept what it was before.
    `ready` is a text for a person to put into the sources, as these write it.
    """

    number: int
    kind: str
    outcome: str
    section: str
    place: str
    before: str
    old: str
    new: str
    after: str
    author: str
    date: str
    tracked: bool
    words: int
    says: str
    ready: str
    figure: str
    label: str
    rows: list[ObservationRow]
    replies: list[CommentReply]
    done: bool
    wordings: Wordings | None


class ReturnProposal(TypedDict):
    """All that a returned file asks for.

    `title` is the note's in the language of the first file. `inserted` words stand in the file and not in the base,
    `told` ones in the items; `doubts` are what an editor should know of how the file was read.
    """

    note: str
    title: str
    language: str
    files: list[str]
    version: str
    base: str
    day: str
    items: list[Remark]
    inserted: int
    told: int
    doubts: list[str]
    patched: list[str]


def make_item(number: int, kind: str, **told: object) -> Remark:
    """Make an item; what is not told is empty."""
    blank = {
        "outcome": KEPT, "section": "", "place": "", "before": "", "old": "", "new": "", "after": "", "author": "",
        "date": "", "tracked": False, "words": 0, "says": "", "ready": "", "figure": "", "label": "", "rows": [],
        "replies": [], "done": False, "wordings": None,
    }  # fmt: skip
    return {**blank, "number": number, "kind": kind, **told}  # type: ignore[typeddict-item]


def count_kinds(proposal: ReturnProposal) -> dict[str, int]:
    """Count the items of each list, in their order."""
    kinds = [item["kind"] for item in proposal["items"]]
    return {kind: kinds.count(kind) for kind in TITLES if kind in kinds}
