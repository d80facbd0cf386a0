"""What changed between two versions, as JSON holds it."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from briefing.problems import EncodedProblem

Run: TypeAlias = tuple[Literal["", "deleted", "inserted"], str]
"""A run of text, and the version that alone has it."""


class MovedValues(TypedDict):
    """Both values of a figure as printed, and the change, in its unit and in per cent."""

    old: str
    old_period: str
    new: str
    new_period: str
    change: str | None
    change_percent: float | None


class MovedFigure(MovedValues):
    """A figure that moved: its values, its cause, the inputs that moved with it, and its places."""

    figure: str
    label: str
    cause: str
    author: str
    comment: str
    inputs: list[str]
    where_used: list[str]
    sections: list[str]


class TouchedSentence(TypedDict):
    """A sentence that a figure changed, with the title of its section and the id of its block."""

    section: str
    block: str
    runs: list[Run]


class NearWording(TypedDict):
    """A wording that holds, with the distance of its limit from the value in per cent."""

    figure: str
    wording: str
    value: str
    distance_percent: float


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


class References(TypedDict):
    """The works that were added to the bibliography and those that were lost, as they are printed."""

    added: list[str]
    lost: list[str]


class Impact(TypedDict):
    """What changed; `texts`, `changes` and `messages` are by language."""

    note: str
    base: str
    head: str
    as_of: list[str]
    figures: list[MovedFigure]
    sentences: list[TouchedSentence]
    wordings_broken: list[EncodedProblem]
    wordings_near: list[NearWording]
    charts: list[str]
    texts: dict[str, list[ChangeRow]]
    changes: dict[str, list[ChangeRow]]
    messages: dict[str, list[str]]
    references: References
