"""What changed between two versions, as JSON holds it: what must be mended, what must be read, what follows."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

Run: TypeAlias = tuple[Literal["", "deleted", "inserted", "doubted", "newly doubted"], str]
"""A run of text: of both versions, of one alone, or a wording of both, or of the new one, that is not true now."""


class ReviewItem(TypedDict):
    """Something that a reviewer mends or reads: what it says, and the sentence in which it stands, as runs.

    `says` has a statement a line. `language` is that of the runs, `section` is the section's name, `anchor` leads to it
    in the redline, and `place` to its source ("sources/…:13"). `by` says what moved it and
    who wrote it, `translations` are what changed there in other languages.
    """

    says: str
    language: str
    section: str
    anchor: str
    place: str
    runs: list[Run]
    by: list[str]
    translations: list[ReviewItem]


class Group(TypedDict):
    """Items of one kind, or of one section, which the title names; each sentence stands in one group.

    A figure that moved sentences, and an author, is a group without items: what they did is told by the summary.
    """

    kind: Literal["mend", "doubt", "figure", "author", "section"]
    title: str
    summary: str
    items: list[ReviewItem]


class MovedValues(TypedDict):
    """Both values of a figure as printed, and the change in words: "+36%", "+3 points"."""

    old: str
    old_period: str
    new: str
    new_period: str
    change: str


class MovedFigure(MovedValues):
    """A figure that moved: its values, its cause, the labels of the figures that moved it, and its sections."""

    figure: str
    label: str
    cause: str
    author: str
    comment: str
    roots: list[str]
    sections: list[str]


class ChangeRow(TypedDict):
    """A change that a redline shows, and why; ids are those of the new version where it has them."""

    kind: str
    section: str
    block: str
    part: str
    attribute: str
    old: str
    new: str
    cause: str
    author: str
    comment: str


class Impact(TypedDict):
    """What changed between two versions, which `versions` describe; `changes` are those of each language's redline.

    `translations` says of each language beside that of the sources what it needs.
    """

    note: str
    title: str
    base: str
    head: str
    versions: list[str]
    as_of: list[str]
    mend: list[Group]
    read: list[Group]
    figures: list[MovedFigure]
    follows: list[str]
    translations: list[str]
    changes: dict[str, list[ChangeRow]]


def count_items(groups: list[Group]) -> int:
    """Count what groups hold; what changed in translations is read with its source."""
    return sum(len(group["items"]) for group in groups)


def count_following(impact: Impact) -> int:
    """Count what follows by itself."""
    return len(impact["figures"]) + len(impact["follows"])
