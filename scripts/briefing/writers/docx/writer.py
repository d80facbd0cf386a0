"""Write a composed note as a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, assert_never

from briefing.document.nodes import (
    Bibliography,
    BibliographyEntry,
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    KeyPoints,
    KeyStatistics,
    List,
    Metadata,
    Paragraph,
    ReturnToContents,
    Table,
)
from briefing.document.version_names import name_versions_apart
from briefing.document.versions import set_out
from briefing.writers.docx.captions import write_caption, write_chart
from briefing.writers.docx.change_log import ChangeLog
from briefing.writers.docx.fields import make_text
from briefing.writers.docx.headings import hold_contents, write_contents, write_heading
from briefing.writers.docx.inlines import write_inlines, write_run
from briefing.writers.docx.layout_proxy import find_element, get_attribute
from briefing.writers.docx.numbering import make_list_number
from briefing.writers.docx.package import Draft, finish_package, start_package
from briefing.writers.docx.story import Story, WordSpot, list_places, list_targets, name_bookmarks
from briefing.writers.docx.styles import adapt_styles
from briefing.writers.docx.tables import write_key_statistics, write_masthead, write_paragraph, write_table
from briefing.writers.docx.tracked_changes import find_tracked_end, join_moves, list_versions, track_elements
from briefing.writers.docx.xml import Element, expand_name, make, make_flag
from briefing.writers.paper import find_paper_targets, take_paper

_ROLES = {"": "BodyText", "source": "Source", "disclaimer": "Disclaimer", "colophon": "Colophon"}
_LEAD = 240
"""How many characters three lines of text hold."""


def write_docx(
    document: Document,
    labels: Mapping[str, str],
    images: Mapping[str, bytes],
    fonts: Mapping[str, bytes],
    styles: Mapping[str, Any],
    pages: Mapping[str, int],
) -> bytes:
    """Write a note as a Word file; the same note gives the same bytes.

    `images` holds an SVG and a PNG for each chart, `fonts` the faces that `styles` names, both by file name; `pages`
    the page of each heading by its id (see `lay_out_pages`). A `ValueError` names a link that leads nowhere.
    """
    apart = name_versions_apart(document)
    draft = start_package()
    story = write_body(apart, labels, images, adapt_styles(styles, document.is_redline), pages, draft)
    if not document.is_redline:
        hold_contents(draft.body)
    return finish_package(draft, story, fonts, document)


def write_body(
    document: Document,
    labels: Mapping[str, str],
    images: Mapping[str, bytes],
    styles: Mapping[str, Any],
    pages: Mapping[str, int],
    draft: Draft,
) -> Story:
    """Write a note into the body of a new package, and give what the parts beside it need to know."""
    figures = find_paper_targets(document)
    document = take_paper(document)
    headings = tuple(block for block in document.blocks if isinstance(block, Heading))
    bookmarks = name_bookmarks([*list_targets(document), *list_places(document)])
    changes = ChangeLog(max(document.metadata.issued, document.metadata.as_of))
    story = Story(document, labels, images, styles, pages, draft.package, bookmarks, headings, figures, changes)
    place = WordSpot(story, draft.document)
    draft.body.extend(_write_masthead(document.metadata, place))
    for block in document.blocks:
        changes.section = block.id if isinstance(block, Heading) else changes.section
        if isinstance(block, Contents | Heading) and story.cover is None:
            story.cover = _end_cover(draft.body)
        if isinstance(block, List | Table | Bibliography):
            _keep_lead(draft.body[-1])
        start = len(draft.body)
        _add_elements(draft.body, write_block(block, place))
        if isinstance(block, Bibliography) and len(draft.body) > start + 1:
            _keep_with_next(draft.body[start])
    if document.is_redline:
        join_moves(draft.body, changes)
    return story


def _add_elements(body: Element, elements: Iterable[Element]) -> None:
    """Add elements to the body; Word would make one table of two that touch."""
    for element in elements:
        if element.tag == body[-1].tag == expand_name("w:tbl"):
            body.append(write_paragraph("Gap", []))
        body.append(element)


def _keep_lead(last: Element) -> None:
    """Keep a paragraph that leads to a list, a table or works with their beginning.

    One of four lines or more is left as it is: a page may end within it, and LibreOffice would turn over the whole.
    """
    style = get_attribute(find_element(last, "w:pPr", "w:pStyle"), "w:val")
    length = sum(len(text.text or "") for text in last.iter(expand_name("w:t")))
    if style == _ROLES[""] and length <= _LEAD:
        _keep_with_next(last)


def _keep_with_next(paragraph: Element) -> None:
    """Keep a paragraph with the next one."""
    style = find_element(paragraph, "w:pPr", "w:pStyle")
    if style is not None and find_element(paragraph, "w:pPr", "w:keepNext") is None:
        style.addnext(make_flag("w:keepNext"))


def _write_masthead(metadata: Metadata, place: WordSpot) -> Iterator[Element]:
    """Write the masthead: series, title, subtitle, edition and the day whose data the note uses."""
    label = replace(place, style="MastheadLabel")
    labels = place.story.labels
    edition = [
        write_run(label, make_text(f"{labels['edition']} ")),
        *write_inlines(set_out(metadata, "edition_text"), place),
        write_run(place, make("w:tab")),
        write_run(label, make_text(f"{labels['as_of']} ")),
        *write_inlines(set_out(metadata, "as_of_text"), place),
    ]
    texts = {name.capitalize(): set_out(metadata, name) for name in ("series", "title", "subtitle")}
    lines = {style: write_inlines(text, place) for style, text in texts.items() if text}
    yield write_masthead({**lines, "Edition": edition}, place)
    yield write_paragraph("Gap", [])


def _end_cover(body: Element) -> Element:
    """End the section of the cover with the last paragraph of the body, and give its properties, still empty."""
    # The end of a tracked paragraph may go, and the section with it.
    if body[-1].tag != expand_name("w:p") or find_tracked_end(body[-1]):
        body.append(write_paragraph("Gap", []))
    section = make("w:sectPr")
    body[-1][0].append(section)
    return section


def write_block(block: Block, place: WordSpot) -> Iterator[Element]:
    """Write a block as paragraphs and tables, tracked where a redline marks it."""
    place = replace(place, versions=list_versions(block, place.story.document))
    yield from track_elements(list(_write_content(block, place)), block.mark, place)


def _write_content(block: Block, place: WordSpot) -> Iterator[Element]:
    """Write what a block holds."""
    match block:
        case Heading():
            yield from write_heading(block, place)
        case Paragraph(id=identifier, children=children, role=role):
            yield write_paragraph(_ROLES[role], place.story.mark(identifier, write_inlines(children, place)))
        case List():
            yield from _write_list(block, place)
        case Table():
            yield from _write_captioned_table(block, place)
        case KeyPoints():
            yield from _write_key_points(block, place)
        case KeyStatistics():
            yield from write_key_statistics(block, place)
        case Chart():
            yield from write_chart(block, place)
        case Contents(id=identifier):
            content = place.story.mark(identifier, write_inlines(set_out(block, "title"), place))
            yield write_paragraph("TOCHeading", content)
            yield from write_contents(place)
        case ReturnToContents():
            pass  # paper has none
        case Bibliography(entries=entries):
            for entry in entries:
                yield from track_elements([_write_entry(entry, place)], entry.mark, place)
        case _:
            assert_never(block)


def _write_list(block: List, place: WordSpot) -> Iterator[Element]:
    """Write a list, one paragraph an item; each ordered list counts from 1."""
    story = place.story
    number = story.ordered_lists
    story.ordered_lists += block.ordered
    style = "ListNumber" if block.ordered else "ListBullet"
    for index, item in enumerate(block.items):
        there = replace(place, versions=list_versions(item, story.document)) if item.mark else place
        content = story.mark(item.id, write_inlines(item.children, there))
        content = story.mark(block.id, content) if index == 0 else content
        paragraph = write_paragraph(style, content, make_list_number(block.ordered, number))
        yield from track_elements([paragraph], item.mark, place)


def _write_key_points(block: KeyPoints, place: WordSpot) -> Iterator[Element]:
    """Write the key points under their title."""
    yield write_paragraph("BoxTitle", place.story.mark(block.id, write_inlines(block.title, place)))
    for point in block.points:
        content = place.story.mark(point.id, write_inlines(point.children, place))
        yield from track_elements([write_paragraph("KeyPoint", content)], point.mark, place)
    yield write_paragraph("Gap", [])


def _write_captioned_table(table: Table, place: WordSpot) -> Iterator[Element]:
    """Write a table under its caption, if it has one."""
    caption = write_inlines(table.caption, place)
    if table.number:
        yield write_caption(table, "table", caption, place)
    elif caption:
        yield write_paragraph("Caption", place.story.mark(table.id, caption))
    yield write_table(table, place)


def _write_entry(entry: BibliographyEntry, place: WordSpot) -> Element:
    """Write an entry of the bibliography, and whether it is only probably the one meant."""
    content = write_inlines(entry.children, place)
    content += write_inlines(set_out(entry, "status", " [{}]"), replace(place, style="EntryStatus"))
    return write_paragraph("Bibliography", place.story.mark(entry.id, content))
