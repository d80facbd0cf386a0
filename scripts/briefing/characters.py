"""Refuse what no editor can see in a source: control characters, marks that turn text round, leftovers of a merge."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from briefing.fonts import NOTE_CHARACTERS
from briefing.problems import Problem

MAX_BYTES = 2_000_000
MAX_LINE = 10_000
MAX_TOLD = 10  # problems of one kind in one file; a file in a wrong encoding would have thousands
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2028\u2029\u2060-\u2064\ufeff\ufff9-\ufffc]"
)
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
    for number, line in enumerate(text.split("\n"), 1):
        if len(problems) >= MAX_TOLD:
            break
        if len(line) > MAX_LINE:
            message = f"this line has {len(line):,} characters, expected {MAX_LINE:,} at most; break it into several"
            problems.append(Problem(file, number, 1, message))
        problems.extend(_find_hidden(file, number, line))
    return problems[:MAX_TOLD]


def check_coverage(file: str, text: str) -> list[Problem]:
    """Report characters that no font of the note holds, each where it stands first."""
    problems = []
    told: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line, 1):
            if character in NOTE_CHARACTERS or character in told or character == "\t" or _is_hidden(character):
                continue
            told.add(character)
            message = f"the fonts of the note do not hold {_name(character)}; write it otherwise"
            problems.append(Problem(file, number, column, message))
    return problems[:MAX_TOLD]


def has_conflict(text: str) -> bool:
    """Tell whether a text has marks of an unfinished merge, so that nothing else of it can be told."""
    return any(mark[1][0] in "<>" for mark in CONFLICT.finditer(text))


def _is_hidden(character: str) -> bool:
    return any(pattern.match(character) for pattern in (BIDI, CONTROL, INVISIBLE))


def _find_conflicts(file: str, text: str) -> Iterator[Problem]:
    if not has_conflict(text):
        return  # a row of equals signs alone underlines a heading
    for mark in CONFLICT.finditer(text):
        line = text.count("\n", 0, mark.start()) + 1
        message = (
            f'"{mark[1].strip()}" is a mark of an unfinished merge; keep one of the two versions, remove the marks'
        )
        yield Problem(file, line, 1, message)


def _find_hidden(file: str, number: int, line: str) -> Iterator[Problem]:
    for pattern, kind in (
        (BIDI, "an invisible mark that turns the direction of text"),
        (CONTROL, "a control character"),
        (INVISIBLE, "an invisible character"),
    ):
        for match in pattern.finditer(line):
            message = f"here stands {kind} {_name(match[0])}; delete it, or type the line anew"
            yield Problem(file, number, match.start() + 1, message)


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "").lower()
    shown = f'"{character}" ' if character.isprintable() else ""
    return f"{shown}({code}{f', {name}' if name else ''})"
