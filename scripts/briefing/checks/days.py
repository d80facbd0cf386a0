"""Find years that nobody can mean: those of a slipped digit, far in the past or far in the future."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median_low
from typing import Any

from briefing.formats.yaml_source import find_place
from briefing.problems import Problem

# Nothing was counted before, and no projection reaches further.
FIRST, LAST = 1700, 2100
NEAR = 20  # years within which a note, its data and what becomes known later lie
DAYS = ("edition", "issued", "as_of", "baseline")


def explain_year(year: str) -> str:
    """Say why a year cannot be meant, or nothing where it can."""
    if int(year) < FIRST:
        return f"lies before {FIRST}, which cannot be meant; mend the year {year}"
    return f"lies after {LAST}, which cannot be meant; mend the year {year}" if int(year) > LAST else ""


def lies_apart(day: str, other: str) -> bool:
    """Tell whether two days are so far apart that one of them has a slipped digit."""
    return abs(int(day[:4]) - int(other[:4])) > NEAR


def check_days(file: str, settings: Mapping[str, Any]) -> Iterator[Problem]:
    """Check the days of note.yaml: each can be meant, and none lies apart from most of the others."""
    days = {name: str(settings[name]) for name in DAYS if name in settings}
    middle = median_low(days.values())
    for name, day in days.items():
        place = find_place(file, settings, (name,))
        if wrong := explain_year(day[:4]):
            yield place.report(f'{name}: "{day}" {wrong}')
        elif lies_apart(day, middle):
            yield place.report(
                f'{name}: "{day}" lies more than {NEAR} years from the other days, {middle}; mend the year'
            )
