"""Tell how alike two pieces of a document are, and whether a reader would see any difference at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import is_dataclass
from typing import Any

from briefing.document.inlines import read_value
from briefing.document.nodes import Chart, CitePart, Column, FigureUse, Link, Text
from briefing.document.schema import Role, Trait, find_fields
from briefing.document.walking import list_texts, walk_nodes

_WORD = re.compile(r"\w+")


def is_silent(node: Any, name: str) -> bool:
    """Tell whether a field may differ without a mark; where a link within the note leads is a place too."""
    if isinstance(node, Link) and name == "target":
        return node.target.startswith("#")
    return name in find_fields(type(node), Role.CONTENT, having=Trait.SILENT)


def show(node: Any) -> Hashable:
    """Give what a reader sees of a node; equal for two nodes that differ in nothing but silent fields."""
    if isinstance(node, tuple):
        return tuple(show(child) for child in node)
    kind = type(node)
    if kind is Text:
        return str(node.text)
    if not is_dataclass(node):
        return (kind, node)  # 1 and True, or "a" and Text("a"), are not the same
    names = find_fields(kind, Role.CONTENT, without=Trait.SILENT)
    return (kind, *(None if is_silent(node, name) else show(read_value(node, name)) for name in names))


def count_words(node: Any) -> Counter[str]:
    """Count the words below a node; a figure, a cited work and a picture count by their names, whatever they show."""
    return Counter(_list_words(node))


def _list_words(node: Any) -> Iterator[str]:
    for inner in walk_nodes(node):
        match inner:
            case Text(text=text):
                yield from _WORD.findall(text.casefold())
            case FigureUse(figure=figure):
                yield f"figure {figure}"
            case CitePart(key=key):
                yield f"work {key}"
            case Chart(image=image):
                yield f"picture {image}"
            case Column(title=title):
                yield f"column {title}"
            case _:
                texts = list_texts(inner, without=Trait.ASIDE | Trait.MADE)
                yield from (word for text in texts for word in _WORD.findall(text.casefold()))


def measure_likeness(one: Counter[str], other: Counter[str]) -> float:
    """Measure how alike two bags of words are: the share of words that both have, from 0 to 1 (Sørensen–Dice)."""
    total = one.total() + other.total()
    if not total:
        return 1.0
    if len(other) < len(one):
        one, other = other, one
    return 2 * sum(min(count, other[word]) for word, count in one.items() if word in other) / total
