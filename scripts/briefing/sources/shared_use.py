"""What a note uses of the tables that all notes share: the rows whose names stand in its sources.

Which rows are used is told by the text of a note alone. So it can be told of sources that cannot be read yet, and it
rather takes in a row too many (a unit whose name is a common word) than it leaves out one that shapes the note.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from typing import Any

import yaml

from briefing.sources.data_package import HOUSE, SOURCE, list_left_out

UNITS, BOUNDS, HEDGES, INDICATORS = (f"common/{name}.yaml" for name in ("units", "bounds", "hedges", "indicators"))
GLOSSARY = "common/glossary.csv"
TABLES = (UNITS, BOUNDS, HEDGES, INDICATORS, GLOSSARY)
"""The shared tables of which a note uses some rows."""
_MARKS = re.compile(r"[*_\\]+")
_APOSTROPHES = re.compile("[’‘]")
_MEASURED = re.compile(r"""(?<!\w)(?:indicator["']?\s*:[\s>|-]*["']?([a-z]\w*)|([a-z]\w*)["']?\s*:)""")
"""The names in figures.yaml that may be those of indicators: what `indicator` says, and keys."""

Rows = dict[str, Any]


class UsedNames:
    """The names that stand in the own files of a note (`raw` is by path below sources/), in whatever case."""

    def __init__(self, raw: Mapping[str, bytes]) -> None:
        # The descriptor lists what a table may hold, used or not.
        named = [name for name in sorted(raw) if not is_shared(name) and not name.endswith(f"/{SOURCE}")]
        own = [raw[name].decode("utf-8", "replace") for name in named]
        self._text = _flatten("\n".join(own))

    def __contains__(self, name: object) -> bool:
        """Say whether a name, or its plural in s, stands in the note as a word of its own."""
        sought = _flatten(str(name))
        if not sought or not sought[0].isalnum():
            return bool(sought) and sought in self._text
        word = re.compile(rf"(?<!\w){re.escape(sought)}s?(?!\w)")
        start = self._text.find(sought)  # many times as fast as a search for the pattern
        while start >= 0 and not word.match(self._text, start):
            start = self._text.find(sought, start + 1)
        return start >= 0


def find_measured(raw: Mapping[str, bytes]) -> frozenset[str]:
    """Find the names of figures and indicators in the figures.yaml of a note (`raw` is by path below sources/)."""
    texts = [content.decode("utf-8", "replace") for name, content in raw.items() if name.endswith("/figures.yaml")]
    return frozenset(name for text in texts for match in _MEASURED.finditer(text) for name in match.groups() if name)


def _flatten(text: str) -> str:
    """Give a text without what Markdown marks words by, in small letters, on one line."""
    return " ".join(_APOSTROPHES.sub("'", _MARKS.sub("", text)).casefold().split())


def is_shared(name: str) -> bool:
    """Say whether a file, by its path below sources/, is one that all notes share."""
    return name.startswith("common/")


def list_used(raw: Mapping[str, bytes]) -> dict[str, Rows]:
    """List the rows that a note uses of each shared table, by the path of the table and the name of the row.

    A table that cannot be read counts as one row, so that its mending is a change; one that is not there has none. Of
    the descriptor of the house a note uses what its own leaves out.
    """
    names, measured = UsedNames(raw), find_measured(raw)
    used = {
        table: dict(_list_rows(table, raw[table], measured if table == INDICATORS else names))
        for table in TABLES
        if table in raw
    }
    own = [raw[name] for name in raw if not is_shared(name) and name.endswith(f"/{SOURCE}")]
    left = list_left_out(own[0], raw[HOUSE]) if own and HOUSE in raw else {}
    return used | ({HOUSE: {key: block.decode("utf-8", "replace") for key, block in left.items()}} if left else {})


def _list_rows(table: str, content: bytes, names: Container[str]) -> Iterator[tuple[str, Any]]:
    try:
        text = content.decode("utf-8-sig")
        rows = _read_terms(text) if table == GLOSSARY else _read_rows(table, text)
    except (UnicodeDecodeError, yaml.YAMLError, csv.Error, AttributeError, TypeError):
        yield "", content.decode("utf-8", "replace")
        return
    for name, row in rows:
        # A hedge may be typed too; it is then known by its word.
        said = row.get("en") if isinstance(row, dict) and table == HEDGES else None
        if (name.partition("/")[2] in names if table == HEDGES else name in names) or (said and said in names):
            yield name, row


@lru_cache(maxsize=16)
def _read_rows(table: str, text: str) -> list[tuple[str, Any]]:
    """List the rows of a table; those of the hedges stand in parts, whose names come first ("hedges/over")."""
    content = yaml.safe_load(text) or {}
    if table != HEDGES:
        return [(str(name), row) for name, row in content.items()]
    return [(f"{part}/{name}", row) for part, rows in content.items() for name, row in rows.items()]


def _read_terms(text: str) -> list[tuple[str, Any]]:
    """List the terms of the glossary by the language of its first column; its notes are for people alone."""
    rows = list(csv.DictReader(io.StringIO(text)))
    languages = [name for name in (rows[0] if rows else {}) if name and name != "note"]
    return [(row[languages[0]] or "", {tag: row[tag] for tag in languages}) for row in rows if languages]
