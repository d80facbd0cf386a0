"""Work on CSL items: refuse markup but for what CSL-JSON has in titles; name the authors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.problems import Problem

TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z!?][^\s<>/]*)[^<>]*>?")
ALLOWED = ("i", "b", "sup", "sub")


def check_markup(file: str, text: str, works: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    """Report every tag that CSL-JSON does not know, or that is not closed; a problem stands at the line of the text."""
    problems = []
    for key, work in works.items():
        for value in _list_texts(work):
            if tag := _find_wrong_tag(value):
                line = next((n for n, line in enumerate(text.split("\n"), 1) if tag in line.replace('\\"', '"')), 1)
                remedy = "write plain text, or <i>, <b>, <sup> and <sub>, each closed"
                problems.append(Problem(file, line, 1, f'raw HTML ({tag}) has no place in the work "{key}"; {remedy}'))
    return problems


def _list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _list_texts(part)


def _find_wrong_tag(text: str) -> str:
    """Find the first tag that is not allowed, not opened, or not closed in its turn."""
    opened: list[str] = []
    for match in TAG.finditer(text):
        name = match["name"]
        if name not in ALLOWED or match[0] not in (f"<{name}>", f"</{name}>"):
            return match[0]
        if not match["end"]:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return match[0]
    return f"<{opened[-1]}>" if opened else ""


def name_authors(work: Mapping[str, Any]) -> str:
    """Name the authors of a CSL work, or its title where it has none, without the year."""
    names = [str(name.get("literal") or name.get("family", "")) for name in work.get("author", ())]
    return ", ".join(names) or str(work.get("title", work["id"]))
