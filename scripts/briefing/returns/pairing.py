"""Pair the paragraphs of a returned file with those that were sent out: by bookmark, by words, by likeness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.document.nodes import Paragraph, Text
from briefing.readers.docx.reading import CELL, DELETED, INSERTED, NOTE, RUNNING, FileParagraph
from briefing.redline.alignment import align_pieces
from briefing.returns.tokens import normalise, tokenise

_COPY = re.compile(r"_Copy_\d+$")
"""What LibreOffice adds to the name of a bookmark that was moved."""
_SHARE = 0.6
"""How many words of a paragraph must come from another for it to be a part of it."""


@dataclass(frozen=True, slots=True)
class ParagraphGroup:
    """Paragraphs that belong together, by their positions: sent out, and returned; either may be none, or several."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    is_moved: bool = False


def name_bookmark(name: str) -> str:
    """Give the name that a bookmark had before it was copied."""
    return _COPY.sub("", name)


def keeps_bookmarks(old: Sequence[FileParagraph], new: Sequence[FileParagraph]) -> bool:
    """Tell whether a file has kept its bookmarks, as most programs do."""
    names, kept = (
        {name_bookmark(name) for paragraph in paragraphs for name in paragraph.bookmarks} for paragraphs in (old, new)
    )
    return len(names & kept) * 2 > len(names)


def is_unchanged(group: ParagraphGroup, old: Sequence[FileParagraph], new: Sequence[FileParagraph]) -> bool:
    """Tell whether paragraphs stand where they stood, and say what they said."""
    return not group.is_moved and [old[number].text for number in group.old] == [
        new[number].text for number in group.new
    ]


def pair_paragraphs(old: Sequence[FileParagraph], new: Sequence[FileParagraph]) -> list[ParagraphGroup]:
    """Pair all paragraphs that say anything, in reading order; those that came stand after what is before them."""
    known = {name for paragraph in old for name in paragraph.bookmarks}
    sides = []
    tables = [_count_rows(paragraphs) for paragraphs in (old, new)]
    for paragraphs in (old, new):
        names = list(_name_paragraphs(paragraphs, known, tables[0] == tables[1]))
        said = [number for number, paragraph in enumerate(paragraphs) if paragraph.text.strip()]
        nodes = [
            Paragraph(names[number], (Text(_write(paragraphs[number])),), role=_tell_kind(paragraphs[number]))
            for number in said
        ]
        sides.append((said, nodes))
    (rows, ones), (columns, others) = sides
    steps = align_pieces(ones, others)
    # What was moved together has one name, and keeps its order.
    moved: dict[int, list[int]] = {}
    for step in steps:
        if step.move and step.old is not None and step.new is None:
            moved.setdefault(step.move, []).append(rows[step.old])
    groups = []
    for step in steps:
        if step.move and step.new is not None:
            groups.append(ParagraphGroup((moved[step.move].pop(0),), (columns[step.new],), is_moved=True))
        elif not step.move:
            before = () if step.old is None else (rows[step.old],)
            groups.append(ParagraphGroup(before, () if step.new is None else (columns[step.new],)))
    return _join_parts(_choose_moved(groups, old, new), old, new)


def _choose_moved(
    groups: list[ParagraphGroup], old: Sequence[FileParagraph], new: Sequence[FileParagraph]
) -> list[ParagraphGroup]:
    """Say of two paragraphs that have changed places which was moved: the one that is tracked, else no heading."""

    def is_likelier(group: ParagraphGroup) -> tuple[bool, bool]:
        pieces = [piece for piece in new[group.new[0]].pieces if piece.state != DELETED]
        came = sum(len(piece.text) for piece in pieces if piece.state == INSERTED)
        is_tracked = came * 2 > sum(len(piece.text) for piece in pieces)
        return is_tracked, not old[group.old[0]].style.startswith("heading")

    chosen = list(groups)
    for number, (one, other) in enumerate(pairwise(groups)):
        is_pair = one.old and one.new and other.old and other.new and one.is_moved != other.is_moved
        if is_pair and not any(old[between].text.strip() for between in range(other.old[0] + 1, one.old[0])):
            moved, kept = (one, other) if one.is_moved else (other, one)
            if other.old[0] < one.old[0] and is_likelier(kept) > is_likelier(moved):
                chosen[number], chosen[number + 1] = (replace(group, is_moved=group is kept) for group in (one, other))
    return chosen


