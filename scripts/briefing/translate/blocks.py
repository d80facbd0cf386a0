"""Translate the composed blocks of a note, message by message; the source language only lists its messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from briefing.document.nodes import (
    Block,
    FigureUse,
    Heading,
    Inline,
    Inlines,
    KeyPoints,
    KeyStatistics,
    Note,
    Text,
    is_made,
)
from briefing.document.schema import Trait
from briefing.document.walking import get_text, list_texts, map_nodes, map_runs, walk_nodes
from briefing.formats.po_catalogue import Message
from briefing.problems import Place
from briefing.translate.messages import name_placeholders, write_message

LETTER = re.compile(r"[^\W\d_]")


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
    """Leaves the text as it is, and lists the messages for a catalogue; `names` has what each figure is called."""

    names: Mapping[str, str] = field(default_factory=dict)
    messages: dict[tuple[str, str], Message] = field(default_factory=dict)

    def translate(self, context: str, inlines: Inlines, place: Place) -> Inlines:
        """List the message of a text, if there is anything in it to translate."""
        if has_words(inlines):
            message = Message(context, write_message(inlines), place.file, tuple(list_hints(inlines, self.names)))
            self.messages.setdefault(message.key, message)
        return inlines


def has_words(inlines: Inlines) -> bool:
    """Tell whether a run says anything besides its figures, citations and marks."""
    spoken = (node for node in walk_nodes(inlines) if not isinstance(node, FigureUse))
    return any(LETTER.search(text) for node in spoken for text in list_texts(node, without=Trait.MADE))


def list_hints(inlines: Inlines, names: Mapping[str, str]) -> Iterator[str]:
    """Tell a translator which figure each placeholder prints, and by which wording; its value is none of their work."""
    for use, placeholder in name_placeholders(inlines).items():
        name = names.get(use.figure, use.figure)
        yield f"{{{placeholder}}}: {name}" + (f" [{use.form}]" if use.form else "")


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
        section = block.id if isinstance(block, Heading | KeyPoints | KeyStatistics) else section
        yield translate_block(block, section, translator, places)


def translate_block(block: Block, section: str, translator: Translator, places: Mapping[str, Place]) -> Block:
    """Translate all runs of a block, but for those that the program has made in the language already."""
    if is_made(block):
        return block

    def translate(run: Inlines, piece: Any) -> Inlines:
        translated = translator.translate(section, run, places.get(piece.id, Place("text", 1)))
        with_notes: Inlines = map_nodes(
            translated, lambda node: _translate_note(node, run, section, translator, places)
        )
        return with_notes

    translated: Block = map_runs(block, translate, without=Trait.MADE)
    return translated


def _translate_note(
    node: Inline, source: Inlines, section: str, translator: Translator, places: Mapping[str, Place]
) -> Inline:
    """Give a footnote its translated text; the message that refers to it holds its mark only."""
    if not isinstance(node, Note):
        return node
    children = next(note.children for note in walk_nodes(source) if isinstance(note, Note) and note.id == node.id)
    place = places.get(node.id, Place("text", 1))
    return replace(node, children=translator.translate(section, children, place))
