"""Tie what a block prints to how it is written: which characters of its source each printed word stands for."""

from __future__ import annotations

import html
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from briefing.document.nodes import Cite, FigureUse, Inline, Inlines, LineBreak, Link, Note
from briefing.document.schema import Trait
from briefing.document.walking import get_text, list_children, list_texts
from briefing.readers.docx.reading import MARK
from briefing.returns.tokens import WORD, normalise
from briefing.sources.prose_syntax import CITATION, CITED_KEY, FIGURE, FIGURE_PARTS
from briefing.translate.messages import NOTE_ID

FIGURE_KIND, CITE_KIND, NOTE_KIND, LINK_KIND = "figure", "citation", "footnote", "link"
_ADDRESS = r"\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"
_COMMON = rf"""
 (?P<cite>{CITATION.pattern})
|(?P<note>\[\^[^\]\s]+\])
|(?P<empty>\[\]{_ADDRESS})
|(?P<close>\]{_ADDRESS}|\]\{{+[^{{}}]*\}}+)
|(?P<open>!?\[)
|(?P<heading>\{{\#[a-z][a-z0-9-]*\}})
|(?P<hard>\\\n)
|(?P<entity>&(?:\w+|\#\d+|\#[xX][0-9a-fA-F]+);)
|(?P<mark>\*\*|\*|(?<!\w)_|_(?!\w))
|(?P<word>\w+)
|(?P<space>\s+)
"""
PROSE = re.compile(rf"(?P<figure>{FIGURE.pattern})|(?P<escape>\\[^\w\s])|{_COMMON}|(?P<other>.)", re.VERBOSE)
MESSAGE = re.compile(
    r"(?P<figure>(?<!\{)\{(?P<name>[A-Za-z_]\w*)(?:\.\w+)*\})|(?P<brace>\\?(?:\{\{|\}\}))|(?P<escape>\\[^\w\s{}])|"
    rf"{_COMMON}|(?P<other>.)",
    re.VERBOSE,
)
_LEAD = re.compile(r"\s*(?:#{1,6}\s+|(?:[-*+]|\d{1,9}[.)])\s+|\[\^[^\]\s]+\]:\s*)?")


@dataclass(frozen=True, slots=True)
class SourceToken:
    """A piece of a source: what it prints as ("" where nothing), its kind, and where it stands."""

    key: Hashable
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bound:
    """What a block prints and nobody types: a number, a citation, the mark of a footnote, the words of a link.

    `first` and `last` are the tokens that it prints, the last one not among them.
    """

    kind: str
    name: str
    form: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Where each printed token of a block stands in its source (None where it stands nowhere), and what is bound."""

    text: str
    spans: tuple[tuple[int, int] | None, ...]
    marks: tuple[SourceToken, ...]
    bounds: tuple[Bound, ...]


def find_body(text: str) -> int:
    """Find where the words of a block begin, after what makes a heading, an item or a footnote of it."""
    lead = _LEAD.match(text)
    return lead.end() if lead else 0


@lru_cache(maxsize=1 << 12)
def list_source_tokens(text: str, grammar: re.Pattern[str]) -> tuple[SourceToken, ...]:
    """List the tokens of a source in its grammar, without spaces; the same text is read once."""
    start = find_body(text) if grammar is PROSE else 0
    tokens = []
    for found in grammar.finditer(text, start):
        kind = str(found.lastgroup if found.lastgroup != "name" else "figure")
        kind = next((name for name in ("figure", "cite") if found[name]), kind)
        if kind != "space":
            tokens.append(SourceToken(_make_key(found, kind), kind, found.start(), found.end()))
    return tuple(tokens)


def _make_key(found: re.Match[str], kind: str) -> Hashable:
    match kind:
        case "figure":
            parts = FIGURE_PARTS.fullmatch(found[0].strip("{}"))
            name = found.groupdict().get("name") or (parts[1] if parts else "")
            return (FIGURE_KIND, name)
        case "cite":
            return (CITE_KIND, " ".join(CITED_KEY.findall(found[0])))
        case "note":
            return (NOTE_KIND, found[0][2:-1])
        case "empty":
            return (LINK_KIND, found[0][3:-1])
        case "escape" | "brace":
            return normalise(found[0][-1])
        case "entity":
            return normalise(html.unescape(found[0])).strip()
        case "word" | "other":
            return normalise(found[0])
    return ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A part of a run as it is printed; one that is bound has a kind and a name."""

    text: str
    kind: str = ""
    name: str = ""
    form: str = ""


