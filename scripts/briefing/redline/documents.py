"""Compare two versions of a document; the answer is a document too.

`redline(old, new, explain)` gives a document that holds both versions, which every writer takes like any other.
`accept(redline(old, new)) == new` and `reject(redline(old, new)) == old`, exactly; `redline(a, a)` holds no mark.

`explain` is asked for the cause of each change. It gets a `Difference`, which says what stands in either version, and
where; so it can decide by the kind of node (`difference.kind`), by figure (`difference.figures`), by the block or by
the part of it. `explain_plainly` is what is said when nobody knows more.

Pictures: a writer is given those of both versions. `<image>.svg` is that of the new version, `<image>.old.svg` that of
the old one; the second is asked for where a chart was changed or deleted (see `redline_names.list_pictures`).
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from briefing.document.changes import Attribute, Cause, Mark
from briefing.document.inlines import read_value
from briefing.document.nodes import (
    BibliographyEntry,
    Block,
    Chart,
    Document,
    FigureUse,
    Heading,
    KeyStatistic,
    ListItem,
    Metadata,
    Row,
    Table,
    Text,
)
from briefing.document.schema import Role, Trait, find_fields, list_fields
from briefing.document.versions import accept, reject
from briefing.document.walking import get_text, walk_nodes
from briefing.redline.alignment import Step, align_pieces
from briefing.redline.inlines import compare_inlines, restate
from briefing.redline.likeness import is_silent, show

__all__ = ["Difference", "Explain", "Part", "accept", "explain_plainly", "redline", "reject"]

Part: TypeAlias = ListItem | Row | KeyStatistic | BibliographyEntry

_HOUSE = Cause("house", "")
_MERGED = Role.RUN | Role.RUNS | Role.PARTS
"""What two versions are compared within; of all else the new value stands in the node, the old one beside it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A change that wants a cause: what stands in the old version and in the new one, and where.

    `old` and `new` are runs of inlines (empty where nothing stands), whole blocks or parts (None where there is none),
    or the values of the attribute that is named. `block` and `part` are those of the new version, or of the old one
    where the new has none; a change of the metadata stands in no block. `section` is the id of the heading above.
    """

    old: Any
    new: Any
    section: str = ""
    block: Block | None = None
    part: Part | None = None
    attribute: str = ""
    is_move: bool = False

    @property
    def kind(self) -> str:
        """Name the kind of node that differs; a run of several inlines is Text."""
        nodes = [node for node in (self.old, self.new) if node is not None and node != ()]
        if self.attribute:
            return type(self.part or self.block).__name__ if self.block else Metadata.__name__
        if all(isinstance(node, tuple) for node in nodes):
            kinds = {type(node[0]).__name__ if len(node) == 1 else Text.__name__ for node in nodes}
            return kinds.pop() if len(kinds) == 1 else Text.__name__
        return type(nodes[0]).__name__

    @property
    def figures(self) -> tuple[str, ...]:
        """Name the figures that either version states here, each once."""
        nodes = walk_nodes((self.old, self.new))
        return tuple(dict.fromkeys(node.figure for node in nodes if isinstance(node, FigureUse)))


Explain: TypeAlias = Callable[[Difference], Cause]


def explain_plainly(difference: Difference) -> Cause:
    """Take a number that shows another value for new data, a change of dates for theirs, and all else for text."""
    if difference.kind == "FigureUse" and difference.old and difference.new:
        old, new = difference.old[0], difference.new[0]
        return Cause("wording" if old.form != new.form else "data", "Data", f"{old.figure}: {old.text} → {new.text}")
    if difference.attribute == "as_of_text":
        return Cause("as-of", "As-of date", f"{difference.old} → {difference.new}")
    if difference.kind == "KeyStatistic" and difference.attribute == "year":
        return Cause("data", "Data", f"{get_text(difference.old)} → {get_text(difference.new)}")
    in_annex = isinstance(difference.block, Table) and difference.block.role in ("figures", "computations")
    is_drawn = isinstance(difference.block, Chart) and difference.figures
    return Cause("data", "Data") if in_annex or is_drawn else Cause("text", "Text")


def redline(old: Document, new: Document, explain: Explain = explain_plainly) -> Document:
    """Compare two versions of a document; gives one that holds both, with the cause of each change."""
    blocks = tuple(_merge_pieces(old.blocks, new.blocks, _Spot(explain)))
    metadata = _restate_attributes(old.metadata, new.metadata, _Spot(explain).find_cause)
    return Document(metadata, blocks, is_redline=True)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where in the document pieces are compared, and who is asked for the cause of what differs there."""

    explain: Explain
    section: str = ""
    block: Block | None = None
    part: Part | None = None
    moves: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    """The numbers of the moves of the whole document."""

    def enter(self, piece: Any, section: str) -> _Spot:
        """Go into a block, or into a part of the block."""
        if self.block is None:
            return dataclasses.replace(self, block=piece, section=section)
        return dataclasses.replace(self, part=piece)

    def find_cause(self, old: Any, new: Any, attribute: str = "") -> Cause:
        """Ask for the cause of a change at this spot."""
        return self.explain(Difference(old, new, self.section, self.block, self.part, attribute))

    def find_move(self, piece: Any) -> Cause:
        """Ask for the cause of the move of a piece to this spot."""
        return self.explain(Difference(None, piece, self.section, self.block, self.part, is_move=True))


