"""Read the paragraphs of a part of a Word file, each run as kept, put in or taken out; what is no text stands apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from briefing.readers.docx.gate import Archive, Relationship
from briefing.readers.docx.reading import (
    BOX,
    CELL,
    DELETED,
    INSERTED,
    KEPT,
    MARK,
    NOBODY,
    FileParagraph,
    FilePlace,
    Leftover,
    Piece,
    Stamp,
)
from briefing.readers.docx.wordml import (
    A,
    M,
    W,
    choose_alternative,
    find_row,
    find_table,
    is_said_again,
    join_texts_of,
    name_element,
    read_field_target,
    read_symbol,
)
from briefing.writers.docx.xml import Element

MOST_PARAGRAPHS = 100_000
"""A note of a thousand pages has a tenth of these."""
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"

_STATES = {"ins": INSERTED, "moveTo": INSERTED, "del": DELETED, "moveFrom": DELETED}
_TEXTS = {"tab": "\t", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "cr": "\n", "ptab": "\t"}
_SILENT = {"pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "instrText", "delInstrText",
           "commentReference", "annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
           "softHyphen", "lastRenderedPageBreak", "proofErr", "bookmarkEnd", "rt", "fldData",
           "txbxContent"}  # fmt: skip


@dataclass
class _Open:
    """A paragraph that is being read."""

    place: FilePlace
    style: str
    pieces: list[Piece] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class _Spot:
    """What holds of the element that is read: its state, and the link around it."""

    state: str = KEPT
    stamp: Stamp = NOBODY
    anchor: str = ""


class PartReader:
    """Reads one part; `comments` has the paragraph and the words of each range that a comment is on, by its id.

    `notes` are the ids of footnotes and endnotes in the order of their marks; `first` is the number that the first
    paragraph gets.
    """

    def __init__(self, archive: Archive, part: str, styles: Mapping[str, str], first: int = 0) -> None:
        self.archive, self.part, self.styles, self.first = archive, part, styles, first
        self.relationships: Mapping[str, Relationship] = archive.list_relationships(part)
        self.paragraphs: list[FileParagraph] = []
        self.leftovers: list[Leftover] = []
        self.notes: list[tuple[str, str]] = []
        self.comments: dict[str, tuple[int, list[str]]] = {}
        self._commented: set[str] = set()
        self._tables = 0
        self._waiting: _Open | None = None
        self._pending: list[str] = []
        self._fields: list[list[str]] = []

    # --- Blocks ---

    def read(self, root: Element, place: FilePlace) -> None:
        """Read all paragraphs below an element."""
        self._read_blocks(root, place, _Spot())
        self._close_waiting()

    def _read_blocks(self, parent: Element, place: FilePlace, spot: _Spot) -> None:
        for child in parent:
            name = name_element(child)
            if name == "p":
                self._read_paragraph(child, place, spot)
            elif name == "tbl":
                self._close_waiting()
                self._tables += 1
                self._read_table(child, replace(place, where=CELL, table=self._tables), spot)
                self._close_waiting()
            elif name == "bookmarkStart":
                self._pending.append(child.get(f"{W}name", ""))
            elif name in ("altChunk", "subDoc"):
                self._leave("a file in the file", "", child)
            elif name == "AlternateContent":
                self._read_blocks(choose_alternative(child), place, spot)
            elif name == "oMathPara":
                self._leave("an equation", join_texts_of(child, f"{M}t"), child)
            elif name not in _SILENT:
                self._read_blocks(child, place, self._enter(child, name, spot))

    def _read_table(self, table: Element, place: FilePlace, spot: _Spot) -> None:
        number = 0
        for row in table.iter(f"{W}tr"):
            if find_table(row) is not table:
                continue
            number += 1
            settings = row.find(f"{W}trPr")
            marks = [] if settings is None else [child for child in settings if name_element(child) in _STATES]
            there = self._enter(marks[0], name_element(marks[0]), spot) if marks else spot
            cells = [cell for cell in row.iter(f"{W}tc") if find_row(cell) is row]
            for position, cell in enumerate(cells, 1):
                self._read_blocks(cell, replace(place, row=number, cell=position), there)
                self._close_waiting()

    def _read_paragraph(self, element: Element, place: FilePlace, spot: _Spot) -> None:
        settings = element.find(f"{W}pPr")
        style, mark = "", None
        if settings is not None:
            named = settings.find(f"{W}pStyle")
            style = self.styles.get(named.get(f"{W}val", ""), "") if named is not None else ""
            look = settings.find(f"{W}rPr")
            mark = next((child for child in (look if look is not None else ()) if name_element(child) in _STATES), None)
        opened = self._waiting or _Open(place, style)
        if self._waiting and not any(piece.state != DELETED for piece in self._waiting.pieces):
            opened = _Open(place, style)
            self._close_waiting()  # its words are gone with its end, and so is it
        self._waiting = opened
        opened.bookmarks += self._pending
        self._pending = []
        self._read_inlines(element, opened, spot)
        end = self._enter(mark, name_element(mark), spot) if mark is not None else spot
        if end.state == DELETED:
            opened.pieces.append(Piece("", DELETED, end.stamp))  # it says who joined the paragraphs
            return
        self._close_waiting(end.stamp if end.state == INSERTED else NOBODY)

    def _close_waiting(self, end: Stamp = NOBODY) -> None:
        opened, self._waiting = self._waiting, None
        if opened is None:
            return
        if len(self.paragraphs) >= MOST_PARAGRAPHS:
            limit = f"{MOST_PARAGRAPHS:,} paragraphs"
            raise self.archive.refuse(self.part, f"this file has more than {limit}; no note is so long")
        words = [piece for piece in opened.pieces if piece.text.strip()]
        gone = bool(words) and all(piece.state == DELETED for piece in words)
        self.paragraphs.append(
            FileParagraph(
                tuple(opened.pieces),
                opened.place,
                opened.style,
                tuple(dict.fromkeys(opened.bookmarks)),
                end,
                gone,
                opened.pictures,
            )
        )

    # --- What stands in a paragraph ---

    def _read_inlines(self, parent: Element, opened: _Open, spot: _Spot) -> None:
        for child in parent:
            name = name_element(child)
            if name in ("t", "delText"):
                state = DELETED if name == "delText" and spot.state == KEPT else spot.state
                self._add(opened, child.text or "", replace(spot, state=state))
            elif name in _TEXTS:
                self._add(opened, _TEXTS[name], spot)
            elif name == "br":
                if child.get(f"{W}type") not in ("page", "column"):
                    self._add(opened, "\n", spot)
            elif name == "sym":
                self._add(opened, read_symbol(child), spot)
            elif name in ("footnoteReference", "endnoteReference"):
                self._add(opened, MARK, spot)
                if spot.state != DELETED:
                    self.notes.append((name.removesuffix("Reference"), child.get(f"{W}id", "")))
            elif name == "bookmarkStart":
                opened.bookmarks.append(child.get(f"{W}name", ""))
            elif name == "fldChar":
                self._turn_field(child)
            elif name in ("instrText", "delInstrText"):
                if self._fields and self._fields[-1][0] != "result":
                    self._fields[-1].append(child.text or "")
            elif name == "commentRangeStart":
                self._commented.add(child.get(f"{W}id", ""))
                self.comments.setdefault(child.get(f"{W}id", ""), (self.first + len(self.paragraphs), []))
            elif name == "commentRangeEnd":
                self._commented.discard(child.get(f"{W}id", ""))
            elif name == "commentReference":
                self.comments.setdefault(child.get(f"{W}id", ""), (self.first + len(self.paragraphs), []))
            elif name in ("drawing", "pict", "object"):
                self._read_drawing(child, name, opened, spot)
            elif name in ("oMath", "oMathPara"):
                self._leave("an equation", join_texts_of(child, f"{M}t"), child)
            elif name == "AlternateContent":
                self._read_inlines(choose_alternative(child), opened, spot)
            elif name not in _SILENT:
                self._read_inlines(child, opened, self._enter(child, name, spot))

    def _add(self, opened: _Open, text: str, spot: _Spot) -> None:
        anchor = spot.anchor or next((row[1] for row in reversed(self._fields) if row[0] == "result" and row[1]), "")
        if text:
            opened.pieces.append(Piece(text, spot.state, spot.stamp, anchor))
            for name in self._commented if spot.state != DELETED else ():
                self.comments[name][1].append(text)

    def _enter(self, element: Element, name: str, spot: _Spot) -> _Spot:
        """Go into an element: a tracked change, or a link; what is taken out again after it was put in is out."""
        if name in _STATES:
            stamp = Stamp(element.get(f"{W}author", ""), element.get(f"{W}date", ""))
            state = DELETED if spot.state == DELETED else _STATES[name]
            return replace(spot, state=state, stamp=stamp)
        if name == "hyperlink":
            return replace(spot, anchor=element.get(f"{W}anchor", ""))
        if name == "fldSimple":
            return replace(spot, anchor=read_field_target(element.get(f"{W}instr", "")) or spot.anchor)
        return spot

    def _turn_field(self, element: Element) -> None:
        """Follow a field that is written as runs: its instruction, its result, its end."""
        match element.get(f"{W}fldCharType"):
            case "begin":
                self._fields.append(["instruction"])
            case "separate" if self._fields:
                self._fields[-1] = ["result", read_field_target("".join(self._fields[-1][1:]))]
            case "end" if self._fields:
                self._fields.pop()

    def _read_drawing(self, element: Element, name: str, opened: _Open, spot: _Spot) -> None:
        """Count a picture; keep the words of a text box or a diagram, and say what else there is."""
        boxes = [box for box in element.iter(f"{W}txbxContent") if not is_said_again(box, element)]
        for box in boxes:
            self._read_box(box, spot)
        uris = [str(data.get("uri")) for data in element.iter(f"{A}graphicData")]
        if name == "object":
            self._leave("an embedded object", "", element)
        elif any(uri == DIAGRAM for uri in uris):
            self._leave("a diagram (SmartArt)", self._read_diagram(), element)
        elif any("chart" in uri for uri in uris):
            self._leave("a chart that was drawn in the file", "", element)
        elif not boxes and spot.state != DELETED:
            opened.pictures += 1

    def _read_box(self, box: Element, spot: _Spot) -> None:
        inner = PartReader(self.archive, self.part, self.styles)
        inner._read_blocks(box, FilePlace(BOX), spot)
        inner._close_waiting()
        text = "\n".join(paragraph.text for paragraph in inner.paragraphs if paragraph.text.strip())
        self._leave("a text box", text, box)
        self.leftovers += inner.leftovers

    def _read_diagram(self) -> str:
        parts = [row.target for row in self.relationships.values() if row.kind == "diagramData" and not row.is_external]
        return " ".join(
            join_texts_of(self.archive.parse(part), f"{A}t") for part in parts if part in self.archive.names
        )

    def _leave(self, kind: str, text: str, element: Element) -> None:
        self.leftovers.append(Leftover(kind, " ".join(text.split()), f"{self.part}:{element.sourceline or 1}"))
