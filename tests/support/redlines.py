"""Pairs of versions of the sample document, one for each way in which a note changes."""

import dataclasses
import random
from collections.abc import Callable
from typing import Any

from briefing.document.changes import Cause
from briefing.document.inlines import merge_texts
from briefing.document.nodes import (
    BibliographyEntry,
    Block,
    Column,
    Document,
    FigureUse,
    Heading,
    KeyStatistic,
    Link,
    ListItem,
    Note,
    Paragraph,
    Row,
    Text,
)
from briefing.redline.documents import Difference, explain_plainly
from support.documents import METADATA, make_sample_document, make_sample_images
from support.edits import change_words, double, move_on, move_section

SAMPLE = make_sample_document()


def explain(difference: Difference) -> Cause:
    """Explain as a caller does who knows the sources: with an author, and old value, new value and source."""
    cause = explain_plainly(difference)
    if cause.kind != "data":
        return cause
    return Cause("data", "Data: World Bank 2026-03-06", "Old value: 1\nNew value: 2\nSource: World Bank, 2026")


def make_both_images() -> dict[str, bytes]:
    """Make the pictures of both versions, by the names that a redline asks for."""
    images = make_sample_images()
    return images | {name.replace(".", ".old.", 1): image for name, image in images.items()}


def change(identifier: str, edit: Callable[[Any], Block | None]) -> Document:
    """Change or drop a block of the sample."""
    blocks = (edit(block) if block.id == identifier else block for block in SAMPLE.blocks)
    return dataclasses.replace(SAMPLE, blocks=tuple(block for block in blocks if block is not None))


def drop(identifier: str) -> Document:
    return change(identifier, lambda block: None)


def move(first: str, count: int, before: str) -> Document:
    """Move some blocks to the place before another."""
    blocks = list(SAMPLE.blocks)
    start = next(index for index, block in enumerate(blocks) if block.id == first)
    moved, blocks[start : start + count] = blocks[start : start + count], []
    place = next(index for index, block in enumerate(blocks) if block.id == before)
    return dataclasses.replace(SAMPLE, blocks=(*blocks[:place], *moved, *blocks[place:]))


def edit_rows(edit: Callable[[tuple[Row, ...]], tuple[Row, ...]]) -> Document:
    return change("figures-table", lambda table: dataclasses.replace(table, rows=edit(table.rows)))


