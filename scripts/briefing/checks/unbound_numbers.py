"""Find the numbers of the prose that no figure binds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from babel.dates import get_month_names

from briefing.document.nodes import Abbreviation, Block, CitePart, FigureUse, is_made
from briefing.document.walking import list_runs, list_texts, walk_nodes, walk_pieces
from briefing.language.number_formatting import Language
from briefing.problems import Place, Problem
from briefing.sources.exemptions import Exemption

BOUND = (FigureUse, CitePart, Abbreviation)
"""Inlines whose digits rest on a figure, on the bibliography or on the list of acronyms."""


def make_date_pattern(language: Language) -> re.Pattern[str]:
    """Make the pattern of what counts as a date in running text, from the grammar and the months of CLDR."""
    names = get_month_names("wide", locale=language.cldr).values()
    months = "|".join(re.escape(name) for name in names)
    return re.compile("|".join(pattern.replace("{months}", months) for pattern in language.grammar["date_patterns"]))


def find_unbound_numbers(
    blocks: Iterable[Block], exemptions: Iterable[Exemption], language: Language, places: Mapping[str, Place]
) -> list[Problem]:
    """Find every digit that is neither bound to a figure, nor part of a date, nor exempt."""
    exemptions, dates = tuple(exemptions), make_date_pattern(language)
    problems = []
    for block in blocks:
        if is_made(block):
            continue
        for piece in walk_pieces((block,)):
            for number in _find_digits(piece, exemptions, dates):
                place = places.get(piece.id) or places.get(block.id) or Place("text", 1)
                remedy = "write {{ figure }}, or add an exemption with its reason to note.yaml"
                problems.append(place.report(f'the number "{number}" is bound to no figure; {remedy}', "unbound"))
    return problems


def _find_digits(piece: object, exemptions: Iterable[Exemption], dates: re.Pattern[str]) -> Iterator[str]:
    inlines = (node for run in list_runs(piece) for node in walk_nodes(run) if not isinstance(node, BOUND))
    for text in (text for inline in inlines for text in list_texts(inline)):
        for exemption in exemptions:
            text = exemption.pattern.sub(" ", text)
        text = dates.sub(" ", text)
        yield from re.findall(r"\d[\d.,]*", text)
