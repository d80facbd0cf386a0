"""Write tables and the key-statistics box, row by row; header rows repeat on every page, and no row splits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from briefing.document.nodes import Column, Inlines, KeyStatistic, KeyStatistics, Row, Table, heads_group
from briefing.document.versions import set_out, take_version
from briefing.document.walking import get_text
from briefing.writers.docx.fields import make_text
from briefing.writers.docx.inlines import write_inlines, write_run
from briefing.writers.docx.story import NOTE, Story, WordSpot
from briefing.writers.docx.styles import make_border, measure_text_width
from briefing.writers.docx.tracked_changes import track_row
from briefing.writers.docx.xml import Element, make, make_flag, make_value, measure_millimetres, measure_twips


def write_paragraph(style: str, content: Sequence[Element], *properties: Element) -> Element:
    """Write a paragraph of a style; further properties follow the style's name."""
    return make("w:p", None, make("w:pPr", None, make_value("w:pStyle", style), properties), content)


def write_table(table: Table, place: WordSpot) -> Element:
    """Write a table, without its caption; links in it look like the text around them."""
    place = replace(place, link="TableLink")
    styles = place.story.styles
    style = styles["table_roles"][table.role]
    own = styles["tables"][style]
    widths = _share_width(styles, [column.width for column in table.columns], own.get("indent", 0.0))
    header = [
        _make_cell(width, _write_cell("TableHeader", _write_words(column.title, place), column.align))
        for width, column in zip(widths, table.columns, strict=True)
    ]
    rows = [_make_row(header, header=True), *(_write_row(row, table.columns, widths, own, place) for row in table.rows)]
    return _make_table(style, widths, rows, own.get("indent", 0.0), _find_caption(table, place.story))


def _find_caption(table: Table, story: Story) -> str:
    """Find what a table is called: its caption, or the heading of its section."""
    heads = (take_version(heading, "new").children for heading in story.headings if heading.id == story.changes.section)
    return next(filter(None, map(get_text, (take_version(table, "new").caption, *heads))), "")


def write_masthead(lines: Mapping[str, Sequence[Element]], place: WordSpot) -> Element:
    """Write the masthead, a band from edge to edge of the page; `lines` holds its paragraphs by their styles."""
    page = place.story.styles["page"]
    width = measure_millimetres(page["width"])
    paragraphs = [write_paragraph(style, content) for style, content in lines.items()]
    margin = -page["left"] * 72 / 25.4
    return _make_table("Masthead", [width], [_make_row([_make_cell(width, *paragraphs)])], margin)


def write_key_statistics(box: KeyStatistics, place: WordSpot) -> list[Element]:
    """Write the key-statistics box: its title, a table with a row for each line, and the note on its sources.

    The title stands outside of the table, since Word's navigation pane shows nothing of tables.
    """
    place = replace(place, link="TableLink")
    styles = place.story.styles
    columns = len(box.columns)
    widths = _share_width(styles, styles["key_statistics"][columns])
    rule = make_border(styles, "w:bottom", styles["tables"]["KeyBox"]["header_rule"])
    title = write_paragraph("BoxTitle", place.story.mark(box.id, write_inlines(set_out(box, "title"), place)))
    headings = [
        _make_cell(width, write_paragraph("TableHeader", _write_words(text, place)), borders=[rule])
        for width, text in zip(widths, box.columns, strict=True)
    ]
    rows = [_make_row(headings, header=True), *(_write_statistic(line, widths, place) for line in box.lines)]
    table = _make_table("KeyBox", widths, rows, caption=take_version(box, "new").title)
    if not box.note:
        return [title, table]
    note = place.story.mark_place(box.id + NOTE, write_inlines(box.note, place))
    return [title, table, write_paragraph("BoxNote", note)]


def _write_words(text: str, place: WordSpot) -> list[Element]:
    """Write plain words as a run; none is written for none."""
    return [write_run(place, make_text(text))] if text else []


