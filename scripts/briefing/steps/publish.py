"""Freeze an edition of a note: its composed documents, its figures, the data they used, and a manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.formats.yaml_source import read_yaml
from briefing.problems import Problem
from briefing.report.rows import Report
from briefing.sources.data_package import FROZEN, SOURCE, list_package_files


@dataclass(frozen=True, slots=True)
class Approved:
    """What a build approved, as bytes: documents and findings by language, the figures, the snapshot of the sources."""

    report: Report
    derived: bytes
    figures: bytes
    documents: Mapping[str, bytes]
    findings: Mapping[str, bytes]
    sources: Mapping[str, bytes]


def list_gaps(report: Report) -> Iterator[Problem]:
    """Report the languages that are not wholly translated."""
    for tag, language in report["translations"].items():
        if left := language["fuzzy"] + language["untranslated"]:
            file = f"sources/{report['note']}/translations/{tag}.po"
            yield Problem(file, 1, 1, f"{left} messages are not translated; translate them first")


def freeze_edition(approved: Approved) -> dict[str, bytes]:
    """Give the files of the edition, by path in its folder."""
    report = approved.report
    note, package = report["note"], f"sources/{report['note']}"
    frozen = {"derived.json": approved.derived, "figures.json": approved.figures}
    for tag, document in approved.documents.items():
        frozen |= {f"{tag}.json": document, f"findings.{tag}.json": approved.findings[tag]}
    descriptor = read_yaml(SOURCE, approved.sources[f"{note}/{SOURCE}"].decode("utf-8-sig"))
    frozen[f"{package}/{FROZEN}"] = (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    for name in dict.fromkeys(["charts.yaml", "bibliography.json", *list_package_files(descriptor)]):
        frozen[f"{package}/{name}"] = approved.sources[f"{note}/{name}"]
    if (base_map := f"common/map/{note}.geojson") in approved.sources:
        frozen[f"sources/{base_map}"] = approved.sources[base_map]
    manifest = {
        "note": note,
        "edition": report["edition"],
        "as_of": report["as_of"],
        "version": report["version"],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(frozen.items())},
    }
    return frozen | {"manifest.json": (json.dumps(manifest, indent=1) + "\n").encode("utf-8")}
