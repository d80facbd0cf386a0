"""Small works on runs of inlines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from briefing.document.nodes import Inline, Inlines, Text

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def find_sentence(content: str, offset: int) -> str:
    """Give the sentence of a block's content in which an offset stands, on one line."""
    starts = [match.end() for match in re.finditer(r"[.!?]\s+(?=[A-Z\[{])", content[:offset])]
    end = re.compile(r"[.!?](?=\s+[A-Z\[{]|\s*$)").search(content, offset)
    return " ".join(content[starts[-1] if starts else 0 : end.end() if end else len(content)].split())


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
