"""Make editions of the notes in memory, from their sources as they are or with some files changed; runs no workflow."""

import dataclasses
import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.compose.note import Composition, compose_note
from briefing.figures.consistency import CheckResult, run_checks
from briefing.figures.encoding import decode_figure, encode_figure
from briefing.figures.figure import Figure, derive_figures
from briefing.figures.vintages import index_observations, read_observations, select_known
from briefing.formats.po_catalogue import read_catalogue
from briefing.formats.yaml_source import find_place
from briefing.language.number_formatting import Language
from briefing.problems import Problem
from briefing.sources.shared_files import is_made_of
from briefing.sources.snapshot import Snapshot, read_snapshot
from briefing.sources.version_id import compute_version
from briefing.translate.catalogue_translator import CatalogueTranslator
from briefing.workflow.files import read_folder
from support.house import ROOT, get_house

FOLDERS = {
    "tiny": ROOT / "tests/notes/tiny/sources/tiny",
    **{path.parent.name: path.parent for path in sorted(ROOT.glob("sources/*/note.yaml"))},
}
"""Every note of the repository, and the small one of the tests."""


def list_translations() -> list[tuple[str, str]]:
    """List the notes with each language that they are translated to."""
    return [(note, path.stem) for note, folder in FOLDERS.items() for path in sorted(folder.glob("translations/*.po"))]


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
def read_raw(note: str) -> Mapping[str, bytes]:
    """Read the sources that a note is made of, by path below sources/."""
    folders = {"common": ROOT / "sources/common", note: FOLDERS[note]}
    return {
        f"{part}/{name}": content
        for part, folder in folders.items()
        for name, content in read_folder(folder).items()
        if is_made_of(note, f"{part}/{name}")
    }


def read_source(note: str, name: str) -> str:
    """Read a source of a note as text."""
    return read_raw(note)[f"{note}/{name}"].decode("utf-8")


def change_raw(note: str, changes: Mapping[str, str]) -> dict[str, bytes]:
    """Give the sources of a note with some of its files changed, by their names in its folder."""
    return {**read_raw(note), **{f"{note}/{name}": text.encode("utf-8") for name, text in changes.items()}}


def derive_all(snapshot: Snapshot, as_of: str) -> dict[str, Figure]:
    """Derive the figures as the workflow does: from the text of observations.csv, to JSON and back."""
    observations = read_observations(snapshot.sources.files["observations.csv"])
    known = index_observations(select_known(observations, as_of))
    figures = derive_figures(snapshot.sources.specs, known, snapshot.units)
    return {name: decode_figure(json.loads(json.dumps(encode_figure(figure)))) for name, figure in figures.items()}


def compose_edition(
    snapshot: Snapshot, version: str = "0123456789ab", translator: CatalogueTranslator | None = None
) -> Edition:
    """Compose an edition from a snapshot that is read, in its source language or by a translator."""
    sources = snapshot.sources
    figures = derive_all(snapshot, sources.note["as_of"])
    file, checks = sources.name("figures.yaml"), sources.figures["checks"]
    places = [find_place(file, sources.figures, ("checks", number)) for number in range(len(checks))]
    results, failures = run_checks(checks, figures, snapshot.units, places)
    house = get_house(translator.language.tag if translator else "en")
    language = snapshot.language(house)
    called = snapshot.name_indicators(house)
    composition = compose_note(sources, figures, language, house.labels, version, translator, called)
    problems = tuple(sorted([*failures, *composition.problems]))
    return Edition(snapshot, language, figures, tuple(results), composition, problems)


@functools.cache
def make_edition(note: str) -> Edition:
    """Make the edition of a note's sources as they are."""
    raw = read_raw(note)
    return compose_edition(read_snapshot(note, raw), compute_version(raw))


def make_translator(snapshot: Snapshot, catalogue: str, tag: str = "fr", release: bool = True) -> CatalogueTranslator:
    """Make the translator of a note from the text of a catalogue."""
    house = get_house(tag)
    name = f"{snapshot.sources.folder}/translations/{tag}.po"
    return CatalogueTranslator(
        catalogue=read_catalogue(name, catalogue.encode("utf-8")),
        source=snapshot.language(get_house()),
        language=snapshot.language(house),
        mark=house.labels["untranslated"],
        release=release,
    )


def translate_edition(
    note: str, catalogue: str, release: bool = True, tag: str = "fr"
) -> tuple[Edition, CatalogueTranslator]:
    """Make the edition of a note in another language from the text of a catalogue."""
    snapshot = make_edition(note).snapshot
    translator = make_translator(snapshot, catalogue, tag, release)
    return compose_edition(snapshot, translator=translator), translator


def change_edition(note: str, changes: Mapping[str, str], **settings: str) -> Edition:
    """Make an edition with tables or prose changed, and settings of note.yaml; YAML files are not read again."""
    snapshot = make_edition(note).snapshot
    sources = snapshot.sources
    changed = dataclasses.replace(
        sources, files={**sources.files, **changes}, note={**sources.note, **settings} if settings else sources.note
    )
    return compose_edition(dataclasses.replace(snapshot, sources=changed))


def set_value(note: str, indicator: str, period: str, value: str) -> str:
    """Give observations.csv with another value for an observation (its first vintage)."""
    lines = read_source(note, "observations.csv").split("\n")
    position = next(n for n, line in enumerate(lines) if line.startswith(f"{indicator},{period},"))
    cells = lines[position].split(",", 3)
    lines[position] = ",".join([*cells[:2], value, cells[3]])
    return "\n".join(lines)
