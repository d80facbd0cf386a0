"""Take a version of a note: all that comparing it and rendering it again asks for, from its sources or an edition."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from briefing.checks.observation_cells import read_plain_rows
from briefing.checks.plausibility import check_plausibility
from briefing.compose.findings import Findings
from briefing.document.nodes import Document, Metadata
from briefing.document.serialization import write_document
from briefing.figures.derived import Derived
from briefing.formats.csv_table import read_table
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import read_yaml
from briefing.problems import Problem
from briefing.sources.data_package import SOURCE, complete_package, list_package_files
from briefing.sources.snapshot import Snapshot, read_snapshot
from briefing.steps.compose import Target, compose_language
from briefing.steps.derive import derive_note

SOURCES = "sources/"
SHARED = ("hedges.yaml", "units.yaml")
"""What promises a version made with its wordings, and how it printed units."""


@dataclass(frozen=True, slots=True)
class ComposedVersion:
    """A version of a note: its figures, and by language its document and what was found in composing it."""

    derived: Derived
    documents: dict[str, Document]
    findings: dict[str, Findings]


def compose_version(
    note: str, raw: Mapping[str, bytes], house_files: Mapping[str, bytes], targets: Iterable[Target]
) -> ComposedVersion:
    """Compose a note in each language that it has.

    `raw` has the bytes of all sources by path below sources/, `house_files` those of the house's texts. This fails with
    a `SourceError` when the sources cannot be read.
    """
    snapshot = read_snapshot(note, raw)
    derived = derive_note(snapshot, _doubt_observations(snapshot))
    made = ComposedVersion(derived, {}, {})
    for target in targets:
        if target.tag == target.source or target.tag in snapshot.catalogues:
            made.documents[target.tag], made.findings[target.tag] = compose_language(
                snapshot, derived, house_files, target
            )
    return made


def make_version(
    note: str, raw: Mapping[str, bytes], house_files: Mapping[str, bytes], targets: Iterable[Target]
) -> dict[str, bytes]:
    """Compose a note in each language, and give the files of the version by path: documents, figures, sources."""
    composed = compose_version(note, raw, house_files, targets)
    made = {"derived.json": _encode(composed.derived)}
    for tag, document in composed.documents.items():
        made[f"{tag}.json"] = write_document(document).encode("utf-8")
        made[f"findings.{tag}.json"] = _encode(composed.findings[tag])
    raw = complete_package(note, raw)
    descriptor = read_yaml(SOURCE, decode_source(SOURCE, raw[f"{note}/{SOURCE}"]))
    kept = dict.fromkeys([SOURCE, "charts.yaml", "bibliography.json", *list_package_files(descriptor)])
    names = [*(f"{note}/{name}" for name in kept), *(f"common/{name}" for name in SHARED)]
    names += [f"common/map/{note}.geojson"]
    return made | {f"{SOURCES}{name}": raw[name] for name in names if name in raw}


def fill_languages(version: Mapping[str, bytes], languages: Iterable[str]) -> dict[str, bytes]:
    """Give the files of a version with an empty document, and no findings, for each language that it lacks."""
    unnamed: dict[str, Any] = {field.name: "" for field in fields(Metadata) if field.default is MISSING}
    filled = dict(version)
    for tag in languages:
        empty = Document(Metadata(**{**unnamed, "language": tag}), ())
        filled.setdefault(f"{tag}.json", write_document(empty).encode("utf-8"))
        filled.setdefault(f"findings.{tag}.json", _encode({}))
    return filled


def _doubt_observations(snapshot: Snapshot) -> list[Problem]:
    """Ask whether the observations of a version can be true, which tells what a revision has left or made doubtful."""
    sources = snapshot.sources
    table = read_table(sources.files["observations.csv"])
    file = sources.name("observations.csv")
    return check_plausibility(file, read_plain_rows(table), sources, snapshot.bounds, table.header)


def _encode(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
