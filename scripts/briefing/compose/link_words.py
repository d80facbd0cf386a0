"""Write the words of links that have none: `[](#police-reform)` says "section 5.2", `[](#chart-forces)` "chart 2"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from briefing.document.nodes import Block, Chart, Heading, Link, Text
from briefing.document.schema import Role
from briefing.document.walking import map_nodes, walk_nodes, walk_pieces
from briefing.problems import Place, Problem


def write_link_words(blocks: Iterable[Block], labels: Mapping[str, str]) -> tuple[Block, ...]:
    """Give each link without words the name of the section, chart or map that it leads to."""
    blocks = tuple(blocks)
    words = {f"#{name}": text for name, text in _name_targets(blocks, labels)}

    def fill(node: Any) -> Any:
        is_empty = isinstance(node, Link) and not node.children and node.target in words
        return replace(node, children=(Text(words[node.target]),)) if is_empty else node

    written: tuple[Block, ...] = map_nodes(blocks, fill)
    return written


def check_link_words(blocks: Iterable[Block], places: Mapping[str, Place]) -> Iterator[Problem]:
    """Check that no link is left without words; `blocks` are those that `write_link_words` gave."""
    for piece in walk_pieces(blocks):
        for node in walk_nodes(piece, Role.OWN):
            if isinstance(node, Link) and not node.children:
                place = places.get(piece.id, Place("text", 1))
                yield place.report(
                    f'the link to "{node.target}" has no words; write them in its brackets, '
                    "for only a link to a section, a chart or a map of the note can do without"
                )


def _name_targets(blocks: Iterable[Block], labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Name what a link without words may lead to, by its id; a section without a number has its title."""
    for block in blocks:
        match block:
            case Heading(id=name, number=number) if number:
                yield name, labels["section_reference"].format(number=number)
            case Chart(id=name, kind=kind, number=order):
                yield name, labels[f"{kind}_reference"].format(number=order)
