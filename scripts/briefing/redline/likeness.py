"""Tell how alike two pieces of a document are, and whether a reader would see any difference at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import fields
from typing import Any

from briefing.document.nodes import Abbreviation, Chart, Cite, Column, FigureUse, Link, Metadata, Text
from briefing.document.walking import walk_nodes

_SILENT_FIELDS = frozenset({"id", "number", "facts"})
"""What a reader does not take for a change: the program counts numbers and places anew, and facts name no words."""
_SILENT_METADATA = frozenset({"version", "issued", "as_of", "edition"})
"""What is said to programs; a reader is shown it in other words, or where it comes from."""

_NAMES: dict[type[Any], tuple[str, ...]] = {}
_WORD = re.compile(r"\w+")


def is_silent(node: Any, name: str) -> bool:
    """Tell whether a field may differ without a mark; where a link within the note leads is a place too."""
    match node:
        case Link(target=target):
            return name == "target" and target.startswith("#")
        case Metadata():
            return name in _SILENT_METADATA
    return name in _SILENT_FIELDS


def show(node: Any) -> Hashable:
    """Give what a reader sees of a node; equal for two nodes that differ in nothing but silent fields."""
    if isinstance(node, tuple):
        return tuple(show(child) for child in node)
    kind = type(node)
    if kind is Text:
        return str(node.text)
    names = list_content_fields(kind) if hasattr(node, "__dataclass_fields__") else None
    if names is None:
        return (kind, node)  # 1 and True, or "a" and Text("a"), are not the same
    return (kind, *(_show_field(node, name) for name in names))


def _show_field(node: Any, name: str) -> Hashable:
    return None if is_silent(node, name) else show(getattr(node, name))


def list_content_fields(kind: type[Any]) -> tuple[str, ...]:
    """List the fields of a kind of node, but for those that only a redline has."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind) if field.name not in ("mark", "before"))
    return _NAMES[kind]


def count_words(node: Any) -> Counter[str]:
    """Count the words below a node; a figure, a cited work and a picture count by their names, whatever they show."""
    return Counter(_list_words(node))


def _list_words(node: Any) -> Iterator[str]:
    for inner in walk_nodes(node):
        match inner:
            case Text(text=text) | Abbreviation(text=text):
                yield from _WORD.findall(text.casefold())
            case FigureUse(figure=figure):
                yield f"figure {figure}"
            case Cite(parts=parts):
                yield from (f"work {part.key}" for part in parts)
            case Chart(image=image):
                yield f"picture {image}"
            case Column(title=title):
                yield f"column {title}"


def measure_likeness(one: Counter[str], other: Counter[str]) -> float:
    """Measure how alike two bags of words are: the share of words that both have, from 0 to 1."""
    total = one.total() + other.total()
    if not total:
        return 1.0
    if len(other) < len(one):
        one, other = other, one
    return 2 * sum(min(count, other[word]) for word, count in one.items() if word in other) / total
