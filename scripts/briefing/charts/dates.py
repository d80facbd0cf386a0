"""Read the dates of events: a year, month or day of ISO 8601, or an interval of two."""

from __future__ import annotations

import datetime
import re

DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def find_span(date: str) -> tuple[datetime.date, datetime.date]:
    """Give the first day of a date or interval, and the day after its last; a `ValueError` says what is no date."""
    first, _, last = date.partition("/")
    try:
        match = DATE.fullmatch(first)
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in match.groups())
        start = datetime.date(year, month or 1, day or 1)
        if last:
            return start, find_span(last)[1]
        if day:
            return start, start + datetime.timedelta(days=1)
        return start, datetime.date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    except ValueError:
        raise ValueError(f'"{date}" is no date; expected a year, month or day (2013, 2013-01, 2013-07-01)') from None
