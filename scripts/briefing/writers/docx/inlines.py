"""Write the inlines of a note as Word runs, links and footnote marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from docx.opc.constants import RELATIONSHIP_TYPE

from briefing.document.nodes import (
    Abbreviation,
    Cite,
    Deletion,
    Emphasis,
    FigureUse,
    Inline,
    Insertion,
    LineBreak,
    Link,
    Note,
    Span,
    Strong,
    Text,
)
from briefing.document.superscripts import split_superscripts
from briefing.writers.docx.fields import make_text
from briefing.writers.docx.story import WordSpot
from briefing.writers.docx.styles import find_language
from briefing.writers.docx.tracked_changes import comment_on, doubt_content, join_changes, track_content
from briefing.writers.docx.xml import Element, make, make_flag, make_value

_RANGE = re.compile(r"(?<=\d[–-])(?=\d)")


def write_inlines(inlines: Sequence[Inline], place: WordSpot) -> list[Element]:
    """Write inlines in order; what was taken out and put in for a cause is one change, with its comment."""
    elements: list[Element] = []
    for cause, group in join_changes(inlines):
        content = [element for inline in group for element in write_inline(inline, place)]
        elements += comment_on(content, cause, place)
    return elements


def write_inline(inline: Inline, place: WordSpot) -> Iterator[Element]:
    """Write an inline as the runs and links it needs."""
    match inline:
        case Text(text=text) | Abbreviation(text=text):
            yield from write_text(place, text)
        case Emphasis(children=children):
            yield from write_inlines(children, replace(place, italic=not place.italic))
        case Strong(children=children):
            yield from write_inlines(children, replace(place, bold=True))
        case Span(language=language, children=children):
            yield from write_inlines(children, replace(place, language=language))
        case Link():
            yield from _write_link(inline, place)
        case FigureUse(text=text):
            anchor, said = place.story.find_figure(inline)
            styled = replace(place, style="FigureUse") if anchor else place
            content = list(link_to(anchor, list(write_text(styled, text)), said))
            yield from doubt_content(content, inline.doubt, place)
        case Cite():
            yield from _write_cite(inline, place)
        case Note():
            yield _write_footnote_mark(inline, place)
        case LineBreak():
            yield write_run(place, make("w:br"))
        case Insertion(children=children, cause=cause):
            content = write_inlines(children, replace(place, versions=("new",)))
            yield from track_content(content, "new", cause, place)
        case Deletion(children=children, cause=cause):
            yield from track_content(write_inlines(children, place), "old", cause, place)
        case _:
            assert_never(inline)


def write_text(place: WordSpot, text: str) -> Iterator[Element]:
    """Write a text as a run, or as several where part of it is a superscript."""
    for piece, is_superscript in split_superscripts(text, place.story.labels):
        yield write_run(replace(place, superscript=is_superscript), make_text(_hold_ranges(piece)))


def _hold_ranges(text: str) -> str:
    """Put what Word calls a no-width non break after the dash of ranges of numbers; addresses are left as they are.

    It is a zero-width joiner. Word, unlike other programs, does not know U+2060, and its dashes are always divided.
    """
    return text if "://" in text else _RANGE.sub("\N{ZERO WIDTH JOINER}", text)


def write_run(place: WordSpot, *content: Element) -> Element:
    """Write a run that looks as its place asks; the properties stand in the order of the schema."""
    properties = []
    if place.style:
        properties.append(make_value("w:rStyle", place.style))
    if place.bold:
        properties.append(make_flag("w:b"))
    if place.italic:
        properties.append(make_flag("w:i"))
    if place.superscript:
        properties.append(make_value("w:vertAlign", "superscript"))
    if place.language:
        properties.append(make_value("w:lang", find_language(place.story.styles, place.language)))
    return make("w:r", None, make("w:rPr", None, properties) if properties else None, content)


def link_to(anchor: str | None, runs: Sequence[Element], said: str = "") -> Iterator[Element]:
    """Link runs to a bookmark, with what Word says when they are pointed at; without one they stay as they are."""
    if anchor is None:
        yield from runs
    else:
        tooltip = {"tooltip": said} if said else {}
        yield make("w:hyperlink", {"anchor": anchor, **tooltip, "history": True}, runs)


def _write_link(link: Link, place: WordSpot) -> Iterator[Element]:
    """Write a link to a block or to the web; links do not nest, so what it holds loses its own."""
    runs = _flatten_links(write_inlines(link.children, replace(place, style=place.style or place.link)))
    if link.target.startswith("#"):
        anchor = place.story.bookmarks.get(link.target[1:])
        if anchor is None:
            raise ValueError(f'The note has no block "{link.target[1:]}" for the link "{link.target}" to lead to.')
        yield from link_to(anchor, runs)
    else:
        reference = place.part.relate_to(link.target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        yield make("w:hyperlink", {"r:id": reference, "history": True}, runs)


def _flatten_links(elements: Sequence[Element]) -> list[Element]:
    """Take runs out of the links around them."""
    flat: list[Element] = []
    for element in elements:
        flat += list(element) if element.tag.endswith("}hyperlink") else [element]
    return flat


def _write_cite(cite: Cite, place: WordSpot) -> Iterator[Element]:
    """Write a citation; each part leads to its entry of the bibliography."""
    yield write_run(place, make_text("("))
    for index, part in enumerate(cite.parts):
        if index:
            yield write_run(place, make_text(cite.delimiter))
        anchor = place.story.bookmarks.get(f"ref-{part.key}")
        styled = replace(place, style="Citation") if anchor else place
        yield from link_to(anchor, [write_run(styled, make_text(part.text))])
    yield write_run(place, make_text(")"))


def _write_footnote_mark(note: Note, place: WordSpot) -> Element:
    """Write the mark of a footnote, whose text goes into the part of the footnotes."""
    place.story.footnotes.append(note)
    reference = make("w:footnoteReference", {"id": len(place.story.footnotes)})
    return write_run(replace(place, style="FootnoteReference", bold=False, italic=False), reference)
