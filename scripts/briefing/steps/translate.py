"""Bring the message catalogues of a note, and those of the house, up to date with what is to be translated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from briefing.compose.findings import Findings
from briefing.formats.po_catalogue import decode_message, read_catalogue
from briefing.formats.po_refresh import Refreshed, make_header, refresh_catalogue
from briefing.formats.text import decode_source
from briefing.language.house_texts import list_house_messages, read_grammar, read_house
from briefing.problems import Problem, SourceError, gather
from briefing.sources.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Refresh:
    """A catalogue by its path, as it stands (None where there is none) and as it should stand."""

    path: str
    old: bytes | None
    refreshed: Refreshed

    @property
    def is_new(self) -> bool:
        """Tell whether the file is to be written."""
        return self.old is None or self.refreshed.text != decode_source(self.path, self.old)


def name_catalogues(note: str, language: str) -> tuple[str, str]:
    """Name the catalogue of the house and that of the note, below the project's folder."""
    return f"templates/translations/{language}.po", f"sources/{note}/translations/{language}.po"


def refresh_catalogues(
    snapshot: Snapshot,
    findings: Findings,
    house_files: Mapping[str, bytes],
    catalogues: Mapping[str, bytes],
    source: str,
    languages: Iterable[str],
) -> list[Refresh]:
    """Refresh the catalogues of the house and the note in each language.

    `findings` are those of the source language; `catalogues` has the bytes of those that are there, by path. This fails
    with a `SourceError` when one of them cannot be read.
    """
    note = str(snapshot.sources.note["note"])
    house = read_house(source, house_files)
    of_house = list(
        list_house_messages(house.labels, snapshot.hedges, snapshot.unit_table, snapshot.sources.shared_indicators)
    )
    of_note = [decode_message(fields) for fields in findings["messages"]]
    refreshes: list[Refresh] = []
    problems: list[Problem] = []
    for tag in languages:
        grammar = read_grammar(tag, house_files)
        header = make_header(note, tag, snapshot.sources.note["issued"], grammar["plural_forms"])
        for path, messages in zip(name_catalogues(note, tag), (of_house, of_note), strict=True):
            old = catalogues.get(path)
            if old is not None:
                gather(problems, partial(read_catalogue, path, old))
            if not problems:
                text = None if old is None else decode_source(path, old)
                refreshes.append(Refresh(path, old, refresh_catalogue(text, messages, header)))
    if problems:
        raise SourceError(problems)
    return refreshes
