"""What a Word file says: paragraphs with their words before and after, comments, and what is no text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KEPT, INSERTED, DELETED = "kept", "inserted", "deleted"
BODY, CELL, NOTE, RUNNING, BOX = "body", "cell", "note", "running", "box"
MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands in a text for the mark of a footnote."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who made a tracked change or a comment, and when (as the file writes it); both may be empty."""

    author: str = ""
    date: str = ""


NOBODY = Stamp()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a paragraph: whether a tracked change puts them in or takes them out, and where they link to."""

    text: str
    state: str = KEPT
    stamp: Stamp = NOBODY
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where a paragraph stands: in what, and in which table, row and cell, or in which footnote (from 1)."""

    where: str = BODY
    table: int = 0
    row: int = 0
    cell: int = 0
    note: int = 0


@dataclass(frozen=True, slots=True)
class FileParagraph:
    """A paragraph once all changes are accepted; `is_gone` is one that a tracked change takes out, with its words.

    `style` is the name of its style in lower case, `bookmarks` those that begin in it, `end` who put its end in.
    """

    pieces: tuple[Piece, ...]
    place: FilePlace
    style: str = ""
    bookmarks: tuple[str, ...] = ()
    end: Stamp = NOBODY
    is_gone: bool = False
    pictures: int = 0

    @property
    def text(self) -> str:
        """Give the words once all changes are accepted."""
        return "".join(piece.text for piece in self.pieces if piece.state != DELETED)


@dataclass(frozen=True, slots=True)
class FileComment:
    """A comment: who wrote it, on which words of which paragraph (by position, -1 for none), and its replies."""

    stamp: Stamp
    text: str
    words: str = ""
    paragraph: int = -1
    is_done: bool = False
    replies: tuple[FileComment, ...] = ()


@dataclass(frozen=True, slots=True)
class Leftover:
    """What is in a file and cannot be taken in: what it is, its words, and the part in which it stands."""

    kind: str
    text: str
    part: str


@dataclass(frozen=True, slots=True)
class WordReading:
    """All that a Word file says; `properties` are those by which it says which document it holds."""

    name: str
    paragraphs: tuple[FileParagraph, ...]
    comments: tuple[FileComment, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
