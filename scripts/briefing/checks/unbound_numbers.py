"""Find the numbers of the prose that no figure binds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from babel.dates import get_month_names

from briefing.document.nodes import Bibliography, Block, Chart, Heading, KeyStatistics, List, Paragraph, Table, Text
from briefing.document.walking import walk_nodes
from briefing.language.number_formatting import Language
from briefing.problems import Place, Problem
from briefing.sources.exemptions import Exemption


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
        if isinstance(block, Bibliography) or (isinstance(block, Table) and block.role):
            continue  # references and the lists that the program makes
        if isinstance(block, Paragraph) and block.role == "colophon":
            continue
        for part in _list_parts(block):
            name = getattr(part, "id", "")
            for number in _find_digits(part, exemptions, dates):
                place = places.get(name) or places.get(block.id) or Place("text", 1)
                remedy = "write {{ figure }}, or add an exemption with its reason to note.yaml"
                problems.append(place.report(f'the number "{number}" is bound to no figure; {remedy}', "unbound"))
    return problems


def _list_parts(block: Block) -> Iterator[object]:
    match block:
        case List(items=items):
            yield from items
        case KeyStatistics(lines=lines):
            yield from lines
        case Heading() | Paragraph() | Table() | Chart():
            yield block
        case _:
            return


def _find_digits(part: object, exemptions: Iterable[Exemption], dates: re.Pattern[str]) -> Iterator[str]:
    texts = [node.text for node in walk_nodes(part) if isinstance(node, Text)]
    for text in texts:
        for exemption in exemptions:
            text = exemption.pattern.sub(" ", text)
        text = dates.sub(" ", text)
        yield from re.findall(r"\d[\d.,]*", text)
