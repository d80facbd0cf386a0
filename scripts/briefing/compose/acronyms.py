"""Mark the acronyms of a text as abbreviations, and list those that it uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from briefing.document.nodes import (
    Abbreviation,
    Column,
    FigureUse,
    Inline,
    Row,
    Span,
    Table,
    Text,
)
from briefing.sources.acronyms import Acronym


def mark_acronyms(node: Any, acronyms: Mapping[str, Acronym], pattern: re.Pattern[str]) -> Any:
    """Turn the acronyms in every run of text below a node into abbreviations."""
    if isinstance(node, tuple):
        marked: list[Any] = []
        for child in node:
            marked.extend(
                _split_text(child, acronyms, pattern)
                if isinstance(child, Text)
                else [mark_acronyms(child, acronyms, pattern)]
            )
        return tuple(marked)
    if not is_dataclass(node) or isinstance(node, type | FigureUse | Abbreviation):
        return node
    changes = {
        field.name: mark_acronyms(value, acronyms, pattern)
        for field in fields(node)
        if isinstance(value := getattr(node, field.name), tuple) and field.name != "facts"
    }
    return replace(node, **changes)


def _split_text(text: Text, acronyms: Mapping[str, Acronym], pattern: re.Pattern[str]) -> Iterator[Inline]:
    end = 0
    for match in pattern.finditer(text.text):
        if match.start() > end:
            yield Text(text.text[end : match.start()])
        yield Abbreviation(match[1] + match[2], acronyms[match[1]].expansion)
        end = match.end()
    if end < len(text.text) or not text.text:
        yield Text(text.text[end:])


def make_acronym_table(used: Iterable[str], acronyms: Mapping[str, Acronym], titles: tuple[str, str]) -> Table:
    """Make the list of acronyms: those used, in alphabetical order, with their expansions."""
    rows = []
    for short in sorted(used, key=str.casefold):
        acronym = acronyms[short]
        expansion: Inline = Text(acronym.expansion)
        if acronym.language:
            expansion = Span(acronym.language, (expansion,))
        rows.append(Row(f"acronym-{acronym.key.casefold()}", ((Text(short),), (expansion,)), acronym.facts))
    columns = (Column(titles[0], 0.2), Column(titles[1], 0.8))
    return Table("acronym-list", "acronyms", 0, (), columns, tuple(rows))
