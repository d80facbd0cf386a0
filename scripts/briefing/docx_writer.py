"""Write a composed note as a Word file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, assert_never

from briefing.document import (
    Bibliography,
    BibliographyEntry,
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    KeyStatistics,
    List,
    Metadata,
    Paragraph,
    ReturnToContents,
    Table,
)
from briefing.docx_fields import make_contents, make_sequence_number, make_text
from briefing.docx_inlines import link_to, write_inlines, write_run
from briefing.docx_numbering import make_list_number, make_no_number
from briefing.docx_package import Draft, finish_package, start_package
from briefing.docx_pictures import write_picture
from briefing.docx_story import Place, Story, list_targets, name_bookmarks
from briefing.docx_tables import write_key_statistics, write_paragraph, write_table
from briefing.docx_xml import Element, make, make_flag

_ROLES = {"": "BodyText", "source": "Source", "disclaimer": "Disclaimer", "colophon": "Colophon"}


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
    draft = start_package()
    story = write_body(document, labels, images, styles, pages, draft)
    return finish_package(draft, story, fonts)


def write_body(
    document: Document,
    labels: Mapping[str, str],
    images: Mapping[str, bytes],
    styles: Mapping[str, Any],
    pages: Mapping[str, int],
    draft: Draft,
) -> Story:
    """Write a note into the body of a new package, and give what the parts beside it need to know."""
    headings = tuple(block for block in document.blocks if isinstance(block, Heading))
    bookmarks = name_bookmarks(list_targets(document))
    story = Story(document, labels, images, styles, pages, draft.package, bookmarks, headings)
    place = Place(story, draft.document)
    draft.body.extend(write_masthead(document.metadata, labels, place))
    for block in document.blocks:
        draft.body.extend(write_block(block, place))
    return story


def write_masthead(metadata: Metadata, labels: Mapping[str, str], place: Place) -> Iterator[Element]:
    """Write the masthead: series, title, subtitle, edition and the day whose data the note uses."""
    edition = f"{labels['edition']}: {metadata.edition_text}   ·   {labels['as_of']} {metadata.as_of_text}"
    lines = {"Series": metadata.series, "Title": metadata.title, "Subtitle": metadata.subtitle, "Edition": edition}
    for style, text in lines.items():
        if text:
            yield write_paragraph(style, [write_run(place, make_text(text))])


def write_block(block: Block, place: Place) -> Iterator[Element]:
    """Write a block as paragraphs and tables."""
    match block:
        case Heading():
            yield _write_heading(block, place)
        case Paragraph(id=identifier, children=children, role=role):
            yield write_paragraph(_ROLES[role], place.story.mark(identifier, write_inlines(children, place)))
        case List():
            yield from _write_list(block, place)
        case Table():
            yield from _write_captioned_table(block, place)
        case KeyStatistics():
            yield write_key_statistics(block, place)
        case Chart():
            yield from _write_chart(block, place)
        case Contents(id=identifier, title=title):
            content = place.story.mark(identifier, [write_run(place, make_text(title))])
            yield write_paragraph("TOCHeading", content)
            yield from make_contents(place.story.headings, place.story.pages)
        case ReturnToContents():
            yield _write_return(block, place)
        case Bibliography(entries=entries):
            for entry in entries:
                yield _write_entry(entry, place)
        case _:
            assert_never(block)


def _write_heading(heading: Heading, place: Place) -> Element:
    """Write a heading; one that Word would number otherwise than the note has its number typed, if it has one."""
    story = place.story
    content = write_inlines(heading.children, place)
    properties = [make_flag("w:pageBreakBefore")] if _follows_contents(heading, story) else []
    if not story.heading_counter.count(heading.level, heading.number):
        properties.append(make_no_number())
        if heading.number:
            content = [write_run(place, make_text(heading.number), make("w:tab")), *content]
        else:
            properties.append(make("w:ind", {"left": 0, "firstLine": 0}))
    return write_paragraph(f"Heading{heading.level}", story.mark(heading.id, content), *properties)


def _follows_contents(heading: Heading, story: Story) -> bool:
    """Tell whether a heading opens the text, right after the contents: it starts a page."""
    blocks = story.document.blocks
    position = blocks.index(heading)
    return position > 0 and isinstance(blocks[position - 1], Contents)


def _write_list(block: List, place: Place) -> Iterator[Element]:
    """Write a list, one paragraph an item; each ordered list counts from 1."""
    story = place.story
    number = story.ordered_lists
    story.ordered_lists += block.ordered
    style = "ListNumber" if block.ordered else "ListBullet"
    for index, item in enumerate(block.items):
        content = story.mark(item.id, write_inlines(item.children, place))
        content = story.mark(block.id, content) if index == 0 else content
        yield write_paragraph(style, content, make_list_number(block.ordered, number))


def _write_caption(block: Chart | Table, kind: str, content: Sequence[Element], place: Place) -> Element:
    """Write a caption: the kind of thing, its number as a field, its title."""
    number = make_sequence_number(kind, block.number, place.story.count_caption(kind))
    opening = [write_run(place, make_text(f"{place.story.labels[kind]} ")), *number]
    caption = [*opening, write_run(place, make_text(". ")), *content]
    return write_paragraph("Caption", place.story.mark(block.id, caption))


def _write_captioned_table(table: Table, place: Place) -> Iterator[Element]:
    """Write a table under its caption; one without a number has no caption."""
    if table.number:
        yield _write_caption(table, "table", write_inlines(table.caption, place), place)
    yield write_table(table, place)


def _write_chart(chart: Chart, place: Place) -> Iterator[Element]:
    """Write a chart or map: caption, picture, source and disclaimer, which stay on one page."""
    yield _write_caption(chart, chart.kind, write_inlines(chart.title, place), place)
    yield write_paragraph("Picture", [write_picture(chart, place)])
    stay = [make_flag("w:keepNext")] if chart.disclaimer else []
    if chart.source:
        label = write_run(place, make_text(f"{place.story.labels['source']}: "))
        yield write_paragraph("Source", [label, *write_inlines(chart.source, place)], *stay)
    if chart.disclaimer:
        yield write_paragraph("Disclaimer", write_inlines(chart.disclaimer, place))


def _write_return(block: ReturnToContents, place: Place) -> Element:
    """Write the way back to the contents."""
    contents = next((other.id for other in place.story.document.blocks if isinstance(other, Contents)), "")
    run = write_run(Place(place.story, place.part, style="ReturnLink"), make_text(f"↑ {block.text}"))
    linked = list(link_to(place.story.bookmarks.get(contents), [run]))
    return write_paragraph("Return", place.story.mark(block.id, linked))


def _write_entry(entry: BibliographyEntry, place: Place) -> Element:
    """Write an entry of the bibliography, and say so where the reference is incomplete."""
    content = write_inlines(entry.children, place)
    if entry.status:
        marked = Place(place.story, place.part, style="Incomplete")
        content.append(write_run(marked, make_text(f" [{place.story.labels['reference_incomplete']}]")))
    return write_paragraph("Bibliography", place.story.mark(entry.id, content))
