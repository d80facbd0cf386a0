"""Write tables, the key-statistics box and the popovers on numbers as HTML."""

from __future__ import annotations

import dataclasses

from markupsafe import Markup

from briefing.document import Column, Inline, KeyStatistic, KeyStatistics, Row, Table, get_text
from briefing.html_elements import join_markup, make_element
from briefing.html_inlines import Surroundings, write_inlines


def write_table(table: Table, around: Surroundings) -> Markup:
    """Write a table with its header row; one with a caption scrolls sideways in a region of its own."""
    caption = _write_caption(table, around)
    columns = join_markup(make_element("col", style=f"width:{column.width * 100:g}%") for column in table.columns)
    header = make_element("tr", *(_write_column(column) for column in table.columns))
    body = join_markup(_write_row(row, table.columns, around) for row in table.rows)
    parts = (make_element("colgroup", columns), make_element("thead", header), make_element("tbody", body))
    element = make_element("table", caption, *parts, id=table.id, class_=table.role or None)
    if around.variant == "pdf" or not table.caption:
        return element
    return make_element(
        "div", element, class_="scroll", role="region", aria_labelledby=f"{table.id}-caption", tabindex="0"
    )


def _write_caption(table: Table, around: Surroundings) -> Markup:
    if not table.caption:
        return Markup()
    label = make_element("span", f"{around.labels['table']} {table.number}", class_="label") if table.number else ""
    separator = " " if label else ""
    return make_element("caption", label, separator, write_inlines(table.caption, around), id=f"{table.id}-caption")


def _write_column(column: Column) -> Markup:
    alignment = "end" if column.align == "end" else None
    # An empty header cell is a plain one: a header without words would be read out as such.
    return make_element("th", column.title, scope="col", class_=alignment) if column.title else make_element("td")


def _write_row(row: Row, columns: tuple[Column, ...], around: Surroundings) -> Markup:
    cells = [
        _write_cell(cell, column, is_first=number == 0, around=around)
        for number, (cell, column) in enumerate(zip(row.cells, columns, strict=True))
    ]
    return make_element("tr", *cells, id=row.id or None)


def _write_cell(cell: tuple[Inline, ...], column: Column, is_first: bool, around: Surroundings) -> Markup:
    alignment = "end" if column.align == "end" else None
    text = write_inlines(cell, around)
    if is_first:
        return make_element("th", text, scope="row", class_=alignment)
    # On a phone a row turns into a card, where each value is told by its column's title.
    label = column.title if around.variant == "screen" else None
    return make_element("td", text, class_=alignment, data_label=label)


def write_key_statistics(box: KeyStatistics, around: Surroundings) -> Markup:
    """Write the key-statistics box, a table of four columns under a heading."""
    title = make_element("h2", box.title, id=f"{box.id}-title")
    header = make_element("tr", *(_write_column(Column(text, 0)) for text in box.columns))
    body = join_markup(_write_statistic(line, around) for line in box.lines)
    table = make_element("table", make_element("thead", header), make_element("tbody", body))
    note = make_element("p", write_inlines(box.note, around), class_="source") if box.note else ""
    return make_element(
        "section", title, table, note, id=box.id, class_="key-statistics", aria_labelledby=f"{box.id}-title"
    )


def _write_statistic(line: KeyStatistic, around: Surroundings) -> Markup:
    return make_element(
        "tr",
        make_element("th", write_inlines(line.label, around), scope="row"),
        make_element("td", write_inlines(line.value, around), class_="value"),
        make_element("td", get_text(line.year), class_="year"),
        make_element("td", write_inlines(line.source, around), class_="work"),
        id=line.id,
    )


def write_popovers(tables: list[Table], around: Surroundings) -> Markup:
    """Write what is shown on a number: the columns of its annex row."""
    return join_markup((_write_popover(row, table.columns, around) for table in tables for row in table.rows), "\n")


def _write_popover(row: Row, columns: tuple[Column, ...], around: Surroundings) -> Markup:
    title = make_element("p", write_inlines(row.cells[0], dataclasses.replace(around, linked=False)), class_="title")
    lines = [
        make_element("div", make_element("dt", column.title), make_element("dd", write_inlines(cell, around)))
        for column, cell in list(zip(columns, row.cells, strict=True))[1:]
        if cell
    ]
    link = make_element("a", around.labels["see_annex"], href=f"#{row.id}")
    close = make_element(
        "button", around.labels["close"], type="button", popovertarget=f"about-{row.id}", popovertargetaction="hide"
    )
    return make_element(
        "div", title, make_element("dl", *lines), make_element("p", link, " ", close), id=f"about-{row.id}", popover=""
    )
