"""Write a composed note as a Word file."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
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
from briefing.docx_fields import instruct_sequence, make_contents, make_field, make_text
from briefing.docx_inlines import link_to, write_inlines, write_run
from briefing.docx_numbering import make_list_number, make_no_number
from briefing.docx_package import Draft, finish_package, start_package
from briefing.docx_pictures import write_picture
from briefing.docx_story import Place, Story, list_targets, name_bookmarks
from briefing.docx_styles import resolve_paragraph
from briefing.docx_tables import write_key_statistics, write_masthead, write_paragraph, write_table
from briefing.docx_xml import Element, expand_name, make, make_flag, measure_twips

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
    draft.body.extend(_write_masthead(document.metadata, place))
    for block in document.blocks:
        if isinstance(block, Contents | Heading) and story.cover is None:
            story.cover = _end_cover(draft.body)
        draft.body.extend(write_block(block, place))
    return story


def _write_masthead(metadata: Metadata, place: Place) -> Iterator[Element]:
    """Write the masthead: series, title, subtitle, edition and the day whose data the note uses."""
    label = replace(place, style="MastheadLabel")
    labels = place.story.labels
    edition = [
        write_run(label, make_text(f"{labels['edition']} ")),
        write_run(place, make_text(metadata.edition_text), make("w:tab")),
        write_run(label, make_text(f"{labels['as_of']} ")),
        write_run(place, make_text(metadata.as_of_text)),
    ]
    texts = {"Series": metadata.series, "Title": metadata.title, "Subtitle": metadata.subtitle}
    lines = {style: [write_run(place, make_text(text))] for style, text in texts.items() if text}
    yield write_masthead({**lines, "Edition": edition}, place)
    yield write_paragraph("Gap", [])


def _end_cover(body: Element) -> Element:
    """End the section of the cover with the last paragraph of the body, and give its properties, still empty."""
    if body[-1].tag != expand_name("w:p"):
        body.append(write_paragraph("Gap", []))
    section = make("w:sectPr")
    body[-1][0].append(section)
    return section


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
            yield from write_key_statistics(block, place)
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
    fresh = _starts_page(heading, story)
    properties = [make_flag("w:pageBreakBefore")] if fresh else []
    indents = []
    if not story.heading_counter.count(heading.level, heading.number):
        properties.append(make_no_number())
        if heading.number:
            content = [write_run(place, make_text(heading.number), make("w:tab")), *content]
        else:
            indent = _measure_indent(f"Heading{heading.level}", story)
            indents.append(make("w:ind", {"left": indent, "firstLine": 0}))
    spacing = [make("w:spacing", {"before": 0})] if fresh else []
    paragraph = story.mark(heading.id, content)
    return write_paragraph(f"Heading{heading.level}", paragraph, *properties, *spacing, *indents)


def _measure_indent(style: str, story: Story) -> int:
    """Measure the indent of a style's text, in twentieths of a point."""
    return measure_twips(resolve_paragraph(story.styles, style)["left"])


def _starts_page(heading: Heading, story: Story) -> bool:
    """Tell whether a heading starts a page: the first one after the contents, and that of the table of figures."""
    blocks = story.document.blocks
    position = blocks.index(heading)
    section = itertools.takewhile(lambda block: not isinstance(block, Heading), blocks[position + 1 :])
    annex = any(isinstance(block, Table) and block.role == "figures" for block in section)
    return annex or (position > 0 and isinstance(blocks[position - 1], Contents))


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
    label = replace(place, style="CaptionLabel")
    instruction = instruct_sequence(kind, block.number, place.story.count_caption(kind))
    number = make_field(instruction, [write_run(label, make_text(str(block.number)))], label.style)
    opening = [write_run(label, make_text(f"{place.story.labels[kind]} ")), *number]
    caption = [*opening, write_run(place, make_text(" ")), *content]
    return write_paragraph("Caption", place.story.mark(block.id, caption))


def _write_captioned_table(table: Table, place: Place) -> Iterator[Element]:
    """Write a table under its caption, if it has one."""
    caption = write_inlines(table.caption, place)
    if table.number:
        yield _write_caption(table, "table", caption, place)
    elif caption:
        yield write_paragraph("Caption", place.story.mark(table.id, caption))
    yield write_table(table, place)


def _write_chart(chart: Chart, place: Place) -> Iterator[Element]:
    """Write a chart or map: caption, picture, source and disclaimer, which stay on one page."""
    yield _write_caption(chart, chart.kind, write_inlines(chart.title, place), place)
    yield write_paragraph("Picture", [write_picture(chart, place)])
    stay = [make_flag("w:keepNext")] if chart.disclaimer else []
    if chart.source:
        label = write_run(place, make_text(f"{place.story.labels['source']} "))
        yield write_paragraph("Source", [label, *write_inlines(chart.source, place)], *stay)
    if chart.disclaimer:
        yield write_paragraph("Disclaimer", write_inlines(chart.disclaimer, place))


def _write_return(block: ReturnToContents, place: Place) -> Element:
    """Write the way back to the contents."""
    contents = next((other.id for other in place.story.document.blocks if isinstance(other, Contents)), "")
    run = write_run(replace(place, style="ReturnLink"), make_text(f"↑ {block.text}"))
    linked = list(link_to(place.story.bookmarks.get(contents), [run]))
    return write_paragraph("Return", place.story.mark(block.id, linked))


def _write_entry(entry: BibliographyEntry, place: Place) -> Element:
    """Write an entry of the bibliography, and say so where the reference is incomplete."""
    content = write_inlines(entry.children, place)
    if entry.status:
        content.append(write_run(replace(place, style="Incomplete"), make_text(f" [{entry.status}]")))
    return write_paragraph("Bibliography", place.story.mark(entry.id, content))
