"""Judge rows of tables that came or went: their tables are made from data, so it is said what to write there."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from briefing.readers.docx.reading import CELL, NOBODY, FileParagraph
from briefing.returns import items as kinds
from briefing.returns.draft import Draft
from briefing.returns.homes import ROW, STATISTIC, Home
from briefing.returns.numbers import is_number
from briefing.returns.pairing import ParagraphGroup
from briefing.returns.tokens import Token, count_typed, write_tokens
from briefing.scaffold.country import make_slug

ACRONYMS = "acronyms"
_NUMBERS = "bind its numbers to figures"
_Row = tuple[int, int]


def list_new_rows(draft: Draft, groups: Sequence[ParagraphGroup]) -> dict[int, tuple[int, ...]]:
    """List the rows of which no cell was sent out: the paragraphs of each, by its first one."""
    pairs = {number for group in groups if group.old for number in group.new}
    return _list_rows(draft.new, [number for group in groups if not group.old for number in group.new], pairs)


def list_lost_rows(draft: Draft, groups: Sequence[ParagraphGroup]) -> dict[int, tuple[int, ...]]:
    """List the rows of which no cell has come back: the paragraphs of each, by its first one."""
    pairs = {number for group in groups if group.new for number in group.old}
    lost = [number for group in groups if not group.new for number in group.old]
    rows = _list_rows(draft.old, lost, pairs)
    return {first: row for first, row in rows.items() if draft.homes[first].kind in (ROW, STATISTIC)}


def _list_rows(
    paragraphs: Sequence[FileParagraph], numbers: Iterable[int], others: set[int]
) -> dict[int, tuple[int, ...]]:
    kept = {_name_row(paragraphs[number]) for number in others if paragraphs[number].place.where == CELL}
    rows: dict[_Row, list[int]] = {}
    for number in numbers:
        if paragraphs[number].place.where == CELL and (row := _name_row(paragraphs[number])) not in kept:
            rows.setdefault(row, []).append(number)
    return {min(row): tuple(sorted(row)) for row in rows.values()}


def _name_row(paragraph: FileParagraph) -> _Row:
    return paragraph.place.table, paragraph.place.row


def judge_new_row(draft: Draft, row: Sequence[int], pairs: Mapping[int, ParagraphGroup]) -> bool:
    """Judge a row that is new, by the row of its table after which it stands; tell whether one is known there."""
    home = _find_neighbour(draft, row, pairs)
    if home is None:
        return False
    cells: dict[int, list[Token]] = {}
    for number in row:
        cells.setdefault(draft.new[number].place.cell, []).extend(draft.runs[number].tokens)
    texts = [write_tokens(cells.get(cell, ())) for cell in range(1, max(cells) + 1)]
    tokens = [token for number in row for token in draft.runs[number].tokens]
    words = count_typed(tokens)
    draft.inserted += words
    stamp = next((token.stamp for token in tokens if token.stamp != NOBODY), NOBODY)
    says, ready = _answer(draft, home, texts)
    if any(is_number(token.text, draft.speech.tag) for token in tokens):
        says += f"; {_NUMBERS}"
    draft.add(kinds.STRUCTURE, home, stamp, new=" | ".join(texts), words=words, says=f"this row is new; {says}",
              ready=ready, outcome=kinds.HAND)  # fmt: skip
    return True


def _find_neighbour(draft: Draft, row: Sequence[int], pairs: Mapping[int, ParagraphGroup]) -> Home | None:
    """Find the row before another in its table, or else the one after it, that the sources have."""
    table = draft.new[row[0]].place.table
    known = []
    for number, group in pairs.items():
        place = draft.new[number].place
        home = draft.homes[group.old[0]] if group.old else None
        if place.where == CELL and place.table == table and home is not None and home.kind in (ROW, STATISTIC):
            known.append((number, home))
    before = [pair for pair in known if pair[0] < row[0]]
    nearest = max(before, key=lambda pair: pair[0]) if before else min(known, key=lambda pair: pair[0], default=None)
    return nearest[1] if nearest else None


def _answer(draft: Draft, home: Home, cells: Sequence[str]) -> tuple[str, str]:
    """Say in which table of the sources a row is to be written, and make it ready as far as its cells say it."""
    first, second, third, *_ = [*cells, "", "", ""]
    if home.shape == ACRONYMS:
        says = (
            "acronyms.csv has the acronyms, of which those are listed that the text uses; add this row after that one"
        )
        return says, _write_acronym(draft, first, second)
    name = make_slug(first).replace("-", "_") or "name"
    label = json.dumps(first, ensure_ascii=False) if draft.base.is_source else f'""  # {draft.speech.tag}: {first}'
    if home.kind == STATISTIC:
        rows = [f"  - id: {name}", f"    label: {label}", f"    value: {json.dumps(second, ensure_ascii=False)}"]
        rows += [
            f"    year: {json.dumps(third, ensure_ascii=False)}",
            "    sources: []" + "".join(f"  # {cell}" for cell in cells[3:4]),
        ]
        return "key_statistics in figures.yaml has the rows of the box; add this one after that one", "\n".join(rows)
    says = "the annex lists the figures that the text uses; add this one to figures.yaml, its value to observations.csv"
    return says, f"  {name}:\n    label: {label}"


def _write_acronym(draft: Draft, acronym: str, expansion: str) -> str:
    """Write a row of acronyms.csv with the columns that it has; what other languages say is left open."""
    table = next((text for path, text in draft.base.texts.items() if path.endswith("/acronyms.csv")), "")
    header = next(csv.reader([table.split("\n", 1)[0].lstrip("\ufeff").rstrip("\r")]), [])
    tag = draft.speech.tag
    known = {"acronym" if draft.base.is_source else f"acronym_{tag}": acronym, f"expansion_{tag}": expansion}
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(known.get(name, "") for name in header)
    return text.getvalue()


def say_lost_row(home: Home) -> str:
    """Say what is to be done where a row was deleted."""
    if home.shape == ACRONYMS:
        return "this row was deleted; the list has the acronyms that the text uses"
    if home.kind == STATISTIC:
        return "this row was deleted; take it out of key_statistics in figures.yaml"
    return "this row was deleted; the annex lists the figures that the text uses"
