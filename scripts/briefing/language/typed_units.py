"""Find a unit or a scale that is typed beside a figure, which prints its own: "12%%", "FCFA FCFA 33 billion"."""

from __future__ import annotations

import re

PRINTED = re.compile(r"(?P<before>\D*)\d(?:.*\d)?(?P<after>\D*)", re.DOTALL)
SPACES = r"[\s\u00a0\u202f-]*"
SAID = {"%": r"%|per ?cent\b|pour ?cent\b"}
"""How a sign is said in words, in any of the languages."""


def find_typed_unit(before: str, after: str, printed: str) -> str:
    """Find what is typed right before or after a figure and stands in what it prints too; nothing if nothing does."""
    match = PRINTED.fullmatch(printed)
    if not match:
        return ""
    first, last = match["before"].split()[-1:], match["after"].split()[-1:]
    if first and (found := re.search(rf"(?<!\w){re.escape(first[0])}{SPACES}$", before, re.IGNORECASE)):
        return found[0].strip()
    if last:
        said = SAID.get(last[0], rf"{re.escape(last[0])}(?!\w)")
        if found := re.match(rf"{SPACES}({said})", after, re.IGNORECASE):
            return found[1]
    return ""
