"""Mark the acronyms of a text as abbreviations, and list those that it uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefing.document.nodes import Abbreviation, Column, Inline, Inlines, Row, Span, Table, Text
from briefing.document.walking import map_runs
from briefing.sources.acronyms import Acronym, find_acronyms


def mark_acronyms(node: Any, acronyms: Mapping[str, Acronym], pattern: re.Pattern[str]) -> Any:
    """Turn the acronyms in every run of text at and below a node into abbreviations."""

    def mark(run: Inlines, piece: Any = None) -> Inlines:
        marked: list[Inline] = []
        for child in run:
            if isinstance(child, Text):
                marked.extend(_split_text(child, acronyms, pattern))
            else:
                marked.append(map_runs(child, mark))
        return tuple(marked)

    return map_runs(node, mark)


def _split_text(text: Text, acronyms: Mapping[str, Acronym], pattern: re.Pattern[str]) -> Iterator[Inline]:
    end = 0
    for match in find_acronyms(pattern, text.text):
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
