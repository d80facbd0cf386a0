"""What was found while a note was composed, as the step hands it on."""

from __future__ import annotations

from typing import TypedDict

from briefing.compose.note import Composition
from briefing.formats.po_catalogue import EncodedMessage, encode_message
from briefing.problems import EncodedProblem

MessageMark = tuple[str, str]
"""A section, and what is true of a message in it: its state in the catalogue, or the kind of a problem."""


class Findings(TypedDict):
    """What was found in one language; `places` leads from the id of a block to its file, line and column.

    `left` has the ids of the blocks of which a part has stayed in the source language, `stale` those of them of which a
    part has changed since it was translated; `uses` leads from a figure to the ids of the blocks that print it.
    """

    problems: list[EncodedProblem]
    left: list[str]
    stale: list[str]
    marks: list[MessageMark]
    uses: dict[str, list[str]]
    places: dict[str, tuple[str, int, int]]
    messages: list[EncodedMessage]


def describe_findings(composition: Composition, problems: list[EncodedProblem], marks: list[MessageMark]) -> Findings:
    """Describe what was found as what JSON can hold."""
    return {
        "problems": problems,
        "left": list(composition.left),
        "stale": list(composition.stale),
        "marks": marks,
        "uses": {name: list(places) for name, places in composition.uses.items()},
        "places": {name: (place.file, place.line, place.column) for name, place in composition.places.items()},
        "messages": [encode_message(message) for message in composition.messages],
    }
