"""Acronyms: recognised in the text, spelled out at first use, listed when used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from briefing.document import (
    Abbreviation,
    Block,
    Cite,
    Column,
    FigureUse,
    Inline,
    List,
    Note,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    get_text,
    walk_nodes,
)
from briefing.problems import Place, Problem
from briefing.table_text import read_table

CANDIDATE = re.compile(r"(?<![\w-])[A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*(?:-[A-Z0-9]+)*(?![\w])")
PLURAL = re.compile(r"s\b")  # a number may ask for the plural of any word: "dollars des États-Unis"
ROMAN = re.compile(r"[IVX]+")


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym and what it stands for, as a language has them; `key` is the acronym in the source language.

    `language` is set where the expansion is in another language than the note.
    """

    key: str
    short: str
    expansion: str
    language: str
    facts: tuple[str, ...]
    line: int


def read_acronyms(text: str, language: str) -> dict[str, Acronym]:
    """Read acronyms.csv for one language, checked before by its table schema; keys are the acronyms in the language."""
    acronyms = {}
    for line, row in read_table(text).records():
        short = row.get(f"acronym_{language}") or row["acronym"]
        expansion_language = row[column] if (column := f"language_{language}") in row else row["language"]
        acronyms[short] = Acronym(
            key=row["acronym"],
            short=short,
            expansion=row[f"expansion_{language}"],
            language=expansion_language if expansion_language != language else "",
            facts=tuple((row.get("facts") or "").split()),
            line=line,
        )
    return acronyms


def make_pattern(acronyms: Iterable[str]) -> re.Pattern[str]:
    """Make the pattern that finds acronyms in running text, with a plural s if there is one."""
    names = "|".join(re.escape(name) for name in sorted(acronyms, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({names or '(?!)'})(s?)(?!\w|-[A-Z0-9])")


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


def find_used(blocks: Iterable[Block], pattern: re.Pattern[str]) -> dict[str, None]:
    """Find the acronyms that the blocks use, in figures too (USD 4.3 billion), in order of first use."""
    used: dict[str, None] = {}
    for node in walk_nodes(tuple(blocks)):
        if isinstance(node, Text | FigureUse | Abbreviation):
            used.update((match[1], None) for match in pattern.finditer(node.text))
        elif isinstance(node, str):
            used.update((match[1], None) for match in pattern.finditer(node))
    return used


def check_acronyms(
    blocks: Iterable[Block],
    acronyms: Mapping[str, Acronym],
    names: Iterable[re.Pattern[str]],
    places: Mapping[str, Place],
    listed_at: Place,
) -> list[Problem]:
    """Check that acronyms are listed, used, and spelled out at first use in running text."""
    blocks = tuple(blocks)
    pattern = make_pattern(acronyms)
    spelled: set[str] = set()
    problems: list[Problem] = []
    for name, text in _list_running_text(blocks):
        place = places.get(name, Place("text", 1))
        problems.extend(_check_listed(text, acronyms, names, place))
        for match in pattern.finditer(text):
            if match[1] not in spelled:
                spelled.add(match[1])
                expansion = acronyms[match[1]].expansion
                if not _is_spelled_out(text, match, expansion):
                    remedy = f'write "{expansion} ({match[1]})"'
                    problems.append(
                        place.report(f"{match[1]} is not spelled out at its first use; {remedy}", "acronym")
                    )
    used = find_used(blocks, pattern)
    for short, acronym in acronyms.items():
        if short not in used:
            place = Place(listed_at.file, acronym.line)
            problems.append(
                place.report(f"{short} is listed and never used; the list leaves it out", "acronym", "warning")
            )
    return problems


def _check_listed(
    text: str, acronyms: Mapping[str, Acronym], names: Iterable[re.Pattern[str]], place: Place
) -> Iterator[Problem]:
    """Report what looks like an acronym and is neither listed, nor part of a listed name or of an exemption."""
    exempt = [match.span() for name in names for match in name.finditer(text)]
    expansions = " ".join(acronym.expansion for acronym in acronyms.values())
    for match in CANDIDATE.finditer(text):
        short = match[0].removesuffix("s")
        known = short in acronyms or match[0] in acronyms or ROMAN.fullmatch(short) or short in expansions
        if not known and not any(start <= match.start() and match.end() <= end for start, end in exempt):
            yield place.report(
                f"{match[0]} is used and not listed; add it to acronyms.csv or to the exemptions", "acronym"
            )


def _list_running_text(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """List the text of paragraphs and list items, then of the footnotes that hang on them; citations are left out."""
    for block in blocks:
        parts = block.items if isinstance(block, List) else (block,) if isinstance(block, Paragraph) else ()
        for part in parts:
            yield part.id, _get_own_text(part.children)
            for note in walk_nodes(part.children):
                if isinstance(note, Note):
                    yield part.id, _get_own_text(note.children)


def _get_own_text(children: tuple[Inline, ...]) -> str:
    return "".join(get_text(child) for child in children if not isinstance(child, Cite))


def _is_spelled_out(text: str, match: re.Match[str], expansion: str) -> bool:
    """Tell whether "Expansion (ACR)" or "ACR (expansion)" stands at a match."""
    wanted = _fold(expansion)
    before, after = _fold(text[: match.start()]), _fold(text[match.end() :])
    opened = before.removesuffix("(").rstrip()
    return (before.endswith("(") and opened.endswith(wanted)) or after.startswith(f"({wanted}")


def _fold(text: str) -> str:
    flat = text.casefold().replace("’", "'").replace("‑", "-").replace("-", " ").strip()
    return PLURAL.sub("", flat)


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
