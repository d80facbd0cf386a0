"""Sort names and titles as readers look for them: accents, ligatures and strokes are small matters of a letter."""

from __future__ import annotations

import functools
import re
import unicodedata

# What the name of a letter in Unicode says: "LATIN SMALL LETTER O WITH STROKE", "LATIN SMALL LIGATURE OE".
LATIN = re.compile(r"LATIN SMALL (?:LETTER|LIGATURE) (?:DOTLESS |OPEN |LONG |TURNED )*([A-Z]+)(?: WITH .*)?")
SOUNDS = {"ETH": "D", "ENG": "N", "THORN": "TH", "ESH": "SH", "SCHWA": "E"}
APOSTROPHES = "'’ʼʻʿʾ`´‘"


def make_sort_key(text: str) -> str:
    """Make what texts are sorted by: Œuvre stands where Oeuvre would, Øst where Ost, N’Diaye where Ndiaye."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(
        _find_base(letter) for letter in letters if not unicodedata.combining(letter) and letter not in APOSTROPHES
    )
    return " ".join(re.findall(r"\w+", plain))


@functools.cache
def _find_base(letter: str) -> str:
    """Find the letters of the alphabet that a Latin letter is sorted as; every other character stays."""
    name = LATIN.fullmatch(unicodedata.name(letter, ""))
    if letter.isascii() or name is None:
        return letter
    return SOUNDS.get(name[1], name[1]).lower()
