"""What a document that holds two versions says of them: marks, their causes, and what the old version has otherwise.

A redline is a document like any other. Its blocks, and the items, rows, lines and entries in them, may be marked as
inserted or deleted; a run of inlines that only one version has stands in an `Insertion` or a `Deletion`. Marks do not
nest: what a mark holds belongs to one version whole. What differs and is no text of its own (ids, numbers counted by
the program, the year of a key statistic) is told by `before`: the new value stands in the node, the old one there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from briefing.document.schema import redline_only

CauseKind = Literal["data", "formula", "as-of", "wording", "text", "translation", "house"]
CAUSE_KINDS: tuple[CauseKind, ...] = ("data", "formula", "as-of", "wording", "text", "translation", "house")


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something changed: its kind, whom Word names as the author, and old value, new value and source in words.

    The day (ISO) is that on which it was changed, where that is known; the rule is that from which changes of the house
    follow ("sources/common/units.yaml, USD").
    """

    kind: CauseKind
    author: str
    comment: str = ""
    day: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a block or a part of one; the two places of what was moved share the name of their `move`.

    Where what was moved was changed too, the mark of its new place has it as a redline of its own, the `edit`.
    """

    kind: Literal["inserted", "deleted"]
    cause: Cause
    move: str = ""
    edit: Any = redline_only(default=None)


@dataclass(frozen=True, slots=True)
class Attribute:
    """What the old version says of a node otherwise; without a cause, readers are not shown a change."""

    name: str
    value: Any
    cause: Cause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Versioned:
    """A node that a redline may mark, or of which it keeps what the old version says otherwise."""

    mark: Mark | None = redline_only(default=None)
    before: tuple[Attribute, ...] = redline_only(default=())
