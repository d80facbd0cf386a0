"""Write into a PDF how it is to be read aloud, in the place of the tags that WeasyPrint 70 has made of each page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf  # type: ignore[import-untyped]

from briefing.writers.pdf.structure import Content, Element, LinkArea, read_structure

_POINTS_PER_PIXEL = 0.75


class TaggingError(RuntimeError):
    """The layout program has tagged a document otherwise than it used to; whoever keeps this module can mend it."""


def tag_document(document: Any, pdf: Any) -> None:
    """Tag a document that WeasyPrint has laid out and tagged, before it is written: a finisher of `write_pdf`.

    Notes and their marks lead to each other. What no element holds becomes an artefact: running heads and feet, the
    heads of a table on its later pages, leaders. Raises `TaggingError`.
    """
    structure = read_structure(document.pages)
    marked = list(_list_marked(pdf))
    if [page for page, _ in marked] != [piece.page for piece in structure.pieces]:
        raise TaggingError("WeasyPrint has tagged other pieces of the pages than their boxes hold")
    numbers = {piece: number for piece, (_, number) in zip(structure.pieces, marked, strict=True)}
    _drop_tags(pdf)
    writer = _Writer(document, pdf, numbers)
    for area in structure.doubled:
        writer.get_page(area.page)["Annots"].remove(area.box.link_annotation.reference)
    read = {(piece.page, number) for piece, number in numbers.items() if piece not in structure.unread}
    for page in range(len(document.pages)):
        contents = _get_object(pdf, writer.get_page(page)["Contents"]).stream
        _mark_artefacts(contents, {number for place, number in read if place == page})
    writer.write(structure.root)


def _get_object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _list_marked(pdf: Any) -> Iterator[tuple[int, int]]:
    """List the marked pieces of the pages in the order of WeasyPrint's tags: the page of each, and its number there."""
    pages = {reference: number for number, reference in enumerate(pdf.page_references)}

    def walk(element: Any) -> Iterator[tuple[int, int]]:
        for kid in element.get("K", ()):
            if isinstance(kid, int):
                yield pages[element["Pg"]], kid
            else:
                yield from walk(_get_object(pdf, kid))

    return walk(_get_object(pdf, pdf.catalog["StructTreeRoot"]))


def _drop_tags(pdf: Any) -> None:
    """Drop WeasyPrint's tags; they are the last objects but for the metadata."""
    root = _get_object(pdf, pdf.catalog["StructTreeRoot"])
    later = pdf.objects[int(root["ParentTree"].split()[0]) :]
    (metadata,) = (item for item in later if isinstance(item, pydyf.Stream))
    del pdf.objects[-len(later) :]
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference


def _mark_artefacts(contents: list[Any], read: set[int]) -> None:
    """Mark as artefacts the pieces of a page that are not read aloud."""
    for place, item in enumerate(contents):
        if item == b"BDC" and contents[place - 1]["MCID"] not in read:
            contents[place - 2 : place] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


