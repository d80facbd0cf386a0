"""Write tables, the key-statistics box and the popovers on numbers as HTML."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from markupsafe import Markup

from briefing.document.changes import Mark
from briefing.document.nodes import Column, KeyStatistic, KeyStatistics, Row, Table, heads_group
from briefing.document.version_names import is_deleted
from briefing.document.versions import take_version
from briefing.writers.html.elements import join_markup, make_element
from briefing.writers.html.inlines import write_attribute, write_inlines
from briefing.writers.html.marks import name_classes, write_mark
from briefing.writers.html.surroundings import Surroundings


def write_table(table: Table, around: Surroundings) -> Markup:
    """Write a table with its header row; one with a caption scrolls sideways in a region of its own."""
    caption = _write_caption(table, around)
    columns = join_markup(make_element("col", style=f"width:{column.width * 100:g}%") for column in table.columns)
    header = make_element("tr", *(_write_column(column) for column in table.columns))
    body = _write_bodies((row, _write_row(row, table.columns, around)) for row in table.rows)
    parts = (make_element("colgroup", columns), make_element("thead", header), body)
    element = make_element("table", caption, *parts, id=table.id, class_=table.role or None)
    if around.variant == "screen" and table.role == "figures":
        return make_element("details", make_element("summary", around.labels["see_annex"]), element)
    if around.variant == "pdf" or not table.caption:
        return element
    return _write_region(element, f"{table.id}-caption", is_old=is_deleted(table))


def _write_region(content: Markup, label: str, is_old: bool) -> Markup:
    """Write a region that scrolls sideways, under the id of its label; the old version of one is no landmark."""
    role, label_id = (None, None) if is_old else ("region", label)
    return make_element("div", content, class_="scroll", role=role, aria_labelledby=label_id, tabindex="0")


def _write_caption(table: Table, around: Surroundings) -> Markup:
    if not table.caption:
        return Markup()
    label = make_element("span", f"{around.labels['table']} {table.number}.", class_="label") if table.number else ""
    separator = " " if label else ""
    return make_element("caption", label, separator, write_inlines(table.caption, around), id=f"{table.id}-caption")


def _write_bodies(rows: Iterable[tuple[Row | KeyStatistic, Markup]]) -> Markup:
    """Write rows, each given with what it is written from, as a body for each group."""
    bodies: list[list[Markup]] = []
    for row, written in rows:
        if heads_group(row) or not bodies:
            bodies.append([])
        bodies[-1].append(written)
    return join_markup(make_element("tbody", *body) for body in bodies or [[]])


def _write_group_head(part: Row | KeyStatistic, text: Markup, columns: int) -> Markup:
    head = make_element("th", text, scope="rowgroup", colspan=str(columns))
    return make_element(
        "tr", head, id=part.id or None, class_=" ".join(["group", *filter(None, [name_classes(part.mark)])])
    )


def _write_column(column: Column) -> Markup:
    alignment = "end" if column.align == "end" else None
    # An empty header cell is a plain one: a header without words would be read out as such.
    return make_element("th", column.title, scope="col", class_=alignment) if column.title else make_element("td")


def _write_row(row: Row, columns: tuple[Column, ...], around: Surroundings) -> Markup:
    texts = write_marked_cells(row.mark, [write_inlines(cell, around) for cell in row.cells], around)
    if heads_group(row):
        return _write_group_head(row, texts[0], len(columns))
    cells = [
        _write_cell(text, column, is_first=number == 0, around=around)
        for number, (text, column) in enumerate(zip(texts, columns, strict=True))
    ]
    return make_element("tr", *cells, id=row.id or None, class_=name_classes(row.mark))


def write_marked_cells(mark: Mark | None, cells: list[Markup], around: Surroundings) -> list[Markup]:
    """Put the mark of a row around what its cells hold; the first one begins the change."""
    marked = (write_mark(cell, mark, around, None if number else mark) for number, cell in enumerate(cells))
    return [content if cell else cell for cell, content in zip(cells, marked, strict=True)]


def _write_cell(text: Markup, column: Column, is_first: bool, around: Surroundings) -> Markup:
    alignment = "end" if column.align == "end" else None
    if is_first:
        return make_element("th", text, scope="row", class_=alignment)
    # On a phone a row turns into a card, where each value is told by its column's title.
    label = column.title if around.variant == "screen" else None
    return make_element("td", text, class_=alignment, data_label=label)


def write_key_statistics(box: KeyStatistics, around: Surroundings) -> Markup:
    """Write the key-statistics box, a table of four columns under a heading."""
    title = make_element("h2", write_attribute(box, "title", around), id=f"{box.id}-title")
    header = make_element("tr", *(_write_column(Column(text, 0)) for text in box.columns))
    body = _write_bodies((line, _write_statistic(line, around)) for line in box.lines)
    table = make_element("table", make_element("thead", header), body)
    note = make_element("p", write_inlines(box.note, around), class_="source") if box.note else ""
    parts = [title, table, note]
    if around.variant == "screen":  # the script folds it on phones
        parts = [make_element("details", make_element("summary", title), table, note, open="")]
    return make_element("section", *parts, id=box.id, class_="key-statistics", aria_labelledby=f"{box.id}-title")


def _write_statistic(line: KeyStatistic, around: Surroundings) -> Markup:
    label, value, source = (write_inlines(run, around) for run in (line.label, line.value, line.source))
    cells = [label, value, write_attribute(line, "year", around), source]
    label, value, year, source = write_marked_cells(line.mark, cells, around)
    if heads_group(line):
        return _write_group_head(line, label, len(cells))
    return make_element(
        "tr",
        make_element("th", label, scope="row"),
        make_element("td", value, class_="value"),
        make_element("td", year, class_="year"),
        make_element("td", source, class_="work"),
        id=line.id,
        class_=name_classes(line.mark),
    )


def write_popovers(tables: list[Table], around: Surroundings) -> Markup:
    """Write what is shown on a number: the columns of its annex row."""
    # A popover tells what holds in the version to which its row belongs, without marks.
    rows = [
        (table.columns, take_version(row, "old" if is_deleted(row) else "new"))
        for table in tables
        for row in table.rows
    ]
    plain = dataclasses.replace(around, changes={})
    return join_markup((_write_popover(row, columns, plain) for columns, row in rows), "\n")


def _write_popover(row: Row, columns: tuple[Column, ...], around: Surroundings) -> Markup:
    title = make_element("p", write_inlines(row.cells[0], dataclasses.replace(around, linked=False)), class_="title")
    lines = [
        make_element("div", make_element("dt", column.title), make_element("dd", write_inlines(cell, around)))
        for column, cell in list(zip(columns, row.cells, strict=True))[1:]
        if cell
    ]
    link = make_element("a", around.labels["see_annex"], href=f"#{row.id}")
    close = make_element("button", around.labels["close"])  # popover.js knows what it closes
    basis = make_element("dl", *lines, id=f"basis-{row.id}")
    return make_element("div", title, basis, make_element("p", link, " ", close), id=f"about-{row.id}", popover="")
