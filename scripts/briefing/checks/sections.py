"""Find sections of prose that nobody has written: empty files, and headings with nothing below them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import pairwise

from briefing.problems import Problem
from briefing.sources.prose_syntax import HEADING_ID

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
HEADING = re.compile(r"(#{1,2}) ")


def check_sections(file: str, text: str, filled: Container[str]) -> Iterator[Problem]:
    """Check that a file of prose has text, and so has each of its sections, but for those `filled` by the build."""
    lines = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text).split("\n")
    written = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not written:
        yield Problem(file, 1, 1, "this file is empty; write the section that it is to hold, or remove the file")
    for (number, line), (_, after) in pairwise([*written, (0, "# ")]):
        heading, following = HEADING.match(line), HEADING.match(after)
        if heading and following and len(following[1]) <= len(heading[1]):
            name = found[1] if (found := HEADING_ID.search(line)) else ""
            if name not in filled:
                yield Problem(file, number, 1, "this heading has no text below it; write the section, or remove it")
