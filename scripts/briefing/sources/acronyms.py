"""Read the acronyms of a note, and find them in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from briefing.formats.csv_table import read_table
from briefing.problems import Problem, SourceError
from briefing.sources.exemptions import Exemption, make_exemption

HAS_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym and what it stands for, as a language has them; `key` is the acronym in the source language.

    `language` is set where the expansion is in another language than the note, `origin` where the letters are those of
    a name in another language, and the expansion translates it.
    """

    key: str
    short: str
    expansion: str
    language: str
    facts: tuple[str, ...]
    line: int
    origin: str = ""


def read_acronyms(file: str, text: str, language: str) -> dict[str, Acronym]:
    """Read acronyms.csv for one language, checked before by its table schema; keys are the acronyms in the language.

    This fails with a `SourceError` where the table has no column for the language.
    """
    acronyms = {}
    for line, row in read_table(text).records():
        if (wanted := f"expansion_{language}") not in row:
            remedy = f'add it, to datapackage.yaml too, and say in it what each acronym means in "{language}"'
            raise SourceError([Problem(file, 1, 1, f'there is no column "{wanted}"; {remedy}')])
        short = row.get(f"acronym_{language}") or row["acronym"]
        formed_from = row.get("formed_from") or ""
        expansion_language = row[column] if (column := f"language_{language}") in row else row["language"]
        acronyms[short] = Acronym(
            key=row["acronym"],
            short=short,
            expansion=row[f"expansion_{language}"],
            language=expansion_language if expansion_language != language else "",
            facts=tuple((row.get("facts") or "").split()),
            line=line,
            origin=row.get(f"expansion_{formed_from}", "") if formed_from not in (language, expansion_language) else "",
        )
    return acronyms


def make_pattern(acronyms: Iterable[str]) -> re.Pattern[str]:
    """Make the pattern that finds acronyms in running text, with a plural s if there is one.

    A hyphen may join one to a word before it (non-UN), and to another of the list (UN-SSR); joined to anything else in
    capitals, it is a part of another name (UN-Habitat).
    """
    return _compile_names(tuple(sorted(acronyms, key=len, reverse=True)))


@lru_cache(maxsize=32)
def _compile_names(longest_first: tuple[str, ...]) -> re.Pattern[str]:
    listed = [re.escape(name) for name in longest_first]
    names = "|".join(listed) or "(?!)"
    joined = "".join(rf"|(?<=\b{name}-)|(?<=\b{name}s-)" for name in listed)
    return re.compile(rf"(?:(?<![\w-])|(?<=[^\W\d_A-Z]-){joined})({names})(s?)(?!\w|-(?!(?:{names})s?\b)[A-Z0-9])")


@lru_cache(maxsize=1 << 14)
def find_acronyms(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    """Find the acronyms of a text by the pattern of their list; the same text is searched once, for it is slow."""
    return tuple(pattern.finditer(text))


def exempt_acronyms(acronyms: Iterable[Acronym]) -> list[Exemption]:
    """Give the acronyms that hold digits, and the names with digits that acronyms stand for: "Group of 5 (G5)"."""
    acronyms = tuple(acronyms)
    shorts = [re.compile(rf"(?<!\w){re.escape(row.short)}s?(?!\w)") for row in acronyms if HAS_DIGIT.search(row.short)]
    names = [row.expansion for row in acronyms if HAS_DIGIT.search(row.expansion)]
    return [
        *(Exemption(pattern, "An acronym") for pattern in shorts),
        *(make_exemption(name, "What an acronym stands for") for name in names),
    ]
