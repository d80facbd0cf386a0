"""Find where each block of prose is written: its lines, what it is, and the comments of facts above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode

from briefing.sources.prose import CHART
from briefing.sources.prose_syntax import FACTS, make_parser

HEADING, PARAGRAPH, ITEM, NOTE, PICTURE = "heading", "paragraph", "item", "note", "picture"
_MARKER = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+")


@dataclass(frozen=True, slots=True)
class ProseBlock:
    """A block of a prose file by its characters: itself from `start` to `end`, with its facts from `outer`.

    `name` is the label of a footnote, or the id of a chart; `marker` is what an item of a list begins with.
    """

    file: str
    kind: str
    line: int
    outer: int
    start: int
    end: int
    name: str = ""
    marker: str = ""


def list_prose_blocks(file: str, text: str) -> list[ProseBlock]:
    """List the blocks of a prose file in their order; footnotes come last."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return list(_list_blocks(file, text, starts, SyntaxTreeNode(make_parser().parse(text))))


def _list_blocks(file: str, text: str, starts: list[int], tree: SyntaxTreeNode) -> Iterator[ProseBlock]:
    facts: int | None = None

    def make(node: SyntaxTreeNode, kind: str, first: int, outer: int | None, name: str = "") -> ProseBlock:
        start, last = starts[first], node.map[1] if node.map else first + 1
        end = start + len(text[start : starts[last] - 1].rstrip())
        marker = _MARKER.match(text, start) if kind == ITEM else None
        return ProseBlock(file, kind, first + 1, start if outer is None else outer, start, end, name,
                          marker[0] if marker else "")  # fmt: skip

    for node in tree.children:
        if node.type == "html_block" and node.map and FACTS.fullmatch(node.content):
            facts = starts[node.map[0]]
            continue
        match node.type:
            case "heading" if node.map:
                yield make(node, HEADING, node.map[0], facts)
            case "paragraph" if node.map:
                inner = node.children[0].children
                is_picture = len(inner) == 1 and inner[0].type == "image"
                source = str(inner[0].attrs.get("src", "")) if is_picture else ""
                yield make(node, PICTURE if source else PARAGRAPH, node.map[0], facts, source.removeprefix(CHART))
            case "bullet_list" | "ordered_list":
                for item in node.children:
                    paragraph = next((part for part in item.children if part.type == "paragraph"), None)
                    if item.map and paragraph is not None:
                        yield make(paragraph, ITEM, item.map[0], None)
            case "footnote_block":
                for note in node.children:
                    paragraph = next((part for part in note.children if part.type == "paragraph"), None)
                    if paragraph is not None and paragraph.map:
                        yield make(paragraph, NOTE, paragraph.map[0], None, str(note.meta["label"]))
        facts = None
