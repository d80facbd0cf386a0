"""Hold the table of units against itself: what a unit is called must be what its factor makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from briefing.formats.yaml_source import find_place
from briefing.problems import Problem

SIGNS = {"%": Decimal(100), "‰": Decimal(1000), "‱": Decimal(10000)}
PER = re.compile(r"\bper (\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+|hundred|thousand|million)\b", re.IGNORECASE)
WORDS = {"hundred": "100", "thousand": "1000", "million": "1000000"}


def check_factors(file: str, table: Mapping[str, Any]) -> Iterator[Problem]:
    """Check that a unit such as "%" or "per 100,000" has the factor that its name says, by which formulas reckon."""
    for name, row in table.items():
        parts = _find_parts(name) or _find_parts(str(row.get("full", {}).get("en", "")))
        if parts and Decimal(str(row.get("factor", 1))) * parts != 1:
            wanted = f'expected factor: "{1 / parts:f}"'
            message = f'the unit "{name}" says that its values are {parts:,f}ths, and its factor does not; {wanted}'
            yield find_place(file, table, (name,), "factor" if "factor" in row else "").report(message)


def _find_parts(text: str) -> Decimal | None:
    """Find into how many parts a unit divides the whole: 100 for per cent."""
    if match := PER.search(text):
        return Decimal(re.sub(r"\D", "", WORDS.get(match[1].lower(), match[1])))
    return next((parts for sign, parts in SIGNS.items() if sign in text), None)
