"""Set the pages of two versions side by side, with what changed boxed in the colour of its cause, to review layout.

Each version is laid out as it would be alone: a box is an outline, which takes no room. Where the boxes stand is read
back from the bookmarks that the layout makes of them.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pikepdf
from jinja2 import DictLoader, Environment, StrictUndefined

from briefing.document.changes import CAUSE_KINDS
from briefing.document.nodes import Document
from briefing.document.versions import mark_version
from briefing.problems import shorten
from briefing.redline.changes import list_changes
from briefing.writers.pdf.layout import lay_out_page, write_pdf

_POINTS_PER_MILLIMETRE = 72 / 25.4
_PAGE = (210, 297)  # millimetres, as pdf.css sets it
_GAP, _STRIP = 6, 12  # millimetres between the pages, and over and under them
_SHOWN = 60  # characters of a change that a bookmark shows


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions: how it is called, and `<name>.svg` for each picture of its charts."""

    version: Literal["old", "new"]
    name: str
    images: Mapping[str, bytes]


def write_page_pairs(
    redline: Document, labels: Mapping[str, str], sides: Sequence[Side], font_folder: str, templates: Mapping[str, str]
) -> bytes:
    """Write a PDF of sheets, each with a page of the old version on its left and one of the new on its right.

    `templates` holds the texts of note.html.j2, pdf.css, causes.css, page-boxes.css and page-pairs.html.j2. A version
    with fewer pages leaves its side empty. Bookmarks lead to the sheets on which something changed. The same arguments
    give the same bytes. Raises `LayoutError` as `write_pdf` does.
    """
    pages = [
        pikepdf.open(io.BytesIO(write_boxed_pages(redline, side, labels, font_folder, templates))) for side in sides
    ]
    found = [_find_changes(version) for version in pages]
    numbers = sorted(set().union(*found))
    strips = _write_strips(redline, labels, sides, [len(version.pages) for version in pages], numbers, templates)
    with pikepdf.open(io.BytesIO(lay_out_page(strips, font_folder, redline.metadata.issued))) as sheets:
        for sheet in sheets.pages:
            # The layout turns its sheet upside down, and leaves it so; what is put on it must stand upright.
            sheet.contents_add(b"q", prepend=True)
            sheet.contents_add(b"Q")
        for column, version in enumerate(pages):
            left = column * (_PAGE[0] + _GAP)
            place = [value * _POINTS_PER_MILLIMETRE for value in (left, _STRIP, left + _PAGE[0], _STRIP + _PAGE[1])]
            for number, (sheet, page) in enumerate(zip(sheets.pages, version.pages, strict=False)):
                _put_page(sheets, sheet, page, pikepdf.Rectangle(*place), f"/Page{column}.{number}")
        with sheets.open_outline() as outline:
            for number in numbers:
                texts = [text for side in found for text in side.get(number, ())]
                outline.root.append(_make_bookmark(number, texts, labels))
        with sheets.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            del metadata["pdfuaid:part"]  # two pages of pictures of text are not read aloud in any order
        stream = io.BytesIO()
        sheets.save(stream, deterministic_id=True)
    return stream.getvalue()


def write_boxed_pages(
    redline: Document, side: Side, labels: Mapping[str, str], font_folder: str, templates: Mapping[str, str]
) -> bytes:
    """Write one version as PDF, in which what the other has not is boxed; its bookmarks are those of the boxes."""
    boxed = "".join(templates[name] for name in ("pdf.css", "causes.css", "page-boxes.css"))
    version = mark_version(redline, side.version)
    return write_pdf(version, labels, side.images, font_folder, {**templates, "pdf.css": boxed}, {})


def _put_page(
    sheets: pikepdf.Pdf, sheet: pikepdf.Page, page: pikepdf.Page, place: pikepdf.Rectangle, name: str
) -> None:
    """Put a page on a sheet, under a name of ours: `add_overlay` would take one by chance.

    The sheets share their resources, so that no two pages may have the same name.
    """
    form = sheets.copy_foreign(page.as_form_xobject())
    known = sheet.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(name))
    # WeasyPrint turns the axes of a sheet over outside of any q … Q; what is added must not stand in those.
    sheet.contents_add(b"q\n", prepend=True)
    sheet.contents_add(b"\nQ\n")
    sheet.contents_add(sheet.calc_form_xobject_placement(form, known, place))


def _find_changes(version: pikepdf.Pdf) -> dict[int, list[str]]:
    """Find what is boxed in a version, by its page from 0: the layout has made a bookmark of each box, no others."""
    numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(version.pages)}
    found: dict[int, list[str]] = {}
    with version.open_outline() as outline:
        for item in outline.root:
            page: Any = item.destination
            found.setdefault(numbers[page[0].objgen], []).append(" ".join(item.title.split()))
    return found


def _make_bookmark(number: int, texts: Sequence[str], labels: Mapping[str, str]) -> pikepdf.OutlineItem:
    bookmark = pikepdf.OutlineItem(f"{labels['page']} {number + 1}", number, "Fit")
    shown = dict.fromkeys(shorten(text, _SHOWN) for text in texts)
    bookmark.children.extend(pikepdf.OutlineItem(text, number, "Fit") for text in shown)
    return bookmark


def _write_strips(
    redline: Document,
    labels: Mapping[str, str],
    sides: Sequence[Side],
    counts: Sequence[int],
    changed: Sequence[int],
    templates: Mapping[str, str],
) -> str:
    """Write what stands around the pages: over each the name of its version, under them the legend where it is needed.

    `changed` are the numbers, from 0, of the sheets that have a box; the first sheet lists them.
    """
    names = redline.versions or [side.name for side in sides]
    used = {change.cause.kind for change in list_changes(redline)}
    environment = Environment(loader=DictLoader(dict(templates)), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("page-pairs.html.j2").render(
        metadata=redline.metadata,
        labels=labels,
        style=templates["causes.css"],
        page={"width": _PAGE[0], "height": _PAGE[1], "gap": _GAP, "strip": _STRIP},
        columns=list(zip(names, counts, strict=True)),
        title=labels["changes_between"].format(old=names[0], new=names[1]),
        changed=[number + 1 for number in changed],
        said=labels["changes_pages"].format(pages=_list_ranges([number + 1 for number in changed])),
        sheets=max(counts),
        causes=[kind for kind in CAUSE_KINDS if kind in used],
    )


def _list_ranges(numbers: Sequence[int]) -> str:
    """List numbers in order, those that follow each other as a range: "3, 14–16"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][-1] == number - 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number])
    return ", ".join("–".join(map(str, ends)) for ends in ranges)
