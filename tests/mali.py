"""What the tests of the note on Mali share: its sources, figures and document, made once a run, and made anew after a change."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from house import ROOT, read_labels

from briefing.compose import Composition, compose_note
from briefing.consistency import CheckResult, run_checks
from briefing.figures import Figure, decode_figure, derive_figures, encode_figure
from briefing.files import read_folder
from briefing.vintages import index_observations, read_observations, select_known
from briefing.printing import Language
from briefing.problems import Problem
from briefing.settings import find_place
from briefing.snapshot import Snapshot, read_snapshot
from briefing.sources import compute_version

OBSERVATIONS = "mali/observations.csv"


@dataclass(frozen=True)
class Edition:
    """A composed note with all that it was made from."""

    snapshot: Snapshot
    language: Language
    figures: Mapping[str, Figure]
    checks: tuple[CheckResult, ...]
    composition: Composition
    problems: tuple[Problem, ...]


@functools.cache
def read_raw() -> Mapping[str, bytes]:
    """Read all sources of the note, and those that all notes share, by path below sources/."""
    folders = ("common", "mali")
    return {
        f"{part}/{name}": content for part in folders for name, content in read_folder(ROOT / "sources" / part).items()
    }


def derive_all(snapshot: Snapshot, as_of: str) -> dict[str, Figure]:
    """Derive the figures as the workflow does, from the text of observations.csv to JSON and back."""
    observations = read_observations(snapshot.sources.files["observations.csv"])
    known = index_observations(select_known(observations, as_of))
    figures = derive_figures(snapshot.sources.specs, known, snapshot.units)
    return {name: decode_figure(json.loads(json.dumps(encode_figure(figure)))) for name, figure in figures.items()}


def make_edition(changes: Mapping[str, str] | None = None) -> Edition:
    """Make the edition of the sources, with the texts of some files changed (paths below sources/)."""
    changed = {name: text.encode("utf-8") for name, text in (changes or {}).items()}
    raw = {**read_raw(), **changed}
    return compose_edition(read_snapshot("mali", raw), compute_version(raw))


def compose_edition(snapshot: Snapshot, version: str) -> Edition:
    """Compose an edition from a snapshot that is read."""
    sources = snapshot.sources
    figures = derive_all(snapshot, sources.note["as_of"])
    file, checks = sources.name("figures.yaml"), sources.figures["checks"]
    places = [find_place(file, sources.figures, ("checks", number)) for number in range(len(checks))]
    results, problems = run_checks(checks, figures, snapshot.units, places)
    language = snapshot.language("en")
    composition = compose_note(sources, figures, language, read_labels(), version)
    return Edition(
        snapshot, language, figures, tuple(results), composition, tuple(sorted([*problems, *composition.problems]))
    )


@functools.cache
def make_mali() -> Edition:
    """Make the edition of the sources as they are."""
    return make_edition()


def read_text(name: str) -> str:
    """Read a source of the note as text."""
    return read_raw()[f"mali/{name}"].decode("utf-8")


def set_value(indicator: str, period: str, value: str) -> str:
    """Give observations.csv with another value for the first vintage of an observation."""
    lines: list[Any] = read_text("observations.csv").split("\n")
    position = next(n for n, line in enumerate(lines) if line.startswith(f"{indicator},{period},"))
    cells = lines[position].split(",", 3)
    lines[position] = ",".join([*cells[:2], value, cells[3]])
    return "\n".join(lines)
