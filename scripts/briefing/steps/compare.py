"""Compare two versions of a note: read what each knew, and make the redline of each language."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from briefing.document.nodes import Document, Paragraph, Text, is_made
from briefing.document.serialization import read_document
from briefing.document.walking import map_nodes
from briefing.figures.encoding import decode_figure
from briefing.language.house_texts import House
from briefing.language.number_formatting import Language
from briefing.problems import Problem, SourceError
from briefing.redline.documents import redline
from briefing.review.causes import Explainer, State, list_rewritten, list_works
from briefing.review.impact import NoteVersion, list_impact
from briefing.review.rows import Impact
from briefing.sources.csl_markup import name_authors


def read_version(name: str, note: str, files: Mapping[str, bytes], languages: Iterable[str]) -> NoteVersion:
    """Read a version from its files by path; a language that it does not have is left out."""
    derived = _read_json(files, "derived.json")
    table = io.StringIO(files[f"sources/{note}/observations.csv"].decode("utf-8-sig"), newline="")
    rows = frozenset((row["indicator"], row["period"], row["value"], row["known_on"]) for row in csv.DictReader(table))
    works = {work["id"]: name_authors(work) for work in _read_json(files, f"sources/{note}/bibliography.json")}
    figures = {key: decode_figure(fields) for key, fields in derived["figures"].items()}
    read = {tag: read_document(files[f"{tag}.json"].decode("utf-8")) for tag in languages if f"{tag}.json" in files}
    documents = {tag: document for tag, document in read.items() if document.blocks}
    findings = {tag: _read_json(files, f"findings.{tag}.json") for tag in documents}
    return NoteVersion(name, State(derived["as_of"], figures, rows, works), documents, findings)


def compare_versions(
    old: NoteVersion,
    new: NoteVersion,
    languages: Iterable[str],
    house: House,
    tables: tuple[Mapping[str, Any], Mapping[str, Any]],
) -> tuple[dict[str, Document], Impact]:
    """Compare two versions: the redline of each language, and what changed and why.

    `tables` are those of hedges and units, in the language of the house, which is that of the sources. This fails with
    a `SourceError` where the new version lacks a language.
    """
    if missing := [tag for tag in languages if tag not in new.documents]:
        message = f"this version has no edition in {', '.join(missing)}; compare it as BASE"
        raise SourceError([Problem(new.name, 1, 1, message)])
    locale = new.documents[house.tag].metadata.language
    language = Language(house.tag, locale, *tables, house.grammar)
    redlines = make_redlines(old, new, house.tag)
    return redlines, list_impact(old, new, language, redlines)


def make_redlines(old: NoteVersion, new: NoteVersion, source: str) -> dict[str, Document]:
    """Make the redline of each language of the new version, with the cause of every change.

    A language that the old version did not have yet is wholly new; its redline is the document itself.
    """
    rewritten = list_rewritten(old.documents[source], new.documents[source])
    redlines = {}
    for tag, document in new.documents.items():
        before = old.documents.get(tag, document)
        explain = Explainer(
            old.state, new.state, None if tag == source else rewritten, (list_works(before), list_works(document))
        )
        redlines[tag] = redline(share_version_id(before, document.metadata.version), document, explain)
    return redlines


def share_version_id(document: Document, version: str) -> Document:
    """Give a document with another version id in its colophon; every source changes it, and nobody writes it."""
    own = document.metadata.version

    def restate(node: Any) -> Any:
        return replace(node, text=node.text.replace(own, version)) if isinstance(node, Text) else node

    blocks = [map_nodes(b, restate) if isinstance(b, Paragraph) and is_made(b) else b for b in document.blocks]
    return replace(document, blocks=tuple(blocks))


def _read_json(files: Mapping[str, bytes], name: str) -> Any:
    return json.loads(files[name].decode("utf-8"))
