"""Read from laid-out pages how they are to be read aloud: a tree of HTML's elements, each whole over all its pages.

WeasyPrint 70 makes such a tree of each page alone. So a table that a page cuts would be two tables, notes would be told
after all else of their page, and passages in other languages would not be known as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

_KINDS = {
    "caption": "Caption",
    "div": "Div",
    "figcaption": "Caption",
    "figure": "Div",  # a chart, its caption and its source; the picture alone is the Figure
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "header": "Div",
    "img": "Figure",
    "main": "Part",
    "nav": "Sect",
    "ol": "L",
    "p": "P",
    "section": "Sect",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
}
_NUMBERING = {"decimal": "Decimal", "disc": "Disc", "circle": "Circle", "square": "Square"}
_SCOPES = {"col": "Column", "row": "Row", "rowgroup": "Column"}  # a group's head stands over the rows below it
_HOLDERS = ("P", "H1", "H2", "H3", "LBody", "TD", "TH", "Caption", "Div", "Sect")  # of notes
_CALL, _MARKER = "::footnote-call", "::footnote-marker"


@dataclass(eq=False, slots=True)
class Content:
    """A piece of a page: a run of text on a line, or a picture; `box` is where it stands."""

    page: int
    box: Any


@dataclass(eq=False, slots=True)
class LinkArea:
    """Where a page can be clicked: the annotation that WeasyPrint made for a box, or one to be made that leads on."""

    page: int
    box: Any
    said: str = ""
    target: Content | None = None
    name: str = ""


@dataclass(eq=False, slots=True)
class Element:
    """An element of the structure tree: its kind in PDF 1.7, and what it holds in the order of reading."""

    kind: str
    parent: Element | None = None
    parts: list[Element | Content | LinkArea] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)  # told at its end
    language: str = ""
    alternative: str = ""
    identifier: str = ""
    numbering: str = ""
    scope: str = ""
    span: int = 1
    headers: list[str] = field(default_factory=list)

    def add(self, kind: str) -> Element:
        """Add an element at the end of this one."""
        child = Element(kind, self)
        self.parts.append(child)
        return child

    def find_around(self, *kinds: str) -> Element | None:
        """Find the nearest element of some kinds that this one stands in, or is."""
        place: Element | None = self
        while place is not None and place.kind not in kinds:
            place = place.parent
        return place

    def list_elements(self) -> list[Element]:
        """List the elements right below this one."""
        return [part for part in self.parts if isinstance(part, Element)]

    def walk(self) -> Iterator[Element]:
        """Give this element and all below it, in the order of reading."""
        yield self
        for part in self.list_elements():
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Structure:
    """What is read aloud of a document, and `pieces`: all runs and pictures in the order of WeasyPrint's own tags.

    Those that no element holds are `unread`: the heads of a table on its later pages, and leaders. `doubled` are the
    boxes in a link that WeasyPrint has made links of their own.
    """

    root: Element
    pieces: Sequence[Content]
    unread: frozenset[Content]
    doubled: Sequence[LinkArea]


def read_structure(pages: Sequence[Any]) -> Structure:
    """Read the structure of laid-out pages, WeasyPrint's `Document.pages`."""
    reader = _Reader()
    for number, page in enumerate(pages):
        for box in page._page_box.children:
            reader.read(box, reader.root, number)
    for element in list(reader.root.walk()):
        element.parts += element.notes
    _drop_empty(reader.root)
    for number, table in enumerate(element for element in reader.root.walk() if element.kind == "Table"):
        _relate_cells(table, f"table-{number}")
    return Structure(reader.root, reader.pieces, frozenset(reader.unread), reader.doubled)


