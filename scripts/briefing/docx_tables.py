"""Write tables and the key-statistics box, row by row; header rows repeat on every page, and no row splits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from briefing.document import KeyStatistic, KeyStatistics, Row, Table
from briefing.docx_fields import make_text
from briefing.docx_inlines import write_inlines, write_run
from briefing.docx_story import Place
from briefing.docx_styles import make_border, measure_text_width
from briefing.docx_xml import Element, make, make_flag, make_value, measure_millimetres


def write_paragraph(style: str, content: Sequence[Element], *properties: Element) -> Element:
    """Write a paragraph of a style; further properties follow the style's name."""
    return make("w:p", None, make("w:pPr", None, make_value("w:pStyle", style), properties), content)


def write_table(table: Table, place: Place) -> Element:
    """Write a table, without its caption."""
    widths = _share_width(place.story.styles, [column.width for column in table.columns])
    alignments = [column.align for column in table.columns]
    header = [
        _make_cell(width, _write_cell("TableHeader", [write_run(place, make_text(column.title))], column.align))
        for width, column in zip(widths, table.columns, strict=True)
    ]
    rows = [_write_row(row, widths, alignments, place) for row in table.rows]
    return _make_table("NoteTable", widths, [_make_row(header, header=True), *rows])


def write_key_statistics(box: KeyStatistics, place: Place) -> Element:
    """Write the key-statistics box: its title and headings, a row for each line, the note on its sources."""
    styles = place.story.styles
    columns = len(box.columns)
    widths = _share_width(styles, styles["key_statistics"][columns])
    title = place.story.mark(box.id, [write_run(place, make_text(box.title))])
    no_rule = make_border(styles, "w:bottom", None)
    rows = [
        _make_row([_make_cell(sum(widths), write_paragraph("BoxTitle", title), no_rule, span=columns)], header=True),
        _make_row(
            [
                _make_cell(
                    width,
                    write_paragraph("TableHeader", [write_run(place, make_text(text))] if text else []),
                    make_border(styles, "w:top", None),
                    make_border(styles, "w:bottom", styles["tables"]["KeyBox"]["header_rule"]),
                )
                for width, text in zip(widths, box.columns, strict=True)
            ],
            header=True,
        ),
        *(_write_statistic(line, widths, place) for line in box.lines),
    ]
    if box.note:
        note = write_paragraph("BoxNote", write_inlines(box.note, place))
        rows.append(_make_row([_make_cell(sum(widths), note, span=columns)]))
    return _make_table("KeyBox", widths, rows)


def _share_width(styles: Mapping[str, Any], shares: Sequence[float]) -> list[int]:
    """Share the text's width among columns, in twentieths of a point; the last takes what rounding leaves."""
    whole = measure_millimetres(measure_text_width(styles))
    total = sum(shares)
    widths = [round(whole * share / total) for share in shares]
    return [*widths[:-1], whole - sum(widths[:-1])]


def _write_row(row: Row, widths: Sequence[int], alignments: Sequence[str], place: Place) -> Element:
    """Write a row; its bookmark stands in its first cell."""
    cells = []
    for index, (cell, width, align) in enumerate(zip(row.cells, widths, alignments, strict=True)):
        content = write_inlines(cell, place)
        content = place.story.mark(row.id, content) if index == 0 else content
        cells.append(_make_cell(width, _write_cell("TableText", content, align)))
    return _make_row(cells)


def _write_cell(style: str, content: Sequence[Element], align: str) -> Element:
    return write_paragraph(style, content, *([make_value("w:jc", "right")] if align == "end" else []))


def _write_statistic(line: KeyStatistic, widths: Sequence[int], place: Place) -> Element:
    """Write a line of the key-statistics box; a box of two columns has no year, and of three no source."""
    year = [write_run(place, make_text(line.year))] if line.year else []
    contents = [
        place.story.mark(line.id, write_inlines(line.label, place)),
        write_inlines(line.value, place),
        year,
        write_inlines(line.source, place),
    ]
    cells = zip(contents, widths, strict=False)
    return _make_row([_make_cell(width, write_paragraph("TableText", content)) for content, width in cells])


def _make_cell(width: int, paragraph: Element, *borders: Element, span: int = 1) -> Element:
    """Make a cell around its paragraph."""
    properties = make(
        "w:tcPr",
        None,
        make("w:tcW", {"w": width, "type": "dxa"}),
        make_value("w:gridSpan", span) if span > 1 else None,
        make("w:tcBorders", None, borders) if borders else None,
    )
    return make("w:tc", None, properties, paragraph)


def _make_row(cells: Sequence[Element], header: bool = False) -> Element:
    """Make a row that stays in one piece; a header row is printed again on each page."""
    properties = make("w:trPr", None, make_flag("w:cantSplit"), make_flag("w:tblHeader") if header else None)
    return make("w:tr", None, properties, cells)


def _make_table(style: str, widths: Sequence[int], rows: Sequence[Element]) -> Element:
    """Make a table of fixed column widths; its style's first row is the header."""
    look = {"val": "0420", "firstRow": True, "lastRow": False, "firstColumn": False, "lastColumn": False,
            "noHBand": True, "noVBand": True}  # fmt: skip
    properties = make(
        "w:tblPr",
        None,
        make_value("w:tblStyle", style),
        make("w:tblW", {"w": sum(widths), "type": "dxa"}),
        make("w:tblLayout", {"type": "fixed"}),
        make("w:tblLook", look),
    )
    grid = make("w:tblGrid", None, [make("w:gridCol", {"w": width}) for width in widths])
    return make("w:tbl", None, properties, grid, rows)
