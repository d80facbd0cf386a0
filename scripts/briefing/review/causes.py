"""Say why something changed between two versions: data, formula, as-of date, wording, text, translation, house.

What is known of either version is a `State`: its figures with their provenance, its as-of date, and which observations
it had. `Explainer` answers for the redline; `explain_figure` for the table of figures.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.document.changes import Cause
from briefing.document.nodes import BibliographyEntry, Chart, Document, FigureUse, Inline, Link, Table
from briefing.document.walking import get_text, list_runs, walk_nodes
from briefing.figures.figure import Figure
from briefing.problems import shorten
from briefing.redline.changes import read_run
from briefing.redline.documents import Difference

_LETTER = re.compile(r"(?<=\d{4})[a-z]\b")
"""What tells the works of one author in one year apart: "2015b"."""
_YEAR, _LETTERED = re.compile(r"(?<!\d)(\d{4})[a-z]?\b"), re.compile(r"(?<!\d)(\d{4})[a-z]\b")
# Blocks that the program makes from the house's texts.
ANNEX = {"figures": "figure-", "computations": "computed-"}
"""The tables of figures by their roles, and what stands in the ids of their rows before those of the figures."""
HOUSE_BLOCKS = ("contents", "return-", "colophon", "figures-and-sources")
ObservationRow = tuple[str, str, str, str]  # indicator, period, value and vintage of an observation


@dataclass(frozen=True, slots=True)
class State:
    """What a version knew: its figures, its as-of date, all rows of its observations, and the names of its sources."""

    as_of: str
    figures: Mapping[str, Figure]
    rows: frozenset[ObservationRow]
    names: Mapping[str, str] = field(default_factory=dict)


def explain_figure(name: str, old: State, new: State) -> Cause:
    """Say why a figure changed; of a derived one, the input that moved it is named."""
    before, after = old.figures.get(name), new.figures.get(name)
    if before is None or after is None:
        return Cause("text", "Text", f"{name} is {'new' if before is None else 'gone'}")
    values = f"{name}: {_say(before)} → {_say(after)}"
    # A figure that was computed until an observation of it was known has the same entry as before.
    if before.formula != after.formula and after.formula:
        return Cause(
            "formula", "Formula", f"{values}; formula: {before.formula or 'observed'} → {after.formula or 'observed'}"
        )
    if after.derived_from:
        for used in after.derived_from:
            if _moved(old.figures.get(used), new.figures.get(used)):
                cause = explain_figure(used, old, new)
                return Cause(cause.kind, cause.author, f"{values}; follows from {cause.comment}")
    if not _moved(before, after):
        return Cause("house", "House style", f"{values}; printed otherwise")
    source = ", ".join(new.names.get(key, key) for key in after.sources)
    detail = f"{values} ({_say_vintage(before, old)} → {_say_vintage(after, new)})"
    if old.as_of != new.as_of and _was_there(after, old):
        return Cause("as-of", f"As of {new.as_of}: {source} {after.known_on}", detail)
    return Cause("data", f"Data: {source} {after.known_on}", detail)


def _moved(before: Figure | None, after: Figure | None) -> bool:
    if before is None or after is None:
        return before is not after
    return (before.value, before.periods, before.bound) != (after.value, after.periods, after.bound)


def _was_there(figure: Figure, state: State) -> bool:
    """Tell whether the observation behind a figure stood in a version's table, known or not on its as-of date."""
    return any((period, known_on) == (figure.periods[0], figure.known_on) and value == _plain(figure)
               for _, period, value, known_on in state.rows)  # fmt: skip


def _plain(figure: Figure) -> str:
    return format(figure.value.normalize(), "f")


def _say(figure: Figure) -> str:
    """Say a value with its unit, to four decimals: a reader need not have all of one third."""
    places = max(4, 3 - figure.value.adjusted())
    return f"{format(round(figure.value, places).normalize(), 'f')} {figure.unit}"