def _share_width(styles: Mapping[str, Any], shares: Sequence[float], indent: float = 0.0) -> list[int]:
    """Share the text's width, less an indent, among columns; the last takes what rounding leaves."""
    whole = measure_millimetres(measure_text_width(styles)) - measure_twips(indent)
    total = sum(shares)
    widths = [round(whole * share / total) for share in shares]
    return [*widths[:-1], whole - sum(widths[:-1])]


def _write_row(
    row: Row, columns: Sequence[Column], widths: Sequence[int], own: Mapping[str, Any], place: WordSpot
) -> Element:
    """Write a row in a table of style `own`; its bookmark stands in its first cell."""
    if heads_group(row):
        return _write_group_head(row, row.cells[0], widths, place)
    cells = []
    for index, (cell, column, width) in enumerate(zip(row.cells, columns, widths, strict=True)):
        heads = index == 0 and own.get("first_column") == "bold"
        content = write_inlines(cell, replace(place, bold=True) if heads else place)
        content = place.story.mark(row.id, content) if index == 0 else content
        cells.append(_make_cell(width, _write_cell(own["text"], content, column.align)))
    return track_row(_make_row(cells), row.mark, place)


def _write_cell(style: str, content: Sequence[Element], align: str) -> Element:
    return write_paragraph(style, content, *([make_value("w:jc", "right")] if align == "end" else []))


def _write_statistic(line: KeyStatistic, widths: Sequence[int], place: WordSpot) -> Element:
    """Write a line of the key-statistics box; a box of two columns has no year, and of three no source."""
    if heads_group(line):
        return _write_group_head(line, line.label, widths, place)
    contents = [
        place.story.mark(line.id, write_inlines(line.label, place)),
        write_inlines(line.value, place),
        write_inlines(set_out(line, "year"), place),
        write_inlines(line.source, place),
    ]
    style = place.story.styles["tables"]["KeyBox"]["text"]
    cells = zip(contents, widths, strict=False)
    row = _make_row([_make_cell(width, write_paragraph(style, content)) for content, width in cells])
    return track_row(row, line.mark, place)


def _write_group_head(part: Row | KeyStatistic, text: Inlines, widths: Sequence[int], place: WordSpot) -> Element:
    """Write the heading of a group, which reaches over all columns."""
    content = place.story.mark(part.id, write_inlines(text, place))
    cell = _make_cell(sum(widths), write_paragraph("TableGroup", content), span=len(widths))
    return track_row(_make_row([cell]), part.mark, place)


def _make_cell(width: int, *paragraphs: Element, borders: Sequence[Element] = (), span: int = 1) -> Element:
    """Make a cell around its paragraphs."""
    properties = make(
        "w:tcPr",
        None,
        make("w:tcW", {"w": width, "type": "dxa"}),
        make_value("w:gridSpan", span) if span > 1 else None,
        make("w:tcBorders", None, borders) if borders else None,
    )
    return make("w:tc", None, properties, paragraphs)


def _make_row(cells: Sequence[Element], header: bool = False) -> Element:
    """Make a row that stays in one piece; a header row is printed again on each page."""
    properties = make("w:trPr", None, make_flag("w:cantSplit"), make_flag("w:tblHeader") if header else None)
    return make("w:tr", None, properties, cells)


def _make_table(
    style: str, widths: Sequence[int], rows: Sequence[Element], indent: float = 0.0, caption: str = ""
) -> Element:
    """Make a table of fixed column widths; one with a caption, told to screen readers, has a header and row heads."""
    heads = bool(caption)
    look = {"val": "06A0" if heads else "0600", "firstRow": heads, "lastRow": False, "firstColumn": heads,
            "lastColumn": False, "noHBand": True, "noVBand": True}  # fmt: skip
    properties = make(
        "w:tblPr",
        None,
        make_value("w:tblStyle", style),
        make("w:tblW", {"w": sum(widths), "type": "dxa"}),
        make("w:tblInd", {"w": measure_twips(indent), "type": "dxa"}) if indent else None,
        make("w:tblLayout", {"type": "fixed"}),
        make("w:tblLook", look),
        make_value("w:tblCaption", caption) if caption else None,
    )
    grid = make("w:tblGrid", None, [make("w:gridCol", {"w": width}) for width in widths])
    return make("w:tbl", None, properties, grid, rows)
