"""Find hedges that are typed beside a figure, where nothing holds them against its value.

The words are those of the table of hedges, and those that the grammar of the language names besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from briefing.figures.figure import Figure
from briefing.figures.units import is_time
from briefing.language.number_formatting import Language
from briefing.language.wordings import CAPITAL, is_true, read_form, says_nothing, suggest_wordings

# Signs that mean in any language what a hedge does, by their relation.
SIGNS_BEFORE = {"~": "near", "≈": "near", "±": "near", ">": "above", "<": "below", "≥": "at_least", "≤": "at_most"}
SIGNS_AFTER = {"+": "at_least"}
OPENING, CLOSING = r"[\s\"“”‘’«»(\[]*", r"[\"“”’»)\]]*[\s-]*"
# A noun may part a figure from what follows it, if no more is said: "1,500 French troops or more."
ADJACENT, APART = r"(?!\w)", r"(?=\s*(?:[.,;:!?)\]–—]|$))"


@dataclass(frozen=True, slots=True)
class TypedHedge:
    """A hedge as it is typed, its relation, and on which side of the figure it stands ("before" or "after")."""

    words: str
    relation: str
    side: str


def find_typed_hedge(before: str, after: str, figure: Figure, form: str, language: Language) -> TypedHedge | None:
    """Find a hedge in the words before and after a figure that is printed in a form.

    Beside a period, and as a preposition ("over five years", "spread over"), a word hedges nothing.
    """
    if form == "period":
        return None
    time = is_time(language.units[figure.unit]) or form == "ordinal"
    return _find_before(before, language, time) or _find_after(after, language, time)


def measure_hedges(before: str, after: str, language: Language) -> tuple[int, int]:
    """Measure what hedges a number at the end of what stands before it, and next to it in what follows: in characters.

    What stands between a hedge and the number is counted with it.
    """
    left, right = _match_before(before, language), _match_after(after, language)
    is_left = left is not None and _find_before(before, language, time=False) is not None
    is_right = right is not None and right[1] and _find_after(after, language, time=False) is not None
    return len(before) - left.start() if left and is_left else 0, right.end() if right and is_right else 0


def is_hedge(words: str, language: Language) -> bool:
    """Tell whether words hedge a number before which they stand alone, or one that stands before them."""
    table = language.grammar.get("hedges", {})
    left, trailing = _match_before(words, language), _join(SIGNS_AFTER | _list_words(table, "after"))
    is_whole = left is not None and not words[: left.start()].strip()
    return is_whole or re.search(rf"(?<!\w)(?:{trailing})$", words, re.IGNORECASE) is not None


def _find_before(before: str, language: Language, time: bool) -> TypedHedge | None:
    table = language.grammar.get("hedges", {})
    match = _match_before(before, language)
    if match and (match[1] or not _is_preposition(match[2], before[: match.end(2)], time, table)):
        return TypedHedge(_flatten(match[1] + match[2]), _look_up(_list_before(language), match[2]), "before")
    return None


def _find_after(after: str, language: Language, time: bool) -> TypedHedge | None:
    table = language.grammar.get("hedges", {})
    match = _match_after(after, language)
    found = match and (match[1] or match[2])
    if found and not _is_preposition(found, "", time, table):
        return TypedHedge(_flatten(found), _look_up(SIGNS_AFTER | _list_words(table, "after"), found), "after")
    return None


def _match_before(before: str, language: Language) -> re.Match[str] | None:
    degrees = _join(language.grammar.get("hedges", {}).get("degrees", ()))
    pattern = rf"(?<!\w)((?:(?:{degrees})\s+)*)({_join(_list_before(language))}){OPENING}$"
    return re.search(pattern, before, re.IGNORECASE)


def _match_after(after: str, language: Language) -> re.Match[str] | None:
    hedge = _join(SIGNS_AFTER | _list_words(language.grammar.get("hedges", {}), "after"))
    pattern = rf"{CLOSING}(?:({hedge}){ADJACENT}|(?:\w+\s+){{1,2}}({hedge}){APART})"
    return re.match(pattern, after, re.IGNORECASE)


def _list_before(language: Language) -> dict[str, str]:
    promised = {row[language.tag]: row["relation"] for row in language.hedges["hedges"].values()}
    return SIGNS_BEFORE | _list_words(language.grammar.get("hedges", {}), "before") | promised


def _list_words(table: Mapping[str, Any], side: str) -> dict[str, str]:
    return {word: relation for relation, words in table.get(side, {}).items() for word in words}


def _join(words: Iterable[str]) -> str:
    """Join words to a pattern, long ones first; an apostrophe may be straight, and a space any white space."""
    return _join_listed(tuple(words))


@lru_cache(maxsize=64)
def _join_listed(words: tuple[str, ...]) -> str:
    patterns = (re.escape(_flatten(word)) for word in sorted(words, key=len, reverse=True))
    return "|".join(pattern.replace("\\ ", r"\s+").replace("'", "['’]") for pattern in patterns) or "(?!)"


def _flatten(words: str) -> str:
    return " ".join(words.split()).replace("’", "'")


def _look_up(words: Mapping[str, str], found: str) -> str:
    plain = _flatten(found).casefold()
    return next(relation for word, relation in words.items() if _flatten(word).casefold() == plain)


def _is_preposition(hedge: str, text: str, time: bool, table: Mapping[str, Any]) -> bool:
    """Tell whether a word at the end of a text says when, how long, where or of what, and hedges no number."""
    if time and re.fullmatch(_join(table.get("spans", ())), hedge, re.IGNORECASE):
        return True
    phrases = "|".join(table.get("prepositions", ())).replace(" ", r"\s+") or "(?!)"
    return re.search(rf"(?<!\w)(?:{phrases})$", text, re.IGNORECASE) is not None


def suggest_forms(typed: TypedHedge, figure: Figure, language: Language) -> Iterator[str]:
    """Suggest what to write after the bar of a figure, so that it says a typed hedge itself, and truly."""
    hedges, said = language.hedges["hedges"], typed.words.casefold()
    hedge = said if said in hedges else next((n for n, row in hedges.items() if row["relation"] == typed.relation), "")
    wording = read_form(hedge, figure, language)
    if wording is None:
        return
    is_good = is_true(wording, figure) and not says_nothing(wording, figure)
    for form in [*([hedge] if is_good else []), *suggest_wordings(wording, figure, language)]:
        yield f"{form} | {CAPITAL}" if typed.words[0].isupper() else form
