"""Find and rewrite translations in the text of a catalogue, and nothing else of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import polib

from briefing.formats.po_catalogue import Key, key_entry, parse_entries

WIDTH = 78
_MESSAGE = re.compile(r'^msgstr[ \t]+"(?:[^"\\\n]|\\.)*"[ \t]*(?:\r?\n"(?:[^"\\\n]|\\.)*"[ \t]*)*', re.MULTILINE)


@lru_cache(maxsize=4)
def list_translations(text: str) -> Mapping[Key, tuple[int, str]]:
    """List the translations of a catalogue: the line on which each stands, and its text; it is parsed once."""
    lines = text.split("\n")
    found = {}
    for entry in parse_entries(text):
        if not entry.obsolete:
            start = entry.linenum or 1
            line = next((n for n in range(start, len(lines) + 1) if lines[n - 1].lstrip().startswith("msgstr")), start)
            found[key_entry(entry)] = (line, entry.msgstr)
    return found


def rewrite_translations(text: str, translations: Mapping[int, str]) -> str:
    """Write other translations, each on the line on which one stands; all else stays, byte for byte."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    pieces, position = [], 0
    for line, translation in sorted(translations.items()):
        if found := _MESSAGE.search(text, starts[line - 1]):
            written = str(polib.POEntry(msgid="x", msgstr=translation).__unicode__(wrapwidth=WIDTH))
            pieces += [text[position : found.start()], written[written.index("msgstr ") :].rstrip("\n")]
            position = found.end()
    return "".join([*pieces, text[position:]])