def list_printed(run: Inlines, written: Iterable[tuple[str, bool]]) -> Iterator[Printed]:
    """List what a run prints; `written` has the links of its source, and whether their words are left to the house."""
    links = iter(written)

    def walk(inline: Inline) -> Iterator[Printed]:
        match inline:
            case FigureUse():
                yield Printed(inline.text, FIGURE_KIND, inline.figure, inline.form)
            case Cite():
                yield Printed(get_text(inline), CITE_KIND, " ".join(part.key for part in inline.parts))
            case Note():
                yield Printed(MARK, NOTE_KIND, inline.id.removeprefix(NOTE_ID))
            case LineBreak():
                yield Printed("\n")
            case Link() if next(links, ("", False))[1]:
                yield Printed(get_text(inline), LINK_KIND, inline.target)
            case _:
                children = list_children(inline)
                if children:
                    for child in children:
                        yield from walk(child)
                else:
                    yield Printed("".join(list_texts(inline, Trait.ASIDE)))

    for inline in run:
        yield from walk(inline)


def tie(run: Inlines, text: str, grammar: re.Pattern[str]) -> Tie:
    """Tie the tokens that a run prints to its source."""
    source = list_source_tokens(text, grammar)
    links = [token for token in source if token.kind == "empty" or text[token.start : token.start + 2] == "]("]
    words, bounds = number_tokens(list_printed(run, [("", token.kind == "empty") for token in links]))
    begun = {bound.first: bound for bound in bounds if bound.last > bound.first}
    keys: list[Hashable] = []
    ranges: list[tuple[int, int]] = []
    while (position := ranges[-1][1] if ranges else 0) < len(words):
        bound = begun.get(position)
        keys.append((bound.kind, bound.name) if bound else words[position])
        ranges.append((position, bound.last if bound else position + 1))
    visible = [token for token in source if token.key]
    spans: list[tuple[int, int] | None] = [None] * len(words)
    for position, number in _match_keys(keys, [token.key for token in visible]):
        first, last = ranges[position]
        spans[first:last] = [(visible[number].start, visible[number].end)] * (last - first)
    marks = tuple(token for token in source if token.kind in ("mark", "open", "close"))
    return Tie(text, tuple(spans), marks, tuple(bounds))


def _match_keys(keys: Sequence[Hashable], others: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Match what is printed with what is written, in order; mostly both are the same."""
    if keys == others:
        yield from enumerate(range(len(keys)))
        return
    for block in SequenceMatcher(None, keys, others, autojunk=False).get_matching_blocks():
        yield from ((block.a + offset, block.b + offset) for offset in range(block.size))


def number_tokens(printed: Iterable[Printed]) -> tuple[list[str], list[Bound]]:
    """List the words of what is printed, and which of them are bound; a word that is bound in part is bound."""
    text = ""
    found: list[tuple[Printed, int, int]] = []
    for part in printed:
        start = len(text)
        text += normalise(part.text)
        if part.kind:
            found.append((part, start, len(text)))
    words = list(WORD.finditer(text))
    bounds = []
    for part, start, end in found:
        inside = [number for number, word in enumerate(words) if word.start() < end and word.end() > start]
        if inside:
            bounds.append(Bound(part.kind, part.name, part.form, inside[0], inside[-1] + 1))
    return [word[0] for word in words], bounds


def pair_marks(marks: Sequence[SourceToken]) -> Mapping[int, int]:
    """Pair the marks that open and close emphasis, links and languages, by their positions."""
    pairs: dict[int, int] = {}
    stacks: dict[str, list[int]] = {}
    for number, mark in enumerate(marks):
        kind = f"{mark.end - mark.start}" if mark.kind == "mark" else "bracket"
        stack = stacks.setdefault(kind, [])
        if mark.kind != "open" and stack:
            other = stack.pop()
            pairs[other], pairs[number] = number, other
        elif mark.kind != "close":
            stack.append(number)
    return pairs