class _Writer:
    """Writes elements as objects of a PDF; `numbers` says which marked piece of its page each content is."""

    def __init__(self, document: Any, pdf: Any, numbers: dict[Content, int]) -> None:
        self._pdf = pdf
        self._numbers = numbers
        self._heights = [page.height * _POINTS_PER_PIXEL for page in document.pages]
        self._pages = [_get_object(pdf, reference) for reference in pdf.page_references]
        self._parents: list[dict[int, bytes]] = [{} for _ in self._pages]
        self._areas: list[bytes] = []  # the element of each annotation
        self._identifiers: dict[str, bytes] = {}

    def get_page(self, number: int) -> Any:
        """Give a page of the PDF, which can be changed."""
        return self._pages[number]

    def write(self, root: Element) -> None:
        """Write the tree, and what leads into it from pages, annotations and names."""
        top = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self._pdf.add_object(top)
        top["K"] = pydyf.Array([self._write_element(root, top)])
        numbers = pydyf.Array()
        for page, parents in enumerate(self._parents):
            # A piece that is an artefact now has no element.
            elements = [parents.get(number, b"null") for number in range(max(parents, default=-1) + 1)]
            numbers += [page, pydyf.Array(elements)]
        for number, element in enumerate(self._areas, len(self._pages)):
            numbers += [number, element]
        top["ParentTree"] = self._add({"Nums": numbers})
        top["ParentTreeNextKey"] = len(self._pages) + len(self._areas)
        names = pydyf.Array()
        for identifier, element in sorted(self._identifiers.items()):
            names += [pydyf.String(identifier), element]
        top["IDTree"] = self._add({"Names": names})
        self._pdf.catalog["StructTreeRoot"] = top.reference

    def _add(self, values: dict[str, Any]) -> bytes:
        added = pydyf.Dictionary(values)
        self._pdf.add_object(added)
        reference: bytes = added.reference
        return reference

    def _write_element(self, element: Element, parent: Any) -> bytes:
        written = pydyf.Dictionary({"S": f"/{element.kind}", "P": parent.reference})
        self._pdf.add_object(written)
        self._describe(element, written)
        own = next((part.page for part in element.parts if not isinstance(part, Element)), None)
        if own is not None:
            written["Pg"] = self._pages[own].reference
        written["K"] = pydyf.Array([self._write_part(part, written, own) for part in element.parts])
        reference: bytes = written.reference
        return reference

    def _describe(self, element: Element, written: Any) -> None:
        if element.language:
            written["Lang"] = pydyf.String(element.language)
        if element.alternative:
            written["Alt"] = pydyf.String(element.alternative)
        if element.identifier:
            written["ID"] = pydyf.String(element.identifier)
            self._identifiers[element.identifier] = written.reference
        if element.kind in ("TH", "TD"):
            relations: dict[str, Any] = {"O": "/Table"}
            if element.span > 1:
                relations["ColSpan"] = element.span
            if element.scope:
                relations["Scope"] = f"/{element.scope}"
            if element.headers:
                relations["Headers"] = pydyf.Array([pydyf.String(name) for name in element.headers])
            written["A"] = pydyf.Dictionary(relations)
        if element.numbering:
            written["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{element.numbering}"})
        if element.kind == "Figure":
            (picture,) = (part for part in element.parts if isinstance(part, Content))
            written["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": self._get_rectangle(picture)})

    def _write_part(self, part: Element | Content | LinkArea, parent: Any, own: int | None) -> Any:
        if isinstance(part, Element):
            return self._write_element(part, parent)
        page = self._pages[part.page].reference
        if isinstance(part, LinkArea):
            self._areas.append(parent.reference)
            return pydyf.Dictionary({"Type": "/OBJR", "Pg": page, "Obj": self._write_area(part)})
        number = self._numbers[part]
        self._parents[part.page][number] = parent.reference
        return number if part.page == own else pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": number})

    def _write_area(self, area: LinkArea) -> bytes:
        """Write where a page can be clicked, under the number of what the parent tree says of it."""
        annotation = area.box.link_annotation
        if annotation is None:
            annotation = pydyf.Dictionary({"Type": "/Annot", "Subtype": "/Link", "Rect": self._get_rectangle(area)})
            annotation["Border"] = pydyf.Array([0, 0, 0])
            annotation["Contents"] = pydyf.String(area.said)
            annotation["Dest"] = self._get_place(area.target) if area.target else pydyf.String(area.name)
            self._pdf.add_object(annotation)
            self._pages[area.page].setdefault("Annots", pydyf.Array()).append(annotation.reference)
        annotation["StructParent"] = len(self._pages) + len(self._areas) - 1
        reference: bytes = annotation.reference
        return reference

    def _get_rectangle(self, part: Content | LinkArea) -> Any:
        left, top, width, height = (value * _POINTS_PER_PIXEL for value in part.box.hit_area())
        bottom = self._heights[part.page] - top - height
        return pydyf.Array([left, bottom, left + width, bottom + height])

    def _get_place(self, part: Content) -> Any:
        left, _, _, top = self._get_rectangle(part)
        return pydyf.Array([self._pages[part.page].reference, "/XYZ", left, top, 0])
