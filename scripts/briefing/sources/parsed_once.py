"""Parse prose, the same text once: several checks read it, in every language, and after every change."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


@lru_cache(maxsize=128)
def parse_text(parser: MarkdownIt, text: str) -> tuple[SyntaxTreeNode, tuple[str, ...]]:
    """Parse a file of prose, and list the labels of its footnotes; the same text is parsed once, and never changed."""
    env: dict[str, Any] = {}
    tree = SyntaxTreeNode(parser.parse(text, env))
    return tree, tuple(label.removeprefix(":") for label in env.get("footnotes", {}).get("refs", {}))


@lru_cache(maxsize=1 << 12)
def parse_line(parser: MarkdownIt, text: str, notes: tuple[str, ...] = ()) -> SyntaxTreeNode:
    """Parse a line, which may refer to footnotes by their labels; the same line is parsed once, and never changed."""
    env = {"footnotes": {"refs": {f":{label}": -1 for label in notes}}} if notes else {}
    return SyntaxTreeNode(parser.parseInline(text, env)).children[0]
