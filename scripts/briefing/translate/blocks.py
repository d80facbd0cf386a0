"""Translate the composed blocks of a note, message by message; the source language only lists its messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from briefing.document.inlines import map_inlines
from briefing.document.nodes import (
    Block,
    Chart,
    ChartLabel,
    FigureUse,
    Heading,
    Inline,
    KeyStatistic,
    KeyStatistics,
    List,
    Note,
    Paragraph,
    Text,
)
from briefing.document.walking import get_text, map_nodes, walk_nodes
from briefing.formats.po_catalogue import Message
from briefing.problems import Place
from briefing.translate.messages import name_placeholders, write_message

LETTER = re.compile(r"[^\W\d_]")
Inlines = tuple[Inline, ...]


class Translator(Protocol):
    """What gives a run of text in the language of the document."""

    def translate(self, context: str, inlines: Inlines, place: Place) -> Inlines:
        """Give the text of a section, which stands at a place of the sources, in the language of the document."""
        ...


def translate_plain(translator: Translator, context: str, text: str, place: Place) -> str:
    """Translate a text that holds no figure and no link."""
    return get_text(translator.translate(context, (Text(text),), place)) if text else ""


@dataclass
class MessageLister:
    """Leaves the text as it is, and lists the messages for a catalogue."""

    messages: dict[tuple[str, str], Message] = field(default_factory=dict)

    def translate(self, context: str, inlines: Inlines, place: Place) -> Inlines:
        """List the message of a text, if there is anything in it to translate."""
        if has_words(inlines):
            message = Message(context, write_message(inlines), place.file, tuple(list_hints(inlines)))
            self.messages.setdefault(message.key, message)
        return inlines


def has_words(inlines: Inlines) -> bool:
    """Tell whether a run says anything besides its figures, citations and marks."""
    return any(isinstance(node, Text) and LETTER.search(node.text) for node in walk_nodes(inlines))


def list_hints(inlines: Inlines) -> Iterator[str]:
    """Tell a translator what each placeholder says in the source language, and by which wording."""
    for use, name in name_placeholders(inlines).items():
        yield f"{{{name}}} = {use.text}" + (f" [{use.form}]" if use.form else "")


def number_notes(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Number footnotes in the order of their marks, which a translation may have changed."""
    blocks = tuple(blocks)
    found = dict.fromkeys(node.id for node in walk_nodes(blocks) if isinstance(node, Note))
    numbers = {name: number for number, name in enumerate(found, 1)}
    numbered: tuple[Block, ...] = map_nodes(
        blocks, lambda node: replace(node, number=numbers[node.id]) if isinstance(node, Note) else node
    )
    return numbered


# --- Blocks ------------------------------------------------------------------------------------------------------


def translate_blocks(blocks: Iterable[Block], translator: Translator, places: Mapping[str, Place]) -> Iterator[Block]:
    """Translate blocks in order; the message context of each is the id of the heading that it stands under."""
    section = ""
    for block in blocks:
        section = block.id if isinstance(block, Heading | KeyStatistics) else section
        yield translate_block(block, section, translator, places)


def translate_block(block: Block, section: str, translator: Translator, places: Mapping[str, Place]) -> Block:
    """Translate a block; one that the program has made comes back as it is."""

    def at(part: object) -> Place:
        return places.get(getattr(part, "id", ""), Place("text", 1))

    def translate(inlines: Inlines, part: object = block) -> Inlines:
        translated = translator.translate(section, inlines, at(part))
        return map_inlines(translated, lambda node: _translate_note(node, inlines, section, translator, places))

    match block:
        case Heading(children=children) | Paragraph(children=children, role=""):
            return replace(block, children=translate(children))
        case List(items=items):
            return replace(block, items=tuple(replace(item, children=translate(item.children, item)) for item in items))
        case KeyStatistics(lines=lines):
            return replace(block, lines=tuple(_translate_line(line, translate) for line in lines))
        case Chart():
            return _translate_chart(block, translate)
        case _:
            return block


def _translate_note(
    node: Inline, source: Inlines, section: str, translator: Translator, places: Mapping[str, Place]
) -> Inline:
    """Give a footnote its translated text; the message that refers to it holds its mark only."""
    if not isinstance(node, Note):
        return node
    children = next(note.children for note in walk_nodes(source) if isinstance(note, Note) and note.id == node.id)
    place = places.get(node.id, Place("text", 1))
    return replace(node, children=translator.translate(section, children, place))


def _translate_line(line: KeyStatistic, translate: Translate) -> KeyStatistic:
    return replace(
        line,
        label=translate(line.label, line),
        value=translate(line.value, line),
        year=translate(line.year, line),
    )


def _translate_chart(chart: Chart, translate: Translate) -> Chart:
    points = tuple(node for node in translate(chart.points) if isinstance(node, FigureUse))
    return replace(
        chart,
        title=translate(chart.title),
        source=translate(chart.source),
        alternative=translate(chart.alternative),
        points=points,
        labels=tuple(ChartLabel(label.source, translate(label.children)) for label in chart.labels),
        disclaimer=translate(chart.disclaimer),
    )


class Translate(Protocol):
    """Translates a run of a block, or of one of its parts."""

    def __call__(self, inlines: Inlines, part: object = ...) -> Inlines:
        """Give the run in the language of the document."""
        ...
