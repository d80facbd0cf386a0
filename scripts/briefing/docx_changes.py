"""Write tracked changes of Word: who changed what and when, and whether it goes or comes.

Each change has a date of its own, a minute after the one before, counted from the day of the edition: LibreOffice takes
neighbours that share author and date for one change. Dates from a clock would change the file's bytes from day to day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from briefing.document_changes import Cause
from briefing.docx_xml import Element, expand_name, make

_IN_DELETIONS = {"w:t": "w:delText", "w:instrText": "w:delInstrText"}
"""OOXML: inside w:del, text is w:delText, not w:t, and the instruction of a field is w:delInstrText."""


@dataclass
class ChangeLog:
    """Give each tracked change its number, its author and its date; keep what is to be said of it."""

    issued: str
    count: int = 0
    comments: list[Cause] = field(default_factory=list)

    def describe_change(self, cause: Cause) -> dict[str, object]:
        """Give the attributes of the next change."""
        date = datetime.datetime.fromisoformat(self.issued) + datetime.timedelta(minutes=self.count)
        self.count += 1
        return {"id": self.count, "author": cause.author, "date": f"{date:%Y-%m-%dT%H:%M:00Z}"}


def track_runs(runs: Iterable[Element], tag: str, cause: Cause, log: ChangeLog) -> Iterator[Element]:
    """Put runs into `w:ins` or `w:del`; a link stays around its own, which the schema does not let it leave."""
    for is_run, group in groupby(runs, key=lambda element: element.tag == expand_name("w:r")):
        if is_run:
            yield make(tag, log.describe_change(cause), _write_runs(group, tag))
            continue
        for element in group:
            inner = list(element)
            if inner:
                element[:] = list(track_runs(inner, tag, cause, log))
            yield element


def _write_runs(runs: Iterable[Element], tag: str) -> Iterator[Element]:
    for run in runs:
        for name, replacement in _IN_DELETIONS.items() if tag == "w:del" else ():
            for element in run.iterchildren(expand_name(name)):
                element.tag = expand_name(replacement)
        yield run
