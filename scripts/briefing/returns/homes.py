"""Say of each paragraph of the file that was sent out what it is, where it is written, and what is bound in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import repeat
from typing import Any

from briefing.document.nodes import (
    Bibliography,
    BibliographyEntry,
    Block,
    Chart,
    Document,
    Heading,
    Inlines,
    KeyPoints,
    KeyStatistic,
    KeyStatistics,
    ListItem,
    Note,
    Paragraph,
    Row,
    Table,
    is_made,
)
from briefing.document.walking import get_text, walk_nodes, walk_pieces
from briefing.problems import Place
from briefing.readers.docx.reading import CELL, RUNNING, FileParagraph, WordReading
from briefing.returns.message_source import list_translations
from briefing.returns.prose_source import HEADING, ITEM, NOTE, PARAGRAPH, PICTURE, ProseBlock, list_prose_blocks
from briefing.returns.source_tokens import (
    MESSAGE,
    PROSE,
    Bound,
    Tie,
    list_printed,
    number_tokens,
    tie,
)
from briefing.returns.tokens import WORDS, Token, normalise, tokenise_paragraph
from briefing.translate.messages import NOTE_ID
from briefing.writers.docx.story import DISCLAIMER, SOURCE, list_places, list_targets, name_bookmarks
from briefing.writers.docx.story import NOTE as BOX_NOTE
from briefing.writers.paper import COMPUTED, take_paper

TEXT, CHART, STATISTIC, ROW, WORK, CONTENTS, HOUSE = "text", "chart", "statistic", "row", "work", "contents", "house"
FileKey = tuple[str, ...]
"""A text that edits are written into: the path of a prose file, or that of a catalogue with a message's key."""


