"""Find the numbers of the prose that no figure binds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from briefing.document import (
    Bibliography,
    Block,
    Chart,
    Heading,
    KeyStatistics,
    List,
    Paragraph,
    Table,
    Text,
    walk_nodes,
)
from briefing.problems import Place, Problem

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# What counts as a date in running text, by language.
DATES = {
    "en": re.compile(
        rf"\b(?:\d{{1,2}} )?(?:{MONTHS}) \d{{4}}\b"
        rf"|\b\d{{1,2}} (?:{MONTHS})\b"
        r"|\b1?\d(?:st|nd|rd|th)(?:(?:[–-]| (?:to|and) (?:the )?)1?\d(?:st|nd|rd|th))?[ -]centur(?:y|ies)\b"
        r"|(?<![\d.,])(?:19|20)\d\d(?:[–/-](?:19|20)\d\d)?(?![\d%]|[.,]\d)"
    ),
}


@dataclass(frozen=True, slots=True)
class Exemption:
    """A pattern of names that hold digits (resolution 2164), with the reason why they are no numbers."""

    pattern: re.Pattern[str]
    reason: str


def find_unbound_numbers(
    blocks: Iterable[Block], exemptions: Iterable[Exemption], language: str, places: Mapping[str, Place]
) -> list[Problem]:
    """Find every digit that is neither bound to a figure, nor part of a date, nor exempt."""
    exemptions = tuple(exemptions)
    problems = []
    for block in blocks:
        if isinstance(block, Bibliography) or (isinstance(block, Table) and block.role):
            continue  # references and the lists that the program makes
        if isinstance(block, Paragraph) and block.role == "colophon":
            continue
        for part in _list_parts(block):
            name = getattr(part, "id", "")
            for number in _find_digits(part, exemptions, language):
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


def _find_digits(part: object, exemptions: Iterable[Exemption], language: str) -> Iterator[str]:
    texts = [node.text for node in walk_nodes(part) if isinstance(node, Text)]
    for text in texts:
        for exemption in exemptions:
            text = exemption.pattern.sub(" ", text)
        text = DATES[language].sub(" ", text)
        yield from re.findall(r"\d[\d.,]*", text)
