"""The additions to CommonMark that notes use: figures and citations, as rules of markdown-it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from briefing.document.inlines import find_sentence
from briefing.document.nodes import Block, Inline
from briefing.problems import Place

FIGURE = re.compile(r"\{\{([^{}\n]*)\}\}")
FIGURE_PARTS = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*)\s*(?:\|\s*([^|]*?(?:\|\s*capital)?)\s*)?")
CITATION = re.compile(r"\[(@[^\[\]\n]*)\]")
CITATION_PART = re.compile(r"\s*@([A-Za-z][A-Za-z0-9_:.-]*)\s*(?:,\s*(.+?)\s*)?")
CITED_KEY = re.compile(r"@([A-Za-z](?:[A-Za-z0-9_:.-]*[A-Za-z0-9_])?)")
# Facts of the ledger, the sentence that a margin says again, or both.
FACTS = re.compile(r"<!--\s*(?!-->)((?:F\d{3}\s*)*)(?:key sentence (\d+)\s*)?-->\s*")
HEADING_ID = re.compile(r"\s*\{#([a-z][a-z0-9-]*)\}\s*$")
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
# What is left in a text where an editor has not finished, or has lost, one of these.
HALF_WRITTEN = {
    "{{": "a figure that is not closed",
    "}}": "the end of a figure without its start",
    "[^": "a footnote that is not defined",
    "[@": "a citation that is not closed",
    "{#": "a heading id out of its place",
    "](": "a link that is not closed",
    "**": "bold type that is not closed",
    "`": "code, which a note does not have",
    "~~": "text struck out, which a note does not have",
}


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A work of a citation, as written: its key and what part of it is meant ("p. 4")."""

    key: str
    locator: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a figure: its sentence as written, and the words of its block before and after it."""

    sentence: str
    before: str = ""
    after: str = ""


class NameResolver(Protocol):
    """What turns the names that prose uses into nodes; it keeps the problems that it finds."""

    def resolve_figure(self, name: str, form: str, place: Place, around: Surroundings) -> Inline:
        """Give what stands for a figure."""
        ...

    def resolve_citation(self, works: Iterable[CitedWork], place: Place) -> Inline:
        """Give what stands for a citation."""
        ...

    def resolve_chart(self, chart: str, place: Place) -> Block | None:
        """Give the chart or map, if there is one."""
        ...


@cache
def make_parser(quotes: str | tuple[str, ...] = "“”‘’", attributes: tuple[str, ...] = ("lang",)) -> MarkdownIt:
    """Make the parser of prose: CommonMark with figures, citations, footnotes, language spans and curly quotes.

    Straight quotes are turned into the four of `quotes`: outer ones, then inner ones.
    """
    parser = MarkdownIt("commonmark", {"typographer": True, "quotes": quotes})
    # markdown-it prints a link that it distrusts as plain text; the reader of prose reports it instead.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.enable("smartquotes")
    # What is escaped stays apart from the text around it: it is meant as typed, and is half of nothing.
    parser.disable("text_join")
    parser.use(footnote_plugin, inline=False)
    parser.use(attrs_plugin, after=("span_close",), spans=True, allowed=list(attributes))
    parser.inline.ruler.before("link", "figure", _read_figure)
    parser.inline.ruler.before("link", "citation", _read_citation)
    return parser


def _read_figure(state: StateInline, silent: bool) -> bool:
    """Read `{{ name | form }}`; what stands in the braces is never evaluated."""
    match = FIGURE.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("figure", "", 0)
        token.content = match[0]
        token.meta = {"offset": state.pos, "parts": FIGURE_PARTS.fullmatch(match[1])}
    state.pos = match.end()
    return True


def find_surroundings(node: SyntaxTreeNode, content: str) -> Surroundings:
    """Find what stands around a figure in the content of its block, whose words may stand in emphasis or links."""
    block = node
    while block.type != "inline" and block.parent is not None:
        block = block.parent
    words = [_get_words(other) for other in block.walk()]
    position = next(number for number, other in enumerate(block.walk()) if other is node)
    sentence = find_sentence(content, node.meta["offset"])
    return Surroundings(sentence, "".join(words[:position]), "".join(words[position + 1 :]))


def _get_words(node: SyntaxTreeNode) -> str:
    """Give what is typed in a node of a line, without what its children hold; a figure is one character."""
    match node.type:
        case "text" | "text_special":
            return node.content
        case "softbreak" | "hardbreak":
            return " "
        case "figure":
            return OBJECT
    return ""


def _read_citation(state: StateInline, silent: bool) -> bool:
    """Read `[@key]` or `[@key, p. 4; @other]`."""
    match = CITATION.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        parts = [CITATION_PART.fullmatch(part) for part in match[1].split(";")]
        works = [CitedWork(part[1], part[2] or "") if part else None for part in parts]
        token = state.push("citation", "", 0)
        token.content = match[0]
        token.meta = {"offset": state.pos, "works": works}
    state.pos = match.end()
    return True