class _Reader:
    """Walks boxes in the order in which WeasyPrint tags them, and keeps the element of each element of HTML."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self.pieces: list[Content] = []
        self.unread: set[Content] = set()
        self.doubled: list[LinkArea] = []
        self._known: dict[Any, Element] = {}
        self._heads: dict[Any, int] = {}
        self._calls: dict[Any, Content] = {}
        self._contents: list[Element] = []

    def read(self, box: Any, around: Element, page: int, unread: bool = False, linked: bool = False) -> None:
        """Read a box of a page into an element; `unread` says that nobody reads it aloud, `linked` that a link does."""
        from weasyprint.formatting_structure import boxes

        box = getattr(box, "_box", box)  # what is positioned stands in a placeholder
        if isinstance(box, boxes.MarginBox):
            return  # running heads and feet
        element = self._find_element(box, around, page)
        unread = unread or (box.element is not None and box.element.get("aria-hidden") == "true")
        if box.element_tag == "thead":
            unread = self._heads.setdefault(box.element, page) != page
        if box.link_annotation:
            area = LinkArea(page, box)
            (self.doubled if linked else (element.find_around("Link") or element).parts).append(area)
        for child in box.children:
            for part in child.children if isinstance(child, boxes.LineBox) else [child]:
                if isinstance(part, boxes.TextBox):
                    self._add_piece(part, element, page, unread or box.is_leader)
                else:
                    self.read(part, element, page, unread or box.is_leader, linked or bool(box.link_annotation))
        if isinstance(box, boxes.ReplacedBox):
            self._add_piece(box, element, page, unread)

    def _add_piece(self, box: Any, element: Element, page: int, unread: bool) -> None:
        piece = Content(page, box)
        self.pieces.append(piece)
        if unread:
            self.unread.add(piece)
        else:
            element.parts.append(piece)

    def _find_element(self, box: Any, around: Element, page: int) -> Element:
        """Find the element that holds what a box does; one that has no kind of its own is the one around it."""
        html, tag = box.element, box.element_tag
        if html is None or tag in ("html", "body"):
            return around
        if tag.endswith(_CALL):
            return self._begin_note(box, around, page)
        if tag.endswith(_MARKER):
            return self._begin_marker(box, page)
        if tag == "li::marker":
            item = self._known[html].parent or around
            return self._known.setdefault((html, "marker"), _insert(item, "Lbl"))
        if "::" in tag:
            return around
        if html not in self._known:
            made = self._make_element(box, html, tag, around)
            if made is around:
                return around
            self._known[html] = made
        return self._known[html]

    def _make_element(self, box: Any, html: Any, tag: str, around: Element) -> Element:
        language = html.get("lang", "")
        if tag == "li":
            made = self._make_item(box, around)
        elif tag == "a" and html.get("href"):
            made = (around.add("Reference") if around.kind == "TOCI" else around).add("Link")
        elif tag == "ol" and around in self._contents:
            made = around.add("TOC")
        elif kind := _KINDS.get(tag):
            made = around.add(kind)
        elif language:
            made = around.add("Span")
        else:
            return around
        made.language = language
        made.alternative = html.get("alt", "")
        made.span = box.colspan
        if tag == "nav":
            self._contents.append(made)
        if made.kind == "TH":
            made.scope = _SCOPES[html.get("scope", "col")]
        return made

    def _make_item(self, box: Any, around: Element) -> Element:
        if around.kind == "TOC":
            return around.add("TOCI")
        around.numbering = _NUMBERING.get(box.style["list_style_type"], "None")
        return around.add("LI").add("LBody")

    def _begin_note(self, box: Any, around: Element, page: int) -> Element:
        """Begin the note that a mark in the text calls, told at the end of the paragraph."""
        call = around.add("Reference").add("Link")
        holder = around.find_around(*_HOLDERS) or self.root
        note = self._known[box.element] = Element("Note", holder, identifier=box.element.get("id"))
        holder.notes.append(note)
        self._calls[box.element] = Content(page, box)
        call.parts.append(LinkArea(page, box, box.element.get("title"), name=box.element.get("id")))
        return call

    def _begin_marker(self, box: Any, page: int) -> Element:
        link = _insert(self._known[box.element], "Lbl").add("Link")
        link.parts.append(LinkArea(page, box, box.element.get("data-return"), self._calls[box.element]))
        return link


def _insert(element: Element, kind: str) -> Element:
    first = Element(kind, element)
    element.parts.insert(0, first)
    return first


def _drop_empty(element: Element) -> bool:
    """Drop the elements that hold nothing, and say whether this one does; an empty cell remains a cell."""
    element.parts = [part for part in element.parts if not isinstance(part, Element) or not _drop_empty(part)]
    return not element.parts and element.kind not in ("TD", "TH")


def _relate_cells(table: Element, name: str) -> None:
    """Say of each cell which heads it has: of its column, its group and its row."""
    columns: dict[int, list[str]] = {}
    for part, body in enumerate(table.list_elements()):
        group: list[str] = []
        for line, row in enumerate(body.list_elements() if body.kind != "Caption" else ()):
            place, heads = 0, list[str]()
            for cell in row.list_elements():
                spanned = range(place, place + cell.span)
                if cell.kind == "TD":
                    above = (head for column in spanned for head in columns.get(column, ()))
                    cell.headers = list(dict.fromkeys([*above, *group, *heads]))
                else:
                    cell.identifier = f"{name}-{part}-{line}-{place}"
                    if cell.scope == "Row":
                        heads = [cell.identifier]
                    elif body.kind != "THead":
                        group = [cell.identifier]
                    else:
                        for column in spanned:
                            columns.setdefault(column, []).append(cell.identifier)
                place += cell.span
