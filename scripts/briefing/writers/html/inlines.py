"""Write the inlines of a document as HTML, for the screen and for the PDF."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from typing import assert_never

from markupsafe import Markup, escape

from briefing.document.changes import Mark, Versioned
from briefing.document.nodes import (
    Abbreviation,
    BibliographyEntry,
    Cite,
    CitePart,
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
from briefing.document.versions import set_out
from briefing.writers.html.elements import join_markup, make_element
from briefing.writers.html.marks import write_mark
from briefing.writers.html.surroundings import Surroundings

_LAST_WORD = re.compile(r" [^ ]*\S\s+$")
# What no line breaks: ranges of numbers, names of editions, and names, which begin with a capital: those with a hyphen,
# where they are not long, and on paper those that are as long as what is hyphenated; and the French « a-t-elle ».
_RANGE = r"\d[\d.,]*[–-]\d[\d.,]*(?:-r\d+)?"
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_NAME = rf"\b{_CAPITAL}[^\W\d_]{{8,}}"
_HYPHENED = rf"\b{_CAPITAL}\w{{0,8}}-{_CAPITAL}\w{{0,12}}\b"
_INVERTED = r"\b\w{1,8}-t-\w{2,5}\b"
_HELD = {
    "screen": re.compile(f"({_RANGE}|{_HYPHENED}|{_INVERTED})"),
    "pdf": re.compile(f"({_RANGE}|{_NAME}|{_INVERTED})"),
}
_SHORT = 20
# A line may break an address after each part of its path, where browsers break none, and not at a hyphen, which might
# be the break's own, nor after its scheme, as WeasyPrint does; what is longer than a short line breaks anywhere.
_PARTS = re.compile(r"(?<=[^/]/)(?=[^/])")
_LONG_PART = 36
_SCHEMES = ("#", "https://", "http://", "mailto:")


class UnknownTargetError(ValueError):
    """A link, a citation or a number of the document leads nowhere; whoever composed the document can mend it."""


def write_inlines(inlines: Iterable[Inline], around: Surroundings) -> Markup:
    """Write inlines one after the other."""
    return join_markup(_write_inline(inline, around) for inline in inlines)


def write_attribute(node: Versioned, name: str, around: Surroundings, form: str = "{}") -> Markup:
    """Write a text of a node, with that of the old version where it was another; `form` is printed around either."""
    inlines = set_out(node, name, form)
    begun = (around.changes.get(id(attribute)) for attribute in node.before if attribute.name == name)
    number = next(begun, None)
    if number and inlines:
        around = dataclasses.replace(around, changes={id(inlines[0]): number})
    return write_inlines(inlines, around)


def _write_inline(inline: Inline, around: Surroundings) -> Markup:
    match inline:
        case Text(text=text):
            return _write_text(text, around)
        case Emphasis(children=children):
            return make_element("em", write_inlines(children, around))
        case Strong(children=children):
            return make_element("strong", write_inlines(children, around))
        case Link():
            return _write_link(inline, around)
        case FigureUse():
            return _write_figure_use(inline, around)
        case Cite(parts=parts, delimiter=delimiter):
            return Markup("({})").format(
                join_markup((_write_cite_part(part, around) for part in parts), escape(delimiter))
            )
        case Note():
            return _write_note(inline, around)
        case Abbreviation(text=text, expansion=expansion):
            return make_element("abbr", text, title=expansion)
        case Span(language=language, children=children):
            return make_element("span", write_inlines(children, around), lang=language)
        case LineBreak():
            return make_element("br")
        case Insertion(children=children, cause=cause):
            return write_mark(write_inlines(children, around), Mark("inserted", cause), around, inline)
        case Deletion(children=children, cause=cause):
            return write_mark(write_inlines(children, around), Mark("deleted", cause), around, inline)
        case _:
            assert_never(inline)


def _write_text(text: str, around: Surroundings) -> Markup:
    """Write a text, with what no line breaks in an element of its own."""
    parts = _HELD[around.variant].split(text)
    return join_markup(
        make_element("span", part, class_="held") if place % 2 else _write_part(part, around)
        for place, part in enumerate(parts)
    )


def _write_part(text: str, around: Surroundings) -> Markup:
    """Write text before an element; for the PDF its last word, where a space follows, stands in an element of its own.

    WeasyPrint 70 ends a line after the first word of a text that would fill the line but for the space at its end.
    """
    if around.variant == "pdf" and around.linked and (last := _LAST_WORD.search(text)):
        body, end = (_set_superscripts(part, around) for part in (text[: last.start()], last[0]))
        return body + make_element("span", end)
    return _set_superscripts(text, around)


def _set_superscripts(text: str, around: Surroundings) -> Markup:
    pieces = split_superscripts(text, around.labels)
    return join_markup(
        make_element("sup", piece) if is_superscript else escape(piece) for piece, is_superscript in pieces
    )


def _write_link(link: Link, around: Surroundings) -> Markup:
    if not link.target.startswith(_SCHEMES):
        raise UnknownTargetError(f"a link leads to {link.target!r}: expected #id, http:, https: or mailto:")
    text = write_inlines(link.children, dataclasses.replace(around, linked=False))
    if link.children == (Text(link.target),):
        text = _write_address(link.target, around)
    return make_element("a", text, href=link.target) if around.linked else text


def _write_address(address: str, around: Surroundings) -> Markup:
    parts = (
        make_element("span", part, class_="held")
        if len(part) <= _LONG_PART and ("-" in part or (around.variant == "pdf" and "://" in part))
        else escape(part)
        for part in _PARTS.split(address)
    )
    return join_markup(parts, Markup("<wbr>") if around.variant == "screen" else Markup())


def _write_figure_use(use: FigureUse, around: Surroundings) -> Markup:
    text = _set_superscripts(use.text, around)
    is_held = re.fullmatch(_RANGE, use.text)
    if not around.linked:
        return make_element("span", text, class_="held") if is_held else text
    if use.figure not in around.figures:
        raise UnknownTargetError(
            f"the number {use.text!r} states the figure {use.figure!r}, which the annex does not list"
        )
    figure = around.figures[use.figure]
    basis = f"basis-{figure.target}" if around.variant == "screen" else None
    link = make_element("span", text, class_="held") if is_held else text
    if figure.target:
        look, address = "figure held" if is_held else "figure", f"#{figure.target}"
        link = make_element("a", text, class_=look, href=address, title=figure.said or None, aria_describedby=basis)
    return (
        make_element("mark", link, " ", make_element("span", f"[{use.doubt}]", class_="doubt")) if use.doubt else link
    )


def _write_cite_part(part: CitePart, around: Surroundings) -> Markup:
    if not around.linked:
        return escape(part.text)
    if part.key not in around.works:
        raise UnknownTargetError(
            f"the citation {part.text!r} names the work {part.key!r}, which the bibliography lacks"
        )
    is_held = len(part.text) <= _SHORT and re.search(_HYPHENED, part.text)
    look = "cite held" if is_held else "cite"
    return make_element("a", part.text, class_=look, href=f"#{around.works[part.key]}")


def _write_note(note: Note, around: Surroundings) -> Markup:
    if not around.linked:
        return Markup()
    label = around.labels["footnote_mark"].format(number=note.number)
    if around.variant == "pdf":
        # CSS floats the note to the foot of its page and prints the mark; the attributes say where the two lead.
        content = write_inlines(note.children, around)
        back = f"{around.labels['back_to_text']} ({note.number})"
        return make_element("span", content, class_="footnote", id=f"note-{note.id}", title=label, data_return=back)
    link = make_element("a", str(note.number), href=f"#note-{note.id}", id=f"mark-{note.id}", aria_label=label)
    return make_element("sup", link)


def write_entry(entry: BibliographyEntry, around: Surroundings) -> Markup:
    """Write a work of the bibliography, with what is missing of it."""
    text = write_inlines(entry.children, around)
    status = write_attribute(entry, "status", around, "[{}]")
    return join_markup((text, " ", make_element("span", status, class_="status"))) if status else text
