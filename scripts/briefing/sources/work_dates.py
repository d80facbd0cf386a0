"""Read the dates of CSL items: numbers or texts, one day or a range, or words that say when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

WANTED = 'expected {"date-parts": [[2015]]} or [[2015, 3, 4]], or no date at all'
ISO = r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?"
CIRCA = r"(?P<circa>c\.?|ca\.?|circa|vers|about|environ)?\s*"
WRITTEN = re.compile(rf"{CIRCA}{ISO}(?:\s*(?:/|–|--)\s*{ISO})?(?P<mark>[~?])?", re.IGNORECASE)
UNDATED = re.compile(r"(?:n\.?\s?d\.?|s\.?\s?d\.?|no date|undated|sans date)", re.IGNORECASE)
PARTS = 3


class DateError(ValueError):
    """A date that a style cannot print; the message says what was expected."""


def read_date(value: Any) -> dict[str, Any]:
    """Put a date into one form: whole numbers, "circa" where it is not certain, or a text; nothing for no date."""
    if not isinstance(value, Mapping):
        raise DateError(WANTED)
    read: dict[str, Any] = {}
    if "date-parts" in value:
        read = {"date-parts": _read_parts(value["date-parts"])}
    elif isinstance(text := value.get("literal") or value.get("raw"), str) and text.strip():
        read = _read_text(text.strip())
    elif value.keys() - {"literal", "raw", "circa", "season"}:
        raise DateError(WANTED)
    if read and str(value.get("circa", "")).casefold() not in ("", "0", "false", "none"):
        read["circa"] = True
    if read and str(value.get("season", "")) in "1234" and value.get("season"):
        read["season"] = int(value["season"])
    return read


def _read_text(text: str) -> dict[str, Any]:
    """Read a date in words: as numbers where it is a year, a day or a range, as no date where it says so."""
    if UNDATED.fullmatch(text):
        return {}
    if match := WRITTEN.fullmatch(text):
        ends = [match.groups()[1:4], match.groups()[4:7]]
        circa = {"circa": True} if match["circa"] or match["mark"] else {}
        return {"date-parts": _read_parts([end for end in ends if end[0]]), **circa}
    return {"literal": text}


def _read_parts(ends: Any) -> list[list[Any]]:
    """Read the ends of a date, of which the second may be missing; parts that are empty are left out."""
    if not isinstance(ends, Sequence) or isinstance(ends, str) or not ends:
        raise DateError(WANTED)
    read = [_read_end(end) for end in ends]
    if not read[0] or (len(read) > 1 and not read[-1]):
        read = [end for end in read if end]
    if not read:
        raise DateError(WANTED)
    numbers = all(type(part) is int for end in read for part in end)
    if len(read) > 1 and numbers and read[1][: len(read[0])] < read[0][: len(read[1])]:
        raise DateError(f"it ends before it begins; {WANTED}")
    return read[:1] if len(read) > 1 and read[0] == read[1] else read


def _read_end(end: Any) -> list[Any]:
    """Read the year, month and day of one end; what follows an empty part says nothing."""
    if not isinstance(end, Sequence) or isinstance(end, str):
        raise DateError(WANTED)
    parts: list[Any] = []
    for part in end[:PARTS]:
        if part in (None, "", 0, "0"):
            break
        parts.append(int(part) if isinstance(part, str) and part.strip().isdecimal() else part)
    if any(isinstance(part, str) for part in parts):
        raise DateError(f"{WANTED}; write its parts as whole numbers")
    if len(parts) == PARTS and all(type(part) is int for part in parts):
        try:
            date(*parts)
        except ValueError:
            raise DateError(f"{'-'.join(map(str, parts))} is no day of the calendar; {WANTED}") from None
    return [*parts, *end[PARTS:]]
