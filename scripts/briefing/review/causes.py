"""Say why something changed between two versions: data, formula, as-of date, wording, text, translation, house.

`Explainer` answers for the redline of a language, in its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from briefing.document.changes import Cause
from briefing.document.nodes import BibliographyEntry, Chart, Document, FigureUse, Table
from briefing.document.walking import get_text, list_runs, walk_nodes
from briefing.problems import shorten
from briefing.redline.changes import read_run
from briefing.redline.documents import Difference
from briefing.redline.excerpts import quote_excerpt
from briefing.review.commits import Commit
from briefing.review.figure_causes import Voice, explain_figure
from briefing.review.states import State, has_moved, was_computed

_LETTER = re.compile(r"(?<=\d{4})[a-z]\b")
"""What tells the works of one author in one year apart: "2015b"."""
_YEAR, _LETTERED = re.compile(r"(?<!\d)(\d{4})[a-z]?\b"), re.compile(r"(?<!\d)(\d{4})[a-z]\b")
UNITS = "sources/common/units.yaml"
# Blocks that the program makes from the house's texts.
ANNEX = {"figures": "figure-", "computations": "computed-"}
"""The tables of figures by their roles, and what stands in the ids of their rows before those of the figures."""
HOUSE_BLOCKS = ("contents", "return-", "colophon", "figures-and-sources")


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains the differences of two documents in one language.

    `rewritten` are the blocks whose source text changed too; in another language than the source, a text that changed
    alone is a matter of its translation. It is None for the source language. `works` are those that each version lists,
    by key. `written` says which commit wrote a block or a part, and under "" which one alone wrote any. `borrowed` are
    the units whose house texts the language has not translated, `source_changes` those of the words of each block or
    part in the source language.
    """

    old: State
    new: State
    voice: Voice
    rewritten: Collection[str] | None = None
    works: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
    written: Mapping[str, Commit] = field(default_factory=dict)
    borrowed: Collection[str] = ()
    source_changes: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)

    def __call__(self, difference: Difference) -> Cause:
        """Give the cause of a difference."""
        block, part = difference.block, difference.part
        if difference.attribute in ("as_of", "as_of_text", "version") or _is_dated(difference):
            changed = self.old.as_of != self.new.as_of
            dates = f"{self.old.as_of} → {self.new.as_of}"
            return Cause("as-of", self.voice.name_cause("as-of"), dates) if changed else self._blame_house()
        if isinstance(block, Table) and block.role in ANNEX and part is not None:
            return self._explain_row(part.id.removeprefix(ANNEX[block.role]), difference)
        if isinstance(block, Chart) and difference.attribute:
            return self._explain_chart(difference)
        if difference.figures and (difference.kind == FigureUse.__name__ or difference.attribute == "year"):
            return self._explain_use(difference)
        if block is not None and block.id.startswith(HOUSE_BLOCKS):
            return self._blame_house()
        if difference.is_move or difference.attribute == "key_sentence":
            return self._blame_text(difference)  # in every language: no catalogue can move a text, or choose a sentence
        return self._explain_text(difference)

    def _blame_house(self, comment: str = "", rule: str = "") -> Cause:
        return Cause("house", self.voice.name_cause("house"), comment, rule=rule)

    def _blame_text(self, difference: Difference, kind: Any = "text") -> Cause:
        """Name whoever wrote a text, where there are commits that say so."""
        # An id of the old version may be another text's in the new one.
        is_gone = difference.new is None and not difference.attribute
        names = () if is_gone else (getattr(node, "id", "") for node in (difference.part, difference.block))
        commit = next((self.written[name] for name in names if name in self.written), self.written.get(""))
        if commit is None:
            return Cause(kind, self.voice.name_cause(kind))
        return Cause(kind, commit.author, f"{commit.day}, {commit.hash}: {commit.message}", commit.day)

    def _explain_use(self, difference: Difference) -> Cause:
        old = next((node for node in walk_nodes(difference.old) if isinstance(node, FigureUse)), None)
        new = next((node for node in walk_nodes(difference.new) if isinstance(node, FigureUse)), None)
        if old is None or new is None or old.figure != new.figure:
            return self._explain_text(difference)
        if old.form != new.form:
            detail = f"{old.text} → {new.text}"
            return Cause("wording", self.voice.name_cause("wording"), detail)
        return self._explain_print(new.figure, old.text, new.text)

    def _explain_print(self, name: str, old: str, new: str) -> Cause:
        """Say why a figure is printed otherwise: it moved, or the house's table of its unit did."""
        cause = explain_figure(name, self.old, self.new, self.voice)
        if cause.kind != "house":
            return cause
        unit = self.new.figures[name].unit
        if unit in self.borrowed:
            comment = self.voice.labels["cause_borrowed"].format(unit=unit)
            return Cause("translation", self.voice.name_cause("translation"), comment, rule=f"{UNITS}, {unit}")
        return self._blame_house(self.voice.labels["cause_unit"].format(unit=unit), f"{UNITS}, {unit}")

    def _explain_row(self, name: str, difference: Difference) -> Cause:
        cell = self._find_cell(name, difference)
        before, after = self.old.figures.get(name), self.new.figures.get(name)
        if cell != 0 and (has_moved(before, after) or was_computed(before, after)):
            return explain_figure(name, self.old, self.new, self.voice)
        if before and after and before.formula != after.formula:
            return explain_figure(name, self.old, self.new, self.voice)
        if cell == 1:
            return self._explain_print(name, _read(difference.old), _read(difference.new))
        # A formula is printed with the numbers of its inputs.
        for used in (name, *(after.derived_from if after else ())) if cell else ():
            old, new = (getattr(said.get(used), "value", "") for said in (self.voice.old, self.voice.new))
            if old and new and old != new:
                return self._explain_print(used, old, new)
        return self._explain_text(difference)

    def _find_cell(self, name: str, difference: Difference) -> int:
        """Find the cell of the annex in which a difference stands: 0 for the label, 1 for the value, 3 for the rest."""
        rows = (self.voice.old.get(name), self.voice.new.get(name))
        texts = [_read(run) for run in (difference.old, difference.new)]
        for number, field_name in enumerate(("label", "value", "period")):
            cells = [getattr(row, field_name, "") for row in rows]
            if cells[0] != cells[1] and all(text in cell for text, cell in zip(texts, cells, strict=True)):
                return number
        return 3

    def _explain_chart(self, difference: Difference) -> Cause:
        """Explain what differs of a chart: words that somebody wrote otherwise, or figures that moved in it."""
        chart = difference.block
        is_words = isinstance(difference.new, tuple) and difference.attribute not in ("points", "labels")
        if is_words and _read_words(difference.old) != _read_words(difference.new):
            return self._explain_text(difference)
        before = {attribute: use.text for attribute, use in _list_points(difference.old)}
        for key, use in _list_points(difference.new):
            if before.get(key) not in (None, use.text):
                return self._explain_print(use.figure, before[key], use.text)
        return self._explain_text(Difference(difference.old, difference.new, block=chart))

    def _explain_letter(self, difference: Difference) -> Cause | None:
        """Say that a year has its letter, or none any more, since a work came or went."""
        old, new = (_read(value) for value in (difference.old, difference.new))
        is_entry = isinstance(difference.part, BibliographyEntry)
        is_letter = is_entry and {len(old), len(new)} <= {0, 1}
        if old == new or not (is_letter or _LETTER.sub("", old) == _LETTER.sub("", new)):
            return None
        text = get_text(difference.part) if is_entry else f"{old} {new}"
        years, (before, after) = set(_YEAR.findall(text)), self.works
        labels = self.voice.labels
        moved = [(after[key], labels["inserted"]) for key in after if key not in before]
        moved += [(before[key], labels["deleted"]) for key in before if key not in after]
        said = [
            f"{labels['quoted'].format(text=shorten(work))} ({what})"
            for work, what in moved
            if years.intersection(_LETTERED.findall(work))
        ]
        comment = self.voice.labels["cause_letters"].format(works=", ".join(said))
        return Cause("text", self.voice.name_cause("text"), comment, rule="letters") if said else None

    def _explain_text(self, difference: Difference) -> Cause:
        if letter := self._explain_letter(difference):
            return letter
        if is_spacing(_read(difference.old), _read(difference.new)):
            return self._blame_house(self.voice.labels["cause_spaces"], "spaces")
        if isinstance(difference.part, BibliographyEntry) and (cause := self._explain_reference(difference.part.key)):
            return cause
        if self.rewritten is None or isinstance(difference.part, BibliographyEntry):
            return self._blame_text(difference)
        names = [getattr(node, "id", "") for node in (difference.part, difference.block)]
        if not {*names} & set(self.rewritten):
            return self._blame_text(difference, "translation")
        cause = self._blame_text(difference)
        changes = next((self.source_changes[name] for name in names if name in self.source_changes), ())
        said = "; ".join(map(self._quote_change, filter(_differs, changes)))
        if not said or difference.is_move:
            return cause
        comment = self.voice.labels["source_change"].format(change=said)
        return replace(cause, comment="\n".join(filter(None, (cause.comment, comment))))

    def _quote_change(self, change: tuple[str, str]) -> str:
        """Quote what changed in a text of the source language, with a few words around it."""
        quoted = self.voice.labels["quoted"]
        return " → ".join(quoted.format(text=text) for text in quote_excerpt(*change) if text)

    def _explain_reference(self, key: str) -> Cause | None:
        """Say which figure has brought a work in, or has lost it, as its source."""
        for name in {**self.old.figures, **self.new.figures}:
            before, after = self.old.figures.get(name), self.new.figures.get(name)
            stated = [figure is not None and key in figure.sources for figure in (before, after)]
            if stated[0] != stated[1] and not (after and after.derived_from):
                return explain_figure(name, self.old, self.new, self.voice)
        return None


def is_spacing(old: str, new: str) -> bool:
    """Tell whether two texts differ, and that in the kind of their spaces alone, as typography sets them."""
    return old != new and old.split() == new.split()


def _differs(change: tuple[str, str]) -> bool:
    """Tell whether two texts are others: those of a picture are not where only what it draws was changed."""
    return change[0] != change[1]


def _read(value: Any) -> str:
    """Read a run of inlines, a chart, or an attribute that is a text; of all else nothing is read."""
    if isinstance(value, str):
        return value
    if isinstance(value, Chart):
        return "\n".join(map(get_text, list_runs(value)))
    is_run = isinstance(value, tuple) and not any(isinstance(part, str) for part in value)
    return read_run(value) if is_run else ""


def _is_dated(difference: Difference) -> bool:
    """Tell whether a difference stands in the paragraph of the colophon that tells the as-of date."""
    return difference.block is not None and difference.block.id == "colophon-edition"


def _read_words(run: Any) -> str:
    """Read what people wrote of a run: all but its figures."""
    return get_text(_without_figures(run))


def _list_points(value: Any) -> list[tuple[tuple[str, str], FigureUse]]:
    return [((use.figure, use.form), use) for use in walk_nodes(value) if isinstance(use, FigureUse)]


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
