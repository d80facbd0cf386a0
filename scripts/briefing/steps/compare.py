"""Compare two versions of a note: read what each knew, and make the redline of each language."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from briefing.document.nodes import Document
from briefing.document.serialization import read_document
from briefing.figures.figure import decode_figure
from briefing.redline.documents import redline
from briefing.review.causes import Explainer, State, list_rewritten
from briefing.review.impact import Version
from briefing.sources.csl_markup import name_authors


def read_version(name: str, note: str, files: Mapping[str, bytes], languages: Iterable[str]) -> Version:
    """Read a version from its files by path; a language that it does not have is left out."""
    derived = _read_json(files, "derived.json")
    table = io.StringIO(files[f"sources/{note}/observations.csv"].decode("utf-8-sig"), newline="")
    rows = frozenset((row["indicator"], row["period"], row["value"], row["known_on"]) for row in csv.DictReader(table))
    works = {work["id"]: name_authors(work) for work in _read_json(files, f"sources/{note}/bibliography.json")}
    figures = {key: decode_figure(fields) for key, fields in derived["figures"].items()}
    tags = [tag for tag in languages if f"{tag}.json" in files]
    return Version(
        name,
        State(derived["as_of"], figures, rows, works),
        {tag: read_document(files[f"{tag}.json"].decode("utf-8")) for tag in tags},
        {tag: _read_json(files, f"findings.{tag}.json") for tag in tags},
    )


def make_redlines(old: Version, new: Version, source: str) -> dict[str, Document]:
    """Make the redline of each language of the new version, with the cause of every change.

    A language that the old version did not have yet is wholly new; its redline is the document itself.
    """
    rewritten = list_rewritten(old.documents[source], new.documents[source])
    return {
        tag: redline(
            old.documents.get(tag, document),
            document,
            Explainer(old.state, new.state, None if tag == source else rewritten),
        )
        for tag, document in new.documents.items()
    }


def _read_json(files: Mapping[str, bytes], name: str) -> Any:
    return json.loads(files[name].decode("utf-8"))
