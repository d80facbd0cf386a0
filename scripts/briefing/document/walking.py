"""Walk through the nodes of a document, change them, and read their text; `schema` says where the nodes are.

A piece is a block, or a part of one: what has a name of its own, and a place in the sources.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from briefing.document.nodes import Abbreviation, Cite, FigureUse, Inlines, LineBreak, Text
from briefing.document.schema import Field, Role, Trait, find_fields, list_fields

ChangeRun: TypeAlias = Callable[[Inlines, Any], Inlines]
"""What changes a run, given with the piece in which it stands."""

_HELD = Role.NODES | Role.PLAIN
_FIELDS: dict[tuple[type[Any], Trait], tuple[Field, ...]] = {}


def walk_nodes(node: Any, roles: Role = Role.NODES, without: Trait = Trait.NONE) -> Iterator[Any]:
    """Yield a node and all nodes below it, in reading order; what a redline says of their versions is none of them.

    The fields that lead below can be limited by their roles and traits.
    """
    fields: dict[type[Any], tuple[str, ...]] = {}
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting += reversed(node)
        elif dataclasses.is_dataclass(node):
            yield node
            kind = type(node)
            if kind not in fields:
                fields[kind] = find_fields(kind, roles, without)[::-1]
            waiting += [getattr(node, name) for name in fields[kind]]


def map_nodes(node: Any, change: Callable[[Any], Any], without: Trait = Trait.NONE) -> Any:
    """Change every node at and below a node or a tuple of nodes, those below others first."""
    if isinstance(node, tuple):
        return tuple(map_nodes(child, change, without) for child in node)
    if not dataclasses.is_dataclass(node) or isinstance(node, type):
        return node
    names = find_fields(type(node), Role.NODES, without)
    changed = {name: map_nodes(getattr(node, name), change, without) for name in names}
    return change(dataclasses.replace(node, **changed))


# --- Pieces and their runs ---------------------------------------------------------------------------------------


def list_parts(piece: Any) -> list[Any]:
    """List the parts of a block."""
    return [part for name in find_fields(type(piece), Role.PARTS) for part in getattr(piece, name)]


def walk_pieces(pieces: Iterable[Any]) -> Iterator[Any]:
    """Yield blocks and their parts, in reading order."""
    for piece in pieces:
        yield piece
        yield from walk_pieces(list_parts(piece))


def list_texts(node: Any, without: Trait = Trait.NONE) -> list[str]:
    """List the plain texts of a node, without those of nodes below it."""
    values = (getattr(node, name) for name in find_fields(type(node), Role.PLAIN, without))
    return [text for value in values for text in (value if isinstance(value, tuple) else (value,))]


def list_runs(piece: Any, without: Trait = Trait.NONE) -> Iterator[Inlines]:
    """List the runs of a piece and of its members in reading order, plain texts as such; not those of its parts."""
    for field in list_fields(type(piece)):
        value = getattr(piece, field.name)
        if field.traits & without:
            continue
        match field.role:
            case Role.RUN:
                yield value
            case Role.RUNS:
                yield from value
            case Role.PLAIN:
                yield from ((Text(text),) for text in (value if isinstance(value, tuple) else (value,)) if text)
            case Role.MEMBERS:
                for member in value if isinstance(value, tuple) else (value,):
                    yield from list_runs(member, without)


def map_runs(node: Any, change: ChangeRun, without: Trait = Trait.NONE, piece: Any = None) -> Any:
    """Change the runs of a node and of its members and parts, its plain texts too; `change` goes below a run itself."""
    piece = node if hasattr(node, "id") else piece

    def map_value(value: Any, role: Role) -> Any:
        if role == Role.RUN:
            return change(value, piece)
        if isinstance(value, tuple):
            return tuple(map_value(child, Role.RUN if role == Role.RUNS else role) for child in value)
        if role == Role.PLAIN:
            return get_text(change((Text(value),), piece)) if value else value
        return map_runs(value, change, without, piece)

    held = _list_held(type(node), without)
    return dataclasses.replace(node, **{field.name: map_value(getattr(node, field.name), field.role) for field in held})


def _list_held(kind: type[Any], without: Trait) -> tuple[Field, ...]:
    if (kind, without) not in _FIELDS:
        fields = (field for field in list_fields(kind) if field.role & _HELD and not field.traits & without)
        _FIELDS[kind, without] = tuple(fields)
    return _FIELDS[kind, without]


# --- Within a run ------------------------------------------------------------------------------------------------


def list_children(inline: Any) -> Inlines:
    """List the inlines that an inline holds in its line; a footnote holds none there."""
    names = find_fields(type(inline), Role.RUN, without=Trait.ASIDE)
    return tuple(child for name in names for child in getattr(inline, name))


def list_asides(run: Inlines) -> list[Inlines]:
    """List the runs that stand aside of a run, as the text of a footnote does."""
    names = ((node, name) for node in walk_nodes(run) for name in find_fields(type(node), Role.RUN, having=Trait.ASIDE))
    return [getattr(node, name) for node, name in names]


def get_text(node: Any) -> str:
    """Give the plain text of an inline or of a tuple of inlines, without what stands aside (footnotes)."""
    match node:
        case tuple():
            return "".join(get_text(child) for child in node)
        case Text(text=text) | FigureUse(text=text) | Abbreviation(text=text):
            return text
        case Cite(parts=parts, delimiter=delimiter):
            return "(" + delimiter.join(part.text for part in parts) + ")"
        case LineBreak():
            return "\n"
    return "".join(list_texts(node, Trait.ASIDE)) + get_text(list_children(node))


def list_strings(node: Any) -> Iterator[str]:
    """List all strings of a node or a tuple of nodes: what is printed, and what is not."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for child in node:
            yield from list_strings(child)
    elif dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            yield from list_strings(getattr(node, field.name))
