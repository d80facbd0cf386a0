"""Number and date the tracked changes of a Word file, and write the part that holds its comments."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefing.document.changes import Cause
from briefing.writers.docx.xml import Element, make, make_value


@dataclass
class ChangeLog:
    """Give each change its author and date, and each element that tracks it its number; keep the comments.

    Each change has a date of its own, two minutes after the one before, counted from the day on which it was made, or
    that of the new version where none is known; `section` is that which is being written, and has one comment a cause.
    LibreOffice takes neighbours of one author that are a minute apart or less for one change, and then rejects the end
    of a paragraph that was never inserted. Dates from a clock would change the file's bytes from day to day.
    """

    issued: str
    changes: int = 0
    elements: int = 0
    comments: list[Element] = field(default_factory=list)
    section: str = ""
    said: set[tuple[str, str, str]] = field(default_factory=set)
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)

    def begin_change(self, cause: Cause) -> TrackedChange:
        """Begin the next change."""
        self.changes += 1
        return TrackedChange(self, cause.author, self._date_change(self.changes - 1, cause))

    def _date_change(self, number: int, cause: Cause) -> str:
        day = datetime.datetime.fromisoformat(cause.day or self.issued)
        date = day + datetime.timedelta(minutes=2 * number)
        return f"{date:%Y-%m-%dT%H:%M:00Z}"

    def begin_move(self, name: str, kind: str) -> str:
        """Name the next piece that is moved away or arrives; both of its places get one name."""
        self.moves[name, kind] += 1
        return f"{name}-{self.moves[name, kind]}"

    def is_said(self, cause: Cause) -> bool:
        """Tell whether a comment of the section says what a cause says; from now on one does."""
        key = (self.section, cause.author, cause.comment)
        known = key in self.said
        self.said.add(key)
        return known

    def add_comment(self, cause: Cause) -> int:
        """Add a comment that says what a cause says, dated as the last change, and give its number."""
        number = len(self.comments)
        initials = "".join(word[0].upper() for word in re.findall(r"[^\W\d_]\w*", cause.author)[:3])
        date = self._date_change(max(self.changes - 1, 0), cause)
        described = {"id": number, "author": cause.author, "date": date, "initials": initials}
        self.comments.append(make("w:comment", described, _write_comment(cause.comment)))
        return number


@dataclass(frozen=True)
class TrackedChange:
    """A change that is being written: one element tracks it, or several do."""

    log: ChangeLog
    author: str
    date: str

    def describe_element(self) -> dict[str, object]:
        """Give the attributes of the next element that tracks this change."""
        self.log.elements += 1
        return {"id": self.log.elements, "author": self.author, "date": self.date}


def _write_comment(text: str) -> Iterator[Element]:
    """Write a comment, a paragraph for each of its lines; the first begins with the comment's mark."""
    look = make("w:rPr", None, make_value("w:rStyle", "CommentReference"))
    mark = [make("w:r", None, look, make("w:annotationRef"))]
    for line in text.split("\n"):
        style = make("w:pPr", None, make_value("w:pStyle", "CommentText"))
        yield make("w:p", None, style, mark, make("w:r", None, make("w:t", {"xml:space": "preserve"}, line)))
        mark = []


def build_comments(log: ChangeLog) -> Element:
    """Build the root of word/comments.xml."""
    return make("w:comments", None, log.comments)
