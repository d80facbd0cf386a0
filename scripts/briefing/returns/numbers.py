"""Know a number in running text: by its digits, or as a word of its language."""

from __future__ import annotations

import re
from functools import cache

from num2words import num2words

_COUNTED = (*range(2, 21), *range(30, 101, 10), 1000, 1_000_000, 1_000_000_000)
_JOINTS = frozenset({"and", "et", "one", "un", "une", "a"})


@cache
def list_number_words(language: str) -> frozenset[str]:
    """List the words by which a language says numbers, without those that say other things too."""
    try:
        written = " ".join(str(num2words(number, lang=language)) for number in _COUNTED)
    except NotImplementedError:
        return frozenset()
    words = set(re.findall(r"[^\W\d_]+", written.casefold())) - _JOINTS
    return frozenset(words | {f"{word}s" for word in words})


def is_number(word: str, language: str) -> bool:
    """Tell whether a word says a number."""
    return any(character.isdigit() for character in word) or word.casefold() in list_number_words(language)
