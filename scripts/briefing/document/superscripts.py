"""Find what a language sets raised, such as the end of the French "25e"; the document holds it as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

RAISED = "raised"
"""The key of the pattern among the labels of a language; its first group is what is raised."""


def split_raised(text: str, labels: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Split a text into pieces, and tell of each whether it is set raised."""
    position = 0
    for match in re.finditer(labels[RAISED], text) if labels.get(RAISED) else ():
        start, end = match.span(1)
        if start > position:
            yield text[position:start], False
        yield text[start:end], True
        position = end
    if position < len(text):
        yield text[position:], False
