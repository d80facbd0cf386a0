"""Find what a language sets as superscript, such as the end of the French "25e"; documents hold it as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

SUPERSCRIPTS = "superscripts"
"""The key of the pattern among the labels of a language; its first group is the superscript."""


def split_superscripts(text: str, labels: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Split a text into pieces, and tell of each whether it is a superscript."""
    position = 0
    for match in re.finditer(labels[SUPERSCRIPTS], text) if labels.get(SUPERSCRIPTS) else ():
        start, end = match.span(1)
        if start > position:
            yield text[position:start], False
        yield text[start:end], True
        position = end
    if position < len(text):
        yield text[position:], False