def change_cell(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    changed = dataclasses.replace(rows[3], cells=(rows[3].cells[0], (Text("999"),), *rows[3].cells[2:]))
    return (*rows[:3], changed, *rows[4:])


def change_lines(box: Any) -> Any:
    lines = list(box.lines)
    value = (FigureUse("population", "19 million"), Text(" in all"))
    lines[1] = dataclasses.replace(lines[1], year=(Text("2018"),), value=value)
    fresh = KeyStatistic("key-new", (Text("New line"),), (Text("yes"),), (Text("2020"),), ())
    return dataclasses.replace(box, lines=(*lines[:3], fresh, *lines[3:5], *lines[6:]))


def set_fields(identifier: str, **fields: Any) -> Document:
    return change(identifier, lambda block: dataclasses.replace(block, **fields))


def set_columns(identifier: str) -> Document:
    return change(
        identifier,
        lambda table: dataclasses.replace(table, columns=(Column("Other words", 0.4), *table.columns[1:])),
    )


def drop_notes(block: Any) -> Any:
    return dataclasses.replace(
        block, children=merge_texts(part for part in block.children if not isinstance(part, Note))
    )


def change_link(block: Any) -> Any:
    children = (
        dataclasses.replace(part, children=(Text("plan"),)) if isinstance(part, Link) else part
        for part in block.children
    )
    return dataclasses.replace(block, children=tuple(children))


def change_entries(block: Any) -> Any:
    entries = block.entries
    fresh = BibliographyEntry("ref-new", "new", (Text("New work (2019)."),))
    other = dataclasses.replace(entries[1], status="otherwise incomplete")
    return dataclasses.replace(block, entries=(entries[0], other, fresh, entries[2]))


def add_paragraph(block: Any) -> Any:
    """Put words at the end of the paragraph before that which is put in."""
    return dataclasses.replace(block, children=(*block.children, Text(" More words at the end.")))


def add_after_changed_end() -> Document:
    changed = change("women-2", add_paragraph)
    place = next(index for index, block in enumerate(changed.blocks) if block.id == "women-2") + 1
    fresh = Paragraph("women-3", (Text("A paragraph that follows a paragraph whose end was changed."),))
    return dataclasses.replace(changed, blocks=(*changed.blocks[:place], fresh, *changed.blocks[place:]))


def add_chart_before() -> Document:
    """Put a chart in before that of the sample, which is counted as the second one then."""
    blocks = list(set_fields("chart-women", number=2).blocks)
    place = next(index for index, block in enumerate(blocks) if block.id == "chart-women")
    first = dataclasses.replace(SAMPLE.blocks[place], id="chart-first", title=(Text("Another chart"),))
    return dataclasses.replace(SAMPLE, blocks=(*blocks[:place], first, *blocks[place:]))


_ROW = Row("figure-new", ((Text("A new figure"),), (Text("7"),), (Text("2018"),), (Text("unstated"),), ()))
_ITEM = ListItem("new-item", (Text("an item that is wholly new"),))
_METADATA = dataclasses.replace(
    METADATA, title="Another title", edition_text="April 2026", as_of_text="1 April 2026", subtitle=""
)

# Each is compared both ways.
VERSIONS: dict[str, Document] = {
    "nothing": SAMPLE,
    "a cell": edit_rows(change_cell),
    "a row": edit_rows(lambda rows: (*rows[:5], _ROW, *rows[5:])),
    "a row moved": edit_rows(lambda rows: (*rows[:5], *rows[6:9], rows[5], *rows[9:])),
    "key statistics": change("key-statistics", change_lines),
    "no key statistics": drop("key-statistics"),
    "a table": drop("budgets"),
    "columns": set_columns("budgets"),
    "columns of the annex": set_columns("figures-table"),
    "an item": change("forces", lambda block: dataclasses.replace(block, items=(*block.items[:1], _ITEM))),
    "a step": change("steps", lambda block: dataclasses.replace(block, items=(_ITEM, *block.items))),
    "a list": drop("forces"),
    "a numbered list": drop("steps"),
    "a chart": set_fields("chart-women", alternative=(Text("Other data."),), title=(Text("Another title"),)),
    "a chart without source": set_fields("chart-women", alternative=(Text("Other data."),), source=()),
    "no chart": drop("chart-women"),
    "a chart before another": add_chart_before(),
    "a section moved": move("economy", 2, "geography"),
    "a subsection moved to another section": move("women", 2, "acronyms"),
    "words of a heading": set_fields("women", children=(Text("Women in the police, and more"),)),
    "a heading": drop("economy"),
    "the number of a heading": set_fields("women", number="2.7"),
    "a heading without number": set_fields("women", number=""),
    "a note": change("economy-1", drop_notes),
    "a link": change("geography-2", change_link),
    "a paragraph with a link": drop("colophon-2"),
    "works": change("bibliography", change_entries),
    "metadata": dataclasses.replace(SAMPLE, metadata=_METADATA),
    "the title of the contents": set_fields("contents", title="Overview"),
    "a paragraph after a changed end": add_after_changed_end(),
}

PAIRS = {
    f"{name}, {way}": pair
    for name, version in VERSIONS.items()
    for way, pair in (("there", (SAMPLE, version)), ("back", (version, SAMPLE)))
}


def generate_moves(count: int) -> dict[str, tuple[Document, Document]]:
    """Generate pairs of versions in which sections, paragraphs, items and rows were moved, and words changed."""
    moves = [move_section, move_on(Paragraph), move_on(ListItem), move_on(Row)]
    pairs = {}
    for seed in range(count):
        chosen, edited = random.Random(seed), SAMPLE
        for edit in [move_section, chosen.choice(moves), chosen.choice(moves), change_words, double(Paragraph)]:
            edited = edit(edited, chosen.randrange(1000), chosen.randrange(100))
        pairs[f"generated moves {seed}"] = (SAMPLE, edited)
    return pairs


def find_old_pages(merged: Document, pages: dict[str, int]) -> dict[str, int]:
    """Find the pages that the contents show once a redline is rejected: where nothing else differs, the new ones."""
    found = {}
    for heading in (block for block in merged.blocks if isinstance(block, Heading)):
        name = next((one.value for one in heading.before if one.name == "id"), heading.id)
        if heading.mark is None:
            found[name] = pages[heading.id]
        elif heading.mark.kind == "deleted":
            found[name] = pages[f"{heading.id}.old"]
    return found


def make_pages(old: Document, new: Document) -> dict[str, int]:
    """Make pages for the headings of both versions, some of which differ."""
    pages = {}
    for document, end, shift in ((old, ".old", 0), (new, "", int(old != new))):
        headings = [block.id for block in document.blocks if isinstance(block, Heading)]
        pages |= {f"{name}{end}": 3 + index + (index > 4) * shift for index, name in enumerate(headings)}
    return pages