def _merge_pieces(old: Sequence[Any], new: Sequence[Any], spot: _Spot) -> Iterator[Any]:
    """Merge two sequences of blocks, or of the parts of two blocks.

    A move is one change: all its pieces have one cause at both places, that of the first which people wrote.
    """
    sections, others = _find_sections(old), _find_sections(new)
    names: dict[int, str] = defaultdict(lambda: f"move-{next(spot.moves)}", {0: ""})
    steps = align_pieces(old, new)
    departures = _find_departures(steps, old)
    moves: dict[int, Cause] = {}
    for step in steps:
        if step.move and step.new is not None and moves.get(step.move, _HOUSE).kind == "house":
            moves[step.move] = spot.enter(new[step.new], others[step.new]).find_move(new[step.new])
    for step in steps:
        if step.old is not None and step.new is not None:
            yield _merge_piece(old[step.old], new[step.new], spot.enter(new[step.new], others[step.new]))
        elif step.old is not None:
            piece, there = old[step.old], spot.enter(old[step.old], sections[step.old])
            cause = moves[step.move] if step.move else there.find_cause(piece, None)
            yield _mark_piece(piece, "deleted", cause, names[step.move])
        elif step.new is not None:
            piece, there = new[step.new], spot.enter(new[step.new], others[step.new])
            cause = moves[step.move] if step.move else there.find_cause(None, piece)
            marked = _mark_piece(piece, "inserted", cause, names[step.move])
            yield _add_edit(marked, next(departures[step.move]), piece, there) if step.move else marked


def _find_departures(steps: Sequence[Step], old: Sequence[Any]) -> dict[int, Iterator[Any]]:
    """Find what was moved away, by the name of the move, in the order in which it arrives."""
    found: dict[int, list[Any]] = defaultdict(list)
    for step in steps:
        if step.move and step.old is not None:
            found[step.move].append(old[step.old])
    return {move: iter(pieces) for move, pieces in found.items()}


def _add_edit(marked: Any, old: Any, new: Any, spot: _Spot) -> Any:
    """Add to what was moved how it was changed on the way, if it was."""
    if old == new or show(old) == show(new):
        return marked
    return dataclasses.replace(marked, mark=dataclasses.replace(marked.mark, edit=_merge_piece(old, new, spot)))


def _find_sections(pieces: Sequence[Any]) -> list[str]:
    """Find the id of the heading above each block, or of the block itself where it is one."""
    sections = []
    section = ""
    for piece in pieces:
        section = piece.id if isinstance(piece, Heading) else section
        sections.append(section)
    return sections


def _mark_piece(piece: Any, kind: Any, cause: Cause, move: str) -> Any:
    """Mark a piece that one version has, or that each has at another place."""
    return dataclasses.replace(piece, mark=Mark(kind, cause, move))


def _merge_piece(old: Any, new: Any, spot: _Spot) -> Any:
    """Merge two versions of a block or of a part."""
    if old == new or show(old) == show(new):
        return restate(old, new)
    merged = _restate_attributes(old, new, spot.find_cause)
    changed: dict[str, Any] = {}
    for declared in list_fields(type(new)):
        name, one, other = declared.name, getattr(old, declared.name), getattr(new, declared.name)
        if declared.traits & Trait.WHOLE:
            continue
        match declared.role:
            case Role.RUN:
                changed[name] = compare_inlines(one, other, spot.find_cause)
            case Role.RUNS:
                pairs = zip(one, other, strict=True)
                changed[name] = tuple(compare_inlines(*pair, spot.find_cause) for pair in pairs)
            case Role.PARTS:
                changed[name] = tuple(_merge_pieces(one, other, spot))
    return dataclasses.replace(merged, **changed)


def _restate_attributes(old: Any, new: Any, find_cause: Callable[[Any, Any, str], Cause]) -> Any:
    """Give a new node with what the old one says otherwise; what a reader sees of that has its cause."""
    before = []
    merged = find_fields(type(new), _MERGED, without=Trait.WHOLE)
    for name in find_fields(type(new), Role.CONTENT):
        one, other = getattr(old, name), getattr(new, name)
        if one != other and name not in merged:
            seen, said = read_value(old, name), read_value(new, name)
            cause = None if is_silent(new, name) or show(seen) == show(said) else find_cause(seen, said, name)
            before.append(Attribute(name, one, cause))
    return dataclasses.replace(new, before=tuple(before))
