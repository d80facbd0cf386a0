"""The composed note as a tree of blocks and inlines; every writer works from it alone.

Each field says what it is (see `schema`); a kind of block or inline that is declared here is in every check.
"""

from __future__ import annotations

from typing import TypeAlias

from briefing.document.changes import Versioned
from briefing.document.inline_nodes import (
    Abbreviation,
    Cite,
    CitePart,
    Deletion,
    Emphasis,
    FigureUse,
    Inline,
    Inlines,
    Insertion,
    LineBreak,
    Link,
    Note,
    Span,
    Strong,
    Text,
)
from briefing.document.schema import Trait, members, name, node, parts, plain, redline_only, run, runs

__all__ = ["Abbreviation", "Cite", "CitePart", "Deletion", "Emphasis", "FigureUse", "Inline", "Inlines", "Insertion",
           "LineBreak", "Link", "Note", "Span", "Strong", "Text"]  # fmt: skip

APART, LAST, MADE, QUOTES, RARE = Trait.APART, Trait.LAST, Trait.MADE, Trait.QUOTES, Trait.RARE
SHAPE, SILENT, WHOLE = Trait.SHAPE, Trait.SILENT, Trait.WHOLE


@node
class Heading(Versioned):
    """A heading of level 1 or 2; `number` is printed before it ("3", "3.2"; empty for an unnumbered one)."""

    id: str = name(SILENT)
    level: int = name(SHAPE)
    number: str = name(SILENT)
    children: Inlines = run(APART)
    facts: tuple[str, ...] = name(SILENT, default=())


@node
class Paragraph(Versioned):
    """A paragraph; `role` is empty for prose, else "source", "disclaimer" or "colophon".

    `key_sentence` is the sentence, counted from 1, that a wide margin says again; 0 where there is none.
    """

    id: str = name(SILENT)
    children: Inlines = run()
    facts: tuple[str, ...] = name(SILENT, default=())
    role: str = name(SHAPE, default="")
    key_sentence: int = name(QUOTES | RARE, default=0)


@node
class ListItem(Versioned):
    """An item of a list, one paragraph long."""

    id: str = name(SILENT)
    children: Inlines = run()
    facts: tuple[str, ...] = name(SILENT, default=())


@node
class List(Versioned):
    """A list of items, numbered when `ordered`."""

    id: str = name(SILENT)
    ordered: bool = name(SHAPE)
    items: tuple[ListItem, ...] = parts()
    facts: tuple[str, ...] = name(SILENT, default=())


@node
class KeyPoints(Versioned):
    """What a note says in short, on page one: a title, and one sentence a point."""

    id: str = name(SILENT)
    title: Inlines = run(APART)
    points: tuple[ListItem, ...] = parts()


@node
class Column:
    """A column of a table: its heading, its share of the table's width (0 to 1), and "start" or "end" alignment."""

    title: str = plain(APART)
    width: float = name()
    align: str = name(default="start")


@node
class Row(Versioned):
    """A row of a table, one tuple of inlines a cell; `id` is the target of links to it.

    One of which only the first cell holds anything is the heading of a group of rows.
    """

    id: str = name(SILENT)
    cells: tuple[Inlines, ...] = runs(APART | SHAPE)
    facts: tuple[str, ...] = name(SILENT, default=())


@node
class Table(Versioned):
    """A table with a header row; `number` is 0 where it has no caption.

    `role` is "acronyms", "figures" (all of them), "computations" (how some were computed) or empty.
    """

    id: str = name(SILENT)
    role: str = name(SHAPE)
    number: int = name(SILENT)
    caption: Inlines = run(APART)
    columns: tuple[Column, ...] = members(SHAPE)
    rows: tuple[Row, ...] = parts()


@node
class KeyStatistic(Versioned):
    """A line of the key-statistics box: label, value with unit, year (empty where none is known) and source.

    One that has only a label is the heading of a group of lines.
    """

    id: str = name(SILENT)
    label: Inlines = run(APART)
    value: Inlines = run(APART)
    year: Inlines = run(APART | WHOLE)
    source: Inlines = run(APART | MADE)
    facts: tuple[str, ...] = name(SILENT, default=())


