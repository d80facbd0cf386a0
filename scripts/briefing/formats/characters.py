"""Refuse what no editor can see in a source: control characters, marks that turn text round, leftovers of a merge."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Collection, Iterator

from briefing.fonts import NOTE_CHARACTERS
from briefing.problems import Place, Problem

MAX_BYTES = 2_000_000
MAX_LINE = 10_000
MAX_TOLD = 10  # problems of one kind in one file; a file in a wrong encoding would have thousands
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\ufffc\ufffe\uffff")  # no category tells that these show nothing
LOST = "\ufffd"  # what programs write for a byte that they could not read
HIDDEN = {
    "Cc": "a control character",
    "Cf": "an invisible character",
    "Cs": "one half of a character",
    "Zl": "an invisible character",
    "Zp": "an invisible character",
}
ENTITY = re.compile(r"&#?\w{1,40};")
CONFLICT = re.compile(r"^(<{7} |>{7} |={7}$|\|{7} )", re.MULTILINE)


def check_size(file: str, raw: bytes) -> list[Problem]:
    """Refuse a source that is too large to have been written by hand."""
    if len(raw) <= MAX_BYTES:
        return []
    size = f"this file has {len(raw):,} bytes, expected {MAX_BYTES:,} at most"
    return [Problem(file, 1, 1, f"{size}; keep what the note uses")]


def check_characters(file: str, text: str) -> list[Problem]:
    """Report hidden characters, marks of an unfinished merge, and lines that no one can read."""
    problems = list(_find_conflicts(file, text))
    hidden = {character: kind for character in set(text) if (kind := _name_hidden(character))}
    for number, line in enumerate(text.split("\n"), 1):
        if len(problems) >= MAX_TOLD:
            break
        if len(line) > MAX_LINE:
            message = f"this line has {len(line):,} characters, expected {MAX_LINE:,} at most; break it into several"
            problems.append(Problem(file, number, 1, message))
        for column, character in enumerate(line, 1) if hidden else ():
            if character in hidden:
                message = f"here stands {hidden[character]} {_name(character)}; {_remedy(character)}"
                problems.append(Problem(file, number, column, message))
    return problems[:MAX_TOLD]


def check_coverage(file: str, text: str) -> list[Problem]:
    """Report characters that no font of the note holds, each where it stands first."""
    problems = []
    told: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line, 1):
            if character in NOTE_CHARACTERS or character in told or character == "\t" or is_hidden(character):
                continue
            told.add(character)
            problems.append(Problem(file, number, column, _say_uncovered(character)))
    return problems[:MAX_TOLD]


def check_decoded(place: Place, text: str, written: Collection[str], printed: bool = True) -> Iterator[Problem]:
    """Report characters that a text has once its escapes are read (`\\u202e`, `&#x202e;`).

    Those among `written`, the text as it stands in its file, are told where they stand.
    """
    for character in sorted(set(text) - set(written)):
        if kind := _name_hidden(character):
            yield place.report(f"an escape stands for {kind} {_name(character)}; {_remedy(character)}")
        elif printed and character not in NOTE_CHARACTERS and character not in "\n\t":
            yield place.report(_say_uncovered(character))


def find_escape(text: str, character: str) -> int:
    """Find where a character is written as JSON and YAML (`\\u202e`) or Markdown (`&#x202e;`) escape it, or -1."""
    position = text.lower().find(json.dumps(character)[1:-1]) if character not in text else -1
    if position < 0:
        entities = (match for match in ENTITY.finditer(text) if html.unescape(match[0]) == character)
        position = next((match.start() for match in entities), -1)
    return position


def report_uncovered(place: Place, character: str) -> Problem:
    """Report a character of the composed note that no font holds."""
    return place.report(_say_uncovered(character))


def _say_uncovered(character: str) -> str:
    return f"the fonts of the note do not hold {_name(character)}; write it otherwise"


def has_conflict(text: str) -> bool:
    """Tell whether a text has marks of an unfinished merge, so that nothing else of it can be told."""
    return any(mark[1][0] in "<>" for mark in CONFLICT.finditer(text))


def is_hidden(character: str) -> bool:
    """Tell whether no editor can see a character in a source."""
    return bool(_name_hidden(character))


def _name_hidden(character: str) -> str:
    """Name the kind of a character that no editor can see; "" for one that can be seen, a tab and a line end."""
    if character in TURNING:
        return "an invisible mark that turns the direction of text"
    if character in BLANK:
        return "an invisible character"
    if character == LOST:
        return "the mark of a character that was lost"
    return HIDDEN.get(unicodedata.category(character), "") if character not in "\t\n" else ""


def _remedy(character: str) -> str:
    return "type what was lost anew" if character == LOST else "delete it, or type the line anew"


def _find_conflicts(file: str, text: str) -> Iterator[Problem]:
    if not has_conflict(text):
        return  # a row of equals signs alone underlines a heading
    for mark in CONFLICT.finditer(text):
        line = text.count("\n", 0, mark.start()) + 1
        message = (
            f'"{mark[1].strip()}" is a mark of an unfinished merge; keep one of the two versions, remove the marks'
        )
        yield Problem(file, line, 1, message)


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "").lower()
    shown = f'"{character}" ' if character.isprintable() else ""
    return f"{shown}({code}{f', {name}' if name else ''})"
