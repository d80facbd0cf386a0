"""Compose the pages of a note again and again from sources that change, each as the build would print it.

What is the same as before is not parsed, searched or set again: the functions that do so know their last answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from briefing.compose.findings import Findings
from briefing.document.nodes import Document
from briefing.document.superscripts import SUPERSCRIPTS
from briefing.figures.derived import Derived
from briefing.language.house_texts import read_house
from briefing.problems import Problem, SourceError
from briefing.report import FRAME
from briefing.report.content import judge_problems
from briefing.report.editor_page import write_look
from briefing.sources.snapshot import Snapshot
from briefing.steps.compose import Target, compose_language
from briefing.steps.derive import derive_note
from briefing.steps.draw_charts import Pictures, draw_charts
from briefing.steps.render import list_attachments, list_siblings
from briefing.steps.report import Edition, compare_editions, gather_problems
from briefing.steps.validate import check_and_read
from briefing.writers.material import Material, list_templates, write_format

CHART_STYLE = "charts.yaml"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a note is written with, and what stays while its sources change.

    `targets` are the languages, that of the sources first; `unfit` says what the house does not have of what the note
    asks for. `templates` has the bytes of all templates by path below
    templates/, `fonts` the faces, which stand in `font_folder` too. `keep` is given all that a chart shows and what
    draws it, and may know the pictures already.
    """

    note: str
    targets: tuple[Target, ...]
    formats: Sequence[str]
    policy: Mapping[str, str]
    templates: Mapping[str, bytes]
    fonts: Mapping[str, bytes]
    font_folder: str
    keep: Callable[[object, Callable[[], Pictures]], Pictures]
    unfit: Sequence[Problem] = ()

    def read_templates(self, kind: str) -> dict[str, str]:
        """Give the texts of the templates of a format, by name."""
        return {name: self.templates[name].decode("utf-8") for name in list_templates(kind)}

    def write_look(self) -> str:
        """Write the style sheet of the pages beside the note's own."""
        sheets = {name: self.templates[name].decode("utf-8") for name in FRAME if name.endswith(".css")}
        return write_look(sheets, self.fonts)