@dataclass(frozen=True, slots=True)
class MovedBound:
    """A number or a citation that a reviewer moved within its paragraph: its words, and how it is written."""

    words: tuple[str, ...]
    source: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Home:
    """What a paragraph of the base file is: its kind, the id of its piece, its section, and where that is written.

    `cell` counts the cells of a row from 1; `figure` is what a row or a line of the box states. `tie` leads from its
    words to the source `file`, in which they stand `offset` characters on; `block` is where that is in prose. `words`
    of the house stand before the first word that is tied or bound. `shape` is what may take another's place. `moved` is
    what is bound and stands elsewhere in the paragraph now.
    """

    kind: str
    id: str = ""
    section: str = ""
    place: Place | None = None
    cell: int = 0
    figure: str = ""
    tokens: tuple[Token, ...] = ()
    lead: int = 0
    bounds: tuple[Bound, ...] = ()
    tie: Tie | None = None
    file: FileKey = ()
    offset: int = 0
    block: ProseBlock | None = None
    shape: str = ""
    moved: tuple[MovedBound, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """A version of a note as it was sent out, in one language: document, places of its blocks, and sources as text."""

    document: Document
    places: Mapping[str, Place]
    texts: Mapping[str, str]
    """Prose files and catalogues by the path that places name."""
    is_source: bool
    prose: Mapping[str, str] = field(default_factory=dict)
    """Prose files of which a catalogue translates the blocks, by path; none where the file is in their language."""


def find_homes(
    base: Base, reading: WordReading, anchors: frozenset[str], quotes: Sequence[str], asked: Collection[int]
) -> list[Home]:
    """Find the home of each paragraph of the file that the house itself makes of a version, in a language's quotes.

    Words and what is bound are filled in of those paragraphs alone that are `asked` for.
    """
    return list(_HomeFinder(base, anchors, quotes).find(reading, asked))


class _HomeFinder:
    def __init__(self, base: Base, anchors: frozenset[str], quotes: Sequence[str]) -> None:
        self.base, self.anchors, self.quotes = base, anchors, quotes
        document = take_paper(base.document)
        names = name_bookmarks([*list_targets(document), *list_places(document)])
        self.ids = {name: identifier for identifier, name in names.items()}
        self.pieces: dict[str, Any] = {}
        self.blocks: dict[str, Block] = {}
        self.sections: dict[str, str] = {}
        self._list_pieces(document)
        self.prose = {
            (block.file, block.kind, block.name if block.kind in (NOTE, PICTURE) else str(block.line)): block
            for file, text in base.texts.items()
            if file.endswith(".md")
            for block in list_prose_blocks(file, text)
        }
        self.messages = {
            (file, line): (key, text)
            for file, content in base.texts.items()
            if file.endswith(".po")
            for key, (line, text) in list_translations(content).items()
        }

    def _list_pieces(self, document: Document) -> None:
        section = ""
        for block in document.blocks:
            if isinstance(block, Heading):
                section = " ".join(filter(None, (block.number, get_text(block.children))))
            for piece in walk_pieces((block,)):
                inner = [node for node in walk_nodes(piece) if isinstance(node, Note)]
                for node in (piece, *inner):
                    if node.id and node.id not in self.pieces:
                        self.pieces[node.id], self.blocks[node.id] = node, block
                        self.sections[node.id] = section

    def find(self, reading: WordReading, asked: Collection[int]) -> Iterator[Home]:
        row: tuple[int, int] | None = None
        heading: Home | None = None
        is_contents = False
        for number, paragraph in enumerate(reading.paragraphs):
            found = [self.ids[name] for name in paragraph.bookmarks if name in self.ids]
            place = paragraph.place
            home: Home | None = None
            if found:
                home = self._describe(found[-1] if len(found) > 1 and _is_list(self.pieces, found) else found[0])
                is_contents = home.kind == CONTENTS
            elif place.where == CELL and heading is not None and row == (place.table, place.row):
                home = heading
            elif is_contents and paragraph.style.startswith("toc"):
                home = Home(CONTENTS)
            if place.where == CELL and found and home is not None:
                row, heading = (place.table, place.row), home
            home = home or Home(RUNNING if place.where == RUNNING else HOUSE)
            yield self._fill(home, paragraph) if number in asked else self._locate(home, paragraph)

    def _describe(self, identifier: str) -> Home:
        for ending in (SOURCE, DISCLAIMER, BOX_NOTE):
            if identifier.endswith(ending) and identifier.removesuffix(ending) in self.pieces:
                owner = self._describe(identifier.removesuffix(ending))
                return replace(owner, id=identifier, kind=HOUSE if ending == BOX_NOTE else owner.kind)
        piece, place = self.pieces[identifier], self.base.places.get(identifier)
        block = self.blocks[identifier]
        home = Home(HOUSE, identifier, self.sections[identifier], place)
        match piece:
            case Heading() | ListItem() | KeyPoints() | Note() if place:
                return replace(home, kind=TEXT)
            case Paragraph() if place and not is_made(block):
                return replace(home, kind=TEXT)
            case Chart():
                return replace(home, kind=CHART)
            case KeyStatistic():
                figures = [bound for bound in self._bind(piece.value) if bound.kind == "figure"]
                return replace(home, kind=STATISTIC, figure=figures[0].name if figures else "")
            case Row() if isinstance(block, Table):
                figure = identifier.removeprefix(COMPUTED).removeprefix("figure-") if block.role != "acronyms" else ""
                return replace(home, kind=ROW, figure=figure, shape=block.role)
            case BibliographyEntry(key=key):
                return replace(home, kind=WORK, figure=key)
            case KeyStatistics() | Bibliography():
                return home
        return replace(home, kind=CONTENTS) if identifier == "contents" else home

    def _bind(self, run: Inlines) -> list[Bound]:
        return number_tokens(list_printed(run, ()))[1]

    def _locate(self, home: Home, paragraph: FileParagraph) -> Home:
        """Say where a paragraph is written in prose, for those that come after it."""
        home = replace(home, cell=paragraph.place.cell)
        is_note = home.id.startswith(NOTE_ID)
        written = self._find_source(home) if home.kind == TEXT and (self.base.is_source or not is_note) else None
        if written is None:
            return replace(home, block=self._find_picture(home))
        file, block, *_ = written
        return replace(home, file=file, block=block, shape=block.kind if block else "")

    def _fill(self, home: Home, paragraph: FileParagraph) -> Home:
        """Fill in the words of a paragraph, what is bound among them, and where they are written."""
        tokens = tokenise_paragraph(paragraph, self.anchors, self.quotes).tokens
        home = replace(home, tokens=tokens, cell=paragraph.place.cell)
        if not home.id:
            return home
        run = self._choose_run(home, paragraph)
        written = self._find_source(home) if home.kind == TEXT else None
        tied = tie(run, *written[2:]) if written else None
        words, bounds = number_tokens(list_printed(run, ()))
        lead = len(tokens) - len(words)
        if lead < 0 or [token.text for token in tokens[lead:]] != words:
            return replace(home, block=self._find_picture(home))  # it is not printed as it was composed
        if tied is None or written is None:
            return replace(home, lead=lead, bounds=tuple(bounds), block=self._find_picture(home))
        file, block, *_ = written
        return replace(home, lead=lead, bounds=tied.bounds, tie=tied, file=file, block=block,
                       offset=block.start if block else 0, shape=block.kind if block else "")  # fmt: skip

    def _choose_run(self, home: Home, paragraph: FileParagraph) -> Inlines:
        identifier, cell = home.id, max(paragraph.place.cell - 1, 0)
        owner = self.pieces.get(identifier)
        match owner:
            case None:
                for ending, name in ((SOURCE, "source"), (DISCLAIMER, "disclaimer"), (BOX_NOTE, "note")):
                    if identifier.endswith(ending):
                        found: Inlines = getattr(self.pieces[identifier.removesuffix(ending)], name)
                        return found
            case KeyPoints(title=run) | Chart(title=run) | Table(caption=run):
                return run
            case KeyStatistic(label=label, value=value, year=year, source=source):
                return (label, value, year, source)[cell] if cell < 4 else ()
            case Row(cells=cells):
                return cells[cell] if cell < len(cells) else ()
        children: Inlines = getattr(owner, "children", ())
        return children

    def _find_source(self, home: Home) -> tuple[FileKey, ProseBlock | None, str, re.Pattern[str]] | None:
        place, piece = home.place, self.pieces[home.id]
        if place is None or not place.line:
            return None  # what an edition said, and no source says any more, has no line
        if self.base.is_source:
            label = home.id.removeprefix(NOTE_ID)
            wanted = [(NOTE, label)] if isinstance(piece, Note) else [
                (kind, str(place.line)) for kind in (HEADING, PARAGRAPH, ITEM)]  # fmt: skip
            for kind, name in wanted:
                if block := self.prose.get((place.file, kind, name)):
                    return (block.file,), block, self.base.texts[block.file][block.start : block.end], PROSE
            return None
        if isinstance(piece, Note):
            return self._find_note_message(piece)
        if found := self.messages.get((place.file, place.line)):
            (context, message), text = found
            return (place.file, context, message), None, text, MESSAGE
        return None

    def _find_note_message(self, note: Note) -> tuple[FileKey, None, str, re.Pattern[str]] | None:
        """Find the message of a footnote, whose place is that of its mark: the one that says all that it prints."""
        words, bounds = number_tokens(list_printed(note.children, repeat(("", True))))
        held = {number for bound in bounds for number in range(bound.first, bound.last)}
        typed = {word for number, word in enumerate(words) if number not in held and word[0].isalnum()}
        for key, text, said in self._said:
            if typed <= said:
                tied = tie(note.children, text, MESSAGE)
                if tied.spans and None not in tied.spans:
                    return key, None, text, MESSAGE
        return None

    @cached_property
    def _said(self) -> list[tuple[FileKey, str, frozenset[str]]]:
        """List the messages, each with the words that it says."""
        return [
            ((file, *key), text, frozenset(WORDS.findall(normalise(text))))
            for (file, _), (key, text) in self.messages.items()
        ]

    def _find_picture(self, home: Home) -> ProseBlock | None:
        """Find the line of the prose on which a chart is placed."""
        if home.kind != CHART:
            return None
        owner = self.blocks.get(home.id.removesuffix(SOURCE).removesuffix(DISCLAIMER))
        image = owner.image if isinstance(owner, Chart) else ""
        found = [block for (_, kind, name), block in self.prose.items() if kind == PICTURE and name == image]
        return found[0] if found else None


def _is_list(pieces: Mapping[str, Any], found: Sequence[str]) -> bool:
    return not isinstance(pieces[found[0]], ListItem) and isinstance(pieces[found[-1]], ListItem)
