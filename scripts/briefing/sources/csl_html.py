"""Read the HTML that a citation style prints into inlines, and mark in them what is a title or an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser

from briefing.document.inlines import merge_texts
from briefing.document.nodes import Emphasis, Inline, Link, Span, Strong, Text
from briefing.document.walking import get_text
from briefing.sources.csl_mends import ADDRESS


class _MarkupReader(HTMLParser):
    """Collects the little markup that citation styles print (italics, bold) as inlines."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[list[Inline]] = [[]]

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.stack.append([])

    def handle_endtag(self, tag: str) -> None:
        children = tuple(self.stack.pop())
        match tag:
            case "i" | "em":
                self.stack[-1].append(Emphasis(children))
            case "b" | "strong":
                self.stack[-1].append(Strong(children))
            case _:
                self.stack[-1].extend(children)

    def handle_data(self, data: str) -> None:
        self.stack[-1].append(Text(data))


def read_markup(markup: str) -> tuple[Inline, ...]:
    """Turn the markup of a citation style into inlines."""
    reader = _MarkupReader()
    reader.feed(markup)
    reader.close()
    return tuple(reader.stack[0])


def mark_phrases(inlines: Iterable[Inline], phrases: Iterable[str], language: str) -> tuple[Inline, ...]:
    """Mark phrases of an entry as being in a language: each once, whole words, behind the year if there is one."""
    waiting = [phrase for phrase in phrases if phrase]
    inlines = tuple(inlines)
    names, _, _ = get_text(inlines).partition(")")
    passed = 0

    def mark(run: Iterable[Inline]) -> Iterator[Inline]:
        nonlocal passed
        for inline in run:
            if isinstance(inline, Text):
                yield from split(inline.text)
            elif isinstance(inline, Emphasis | Strong):
                yield replace(inline, children=tuple(mark(inline.children)))
            else:
                yield inline

    def split(text: str) -> Iterator[Inline]:
        nonlocal passed
        end, start = 0, max(len(names) - passed, 0) if len(names) < len(get_text(inlines)) else 0
        for phrase in list(waiting):
            pattern = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")
            if found := pattern.search(text, max(end, start)):
                yield Text(text[end : found.start()])
                yield Span(language, (Text(found[0]),))
                end = found.end()
                waiting.remove(phrase)
        yield Text(text[end:])
        passed += len(text)

    return merge_texts(mark(inlines))


def put_addresses(inlines: Iterable[Inline], addresses: Iterable[str]) -> tuple[Inline, ...]:
    """Put addresses, as links, where the marks for them stand."""
    waiting = list(addresses)

    def put(run: Iterable[Inline]) -> Iterator[Inline]:
        for inline in run:
            if isinstance(inline, Text) and ADDRESS in inline.text:
                first, *others = inline.text.split(ADDRESS)
                yield Text(first)
                for text in others:
                    address = waiting.pop(0)
                    yield Link(address, (Text(address),))
                    yield Text(text)
            elif isinstance(inline, Emphasis | Strong):
                yield replace(inline, children=tuple(put(inline.children)))
            else:
                yield inline

    return tuple(inline for inline in put(inlines) if inline != Text(""))


def get_plain_text(markup: str) -> str:
    """Drop the markup of a citation style."""
    return get_text(read_markup(markup))