def _write(paragraph: FileParagraph) -> str:
    return " ".join(normalise(paragraph.text).split())


def _tell_kind(paragraph: FileParagraph) -> str:
    where = paragraph.place.where
    return where if where in (CELL, NOTE, RUNNING) else ""


def _count_rows(paragraphs: Sequence[FileParagraph]) -> dict[int, int]:
    """Count the rows of each table."""
    rows = {(paragraph.place.table, paragraph.place.row) for paragraph in paragraphs if paragraph.place.where == CELL}
    return Counter(table for table, _ in rows)


def _name_paragraphs(paragraphs: Sequence[FileParagraph], known: set[str], same_rows: bool) -> Iterator[str]:
    """Name each paragraph by a bookmark; a cell by its row, and where it stands in that.

    A name that ends in a number is one that somebody gave, and is not to be taken for one that was counted.
    """
    rows: dict[tuple[int, int], str] = {}
    for paragraph in paragraphs:
        place = paragraph.place
        name = next((name_bookmark(name) for name in paragraph.bookmarks if name_bookmark(name) in known), "")
        if place.where == CELL:
            row = (place.table, place.row)
            if name:
                rows.setdefault(row, name)
            head = rows.get(row) or (f"row {place.table} {place.row}" if same_rows else "")
            yield f"{head} cell {place.cell}" if head else ""
        else:
            yield name


def _join_parts(
    groups: Sequence[ParagraphGroup], old: Sequence[FileParagraph], new: Sequence[FileParagraph]
) -> list[ParagraphGroup]:
    """Join what came with the paragraph that it was split off, and what went with that into which it was merged."""
    joined: list[ParagraphGroup] = []
    for group in groups:
        # A paragraph that came may stand between the parts of another, and one that went between two that were joined.
        first = len(joined) - 1
        while first >= 0 and _is_between(joined[first], old, new):
            first -= 1
        if first >= 0 and _is_part(group, joined[first], old, new):
            joined[first:] = [_join([*joined[first:], group])]
        elif joined and _is_part(joined[-1], group, old, new):
            joined[-1] = _join([joined[-1], group])
        else:
            joined.append(group)
    return joined


def _is_between(group: ParagraphGroup, old: Sequence[FileParagraph], new: Sequence[FileParagraph]) -> bool:
    """Tell whether paragraphs came, or went, in running text."""
    paragraphs = [*(old[number] for number in group.old), *(new[number] for number in group.new)]
    return not (group.old and group.new) and all(one.place.where not in (CELL, RUNNING) for one in paragraphs)


def _join(groups: Sequence[ParagraphGroup]) -> ParagraphGroup:
    old = tuple(number for group in groups for number in group.old)
    return ParagraphGroup(old, tuple(number for group in groups for number in group.new))


def _is_part(
    part: ParagraphGroup, whole: ParagraphGroup, old: Sequence[FileParagraph], new: Sequence[FileParagraph]
) -> bool:
    """Tell whether what came was a part of another paragraph, or what went is one now: by words that it lacks else."""
    if part.is_moved or whole.is_moved or not (whole.old and whole.new) or (part.old and part.new):
        return False
    one, other = [old[number] for number in whole.old], [new[number] for number in whole.new]
    came = not part.old
    before, after = (one, other) if came else (other, one)
    paragraph = new[part.new[0]] if came else old[part.old[0]]
    if paragraph.place.where != before[0].place.where or paragraph.place.where in (CELL, RUNNING):
        return False
    words = _count(paragraph)
    left = sum(map(_count, before), Counter[str]()) - sum(map(_count, after), Counter[str]())
    found = sum(min(count, left[word]) for word, count in words.items())
    return bool(words) and found >= _SHARE * words.total()


def _count(paragraph: FileParagraph) -> Counter[str]:
    return Counter(token.text for token in tokenise(paragraph.text))
