"""Write the sentence that the margin of paper says again; a redline says in a line where it is another one."""

from __future__ import annotations

import dataclasses

from markupsafe import Markup

from briefing.document.changes import Cause, Mark
from briefing.document.inlines import quote_sentence, split_sentences
from briefing.document.nodes import Deletion, Inlines, Insertion, Paragraph
from briefing.document.versions import take_version
from briefing.document.walking import get_text
from briefing.writers.html.elements import make_element
from briefing.writers.html.inlines import write_inlines
from briefing.writers.html.marks import write_mark
from briefing.writers.html.surroundings import Surroundings


def write_key_sentence(paragraph: Paragraph, around: Surroundings) -> Markup:
    """Write the sentence for the margin of paper, to the eye alone; in redlines it would be read as new."""
    if around.variant == "screen" or around.is_redline or not paragraph.key_sentence:
        return Markup()
    text = write_inlines(_quote(take_version(paragraph, "new")), dataclasses.replace(around, linked=False))
    cause = _find_cause(paragraph)
    boxed = write_mark(text, Mark("inserted", cause) if cause else None, around)
    return make_element("span", boxed, class_="key-sentence", aria_hidden="true")


def write_key_change(paragraph: Paragraph, around: Surroundings) -> Markup:
    """Write for a redline which sentence the margin said again and which it says now, where these are two."""
    changed = [part for part in paragraph.before if part.name == "key_sentence" and part.cause]
    if not (around.is_redline and changed):
        return Markup()
    (attribute,) = changed
    assert attribute.cause
    old, new = (_quote(take_version(paragraph, version)) for version in ("old", "new"))
    changes = ((Deletion, old), (Insertion, new))
    marks = [change(children, attribute.cause) for change, children in changes if children]
    numbers = {id(marks[0]): around.changes[id(attribute)]} if marks and id(attribute) in around.changes else {}
    text = write_inlines(marks, dataclasses.replace(around, changes=numbers, linked=False))
    return make_element("p", f"{around.labels['changes_margin']} ", text, class_="margin")


def _quote(paragraph: Paragraph) -> Inlines:
    return quote_sentence(paragraph.children, paragraph.key_sentence)


def _find_cause(paragraph: Paragraph) -> Cause | None:
    """Find why the sentence is not that of the other version, in a document that has its own marks alone."""
    if paragraph.mark:
        return paragraph.mark.cause
    if chosen := next((part.cause for part in paragraph.before if part.name == "key_sentence"), None):
        return chosen
    text, end = get_text(take_version(paragraph.children, "new")), 0
    start = 0
    for sentence in split_sentences(take_version(paragraph.children, "new"))[: paragraph.key_sentence]:
        said = get_text(sentence)
        start = text.index(said, end)
        end = start + len(said)
    place = 0
    for inline in paragraph.children:
        length = len(get_text((inline,)))
        if isinstance(inline, Insertion) and place < end and place + length > start:
            return inline.cause
        place += length
    return None
