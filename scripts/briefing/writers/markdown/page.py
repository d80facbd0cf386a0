"""Write a composed note as Markdown (GitHub's): a text that reads well as it stands, and as a page.

Figures and citations are text, footnotes are footnotes, pictures stand under their names. Ways through the page (the
way back to the contents, links within the note) are left out: an outline is what every reader of Markdown has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

from briefing.document.nodes import (
    Bibliography,
    BibliographyEntry,
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    Inlines,
    KeyPoints,
    KeyStatistic,
    KeyStatistics,
    List,
    Metadata,
    Note,
    Paragraph,
    ReturnToContents,
    Row,
    Strong,
    Table,
    Text,
    heads_group,
)
from briefing.document.versions import accept
from briefing.document.walking import get_text, walk_nodes
from briefing.writers.markdown.inlines import escape, name_note, protect_end, protect_start, write_inlines, write_line

_Labels = Mapping[str, str]
_LIST = re.compile(r"- |\d+\. ")


def write_markdown(document: Document, labels: _Labels) -> str:
    """Write a document; of a redline, the new version, since Markdown has no marks for two.

    The pictures are `charts.<language>/<image>.svg` beside the text.
    """
    document = accept(document)
    folder = f"charts.{document.metadata.language.split('-')[0]}"
    parts = [_write_front_matter(document.metadata), *_write_title(document.metadata, labels)]
    for block in document.blocks:
        parts.extend(_write_block(block, document, labels, folder))
    parts.extend(_write_notes(document))
    return "\n\n".join(_part_lists(part for part in parts if part)) + "\n"


def _part_lists(parts: Iterable[str]) -> Iterator[str]:
    """Put an empty comment between two lists, which would be read as one."""
    was_list = False
    for part in parts:
        is_list = bool(_LIST.match(part))
        if was_list and is_list:
            yield "<!-- -->"
        yield part
        was_list = is_list


def _write_front_matter(metadata: Metadata) -> str:
    """Write what programs ask for, as YAML; a string of JSON is one of YAML, whatever it holds."""
    names = ("title", "subtitle", "series", "language", "edition", "issued", "as_of", "version", "publisher")
    lines = [f"{name}: {json.dumps(getattr(metadata, name), ensure_ascii=False)}" for name in names]
    return "\n".join(["---", *lines, f"keywords: {json.dumps(metadata.keywords, ensure_ascii=False)}", "---"])


def _write_title(metadata: Metadata, labels: _Labels) -> Iterator[str]:
    yield protect_start(escape(metadata.series))
    yield _write_heading(1, escape(metadata.title))
    yield protect_start(escape(metadata.subtitle))
    dates = f"{labels['edition']} {metadata.edition_text} · {labels['as_of']} {metadata.as_of_text}"
    yield protect_start(escape(dates))


def _write_heading(level: int, text: str) -> str:
    return protect_end(f"{'#' * level} {text.strip(' ')}")


def _write_block(block: Block, document: Document, labels: _Labels, folder: str) -> Iterator[str]:
    match block:
        case Heading(level=level, number=number, children=children):
            yield _write_heading(level + 1, f"{escape(number)} {write_inlines(children)}")
        case Paragraph(children=children):
            yield write_line(children)
        case List(items=items, ordered=ordered):
            marks = (f"{number}." if ordered else "-" for number in range(1, len(items) + 1))
            yield "\n".join(f"{mark} {write_line(item.children)}" for mark, item in zip(marks, items, strict=True))
        case KeyPoints(title=title, points=points):
            yield write_line((Strong(title),))
            yield "\n".join(f"- {write_line(point.children)}" for point in points)
        case Table():
            yield from _write_table(block, labels)
        case KeyStatistics(title=title, columns=columns, lines=lines, note=note):
            yield write_line((Strong((Text(title),)),))
            yield _write_grid(columns, map(_list_cells, lines))
            yield write_line(note)
        case Chart():
            yield from _write_chart(block, labels, folder)
        case Contents(title=title):
            yield write_line((Strong((Text(title),)),))
            yield "\n".join(_list_headings(document))
        case ReturnToContents():
            pass
        case Bibliography(entries=entries):
            yield "\n".join(map(_write_entry, entries))
        case _:
            assert_never(block)


def _list_headings(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Heading):
            text = f"{block.number} {get_text(block.children)}".strip()
            yield f"{'  ' * (block.level - 1)}- {protect_start(escape(text))}"


def _write_table(table: Table, labels: _Labels) -> Iterator[str]:
    caption = write_inlines(table.caption)
    if caption:
        label = f"{labels['table']} {table.number}" if table.number else ""
        yield _write_caption(label, caption)
    titles, alignments = [column.title for column in table.columns], [column.align for column in table.columns]
    yield _write_grid(titles, map(_list_cells, table.rows), alignments)


def _write_chart(chart: Chart, labels: _Labels, folder: str) -> Iterator[str]:
    yield _write_caption(f"{labels[chart.kind]} {chart.number}", write_inlines(chart.title))
    yield f"![{write_inlines(chart.alternative)}]({folder}/{chart.image}.svg)"
    yield protect_start(f"{escape(labels['source'])} {write_inlines(chart.source)}") if chart.source else ""
    yield write_line(chart.disclaimer)


def _write_caption(label: str, text: str) -> str:
    return f"**{label}.** {text}" if label else protect_start(text)


def _write_entry(entry: BibliographyEntry) -> str:
    status = f" [{escape(entry.status)}]" if entry.status else ""  # no link, since nothing gives it an address
    return f"- {write_line(entry.children)}{status}"


def _list_cells(part: Row | KeyStatistic) -> Sequence[Inlines]:
    """List the cells of a row; the heading of a group stands out."""
    cells = part.cells if isinstance(part, Row) else (part.label, part.value, part.year, part.source)
    return ((Strong(cells[0]),), *cells[1:]) if heads_group(part) else cells


def _write_grid(columns: Sequence[str], rows: Iterable[Sequence[Inlines]], alignments: Sequence[str] = ()) -> str:
    """Write a table of GitHub's, whose cells are lines; columns aligned to their "end" say so."""
    rule = ["---:" if align == "end" else "---" for align in alignments or columns]
    lines = [map(escape, columns), rule, *(map(write_inlines, row) for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _write_notes(document: Document) -> Iterator[str]:
    """Write the footnotes, in the order of their marks."""
    for node in walk_nodes(document.blocks):
        if isinstance(node, Note):
            yield f"[^{name_note(node.id)}]: {write_line(node.children)}"
