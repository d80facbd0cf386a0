"""Keep what is being gathered for a proposal: items in reading order, and what they write into the sources."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from briefing.figures.encoding import EncodedFigure
from briefing.language.number_formatting import Language
from briefing.problems import find_offset
from briefing.readers.docx.reading import FileParagraph, Stamp
from briefing.returns.homes import ROW, STATISTIC, TEXT, WORK, Base, Home
from briefing.returns.items import Remark, make_item
from briefing.returns.observation_rows import list_observation_rows
from briefing.returns.prose_source import list_prose_blocks
from briefing.returns.source_tokens import MESSAGE, PROSE, list_source_tokens
from briefing.returns.splices import Splice
from briefing.returns.tokens import END, Token, TokenRun, write_tokens

_AROUND = 14
"""How many words of its sentence are shown on either side of a change."""


@dataclass
class Draft:
    """What has been gathered of a returned file; `homes` and `old` are those of the base, `new` what has come back.

    `speech` is how the language of the file writes; `runs` has the words of what was changed.
    """

    base: Base
    speech: Language
    figures: Mapping[str, EncodedFigure]
    day: str
    homes: Sequence[Home]
    old: Sequence[FileParagraph]
    new: Sequence[FileParagraph]
    runs: Mapping[int, TokenRun]
    items: list[Remark] = field(default_factory=list)
    splices: list[Splice] = field(default_factory=list)
    inserted: int = 0
    dropped: set[str] = field(default_factory=set)
    """The labels of footnotes that went with their paragraph."""

    def add(self, kind: str, home: Home, stamp: Stamp, **told: Any) -> Remark:
        """Add an item that stands in a paragraph."""
        said = {"section": home.section, "place": self.write_place(home), "author": stamp.author, "date": stamp.date,
                "tracked": bool(stamp.author or stamp.date), **told}  # fmt: skip
        item = make_item(len(self.items) + 1, kind, **said)
        self.items.append(item)
        return item

    def add_splice(self, splice: Splice) -> None:
        """Add what an item writes."""
        self.splices.append(splice)

    def write_place(self, home: Home, token: int | None = None) -> str:
        """Write where a paragraph, or a word of it, stands in the sources, as file:line."""
        if home.kind == TEXT and home.block is not None:
            span = None
            if home.tie is not None and token is not None:
                following = home.tie.spans[max(token - home.lead, 0) :]
                span = next((span for span in following if span), None)
            offset = home.block.start + (span[0] if span else 0)
            place = find_offset(home.block.file, self.base.texts[home.block.file], offset)
            return f"{place.file}:{place.line}"
        if home.place:
            return f"{home.place.file}:{home.place.line}" if home.place.line else home.place.file
        for name, pattern in _list_tables(home):
            path = next((path for path in self.base.texts if path.endswith(f"/{name}")), "")
            if found := path and re.search(pattern, self.base.texts[path], re.MULTILINE):
                return f"{path}:{find_offset(path, self.base.texts[path], found.start()).line}"
        return ""

    @cached_property
    def _originals(self) -> Mapping[tuple[Hashable, ...], str]:
        """Map what each block of prose says to where it stands; none where the file is in the language of the prose."""
        return list_originals(self.base.prose)

    def find_original(self, home: Home) -> str:
        """Find where the source of a translation is written, as file:line; "" where none says it any more."""
        message = home.file[-1] if len(home.file) > 1 else ""
        keys = tuple(token.key for token in list_source_tokens(message, MESSAGE))
        return self._originals.get(keys, "") if message else ""

    def say_original(self, home: Home, act: str, then: str = "", place: str = "") -> str:
        """Say what is to be done to the source of a translation, and to the translation afterwards."""
        place = place or self.find_original(home) or f"whose translation is {self.write_place(home)}"
        done = f"{act.format(place)}, run make translate" + (f", and {then}" if then else "")
        return f"all languages have the paragraphs of the source: {done}"

    def say_names(self, home: Home) -> str:
        """Say what is to be done where a translation would lose a figure or a citation."""
        place = self.find_original(home) or f"whose translation is {self.write_place(home)}"
        return f"a translation has the figures and citations of its source: take it out of that, {place}, first"

    def list_rows(self, figure: str, author: str, wish: str) -> dict[str, Any]:
        """List what is known of a figure that is challenged: its label, and the rows on which it rests."""
        known = self.figures.get(figure)
        place = next((path for path in self.base.texts if path.endswith("observations.csv")), "")
        comment = f"{author or 'a reviewer'} has: {wish}"
        rows = (
            list_observation_rows(figure, self.figures, place, self.base.texts[place], self.day, comment)
            if place
            else []
        )
        return {"figure": figure, "label": known["label"] if known else "", "rows": rows}


def list_originals(prose: Mapping[str, str]) -> dict[tuple[Hashable, ...], str]:
    """List what the blocks of prose files say, by their tokens, with where each stands; a message says the same."""
    found: dict[tuple[Hashable, ...], str] = {}
    for file, text in prose.items():
        for block in list_prose_blocks(file, text):
            tokens = list_source_tokens(text[block.start : block.end], PROSE)
            place = find_offset(file, text, block.start)
            found.setdefault(tuple(token.key for token in tokens), f"{place.file}:{place.line}")
    return found


def _list_tables(home: Home) -> Iterator[tuple[str, str]]:
    """List where what a table prints can stand in the sources: the file, and the beginning of its line."""
    name = re.escape(home.id.partition("-")[2])
    match home.kind:
        case kind if kind == STATISTIC:
            yield "figures.yaml", rf"^ *- *id: *[\"']?{name}\b"
        case kind if kind == ROW and home.shape == "acronyms":
            yield "acronyms.csv", rf"(?i)^\"?{name}(?!\w)"
        case kind if kind == ROW:
            yield "figures.yaml", rf"^ *{re.escape(home.figure)}:"
        case kind if kind == WORK:
            yield "bibliography.json", rf'^ *(?:\{{ *)?"id": *"{re.escape(home.figure)}"'


def _can_cut(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a text can be cut before a token: at a space at which a line could break, or between paragraphs."""
    return (tokens[at].space and not tokens[at].fixed) or END in (tokens[at].text, tokens[at - 1].text)


def show_around(tokens: Sequence[Token], first: int, last: int, fresh: Sequence[Token]) -> dict[str, str]:
    """Give the words on either side of a change, which puts `fresh` ones there, up to the ends of its paragraph.

    No word is cut, and no number from its unit.
    """
    start, end = max(first - _AROUND, 0), min(last + _AROUND, len(tokens))
    while start and not _can_cut(tokens, start):
        start -= 1
    while end < len(tokens) and not _can_cut(tokens, end):
        end += 1
    left = tokens[start:first]
    for number in reversed(range(len(left))):
        if left[number].text == END:
            left = left[number + 1 :]
            break
    right = tokens[last:end]
    for number, token in enumerate(right):
        if token.text == END:
            right = right[:number]
            break
    before = ("… " if start and len(left) == first - start else "") + write_tokens(left)
    joint = " " if right and right[0].space else ""
    after = joint + write_tokens(right) + (" …" if end < len(tokens) and len(right) == end - last else "")
    leading = tokens[first] if last > first else fresh[0] if fresh else None
    space = " " if first and leading is not None and leading.space else ""
    return {"before": before + space, "after": after}