def _say_vintage(figure: Figure, state: State) -> str:
    source = ", ".join(state.names.get(key, key) for key in figure.sources)
    return f"{', '.join(figure.periods)}, {source}, known on {figure.known_on}"


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains the differences of two documents in one language.

    `rewritten` are the blocks whose source text changed too; in another language than the source, a text that changed
    alone is a matter of its translation. It is None for the source language. `works` are those that each version lists,
    by key.
    """

    old: State
    new: State
    rewritten: Collection[str] | None = None
    works: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})

    def __call__(self, difference: Difference) -> Cause:
        """Give the cause of a difference."""
        block, part = difference.block, difference.part
        if difference.attribute in ("as_of", "as_of_text", "version") or _is_colophon(difference):
            changed = self.old.as_of != self.new.as_of
            return (
                Cause("as-of", "As-of date", f"{self.old.as_of} → {self.new.as_of}")
                if changed
                else Cause("house", "House style")
            )
        if isinstance(block, Table) and block.role in ANNEX and part is not None:
            return self._explain_row(part.id.removeprefix(ANNEX[block.role]), difference)
        if isinstance(difference.old, Chart) and isinstance(difference.new, Chart):
            return self._explain_chart(difference.old, difference.new)
        figures = difference.figures
        if difference.is_move:
            return Cause("text", "Text")  # in every language, since no catalogue can move a text
        if figures and (difference.kind == FigureUse.__name__ or difference.attribute == "year"):
            return self._explain_use(difference)
        if block is not None and block.id.startswith(HOUSE_BLOCKS):
            return Cause("house", "House style")
        return self._explain_text(difference)

    def _explain_use(self, difference: Difference) -> Cause:
        old = next((node for node in walk_nodes(difference.old) if isinstance(node, FigureUse)), None)
        new = next((node for node in walk_nodes(difference.new) if isinstance(node, FigureUse)), None)
        if old is None or new is None or old.figure != new.figure:
            return self._explain_text(difference)
        if old.form != new.form:
            return Cause("wording", "Wording", f"{old.figure}: {old.form or 'plain'} → {new.form or 'plain'}")
        return explain_figure(new.figure, self.old, self.new)

    def _explain_row(self, name: str, difference: Difference) -> Cause:
        is_label = difference.kind == Link.__name__ and self._is_first(difference)
        if not is_label and _moved(self.old.figures.get(name), self.new.figures.get(name)):
            return explain_figure(name, self.old, self.new)
        before, after = self.old.figures.get(name), self.new.figures.get(name)
        if before and after and before.formula != after.formula:
            return explain_figure(name, self.old, self.new)
        return self._explain_text(difference)

    def _is_first(self, difference: Difference) -> bool:
        """Tell whether a difference stands in the first cell of its row, which has the label."""
        cells: tuple[tuple[Inline, ...], ...] = getattr(difference.part, "cells", ())
        runs = [run for run in (difference.old, difference.new) if isinstance(run, tuple)]
        return any(node in cells[0] for run in runs for node in run) if cells else False

    def _explain_chart(self, old: Chart, new: Chart) -> Cause:
        before = {(use.figure, use.form): use.text for use in old.points}
        for use in new.points:
            if before.get((use.figure, use.form)) not in (None, use.text):
                return explain_figure(use.figure, self.old, self.new)
        return self._explain_text(Difference(old, new, block=new))

    def _explain_letter(self, difference: Difference) -> Cause | None:
        """Say that a year has its letter, or none any more, since a work came or went."""
        old, new = (_read(value) for value in (difference.old, difference.new))
        is_entry = isinstance(difference.part, BibliographyEntry)
        is_letter = is_entry and {len(old), len(new)} <= {0, 1}
        if old == new or not (is_letter or _LETTER.sub("", old) == _LETTER.sub("", new)):
            return None
        text = get_text(difference.part) if is_entry else f"{old} {new}"
        years, (before, after) = set(_YEAR.findall(text)), self.works
        moved = [(after[key], "added") for key in after if key not in before]
        moved += [(before[key], "removed") for key in before if key not in after]
        said = [f"“{shorten(work)}” was {what}" for work, what in moved if years.intersection(_LETTERED.findall(work))]
        comment = f"works of one year are told apart by letters: {', '.join(said)}"
        return Cause("text", "Text", comment) if said else None

    def _explain_text(self, difference: Difference) -> Cause:
        if letter := self._explain_letter(difference):
            return letter
        if is_spacing(_read(difference.old), _read(difference.new)):
            return Cause("house", "House style", "Spaces only")
        if isinstance(difference.part, BibliographyEntry) and (cause := self._explain_reference(difference.part.key)):
            return cause
        if self.rewritten is None:
            return Cause("text", "Text")
        names = {getattr(node, "id", "") for node in (difference.block, difference.part)}
        is_listed = isinstance(difference.part, BibliographyEntry)
        return (
            Cause("text", "Text") if is_listed or names & set(self.rewritten) else Cause("translation", "Translation")
        )

    def _explain_reference(self, key: str) -> Cause | None:
        """Say which figure has brought a work in, or has lost it, as its source."""
        for name in {**self.old.figures, **self.new.figures}:
            before, after = self.old.figures.get(name), self.new.figures.get(name)
            stated = [figure is not None and key in figure.sources for figure in (before, after)]
            if stated[0] != stated[1] and not (after and after.derived_from):
                return explain_figure(name, self.old, self.new)
        return None


def is_spacing(old: str, new: str) -> bool:
    """Tell whether two texts differ, and that in the kind of their spaces alone, as typography sets them."""
    return old != new and old.split() == new.split()


def _read(value: Any) -> str:
    """Read a run of inlines, a chart, or an attribute that is a text; of all else nothing is read."""
    if isinstance(value, str):
        return value
    if isinstance(value, Chart):
        return "\n".join(map(get_text, list_runs(value)))
    is_run = isinstance(value, tuple) and not any(isinstance(part, str) for part in value)
    return read_run(value) if is_run else ""


def _is_colophon(difference: Difference) -> bool:
    return difference.block is not None and difference.block.id == "colophon-1"


def list_works(document: Document) -> dict[str, str]:
    """List the works of a document by their keys, each as it is printed."""
    return {node.key: get_text(node) for node in walk_nodes(document.blocks) if isinstance(node, BibliographyEntry)}


def list_rewritten(old: Document, new: Document) -> set[str]:
    """List the ids of blocks and parts whose words differ in the source language, or that one version has alone."""
    before, after = (_index_texts(document) for document in (old, new))
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def _index_texts(document: Document) -> dict[str, str]:
    texts = {}
    for node in walk_nodes(document.blocks):
        if name := getattr(node, "id", ""):
            texts[name] = " ".join(get_text(_without_figures(run)) for run in list_runs(node))
    return texts


def _without_figures(run: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(node for node in run if not isinstance(node, FigureUse))
