"""Make a version of a note from its sources: all that comparing it and rendering it again asks for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from briefing.document.serialization import write_document
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import read_yaml
from briefing.sources.data_package import SOURCE, list_package_files
from briefing.sources.note_sources import compute_version
from briefing.sources.snapshot import read_snapshot
from briefing.steps.compose import Speech, compose_language
from briefing.steps.derive import derive_note


def make_version(
    note: str, raw: Mapping[str, bytes], files: Mapping[str, bytes], speeches: Iterable[Speech]
) -> dict[str, bytes]:
    """Compose a note in each language, and give the files of the version by path: documents, figures, sources.

    `raw` has the bytes of all sources by path below sources/, `files` those of the house's texts. A language that the
    version does not have is left out. This fails with a `SourceError` when the sources cannot be read.
    """
    snapshot = read_snapshot(note, raw)
    derived = derive_note(snapshot)
    made = {"derived.json": _encode(derived)}
    for speech in speeches:
        if speech.tag != speech.source and f"{note}/translations/{speech.tag}.po" not in raw:
            continue
        document, findings = compose_language(snapshot, raw, derived, compute_version(raw), files, speech)
        made |= {f"{speech.tag}.json": write_document(document).encode("utf-8")}
        made |= {f"findings.{speech.tag}.json": _encode(findings)}
    descriptor = read_yaml(SOURCE, decode_source(SOURCE, raw[f"{note}/{SOURCE}"]))
    kept = dict.fromkeys([SOURCE, "charts.yaml", "bibliography.json", *list_package_files(descriptor)])
    names = [*(f"{note}/{name}" for name in kept), f"common/map/{note}.geojson"]
    return made | {f"sources/{name}": raw[name] for name in names if name in raw}


def _encode(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
