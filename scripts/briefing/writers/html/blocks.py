"""Write the blocks of a document as HTML, gathered into sections."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import assert_never

from markupsafe import Markup

from briefing.document.changes import Mark
from briefing.document.nodes import (
    Bibliography,
    BibliographyEntry,
    Block,
    Chart,
    Contents,
    Heading,
    KeyPoints,
    KeyStatistics,
    List,
    ListItem,
    Note,
    Paragraph,
    ReturnToContents,
    Table,
)
from briefing.document.version_names import is_changed, is_deleted, list_drawn_doubts
from briefing.redline.pictures import has_same_words, mark_versions
from briefing.writers.html.changes import say_drawn
from briefing.writers.html.elements import join_markup, make_element
from briefing.writers.html.inlines import write_attribute, write_entry, write_inlines
from briefing.writers.html.key_sentences import write_key_change, write_key_sentence
from briefing.writers.html.marks import name_classes, write_mark, write_move
from briefing.writers.html.pictures import write_picture
from briefing.writers.html.surroundings import Surroundings
from briefing.writers.html.tables import write_key_statistics, write_table


def write_sections(blocks: Iterable[Block], around: Surroundings) -> Markup:
    """Write blocks one after the other; a section reaches from its heading to the next one of its level or above.

    The way back to the contents ends a subsection, since it belongs to the section around it.
    """
    sections: list[Markup] = []
    open_levels: list[int] = []
    moves: set[tuple[str, str]] = set()
    for block in blocks:
        ends = (
            3 if not isinstance(block, Heading | ReturnToContents) else block.level if isinstance(block, Heading) else 2
        )
        while open_levels and open_levels[-1] >= ends:
            open_levels.pop()
            sections.append(Markup("</section>"))
        if isinstance(block, Heading):
            open_levels.append(block.level)
            sections.append(_open_section(block))
        if (
            around.is_redline
            and block.mark
            and block.mark.move
            and (place := (block.mark.move, block.mark.kind)) not in moves
        ):
            moves.add(place)
            sections.append(write_move(block.mark, around))
        shape = "wide block" if isinstance(block, Chart | Table) else "block"
        shape += " move" if block.mark and block.mark.move else ""
        sections.append(write_mark(write_block(block, around), block.mark, around, block.mark, shape))
    return join_markup([*sections, *(Markup("</section>") for _ in open_levels)], "\n")


def _open_section(heading: Heading) -> Markup:
    # Only whole sections are landmarks: a list of forty would hide the way, and so would those that are gone.
    is_landmark = heading.level == 1 and not is_deleted(heading)
    return Markup('<section aria-labelledby="{}">').format(heading.id) if is_landmark else Markup("<section>")


def write_block(block: Block, around: Surroundings) -> Markup:
    """Write a block; the contents are written by `write_contents`, which needs the headings."""
    match block:
        case Heading():
            return _write_heading(block, around)
        case Paragraph(id=id, children=children, role=role):
            key = write_key_sentence(block, around)
            text = make_element("p", key, write_inlines(children, around), id=id, class_=role or None)
            return join_markup((write_key_change(block, around), text))
        case List():
            return _write_list(block, around)
        case Table():
            return write_table(block, around)
        case KeyPoints():
            return _write_key_points(block, around)
        case KeyStatistics():
            return write_key_statistics(block, around)
        case Chart():
            return _write_chart(block, around)
        case Contents():
            raise ValueError("the contents stand outside the sections of a note")
        case ReturnToContents(id=id, text=text):
            link = make_element("a", make_element("span", "↑", aria_hidden="true"), " ", text, href="#contents")
            return make_element("p", link, id=id, class_="return")
        case Bibliography(id=id, entries=entries):
            items = (_write_item(_write_work(entry, around), entry, around) for entry in entries)
            return make_element("ul", *items, id=id, class_="bibliography")
        case _:
            assert_never(block)


def _write_heading(heading: Heading, around: Surroundings) -> Markup:
    number = make_element("span", heading.number, class_="number") if heading.number else ""
    space = " " if heading.number else ""
    text = write_inlines(heading.children, around)
    return make_element(f"h{heading.level + 1}", number, space, text, id=heading.id)


def _write_list(block: List, around: Surroundings) -> Markup:
    items = (_write_item(write_inlines(item.children, around), item, around) for item in block.items)
    return make_element("ol" if block.ordered else "ul", *items, id=block.id)


def _write_key_points(block: KeyPoints, around: Surroundings) -> Markup:
    title = make_element("h2", write_inlines(block.title, around), id=f"{block.id}-title")
    points = (_write_item(write_inlines(point.children, around), point, around) for point in block.points)
    items = make_element("ul", *points)
    return make_element("section", title, items, id=block.id, class_="key-points", aria_labelledby=f"{block.id}-title")


def _write_item(content: Markup, item: ListItem | BibliographyEntry, around: Surroundings) -> Markup:
    marked = write_mark(content, item.mark, around, item.mark)
    return make_element("li", marked, id=item.id, class_=name_classes(item.mark))


def _write_work(entry: BibliographyEntry, around: Surroundings) -> Markup:
    # In the columns of a PDF each work is one piece, whose height is known before the columns are.
    text = write_entry(entry, around)
    return make_element("span", text, class_="entry") if around.variant == "pdf" else text


def _write_chart(chart: Chart, around: Surroundings) -> Markup:
    """Write a chart; of one that was changed the old and the new version stand side by side."""
    if not is_changed(chart):
        return _write_figure(chart, around)
    cause = next(attribute.cause for attribute in chart.before if attribute.cause)
    narrow = dataclasses.replace(around, is_narrow=True)
    old, new = (_write_figure(version, narrow) for version in mark_versions(chart))
    before = write_mark(_write_version("before", old, around), Mark("deleted", cause), around, chart, "block")
    now = write_mark(_write_version("now", new, around), Mark("inserted", cause), around, None, "block")
    pair = make_element("div", before, now, class_="versions")
    if not has_same_words(chart):
        return pair
    return join_markup((pair, make_element("p", say_drawn(chart, around), class_="version drawn")))


def _write_version(label: str, figure: Markup, around: Surroundings) -> Markup:
    return join_markup((make_element("p", around.labels[label], class_="version"), figure))


def _write_figure(chart: Chart, around: Surroundings) -> Markup:
    kind = make_element("span", f"{around.labels[chart.kind]} {chart.number}.", class_="label")
    title = write_inlines(chart.title, around)
    caption = make_element("figcaption", kind, " ", title, id=f"{chart.id}-title")
    source = _write_line(around.labels["source"], write_inlines(chart.source, around)) if chart.source else ""
    disclaimer = (
        make_element("p", write_inlines(chart.disclaimer, around), class_="disclaimer") if chart.disclaimer else ""
    )
    doubts = (make_element("p", write_inlines([use], around), class_="source") for use in list_drawn_doubts(chart))
    picture = join_markup((write_picture(chart, around), *doubts))
    return make_element("figure", caption, picture, source, disclaimer, id=chart.id, class_=chart.kind)


def _write_line(label: str, text: Markup) -> Markup:
    return make_element("p", f"{label} ", text, class_="source")


def write_contents(contents: Contents, headings: list[Heading], around: Surroundings) -> Markup:
    """Write the contents: a list of the sections, each with a list of its subsections."""
    title = make_element("h2", write_attribute(contents, "title", around), id=f"{contents.id}-title")
    plain = dataclasses.replace(around, linked=False)
    items: list[tuple[Markup, list[Markup]]] = []
    for heading in headings:
        link = _write_contents_line(heading, plain)
        if heading.level == 1 or not items:
            items.append((link, []))
        else:
            items[-1][1].append(make_element("li", link))
    lines = (make_element("li", link, make_element("ol", *below) if below else "") for link, below in items)
    listed = make_element("ol", *lines)
    if around.variant == "screen":  # the script folds it on phones
        inner = make_element("details", make_element("summary", title), listed, open="")
    else:
        inner = join_markup((title, listed))
    return make_element("nav", inner, id=contents.id, aria_labelledby=f"{contents.id}-title")


def _write_contents_line(heading: Heading, plain: Surroundings) -> Markup:
    number = make_element("span", heading.number, class_="number") if heading.number else ""
    space = " " if heading.number else ""
    text = write_inlines(heading.children, plain)
    # On paper each element within a link would become a link of its own.
    title = make_element("span", text, class_="title") if plain.variant == "screen" else text
    return make_element("a", number, space, title, href=f"#{heading.id}")


def write_footnotes(notes: list[Note], around: Surroundings) -> Markup:
    """Write the footnotes at the end of the page, each with a way back to its mark."""
    if not notes:
        return Markup()
    title = make_element("h2", around.labels["footnotes"], id="footnotes")
    items = (_write_footnote(note, around) for note in notes)
    return make_element("section", title, make_element("ol", *items), class_="footnotes", aria_labelledby="footnotes")


def _write_footnote(note: Note, around: Surroundings) -> Markup:
    said = make_element("span", f"{around.labels['back_to_text']} ({note.number})", class_="unseen")
    arrow = make_element("span", "↑", aria_hidden="true")
    back = make_element("a", arrow, said, href=f"#mark-{note.id}", class_="to-mark")
    mark = around.note_marks.get(id(note))
    text = write_mark(write_inlines(note.children, around), mark, around)
    # Both versions count their notes from 1.
    value = str(note.number) if around.note_marks else None
    return make_element(
        "li", text, "\N{NO-BREAK SPACE}", back, id=f"note-{note.id}", value=value, class_=name_classes(mark)
    )
