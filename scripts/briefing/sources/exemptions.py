"""Name what holds digits or capitals in running text and is neither a number nor an acronym."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exemption:
    """A pattern of names that hold digits (resolution 2164), with the reason why they are no numbers."""

    pattern: re.Pattern[str]
    reason: str


def make_exemption(name: str, reason: str) -> Exemption:
    """Make the exemption of a name, found whatever its case."""
    return Exemption(re.compile(re.escape(name), re.IGNORECASE), reason)
