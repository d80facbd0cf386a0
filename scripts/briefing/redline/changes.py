"""List the changes that a redline holds, in reading order, for readers, pages and tables of changes."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal

from briefing.document.changes import Cause
from briefing.document.inlines import read_value
from briefing.document.nodes import Chart, Deletion, Document, Heading, Inlines, Insertion
from briefing.document.schema import Role, find_fields, list_fields
from briefing.document.versions import take_version
from briefing.document.walking import get_text, list_asides, list_parts

_DESCRIBED = Role.RUN | Role.RUNS | Role.PLAIN | Role.PARTS


@dataclass(frozen=True, slots=True)
class ListedChange:
    """A change: what stood there, what stands there now, and why.

    `section` and `block` are ids, of the new version where it has them, and so is `part`, that of an item, row, line or
    entry; a change of the metadata has none, but an `attribute`. `nodes` are the marks of the redline that show it.
    """

    kind: Literal["inserted", "deleted", "replaced", "moved"]
    old: str
    new: str
    cause: Cause
    section: str = ""
    block: str = ""
    part: str = ""
    attribute: str = ""
    move: str = ""
    nodes: tuple[Any, ...] = field(default=(), compare=False, repr=False)


def list_changes(document: Document) -> list[ListedChange]:
    """List the changes of a redline in reading order; what was moved is one change, at its new place."""
    lister = _Lister(_find_departures(document.blocks))
    changes = [*lister.list_attributes(document.metadata)]
    section = {"deleted": "", "": ""}
    for block in document.blocks:
        mark = block.mark.kind if block.mark else ""
        if isinstance(block, Heading):
            section["deleted"] = block.id
            section[""] = section[""] if mark == "deleted" else block.id
        lister.section = section["deleted" if mark == "deleted" else ""]
        lister.block, lister.part = block.id, ""
        changes += lister.list_piece(block)
    return changes


def _find_departures(blocks: Sequence[Any]) -> dict[str, list[Any]]:
    """Find what was moved away, by the name of the move."""
    found: dict[str, list[Any]] = defaultdict(list)
    for piece in _walk_versions(blocks):
        if piece.mark and piece.mark.kind == "deleted" and piece.mark.move:
            found[piece.mark.move].append(piece)
    return found


def _walk_versions(pieces: Sequence[Any]) -> Iterator[Any]:
    """Walk through blocks and their parts, also those of what was moved and changed on the way."""
    for piece in pieces:
        yield piece
        yield from _walk_versions(list_parts(piece))
        if piece.mark and piece.mark.edit:
            yield from _walk_versions(list_parts(piece.mark.edit))


@dataclass
class _Lister:
    """List changes, knowing where in the document they stand."""

    departures: dict[str, list[Any]]
    section: str = ""
    block: str = ""
    part: str = ""
    arrived: Counter[str] = field(default_factory=Counter)

    def list_piece(self, piece: Any) -> Iterator[ListedChange]:
        """List the changes of a block or of a part."""
        if piece.mark:
            yield from self._list_mark(piece)
            return
        if isinstance(piece, Chart):
            yield from self._list_picture(piece)
            return
        yield from self.list_attributes(piece)
        for declared in list_fields(type(piece)):
            value = getattr(piece, declared.name)
            match declared.role:
                case Role.PARTS:
                    for part in value:
                        self.part = part.id
                        yield from self.list_piece(part)
                    self.part = ""
                case Role.RUNS:
                    for run in value:
                        yield from self._list_inlines(run)
                case Role.RUN:
                    yield from self._list_inlines(value)

    def list_attributes(self, node: Any) -> Iterator[ListedChange]:
        """List the values of a node that a reader sees as changed."""
        for attribute in node.before:
            if attribute.cause:
                versions = (take_version(node, version) for version in ("old", "new"))
                old, new = (_write_value(read_value(version, attribute.name)) for version in versions)
                yield self._make("replaced", old, new, attribute.cause, (attribute,), attribute=attribute.name)

    def _list_mark(self, piece: Any) -> Iterator[ListedChange]:
        mark = piece.mark
        if not mark.move:
            text = describe_piece(piece)
            old, new = (text, "") if mark.kind == "deleted" else ("", text)
            yield self._make(mark.kind, old, new, mark.cause, (mark,))
        elif mark.kind == "inserted":
            yield from self._list_arrival(piece)

    def _list_arrival(self, piece: Any) -> Iterator[ListedChange]:
        """List a move: what arrives first stands for all that was moved with it; what was changed too is listed so."""
        mark = piece.mark
        departed = self.departures[mark.move][self.arrived[mark.move]]
        self.arrived[mark.move] += 1
        if self.arrived[mark.move] == 1:
            text = describe_piece(piece)
            yield self._make("moved", text, text, mark.cause, (mark, departed.mark), move=mark.move)
        if mark.edit:
            for change in self.list_piece(mark.edit):
                yield dataclasses.replace(change, nodes=(mark, departed.mark, *change.nodes), move=mark.move)

    def _list_picture(self, chart: Chart) -> Iterator[ListedChange]:
        """List the changes of a chart, one for each cause: of its texts those that differ, else the whole."""
        causes = dict.fromkeys(attribute.cause for attribute in chart.before if attribute.cause)
        old = take_version(chart, "old")
        for cause in causes:
            changed = {attribute.name for attribute in chart.before if attribute.cause == cause}
            names = [name for name in find_fields(Chart, Role.RUN) if name in changed and name != "points"]
            said = [". ".join(get_text(getattr(version, name)) for name in names) for version in (old, chart)]
            before, after = said if said[0] != said[1] else (describe_piece(old), describe_piece(chart))
            yield self._make("replaced", before, after, cause, (chart,))

    def _list_inlines(self, inlines: Inlines) -> Iterator[ListedChange]:
        held: Deletion | None = None
        for inline in inlines:
            if held and isinstance(inline, Insertion) and inline.cause == held.cause:
                old, new = read_run(held.children), read_run(inline.children)
                yield self._make("replaced", old, new, inline.cause, (held, inline))
                held = None
                continue
            if held:
                yield self._make("deleted", read_run(held.children), "", held.cause, (held,))
            held = inline if isinstance(inline, Deletion) else None
            if isinstance(inline, Insertion):
                yield self._make("inserted", "", read_run(inline.children), inline.cause, (inline,))
            elif not held:
                for name in find_fields(type(inline), Role.RUN):
                    yield from self._list_inlines(getattr(inline, name))
        if held:
            yield self._make("deleted", read_run(held.children), "", held.cause, (held,))

    def _make(
        self, kind: Any, old: str, new: str, cause: Cause, nodes: tuple[Any, ...], attribute: str = "", move: str = ""
    ) -> ListedChange:
        return ListedChange(kind, old, new, cause, self.section, self.block, self.part, attribute, move, nodes)


def read_run(inlines: Inlines) -> str:
    """Read inlines as text, with what their footnotes say in brackets."""
    notes = (f"[{get_text(note)}]" for note in list_asides(inlines))
    return " ".join([*filter(None, [get_text(inlines)]), *notes])


def describe_piece(piece: Any) -> str:
    """Give the text of a block or of a part: its runs on one line, each plain text and each part on its own."""
    if isinstance(piece, Chart):
        return f"{get_text(piece.title)}. {get_text(piece.alternative)}"
    lines: list[str] = []
    described = (declared for declared in list_fields(type(piece)) if declared.role & _DESCRIBED)
    for role, group in groupby(described, key=lambda declared: declared.role):
        values = [getattr(piece, declared.name) for declared in group]
        match role:
            case Role.PARTS:
                lines += [describe_piece(part) for value in values for part in value]
            case Role.PLAIN:
                lines += [" | ".join(value) if isinstance(value, tuple) else value for value in values]
            case Role.RUNS:
                lines += [" | ".join(map(get_text, value)) for value in values]
            case Role.RUN:
                lines.append(" | ".join(map(get_text, values)))
    return "\n".join(filter(None, lines))


def _write_value(value: Any) -> str:
    if not isinstance(value, tuple):
        return str(value)
    is_run = any(dataclasses.is_dataclass(part) for part in value)
    return get_text(value) if is_run else ", ".join(map(_write_value, value))
