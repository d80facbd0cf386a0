"""Walk through the nodes of a document, change them, and read their text."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from briefing.document.nodes import UNSAID, Abbreviation, Cite, FigureUse, LineBreak, Note, Text


def walk_nodes(node: Any) -> Iterator[Any]:
    """Yield a node and all nodes below it, in reading order; what a redline says of their versions is none of them."""
    if isinstance(node, tuple):
        for child in node:
            yield from walk_nodes(child)
    elif dataclasses.is_dataclass(node):
        yield node
        for field in dataclasses.fields(node):
            if field.name not in UNSAID:
                yield from walk_nodes(getattr(node, field.name))


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


def map_nodes(node: Any, change: Callable[[Any], Any]) -> Any:
    """Change every node at and below a node or a tuple of nodes, those below others first."""
    if isinstance(node, tuple):
        return tuple(map_nodes(child, change) for child in node)
    if not dataclasses.is_dataclass(node) or isinstance(node, type):
        return node
    values = {field.name: getattr(node, field.name) for field in dataclasses.fields(node)}
    changed = {name: map_nodes(value, change) for name, value in values.items() if isinstance(value, tuple)}
    return change(dataclasses.replace(node, **changed))


def get_text(node: Any) -> str:
    """Give the plain text of an inline or of a tuple of inlines, without its footnotes."""
    match node:
        case tuple():
            return "".join(get_text(child) for child in node)
        case Text(text=text) | FigureUse(text=text) | Abbreviation(text=text):
            return text
        case Cite(parts=parts, delimiter=delimiter):
            return "(" + delimiter.join(part.text for part in parts) + ")"
        case Note():
            return ""
        case LineBreak():
            return "\n"
        case _:
            return get_text(node.children)
