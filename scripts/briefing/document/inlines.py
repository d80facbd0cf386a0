"""Small works on runs of inlines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from briefing.document.nodes import Cite, Inline, Inlines, Note, Text
from briefing.document.schema import Role, Trait, find_fields

PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\W*[A-ZÀ-Þ]|$)")


def find_sentence(content: str, offset: int) -> str:
    """Give the sentence of a block's content in which an offset stands, on one line."""
    starts = [match.end() for match in re.finditer(r"[.!?]\s+(?=[A-Z\[{])", content[:offset])]
    end = re.compile(r"[.!?](?=\s+[A-Z\[{]|\s*$)").search(content, offset)
    return " ".join(content[starts[-1] if starts else 0 : end.end() if end else len(content)].split())


def split_sentences(inlines: Inlines) -> list[Inlines]:
    """Split a run into its sentences; a footnote mark behind a full stop belongs to what it ends."""
    sentences: list[list[Inline]] = [[]]
    is_ended = False
    for inline in inlines:
        pieces: list[Inline] = [inline]
        if isinstance(inline, Text):
            starts = is_ended and inline.text[:1].isspace()
            first, *others = _SENTENCE_END.split(inline.text.lstrip() if starts else inline.text)
            sentences += [[]] if starts else []
            pieces = [Text(first)] if first else []
            for other in others:
                sentences[-1] += pieces
                sentences.append([])
                pieces = [Text(other)] if other else []
        is_ended = (
            inline.text.rstrip().endswith((".", "!", "?"))
            if isinstance(inline, Text)
            else is_ended and isinstance(inline, Note)
        )
        sentences[-1] += pieces
    return [tuple(sentence) for sentence in sentences if sentence]


def quote_sentence(inlines: Inlines, number: int) -> Inlines:
    """Give a sentence of a run, counted from 1, without its citations and footnotes; nothing where it has fewer."""
    sentences = split_sentences(inlines)
    quoted: list[Inline] = []
    for inline in sentences[number - 1] if 0 < number <= len(sentences) else ():
        if isinstance(inline, Cite) and quoted and isinstance(last := quoted[-1], Text):
            quoted[-1] = Text(last.text.rstrip())
        if not isinstance(inline, Cite | Note):
            quoted.append(inline)
    return merge_texts(quoted)


def read_value(node: Any, name: str) -> Any:
    """Give what a reader sees of a field: the sentence where it names one of the node's own, else its value."""
    value = getattr(node, name)
    is_quote = name in find_fields(type(node), Role.NAME, having=Trait.QUOTES)
    return quote_sentence(node.children, value) if is_quote else value


def merge_texts(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Join neighbouring runs of text and drop empty ones."""
    merged: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text):
            if not inline.text:
                continue
            if merged and isinstance(last := merged[-1], Text):
                merged[-1] = Text(last.text + inline.text)
                continue
        merged.append(inline)
    return tuple(merged)


def fill_text(template: str, filled: Mapping[str, Inlines]) -> Inlines:
    """Give a text of the house as a run, with runs in the place of its placeholders ("{edition}")."""
    pieces = PLACEHOLDER.split(template)
    return merge_texts(
        inline for number, piece in enumerate(pieces) for inline in (filled[piece] if number % 2 else (Text(piece),))
    )


def trim_end(inlines: tuple[Inline, ...], pattern: re.Pattern[str]) -> tuple[Inline, ...]:
    """Cut what `pattern` matches off the end of the last run of text."""
    *rest, last = inlines
    return merge_texts([*rest, Text(pattern.sub("", last.text))]) if isinstance(last, Text) else inlines
