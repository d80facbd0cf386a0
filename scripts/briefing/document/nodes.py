"""The composed note as a tree of blocks and inlines; every writer works from it alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from briefing.document.changes import Cause, Versioned

# --- Inlines -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A run of plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Text set apart, usually in italics."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that stands out, usually in bold."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link(Versioned):
    """A link to a block of the note (`#id`) or to a page of the web (http, https, mailto)."""

    target: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class FigureUse:
    """A number as the note prints it, bound to the figure that it states; `form` is its wording or form, as written."""

    figure: str
    text: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class CitePart:
    """One work of a citation: its key, what the style prints without parentheses, and the part meant ("p. 4")."""

    key: str
    text: str
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation in parentheses; its parts are set apart by the delimiter."""

    parts: tuple[CitePart, ...]
    delimiter: str = "; "


@dataclass(frozen=True, slots=True)
class Note(Versioned):
    """A footnote, at the place of its mark; `number` counts from 1 through the document."""

    id: str
    number: int
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An acronym of the list of acronyms, with what it stands for."""

    text: str
    expansion: str


@dataclass(frozen=True, slots=True)
class Span:
    """A run in another language than the document (a BCP 47 tag)."""

    language: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break within a block."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """Inlines that only the new version has."""

    children: tuple[Inline, ...]
    cause: Cause


@dataclass(frozen=True, slots=True)
class Deletion:
    """Inlines that only the old version has."""

    children: tuple[Inline, ...]
    cause: Cause


Inline = (
    Text | Emphasis | Strong | Link | FigureUse | Cite | Note | Abbreviation | Span | LineBreak | Insertion | Deletion
)

# --- Blocks ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading(Versioned):
    """A heading of level 1 or 2; `number` is printed before it ("3", "3.2"; empty for an unnumbered one)."""

    id: str
    level: int
    number: str
    children: tuple[Inline, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph(Versioned):
    """A paragraph; `role` is empty for prose, else "source", "disclaimer" or "colophon"."""

    id: str
    children: tuple[Inline, ...]
    facts: tuple[str, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class ListItem(Versioned):
    """An item of a list, one paragraph long."""

    id: str
    children: tuple[Inline, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class List(Versioned):
    """A list of items, numbered when `ordered`."""

    id: str
    ordered: bool
    items: tuple[ListItem, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its share of the table's width (0 to 1), and "start" or "end" alignment."""

    title: str
    width: float
    align: str = "start"


@dataclass(frozen=True, slots=True)
class Row(Versioned):
    """A row of a table, one tuple of inlines a cell; `id` is the target of links to it."""

    id: str
    cells: tuple[tuple[Inline, ...], ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table(Versioned):
    """A table with a header row; `role` is "acronyms", "figures" or empty; `number` is 0 where it has no caption."""

    id: str
    role: str
    number: int
    caption: tuple[Inline, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class KeyStatistic(Versioned):
    """A line of the key-statistics box: label, value with unit, year (empty where none is known) and source."""

    id: str
    label: tuple[Inline, ...]
    value: tuple[Inline, ...]
    year: tuple[Inline, ...]
    source: tuple[Inline, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyStatistics(Versioned):
    """The key-statistics box of page one; `note` explains its sources under the lines."""

    id: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[KeyStatistic, ...]
    note: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartLabel:
    """A text that stands in a picture: as charts.yaml writes it, and as the document says it."""

    source: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Chart(Versioned):
    """A chart or map: `image` names its picture (`<image>.svg`, `<image>.png`), `points` the figures that it draws.

    `kind` is "chart" or "map", each with numbers of its own from 1. Width and height are in millimetres. The
    alternative is plain text and figures; `labels` are the texts within the picture.
    """

    id: str
    kind: str
    number: int
    title: tuple[Inline, ...]
    source: tuple[Inline, ...]
    alternative: tuple[Inline, ...]
    image: str
    width: float
    height: float
    points: tuple[FigureUse, ...] = ()
    disclaimer: tuple[Inline, ...] = ()
    facts: tuple[str, ...] = ()
    labels: tuple[ChartLabel, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents(Versioned):
    """The place of the table of contents; a writer fills it from the headings."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ReturnToContents(Versioned):
    """The way back to the contents at the end of a section."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class BibliographyEntry(Versioned):
    """A work of the bibliography, as the citation style prints it; `status` says what is missing, if anything is."""

    id: str
    key: str
    children: tuple[Inline, ...]
    status: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bibliography(Versioned):
    """The list of works, sorted by author, year and title."""

    id: str
    entries: tuple[BibliographyEntry, ...]


Block = Heading | Paragraph | List | Table | KeyStatistics | Chart | Contents | ReturnToContents | Bibliography


@dataclass(frozen=True, slots=True)
class Metadata(Versioned):
    """What the masthead, the running header and the files' properties say of a note.

    `version` is the version id of the data; `language` a BCP 47 tag; `issued` and `as_of` are ISO dates, each with the
    text that the language prints for it.
    """

    note: str
    language: str
    title: str
    subtitle: str
    series: str
    edition: str
    edition_text: str
    issued: str
    as_of: str
    as_of_text: str
    version: str
    publisher: str
    contact: str
    description: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A composed note in one language; a redline holds two versions of it (see `document_changes`)."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    is_redline: bool = False


UNSAID: dict[str, Any] = {"mark": None, "before": (), "edit": None, "is_redline": False}
"""What only a redline has; a document that is none does not say so of every node."""
