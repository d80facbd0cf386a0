"""Keep what the parts of a Word file share while they are written: bookmarks, footnotes, numbers given out."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.opc.part import Part
from docx.package import Package

from briefing.document.nodes import Chart, Document, FigureUse, Heading, KeyStatistics, Note
from briefing.document.versions import Which
from briefing.document.walking import walk_nodes
from briefing.writers.docx.change_log import ChangeLog
from briefing.writers.docx.fields import name_contents_bookmark
from briefing.writers.docx.numbering import HeadingCounter
from briefing.writers.docx.xml import Element, make
from briefing.writers.paper import FigureTarget

_LONGEST = 40
"""OOXML: a bookmark's name has at most 40 characters, letters, digits and underscores."""


def name_bookmarks(identifiers: Iterable[str]) -> dict[str, str]:
    """Name a bookmark for each id, in a form that Word accepts; no two names are the same, whatever the ids."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for identifier in identifiers:
        name = re.sub(r"[^A-Za-z0-9_]", "_", identifier)
        name = name if name[:1].isalpha() else f"b_{name}"
        # Word does not tell apart names that differ in case alone.
        if len(name) > _LONGEST or name.lower() in taken:
            digest = hashlib.sha256(identifier.encode()).hexdigest()[:8]
            name = f"{name[: _LONGEST - 9]}_{digest}"
        taken.add(name.lower())
        names[identifier] = name
    return names


def list_targets(document: Document) -> list[str]:
    """List the ids of all that a link may lead to, in reading order."""
    identifiers = (getattr(node, "id", "") for node in walk_nodes(document.blocks) if not isinstance(node, Note))
    return list(dict.fromkeys(identifier for identifier in identifiers if identifier))


SOURCE, DISCLAIMER, NOTE = ".source", ".disclaimer", ".note"
"""What is put behind the id of a chart or a box to name the paragraph of one of its texts."""


def list_places(document: Document) -> list[str]:
    """List the ids of what no link leads to, and an edited file is compared by: footnotes, and texts under a block."""
    named: list[str] = []
    for node in walk_nodes(document.blocks):
        match node:
            case Note(id=identifier):
                named.append(identifier)
            case Chart(id=identifier):
                named += [identifier + SOURCE, identifier + DISCLAIMER]
            case KeyStatistics(id=identifier):
                named.append(identifier + NOTE)
    return list(dict.fromkeys(named))


@dataclass
class Story:
    """What is known of a note while it is written, and what has been given out so far."""

    document: Document
    labels: Mapping[str, str]
    images: Mapping[str, bytes]
    styles: Mapping[str, Any]
    pages: Mapping[str, int]
    package: Package
    bookmarks: Mapping[str, str]
    headings: tuple[Heading, ...]
    figures: Mapping[str, FigureTarget]
    changes: ChangeLog
    heading_counters: dict[Which, HeadingCounter] = field(
        default_factory=lambda: {"old": HeadingCounter(), "new": HeadingCounter()}
    )
    footnotes: list[Note] = field(default_factory=list)
    captions: Counter[tuple[str, Which]] = field(default_factory=Counter)
    pictures: int = 0
    ordered_lists: int = 0
    marks: int = 0
    marked: set[str] = field(default_factory=set)
    """The texts under blocks, and footnotes, that have their bookmark: of both versions in a redline the first."""
    cover: Element | None = None
    """The properties of the cover's section, which are filled in when its footer is known."""

    def mark(self, identifier: str, content: Iterable[Element]) -> list[Element]:
        """Put the bookmark of a block around its content; a heading has a second one, for the contents."""
        names = [self.bookmarks[identifier]] if identifier in self.bookmarks else []
        names += [
            name_contents_bookmark(index) for index, heading in enumerate(self.headings) if heading.id == identifier
        ]
        marked = list(content)
        for name in names:
            self.marks += 1
            start = make("w:bookmarkStart", {"id": self.marks, "name": name})
            marked = [start, *marked, make("w:bookmarkEnd", {"id": self.marks})]
        return marked

    def mark_place(self, identifier: str, content: Iterable[Element]) -> list[Element]:
        """Put the bookmark of a footnote, or of a text under a block, around its content, once."""
        if identifier in self.marked:
            return list(content)
        self.marked.add(identifier)
        return self.mark(identifier, content)

    def find_figure(self, use: FigureUse) -> tuple[str | None, str]:
        """Give the bookmark that a number leads to, if it has one, and what is said of it."""
        figure = self.figures.get(use.figure)
        return (self.bookmarks.get(figure.target), figure.said) if figure else (None, "")

    def count_caption(self, kind: str, version: Which) -> int:
        """Count a caption of a version as Word's SEQ field does, and give its number."""
        self.captions[kind, version] += 1
        return self.captions[kind, version]

    def count_picture(self) -> int:
        """Give a picture its number."""
        self.pictures += 1
        return self.pictures


@dataclass(frozen=True)
class WordSpot:
    """Where inlines are written: the part that holds them (and its links), and how their runs look so far."""

    story: Story
    part: Part
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    language: str = ""
    style: str = ""
    link: str = "Hyperlink"
    """The character style of links that have no other."""
    versions: tuple[Which, ...] = ("new",)
    """The versions to which what is written belongs: of a redline mostly both."""