@node
class KeyStatistics(Versioned):
    """The key-statistics box of page one; `note` explains its sources under the lines."""

    id: str = name(SILENT)
    title: str = plain(APART | MADE)
    columns: tuple[str, ...] = plain(APART | MADE | SHAPE)
    lines: tuple[KeyStatistic, ...] = parts()
    note: Inlines = run(APART | MADE, default=())


@node
class ChartLabel:
    """A text that stands in a picture: as charts.yaml writes it, and as the document says it."""

    source: str = name()
    children: Inlines = run(APART)


@node
class Chart(Versioned):
    """A chart or map: `image` names its picture (`<image>.svg`, `<image>.png`), `points` the figures that it draws.

    `kind` is "chart" or "map", each with numbers of its own from 1. Width and height are in millimetres. The
    alternative is plain text and figures; `labels` are the texts within the picture.
    """

    id: str = name(SILENT)
    kind: str = name()
    number: int = name(SILENT)
    title: Inlines = run(APART | WHOLE)
    source: Inlines = run(APART | WHOLE)
    alternative: Inlines = run(APART | WHOLE)
    image: str = name()
    width: float = name()
    height: float = name()
    points: tuple[FigureUse, ...] = run(APART | WHOLE, default=())
    disclaimer: Inlines = run(APART | WHOLE | LAST, default=())
    facts: tuple[str, ...] = name(SILENT, default=())
    labels: tuple[ChartLabel, ...] = members(default=())


@node
class Contents(Versioned):
    """The place of the table of contents; a writer fills it from the headings."""

    id: str = name(SILENT)
    title: str = plain(APART | MADE)


@node
class ReturnToContents(Versioned):
    """The way back to the contents at the end of a section."""

    id: str = name(SILENT)
    text: str = plain(APART | MADE | SHAPE)


@node
class BibliographyEntry(Versioned):
    """A work of the bibliography, as the citation style prints it; `status` says what is missing, if anything is."""

    id: str = name(SILENT)
    key: str = name(SHAPE)
    children: Inlines = run(APART | MADE)
    status: str = plain(APART | MADE, default="")
    facts: tuple[str, ...] = name(SILENT, default=())


@node
class Bibliography(Versioned):
    """The list of works, sorted by author, year and title."""

    id: str = name(SILENT)
    entries: tuple[BibliographyEntry, ...] = parts()


Block: TypeAlias = (
    Heading | Paragraph | List | KeyPoints | Table | KeyStatistics | Chart | Contents | ReturnToContents | Bibliography
)


@node
class Metadata(Versioned):
    """What the masthead, the running header and the files' properties say of a note.

    `version` is the version id of the data; `language` a BCP 47 tag; `issued` and `as_of` are ISO dates, each with the
    text that the language prints for it.
    """

    note: str = name()
    language: str = name()
    title: str = plain()
    subtitle: str = plain()
    series: str = plain()
    edition: str = name(SILENT)
    edition_text: str = plain()
    issued: str = name(SILENT)
    as_of: str = name(SILENT)
    as_of_text: str = plain()
    version: str = name(SILENT)
    publisher: str = plain()
    contact: str = plain()
    description: str = plain()
    keywords: tuple[str, ...] = plain(default=())


@node
class Document:
    """A composed note in one language; a redline holds two versions of it (see `changes`), and says which they are."""

    metadata: Metadata = members()
    blocks: tuple[Block, ...] = parts()
    is_redline: bool = redline_only(default=False)
    versions: tuple[str, ...] = redline_only(default=())


def heads_group(part: Row | KeyStatistic) -> bool:
    """Tell whether a row or a line is the heading of a group."""
    match part:
        case Row(cells=(first, *others)):
            return bool(first and others) and not any(others)
        case KeyStatistic():
            return not (part.value or part.year or part.source)
    return False


def is_made(block: Block) -> bool:
    """Tell whether the program makes a block from tables and the house's texts; nobody writes what it says."""
    match block:
        case Table(role=role):
            return bool(role)
        case Paragraph(role=role):
            return role == "colophon"
    return isinstance(block, Bibliography)
