"""Write headings, and the contents that list them, as each version of a note numbers and pages them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.document.changes import Mark
from briefing.document.nodes import Heading
from briefing.document.version_names import name_old_page
from briefing.document.versions import Which, take_version
from briefing.document.walking import get_text
from briefing.writers.docx.fields import (
    CONTENTS_INSTRUCTION,
    begin_field,
    end_field,
    make_field,
    make_run,
    make_text,
    name_contents_bookmark,
)
from briefing.writers.docx.inlines import link_to, write_inlines, write_run
from briefing.writers.docx.numbering import make_no_number
from briefing.writers.docx.story import Story, WordSpot
from briefing.writers.docx.styles import resolve_paragraph
from briefing.writers.docx.tracked_changes import blame_house, list_versions, track_content, track_elements
from briefing.writers.docx.xml import Element, expand_name, make, make_flag, make_value, measure_twips

# --- Headings ----------------------------------------------------------------------------------------------------


def write_heading(heading: Heading, place: WordSpot) -> Iterator[Element]:
    """Write a heading; one that Word would number otherwise than the note has its number typed, if it has one."""
    counters = place.story.heading_counters
    headings = {version: take_version(heading, version) for version in place.versions}
    typed = {
        version: not counters[version].count(heading.level, own.number) and (bool(own.number), own.number)
        for version, own in headings.items()
    }
    if len(set(typed.values())) == 1:
        yield _write_heading(heading, bool(typed[place.versions[-1]]), place)
        return
    # What Word numbers in one version and not in the other, or a number that is typed, cannot be tracked as such.
    for version, own in headings.items():
        mark = Mark("inserted" if version == "new" else "deleted", blame_house(place))
        paragraph = _write_heading(replace(own, id=heading.id), bool(typed[version]), place)
        yield from track_elements([paragraph], mark, place)


def _write_heading(heading: Heading, is_typed: bool, place: WordSpot) -> Element:
    story = place.story
    content = write_inlines(heading.children, place)
    properties = []
    indents = []
    if is_typed:
        properties.append(make_no_number())
        if heading.number:
            content = [write_run(place, make_text(heading.number), make("w:tab")), *content]
        else:
            indent = _measure_indent(f"Heading{heading.level}", story)
            indents.append(make("w:ind", {"left": indent, "firstLine": 0}))
    paragraph = story.mark(heading.id, content)
    style = make_value("w:pStyle", f"Heading{heading.level}")
    return make("w:p", None, make("w:pPr", None, style, properties, indents), paragraph)


def _measure_indent(style: str, story: Story) -> int:
    """Measure the indent of a style's text, in twentieths of a point."""
    return measure_twips(resolve_paragraph(story.styles, style)["left"])


# --- Contents ----------------------------------------------------------------------------------------------------


def write_contents(place: WordSpot) -> Iterator[Element]:
    """Write the paragraphs of the contents, which list the sections: a field around entries that link there.

    `pages` of the story holds the page of each heading by its id (see `lay_out_pages`); the field is complete, so Word
    has no reason to ask for an update.
    """
    listed = [(index, heading) for index, heading in enumerate(place.story.headings) if heading.level == 1]
    for position, (index, heading) in enumerate(listed):
        entry = _write_entry(heading, name_contents_bookmark(index), place)
        style = make("w:pPr", None, make_value("w:pStyle", f"TOC{heading.level}"))
        paragraph = make("w:p", None, style, entry)
        mark = Mark(heading.mark.kind, blame_house(place)) if heading.mark else None
        # The field itself belongs to both versions.
        (paragraph,) = track_elements([paragraph], mark, place)
        if position == 0:
            paragraph[1:1] = list(begin_field(CONTENTS_INSTRUCTION))
        if position == len(listed) - 1:
            paragraph.append(end_field())
        yield paragraph


def hold_contents(body: Element) -> None:
    """Put the contents into the control that Word gives its own, with “Update Table” on a tab."""
    held = [block for block in body if _find_style(block).startswith("TOC")]
    if held:
        gallery = make_value("w:docPartGallery", "Table of Contents")
        properties = make("w:sdtPr", None, make("w:docPartObj", None, gallery, make_flag("w:docPartUnique")))
        place = body.index(held[0])
        body.insert(place, make("w:sdt", None, properties, make("w:sdtContent", None, held)))


def _find_style(block: Element) -> str:
    style = block.find(f"{expand_name('w:pPr')}/{expand_name('w:pStyle')}")
    return "" if style is None else str(style.get(expand_name("w:val")))


def _write_entry(heading: Heading, bookmark: str, place: WordSpot) -> list[Element]:
    """Write an entry of the contents: number (none stands as an empty one), text and page, all in one link.

    Where versions differ there is no link: a tracked change within one is lost on some readers.
    """
    versions = list_versions(heading, place.story.document)
    headings = {version: take_version(heading, version) for version in versions}
    numbers = [own.number for own in headings.values()]
    titles = [get_text(own.children) for own in headings.values()]
    # Nobody writes the pages: of two versions the new one's stand, as fields that Word counts.
    page = str(_find_page(headings[versions[-1]], versions[-1], place.story))
    tab = make_run(make("w:tab"))
    if not heading.mark and len(set(numbers)) == len(set(titles)) == 1:
        number = make_run(make_text(numbers[0]), make("w:tab"))
        reference = make_field(f" PAGEREF {bookmark} \\h ", [make_run(make_text(page))])
        return list(link_to(bookmark, [number, make_run(make_text(titles[0])), tab, *reference]))
    number_runs, title_runs = (_write_versions(texts, place) for texts in (numbers, titles))
    return [*number_runs, make_run(make("w:tab")), *title_runs, tab, make_run(make_text(page))]


def _write_versions(texts: Sequence[str], place: WordSpot) -> list[Element]:
    """Write a text as both versions have it."""
    if len(set(texts)) == 1:
        return [make_run(make_text(texts[0]))]
    old, new = ([make_run(make_text(text))] if text else [] for text in texts)
    cause = blame_house(place)
    return [*track_content(old, "old", cause, place), *track_content(new, "new", cause, place)]


def _find_page(heading: Heading, version: Which, story: Story) -> int:
    name = name_old_page(heading.id) if version == "old" else heading.id
    return story.pages.get(name, 0)
