"""List the changes that a redline holds, in reading order, for readers, pages and tables of changes."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from briefing.document.changes import Cause
from briefing.document.nodes import (
    BibliographyEntry,
    Chart,
    Contents,
    Deletion,
    Document,
    Heading,
    Inline,
    Insertion,
    KeyStatistic,
    KeyStatistics,
    Note,
    Paragraph,
    ReturnToContents,
    Row,
    Table,
)
from briefing.document.nodes import List as ListBlock
from briefing.document.versions import take_version
from briefing.document.walking import get_text, walk_nodes
from briefing.redline.likeness import list_content_fields

_PART_FIELDS = frozenset({"items", "rows", "lines", "entries"})


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
    for piece in _walk_pieces(blocks):
        if piece.mark and piece.mark.kind == "deleted" and piece.mark.move:
            found[piece.mark.move].append(piece)
    return found


def _walk_pieces(pieces: Sequence[Any]) -> Iterator[Any]:
    """Walk through blocks and their parts, also those of what was moved and changed on the way."""
    for piece in pieces:
        yield piece
        yield from _walk_pieces(_list_parts(piece))
        if piece.mark and piece.mark.edit:
            yield from _walk_pieces(_list_parts(piece.mark.edit))


def _list_parts(block: Any) -> list[Any]:
    return [part for name in list_content_fields(type(block)) if name in _PART_FIELDS for part in getattr(block, name)]


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
        for name in list_content_fields(type(piece)):
            value = getattr(piece, name)
            if name in _PART_FIELDS:
                for part in value:
                    self.part = part.id
                    yield from self.list_piece(part)
                self.part = ""
            elif name == "cells":
                for cell in value:
                    yield from self._list_inlines(cell)
            elif isinstance(value, tuple):
                yield from self._list_inlines(value)

    def list_attributes(self, node: Any) -> Iterator[ListedChange]:
        """List the values of a node that a reader sees as changed."""
        for attribute in node.before:
            if attribute.cause:
                old, new = (_write_value(value) for value in (attribute.value, getattr(node, attribute.name)))
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
                yield dataclasses.replace(change, nodes=(mark, departed.mark), move=mark.move)

    def _list_picture(self, chart: Chart) -> Iterator[ListedChange]:
        cause = next((attribute.cause for attribute in chart.before if attribute.cause), None)
        if cause:
            old = take_version(chart, "old")
            yield self._make("replaced", describe_piece(old), describe_piece(chart), cause, (chart,))

    def _list_inlines(self, inlines: tuple[Any, ...]) -> Iterator[ListedChange]:
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
            elif not held and hasattr(inline, "children"):
                yield from self._list_inlines(inline.children)
        if held:
            yield self._make("deleted", read_run(held.children), "", held.cause, (held,))

    def _make(
        self, kind: Any, old: str, new: str, cause: Cause, nodes: tuple[Any, ...], attribute: str = "", move: str = ""
    ) -> ListedChange:
        return ListedChange(kind, old, new, cause, self.section, self.block, self.part, attribute, move, nodes)


def read_run(inlines: tuple[Inline, ...]) -> str:
    """Read inlines as text, with what their footnotes say in brackets."""
    notes = [get_text(node.children) for node in walk_nodes(inlines) if isinstance(node, Note)]
    return " ".join([*filter(None, [get_text(inlines)]), *(f"[{note}]" for note in notes)])


def describe_piece(piece: Any) -> str:
    """Give the text of a block or of a part, as one line where it is one."""
    match piece:
        case ListBlock(items=items):
            return "\n".join(describe_piece(item) for item in items)
        case Row(cells=cells):
            return " | ".join(get_text(cell) for cell in cells)
        case KeyStatistic(label=label, value=value, year=year, source=source):
            return " | ".join((get_text(label), get_text(value), get_text(year), get_text(source)))
        case Table(caption=caption, rows=rows):
            return "\n".join([*([get_text(caption)] if caption else []), *map(describe_piece, rows)])
        case KeyStatistics(title=title, lines=lines):
            return "\n".join([title, *map(describe_piece, lines)])
        case Chart(title=title, alternative=alternative):
            return f"{get_text(title)}. {get_text(alternative)}"
        case BibliographyEntry(children=children) | Heading(children=children) | Paragraph(children=children):
            return get_text(children)
        case Contents(title=text) | ReturnToContents(text=text):
            return text
    return "\n".join(map(describe_piece, piece.entries)) if hasattr(piece, "entries") else get_text(piece.children)


def _write_value(value: Any) -> str:
    if not isinstance(value, tuple):
        return str(value)
    is_run = any(dataclasses.is_dataclass(part) for part in value)
    return get_text(value) if is_run else ", ".join(map(_write_value, value))
