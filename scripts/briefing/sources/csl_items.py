"""Read CSL-JSON as Zotero and other programs export it: years as text, empty names, languages as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from babel import Locale
from babel.core import get_global
from citeproc import DATES as CSL_DATES
from citeproc import NAMES, NUMBERS, VARIABLES

DATES = ("issued", "accessed")
KNOWN = {
    "id", "type", "custom", "language", "title-short", "shortTitle", "journalAbbreviation", "citation-key",
    *(name.replace("_", "-") for name in (*VARIABLES, *NAMES, *NUMBERS, *CSL_DATES)),
}  # fmt: skip
"""The keys of a work in CSL-JSON, and two that Zotero adds."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_YEAR = re.compile(r"(?:^|\D)([12]\d{3})(?!\d)")
_NOT_PRINTED = re.compile(r"</?span[^<>]*>|</?sc>", re.IGNORECASE)
"""Marks of CSL-JSON that say how to set a text, and that a note prints as plain text."""


def read_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Read a work as its program wrote it: what is empty is absent, years are numbers, languages are BCP 47 tags."""
    read: dict[str, Any] = _drop_empty({key: value for key, value in item.items() if key not in (*DATES, "custom")})
    for name in DATES:
        if name in item:
            read[name] = _read_date(item[name]) if isinstance(item[name], Mapping) else item[name]
    if isinstance(language := read.get("language"), str):
        read["language"] = read_language(language) or language
    for name, value in read.items():
        if isinstance(value, str):
            read[name] = _NOT_PRINTED.sub("", value)
    return read | ({"custom": item["custom"]} if "custom" in item else {})


def list_slips(item: Mapping[str, Any]) -> Iterator[str]:
    """List the keys of a work that are nearly those of CSL; others are what programs add for themselves."""
    for key in item:
        if key not in KNOWN and (near := get_close_matches(key, KNOWN, n=1, cutoff=0.8)):
            yield f'has the key "{key}", which CSL does not know; did you mean "{near[0]}"?'


def _drop_empty(value: Any) -> Any:
    """Drop empty texts, and what holds nothing else."""
    if isinstance(value, Mapping):
        kept = {key: _drop_empty(child) for key, child in value.items()}
        return {key: child for key, child in kept.items() if child not in ("", [], {}, None)}
    if isinstance(value, list):
        return [child for child in map(_drop_empty, value) if child not in ("", {}, None)]
    return value.strip() if isinstance(value, str) else value


def _read_date(date: Mapping[str, Any]) -> dict[str, Any]:
    """Read a date: parts that are text are numbers, and a literal one has the year that stands in it."""
    read = dict(date)
    parts = read.get("date-parts")
    if isinstance(parts, list):
        read["date-parts"] = [[*map(_read_number, part)] if isinstance(part, list) else part for part in parts]
    else:
        for name in ("raw", "literal"):
            if found := _YEAR.search(str(read.get(name, ""))):
                read["date-parts"] = [[int(found[1])]]
    return read


def _read_number(part: Any) -> Any:
    return int(part) if isinstance(part, str) and part.strip().isdigit() else part


@cache
def _get_language_names() -> Mapping[str, str]:
    """Give the tags of CLDR by the names of their languages, in English and in French, case-folded."""
    return {name.casefold(): tag for locale in ("en", "fr") for tag, name in Locale(locale).languages.items()}


def read_language(written: str) -> str:
    """Give the BCP 47 tag of a language that is written as a tag, an ISO 639-2 code or a name; "" for none known."""
    text = written.strip()
    if tag := _get_language_names().get(text.casefold()):
        return tag.replace("_", "-")
    if not _TAG.fullmatch(text):
        return ""
    first, *others = re.split("[-_]", text)
    base = get_global("language_aliases").get(first.lower(), first.lower())
    if base not in Locale("en").languages:
        return ""
    shaped = [part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower() for part in others]
    return "-".join([base, *shaped])
