"""Gather the key points of a note from its prose: the list below the heading `{#key-points}`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefing.document.nodes import Block, Heading, KeyPoints, List, Note
from briefing.document.walking import walk_nodes
from briefing.problems import Place, Problem

KEY_POINTS = "key-points"
MATTER = frozenset({KEY_POINTS, "acronyms", "references", "further-reading"})
"""The sections that stand around the text of a note, and have no number."""


def gather_key_points(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give blocks with the key points as one; what else stands below their heading is left to `check_key_points`."""
    heading: Heading | None = None
    for block in blocks:
        if isinstance(block, Heading):
            heading = block if block.id == KEY_POINTS else None
        if heading is None:
            yield block
        elif isinstance(block, List):
            yield KeyPoints(heading.id, heading.children, block.items)


def check_key_points(blocks: Iterable[Block], places: Mapping[str, Place]) -> Iterator[Problem]:
    """Check that below the heading of the key points there is one list, without footnotes, and nothing else."""
    is_inside = False
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            is_inside = block.id == KEY_POINTS
        if is_inside:
            found.append(block)
    for block in found[1:]:
        if not isinstance(block, List) or block is not found[1]:
            place = places.get(block.id, places[KEY_POINTS])
            yield place.report("key points are one list, and nothing else; write one sentence an item")
    if len(found) == 1:
        yield places[KEY_POINTS].report("there are no key points; write them as a list, one sentence an item")
    for note in walk_nodes(tuple(found)):
        if isinstance(note, Note):
            yield places[note.id].report("a key point has no footnote; explain it where the text says the same")
