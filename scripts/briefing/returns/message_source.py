"""Find and rewrite translations in the text of a catalogue, and nothing else of it."""

from __future__ import annotations

import re

import polib

from briefing.formats.po_catalogue import Key, key_entry, parse_entries

WIDTH = 78
_MESSAGE = re.compile(r'^msgstr[ \t]+"(?:[^"\\\n]|\\.)*"[ \t]*(?:\r?\n"(?:[^"\\\n]|\\.)*"[ \t]*)*', re.MULTILINE)


def list_translations(text: str) -> dict[Key, tuple[int, str]]:
    """List the translations of a catalogue: the line on which each stands, and its text."""
    lines = text.split("\n")
    found = {}
    for entry in parse_entries(text):
        if not entry.obsolete:
            start = entry.linenum or 1
            line = next((n for n in range(start, len(lines) + 1) if lines[n - 1].lstrip().startswith("msgstr")), start)
            found[key_entry(entry)] = (line, entry.msgstr)
    return found


def rewrite_translation(text: str, line: int, translation: str) -> str:
    """Write another translation on the line on which one stands; all else stays, byte for byte."""
    start = sum(len(row) + 1 for row in text.split("\n")[: line - 1])
    written = str(polib.POEntry(msgid="x", msgstr=translation).__unicode__(wrapwidth=WIDTH))
    fresh = written[written.index("msgstr ") :].rstrip("\n")
    return text[:start] + _MESSAGE.sub(lambda _: fresh, text[start:], count=1)
