"""The figures of a note as the step that derives them hands them on."""

from __future__ import annotations

from typing import TypedDict

from briefing.figures.encoding import EncodedFigure
from briefing.figures.observations import LaterRow
from briefing.problems import EncodedProblem


class CheckRow(TypedDict):
    """A check between figures, both sides in base units; `outcome` is "holds", "known discrepancy" or "fails"."""

    id: str
    statement: str
    formula: str
    relation: str
    left: str
    right: str
    outcome: str
    reason: str


class Derived(TypedDict):
    """All figures as of the note's date and of its baseline (ISO dates), and what the checks between them gave."""

    as_of: str
    baseline: str
    figures: dict[str, EncodedFigure]
    before: dict[str, EncodedFigure]
    later: list[LaterRow]
    checks: list[CheckRow]
    problems: list[EncodedProblem]
