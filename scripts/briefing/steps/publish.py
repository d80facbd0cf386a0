"""Freeze an edition of a note: its composed documents, its figures, the data they used, and a manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.formats.yaml_source import read_yaml
from briefing.problems import Problem, SourceError
from briefing.report.rows import Report
from briefing.sources.data_package import FROZEN, SOURCE, complete_package, list_package_files

_MANIFEST = "manifest.json"


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
    sources = complete_package(note, approved.sources)
    frozen = {"derived.json": approved.derived, "figures.json": approved.figures}
    for tag, document in approved.documents.items():
        frozen |= {f"{tag}.json": document, f"findings.{tag}.json": approved.findings[tag]}
    descriptor = read_yaml(SOURCE, sources[f"{note}/{SOURCE}"].decode("utf-8-sig"))
    frozen[f"{package}/{FROZEN}"] = (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    for name in dict.fromkeys(["charts.yaml", "bibliography.json", *list_package_files(descriptor)]):
        frozen[f"{package}/{name}"] = sources[f"{note}/{name}"]
    if (base_map := f"common/map/{note}.geojson") in sources:
        frozen[f"sources/{base_map}"] = sources[base_map]
    manifest = {
        "note": note,
        "edition": report["edition"],
        "as_of": report["as_of"],
        "version": report["version"],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(frozen.items())},
    }
    return frozen | {_MANIFEST: (json.dumps(manifest, indent=1) + "\n").encode("utf-8")}


def check_frozen(folder: str, files: Mapping[str, bytes]) -> None:
    """Hold the files of an edition, by path in its folder, against its manifest.

    This fails with a `SourceError` listing those that are missing or not as they were published.
    """
    remedy = "an edition stands as it was published, so take it back from git"
    try:
        hashes = {str(name): str(digest) for name, digest in json.loads(files[_MANIFEST])["files"].items()}
    except (KeyError, ValueError, TypeError, AttributeError):
        message = f"this is no manifest of an edition; {remedy}"
        raise SourceError([Problem(f"{folder}/{_MANIFEST}", 1, 1, message)]) from None
    wrong = {
        name: "is not as it was published" if name in files else "is missing"
        for name, digest in hashes.items()
        if name not in files or hashlib.sha256(files[name]).hexdigest() != digest
    }
    if wrong:
        raise SourceError(
            Problem(f"{folder}/{name}", 1, 1, f"this file {what}; {remedy}") for name, what in wrong.items()
        )


def list_differences(published: Mapping[str, bytes], frozen: Mapping[str, bytes]) -> list[str]:
    """List the files by which an edition that is published differs from one that would be, by path in its folder.

    Ids that are reckoned in another way than on the day of publication are no difference; the edition keeps its own.
    """
    before, now = (_read_version(files) for files in (published, frozen))
    same = {name: content.replace(now, before) for name, content in frozen.items() if name != _MANIFEST}
    return sorted(name for name in {*published, *same} - {_MANIFEST} if published.get(name) != same.get(name))


def _read_version(files: Mapping[str, bytes]) -> bytes:
    return str(json.loads(files[_MANIFEST])["version"]).encode("ascii")
