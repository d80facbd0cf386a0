"""Find text that was decoded twice, once in another encoding: "cafÃ©" for "café", "â€™" for an apostrophe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

CODECS = ("cp1252", "mac_roman", "cp850")
# What editors of Latin scripts write beyond ASCII: letters, typographic marks, the byte-order mark.
MEANT = "".join(map(chr, (*range(0xA0, 0x180), *range(0x2010, 0x2023), 0x2026, 0x202F, 0x2030, 0x2039, 0x203A, 0x20AC)))
MEANT += "™−≈≤≥ƒˆ˜\ufeff"
# What may follow a capital letter where nothing was misread: the end of a quotation, a dash, a no-break space.
CLOSING = frozenset("”’“»›…–—\u00a0")


def find_decoded_twice(text: str) -> Iterator[tuple[int, str]]:
    """Find the words of a text that were decoded twice, each with its offset and what it should be."""
    if text.isascii():
        return
    end = 0
    for found in _make_pattern().finditer(text):
        if found.start() >= end and not _may_be_meant(text, found):
            start, end = _find_word(text, found)
            word = text[start:end]
            yield start, f'"{word}" is "{restore(word)}" decoded twice; write that, and save the file as UTF-8'


def _find_word(text: str, found: re.Match[str]) -> tuple[int, int]:
    start, end = found.span()
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and not (text[end].isascii() and not text[end].isalpha()):
        end += 1
    return start, end


def restore(text: str) -> str:
    """Give a text as it was meant, however often it was decoded."""
    table = _list_misreadings()
    for _ in range(4):
        restored = _make_pattern().sub(lambda found: table[found[0]], text)
        if restored == text:
            break
        text = restored
    return text


@cache
def _make_pattern() -> re.Pattern[str]:
    """Make the pattern of all that a character becomes where its UTF-8 bytes are read in another encoding."""
    return re.compile("|".join(map(re.escape, sorted(_list_misreadings(), key=len, reverse=True))))


@cache
def _list_misreadings() -> dict[str, str]:
    table: dict[str, str] = {}
    for codec in CODECS:
        for character in MEANT:
            table.setdefault("".join(_read_byte(byte, codec) for byte in character.encode("utf-8")), character)
    return table


def _read_byte(byte: int, codec: str) -> str:
    """Read a byte as programs do, which take one that an encoding does not know for a control character."""
    try:
        return bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        return chr(byte)


def _may_be_meant(text: str, found: re.Match[str]) -> bool:
    """Tell whether two characters may stand side by side for themselves, as in “LIBERTÉ” or 5 Å."""
    if len(found[0]) != 2 or found[0][1] not in CLOSING:
        return False
    before = text[found.start() - 1 : found.start()]
    return before.isupper() or (found[0] == "Å\u00a0" and not before.isalpha())