@dataclass(frozen=True, slots=True)
class Proof:
    """A language of a note as it would be printed; one that is not current is of the last sources that could be.

    `raw` has the bytes of the sources that it was composed from.
    """

    raw: Mapping[str, bytes]
    document: Document
    findings: Findings
    images: Mapping[str, bytes]
    page: bytes
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be seen of a note: a proof of each language, and the problems as the build would judge them.

    One that is not whole tells of the other languages what was found before.
    """

    proofs: Mapping[str, Proof]
    problems: tuple[Problem, ...]
    is_whole: bool = True

    @property
    def errors(self) -> int:
        """Count the problems that stop a build."""
        return len(self.list_errors())

    def list_errors(self) -> list[Problem]:
        """List the problems that stop a build."""
        return [problem for problem in self.problems if problem.severity == "error"]

    def is_read(self, tags: Iterable[str]) -> bool:
        """Tell whether the sources could be read as they stand, in each of some languages."""
        return all(tag in self.proofs and self.proofs[tag].is_current for tag in tags)


@dataclass
class PreviewSession:
    """Remembers the last proof of each language, which stays to be seen while a source is broken."""

    proofs: dict[str, Proof] = field(default_factory=dict)
    parity: dict[str, list[Problem]] = field(default_factory=dict)

    def look(self, desk: Desk, raw: Mapping[str, bytes], first: str = "") -> Iterator[Sight]:
        """Compose the note from the bytes of its sources, by path below sources/: first in the language that is read.

        Gives what is seen at once, and then the whole. Nothing fails over what is wrong in the sources.
        """
        tags = [target.tag for target in desk.targets]
        self.proofs = {tag: proof for tag, proof in self.proofs.items() if tag in tags}
        try:
            snapshot, derived = _read_note(desk, raw)
        except SourceError as error:
            yield self.keep(error.problems)
            return
        broken: list[Problem] = []
        order = sorted(desk.targets, key=lambda target: target.tag != first)
        for target in order:
            try:
                self.proofs[target.tag] = _prove(desk, raw, snapshot, derived, target)
            except SourceError as error:
                broken += error.problems
                self._keep_old([target.tag])
            if target is order[0] and len(order) > 1:
                yield self._describe(desk, derived, broken, is_whole=False)
        if not broken:
            editions, source = self._list_editions(tags), tags[0]
            self.parity = {tag: compare_editions(snapshot, editions, source, tag) for tag in tags[1:]}
        yield self._describe(desk, derived, broken)

    def keep(self, problems: Iterable[Problem]) -> Sight:
        """Keep what was seen last, over which nothing can be said but these problems."""
        self._keep_old(list(self.proofs))
        return Sight(dict(self.proofs), tuple(sorted(set(problems))))

    def _keep_old(self, tags: Sequence[str]) -> None:
        for tag in tags:
            if tag in self.proofs:
                self.proofs[tag] = replace(self.proofs[tag], is_current=False)

    def _list_editions(self, tags: Sequence[str]) -> dict[str, Edition]:
        """List the languages that could be composed; of others nothing is true that was found before."""
        proofs = {tag: self.proofs[tag] for tag in tags if tag in self.proofs}
        return {tag: Edition(proof.document, proof.findings) for tag, proof in proofs.items() if proof.is_current}

    def _describe(self, desk: Desk, derived: Derived, broken: Sequence[Problem], is_whole: bool = True) -> Sight:
        tags = [target.tag for target in desk.targets]
        editions = self._list_editions(tags)
        parity = {tag: found for tag, found in self.parity.items() if {tag, tags[0]} <= {*editions}}
        judged = gather_problems(derived, editions, parity, desk.policy)
        return Sight(dict(self.proofs), tuple(sorted({*judged, *broken})), is_whole)


def _read_note(desk: Desk, raw: Mapping[str, bytes]) -> tuple[Snapshot, Derived]:
    """Take the steps that come before composing; what stops the build there is a `SourceError`, judged as there."""
    found, snapshot = check_and_read(desk.note, raw)
    found = sorted([*found, *desk.unfit])
    judged = judge_problems(found, desk.policy)
    if snapshot is None or any(problem.severity == "error" for problem in judged):
        raise SourceError(judged)
    return snapshot, derive_note(snapshot, found)


def _prove(desk: Desk, raw: Mapping[str, bytes], snapshot: Snapshot, derived: Derived, target: Target) -> Proof:
    """Compose a language, draw its charts, and write its page."""
    document, findings = compose_language(snapshot, derived, desk.templates, target)
    sources = snapshot.sources
    images = draw_charts(
        document,
        derived,
        sources.charts,
        yaml.safe_load(desk.templates[CHART_STYLE]),
        sorted(Path(desk.font_folder, name) for name in desk.fonts if name.endswith(".ttf")),
        _read_map(raw.get(f"common/map/{desk.note}.geojson")),
        desk.keep,
        {chart.id: sources.chart_places[f"{chart.id}.id"] for chart in sources.charts},
        read_house(target.tag, desk.templates, target.locale).labels[SUPERSCRIPTS],
    )
    material = gather_material(desk, raw, document, images, target, "html")
    return Proof(raw, document, findings, images, write_format("html", material))


def gather_material(
    desk: Desk, raw: Mapping[str, bytes], document: Document, images: Mapping[str, bytes], target: Target, kind: str
) -> Material:
    """Gather what a format of a language is made from, as the step `render` does."""
    labels = read_house(target.tag, desk.templates, target.locale).labels
    tags = [other.tag for other in desk.targets]
    return Material(
        document=document,
        labels=labels,
        images=images,
        fonts=desk.fonts,
        font_folder=desk.font_folder,
        templates=desk.read_templates(kind),
        list_attachments=lambda: list_attachments(desk.note, raw),
        siblings=list_siblings(desk.note, target.tag, tags, desk.formats, labels),
    )


def _read_map(content: bytes | None) -> Mapping[str, Any] | None:
    geography: Mapping[str, Any] | None = json.loads(content) if content is not None else None
    return geography
