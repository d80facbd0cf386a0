"""Hold translations to the agreed terms: where the source has one, the translation must have its equivalent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from briefing.document.nodes import Inline
from briefing.formats.csv_table import read_table
from briefing.problems import Place, Problem, SourceError
from briefing.sources.acronyms import Acronym, make_pattern
from briefing.translate.messages import get_words

APOSTROPHES = str.maketrans("’‘", "''")
STEM = 5  # words longer than this may end in other letters: number, gender, tense


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term of the source language and what a language may say for it."""

    source: str
    targets: tuple[str, ...]
    pattern: re.Pattern[str]
    accepted: re.Pattern[str]


def read_glossary(text: str, source: str, target: str, file: str = "glossary.csv") -> tuple[GlossaryTerm, ...]:
    """Read the terms that a language has an equivalent for, the longest first; equivalents are parted by a bar.

    This fails with a `SourceError` where the table cannot be read or has no column for one of the languages.
    """
    table, terms = read_table(text, file), []
    if missing := [tag for tag in (source, target) if text and tag not in table.header]:
        wanted = f"the glossary has no column {' and no column '.join(missing)}; add it to the header"
        raise SourceError([Problem(file, 1, 1, wanted)])
    for _, row in table.records():
        targets = tuple(part.strip() for part in row[target].split("|") if part.strip())
        if targets and row[source].strip():
            # A name is met as it is written, a common word in any case.
            case = re.IGNORECASE if row[source].islower() else re.NOFLAG
            pattern = re.compile(rf"(?<![\w-]){_loosen(row[source].strip(), 0)}s?(?![\w-])", case)
            accepted = re.compile("|".join(_loosen(part, STEM) for part in targets), re.IGNORECASE)
            terms.append(GlossaryTerm(row[source].strip(), targets, pattern, accepted))
    return tuple(sorted(terms, key=lambda term: -len(term.source)))


def _loosen(phrase: str, stem: int) -> str:
    words = []
    for word in phrase.translate(APOSTROPHES).split():
        bare = word.rstrip(",;:")
        kept = re.escape(bare[:-2]) + r"\w*" if stem and len(bare) > stem else re.escape(bare)
        words.append(kept + re.escape(word[len(bare) :]))
    return r"\s+".join(words)


def check_terms(
    pairs: Iterable[tuple[str, tuple[Inline, ...], tuple[Inline, ...], Place]],
    terms: Iterable[GlossaryTerm],
    glossary: str,
    acronyms: Collection[Acronym] = (),
) -> Iterator[tuple[str, Problem]]:
    """Report the terms that a translation does not say as agreed; each with its section.

    A term within a longer one does not count. A term may be said by its acronym, whose own check asks where it may be.
    """
    terms = tuple(terms)
    begins = [term.source.translate(APOSTROPHES).split()[0].rstrip(",;:").lower() for term in terms]
    expansions = {acronym.short: acronym.expansion.translate(APOSTROPHES) for acronym in acronyms}
    for section, source, translated, place in pairs:
        written, said = (_flatten(run) for run in (source, translated))
        lowered = written.lower()
        for term in (term for term, begin in zip(terms, begins, strict=True) if begin in lowered):
            written, count = term.pattern.subn(" ", written)
            if not count or term.accepted.search(said):
                continue
            shorts = [short for short, expansion in expansions.items() if term.accepted.search(expansion)]
            if not any(make_pattern(shorts).finditer(said)):
                wanted = " or ".join(f"“{target}”" for target in term.targets)
                message = f"“{term.source}” is {wanted} in the glossary ({glossary})"
                yield section, place.report(f"{message}; use it, or mend the glossary", "glossary")


def _flatten(inlines: tuple[Inline, ...]) -> str:
    return " ".join(get_words(inlines).translate(APOSTROPHES).split())
