"""Problems of the sources, said so that the person who can mend them knows where and how."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypedDict


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A place in a source (line and column count from 1), what is wrong there, what was expected, how to mend it.

    `kind` groups problems in the report; `severity` is "error" or "warning".
    """

    file: str
    line: int
    column: int
    message: str
    kind: str = "source"
    severity: str = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class SourceError(Exception):
    """The sources hold problems; all of them are told at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: file, line and column, from 1."""

    file: str
    line: int
    column: int = 1

    def report(self, message: str, kind: str = "source", severity: str = "error") -> Problem:
        """Make the problem that stands at this place."""
        return Problem(self.file, self.line, self.column, message, kind, severity)


def find_offset(file: str, text: str, offset: int) -> Place:
    """Find the line and column of an offset in a text."""
    before = text[: max(offset, 0)]
    return Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def name_nearest(name: str, known: Iterable[str]) -> str:
    """Say which known name is nearest to one that is not known, or give a few that are."""
    names = sorted(known)
    same = [other for other in names if _list_words(other) == _list_words(name)]
    if near := same or get_close_matches(name, names, n=1, cutoff=0.5):
        return f'did you mean "{near[0]}"?'
    shown = ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
    return f"the known names are: {shown}" if names else "none is known"


def _list_words(name: str) -> list[str]:
    """List the words that a name is made of, however it joins and orders them: "journalArticle", "article-journal"."""
    return sorted(word.casefold() for word in re.findall(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+|\d+", name))


def shorten(text: str, length: int = 60) -> str:
    """Cut a text that is quoted in a sentence to a length, after a whole word where words are not long."""
    if len(text) <= length:
        return text
    words = text[:length].rpartition(" ")[0]
    return (words if 2 * len(words) > length else text[: length - 1]).rstrip(" ,;:.…") + "…"


def gather(problems: list[Problem], make: Callable[[], object]) -> None:
    """Call `make` and keep the problems that it raises, so that the next check is still made."""
    try:
        make()
    except SourceError as error:
        problems.extend(error.problems)


class EncodedProblem(TypedDict):
    """A problem as JSON holds it."""

    file: str
    line: int
    column: int
    message: str
    kind: str
    severity: str


def encode_problem(problem: Problem) -> EncodedProblem:
    """Turn a problem into what JSON can hold."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "kind": problem.kind,
        "severity": problem.severity,
    }


def decode_problem(fields: EncodedProblem) -> Problem:
    """Turn what `encode_problem` made back into the problem."""
    return Problem(**fields)
