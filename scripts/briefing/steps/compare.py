"""Compare two versions of a note: read what each knew, and make the redline of each language."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from briefing.document.nodes import Document, FigureUse, Paragraph, Text, is_made
from briefing.document.serialization import read_document
from briefing.document.walking import map_nodes
from briefing.figures.encoding import decode_figure
from briefing.figures.figure import Figure
from briefing.formats.yaml_source import read_yaml
from briefing.language.house_texts import House, localise_tables
from briefing.language.number_formatting import Language, print_figure
from briefing.language.wordings import WordingError, read_form
from briefing.problems import Problem, SourceError
from briefing.redline.changes import list_changes
from briefing.redline.documents import redline
from briefing.review.causes import Explainer, list_rewritten
from briefing.review.commits import ALL, Commit, Places
from briefing.review.comparison import Comparison
from briefing.review.doubts import describe_doubt, find_doubts, mark_doubts
from briefing.review.figure_causes import Voice
from briefing.review.impact import describe_version, list_impact
from briefing.review.rows import Impact
from briefing.review.stale_translations import keep_translations
from briefing.review.states import NoteVersion, State, list_stated, list_works
from briefing.sources.csl_markup import name_authors

TABLES = ("hedges", "units")


def list_written(files: Mapping[str, bytes], languages: Iterable[str]) -> list[str]:
    """List the sources in which the texts of a version stand."""
    findings = (_read_json(files, f"findings.{tag}.json") for tag in languages)
    return list(dict.fromkeys(file for found in findings for file, _, _ in found.get("places", {}).values()))


def read_version(
    name: str,
    note: str,
    files: Mapping[str, bytes],
    languages: Iterable[str],
    commit: Commit | None = None,
    lines: Places | None = None,
) -> NoteVersion:
    """Read a version from its files by path; a language that it does not have is left out.

    `commit` is that which the version names, `lines` say which commit wrote a line of its sources.
    """
    derived = _read_json(files, "derived.json")
    table = io.StringIO(files[f"sources/{note}/observations.csv"].decode("utf-8-sig"), newline="")
    rows = frozenset((row["indicator"], row["period"], row["value"], row["known_on"]) for row in csv.DictReader(table))
    works = {work["id"]: name_authors(work) for work in _read_json(files, f"sources/{note}/bibliography.json")}
    figures = {key: decode_figure(fields) for key, fields in derived["figures"].items()}
    read = {tag: read_document(files[f"{tag}.json"].decode("utf-8")) for tag in languages if f"{tag}.json" in files}
    documents = {tag: document for tag, document in read.items() if document.blocks}
    findings = {tag: _read_json(files, f"findings.{tag}.json") for tag in documents}
    state = State(derived["as_of"], figures, rows, works)
    tables = {key: _read_table(files, f"sources/common/{key}.yaml") for key in TABLES}
    return NoteVersion(name, state, documents, findings, tuple(derived["problems"]), commit, lines or {}, tables)


def _read_table(files: Mapping[str, bytes], name: str) -> Any:
    return read_yaml(name, files[name].decode("utf-8-sig"), plain=False) if name in files else {}


def compare_versions(
    old: NoteVersion, new: NoteVersion, houses: Mapping[str, House], policy: Mapping[str, str]
) -> tuple[dict[str, Document], Impact]:
    """Compare two versions: the redline of each language, and what changed and why.

    `houses` are those of all languages, that of the sources first; the policy says what each kind of problem is. This
    fails with a `SourceError` where the new version lacks a language.
    """
    if missing := [tag for tag in houses if tag not in new.documents]:
        message = f"this version has no edition in {', '.join(missing)}; compare it as BASE"
        raise SourceError([Problem(new.name, 1, 1, message)])
    languages = {tag: make_language(house, new) for tag, house in houses.items()}
    redlines = make_redlines(old, new, houses)
    source = next(iter(houses))
    doubts = find_doubts(new.documents[source], new.state.figures, languages[source])
    compared = Comparison(old, new, languages, redlines, doubts, houses[source].labels, policy)
    return redlines, list_impact(compared)


def make_language(house: House, version: NoteVersion) -> Language:
    """Give what a language needs to print the figures of a version and to read its wordings."""
    tables = localise_tables(house, version.tables["hedges"], version.tables["units"])
    return Language(house.tag, version.documents[house.tag].metadata.language, *tables, house.grammar)


def make_redlines(old: NoteVersion, new: NoteVersion, houses: Mapping[str, House]) -> dict[str, Document]:
    """Make the redline of each language of the new version, with the cause of every change.

    A language that the old version did not have yet is wholly new; its redline is the document itself. What the sources
    changed and a language has not translated anew stands there as it was, beside what is to be translated.
    """
    source = next(iter(houses))
    rewritten = list_rewritten(old.documents[source], new.documents[source])
    redlines: dict[str, Document] = {}
    for tag, house in houses.items():
        document = new.documents[tag]
        before = old.documents.get(tag, document)
        language = make_language(house, new)
        if tag != source:
            document = show_translation(before, new, house, redlines[source])
        explain = Explainer(
            old.state,
            new.state,
            Voice(house.labels, list_stated(before), list_stated(document)),
            None if tag == source else rewritten,
            (list_works(before), list_works(document)),
            # A text that was rewritten and translated anew has its author in either language.
            {**_list_commits(new, source), **_list_commits(new, tag)},
            _list_borrowed(new, tag),
            {} if tag == source else _list_source_changes(redlines[source]),
        )
        merged = redline(share_version_id(before, document.metadata.version), document, explain)
        versions = tuple(describe_version(version, house.labels, language) for version in (old, new))
        redlines[tag] = mark_doubts(replace(merged, versions=versions), _say_doubts(new, tag, house, language))
    return redlines


def show_translation(old: Document, new: NoteVersion, house: House, source: Document) -> Document:
    """Give the new version in a language as a redline shows it: with what the old translation says of new texts.

    `source` is the redline of the source language.
    """
    restate = _Restater(new.state.figures, make_language(house, new))
    return keep_translations(old, new.documents[house.tag], source, house.labels, restate)


class _Restater:
    """Prints a figure that a text states as the new version does."""

    def __init__(self, figures: Mapping[str, Figure], language: Language) -> None:
        self.figures, self.language = figures, language

    def __call__(self, use: FigureUse) -> FigureUse:
        figure = self.figures.get(use.figure)
        try:
            wording = read_form(use.form, figure, self.language) if figure else None
        except WordingError:
            return use
        if figure is None:
            return use
        return replace(use, text=wording.text if wording else print_figure(figure, self.language, use.form))


def _list_commits(version: NoteVersion, tag: str) -> dict[str, Commit]:
    """Tell which commit wrote each block and part of a version, by its id; under "" that which alone wrote anything."""
    places = version.findings[tag].get("places", {})
    written = {name: version.lines.get((file, line)) for name, (file, line, _) in places.items()}
    written[""] = version.lines.get(ALL)
    return {name: commit for name, commit in written.items() if commit}


def _list_borrowed(version: NoteVersion, tag: str) -> list[str]:
    """List the units whose texts of the house a language has not translated."""
    told = [p["message"] for p in version.findings[tag]["problems"] if p["kind"] == "translation"]
    texts = {name: [row["en"], row.get("full", {}).get("en", "")] for name, row in version.tables["units"].items()}
    return [name for name, said in texts.items() if any(text and f'"{text}"' in line for text in said for line in told)]


def _list_source_changes(merged: Document) -> dict[str, list[tuple[str, str]]]:
    """List what changed in the words of each block and part of the source language."""
    found: dict[str, list[tuple[str, str]]] = {}
    for change in list_changes(merged):
        if change.cause.kind in ("text", "wording") and change.kind != "moved":
            found.setdefault(change.part or change.block, []).append((change.old, change.new))
    return found


def _say_doubts(version: NoteVersion, tag: str, house: House, language: Language) -> dict[tuple[str, str], str]:
    stated = list_stated(version.documents[tag])
    doubts = find_doubts(version.documents[tag], version.state.figures, language)
    return {
        key: describe_doubt(doubt, house.labels, stated[doubt.figure.id].label, language)
        for key, doubt in doubts.items()
    }


def share_version_id(document: Document, version: str) -> Document:
    """Give a document with another version id in its colophon; every source changes it, and nobody writes it."""
    own = document.metadata.version

    def restate(node: Any) -> Any:
        return replace(node, text=node.text.replace(own, version)) if isinstance(node, Text) else node

    blocks = [map_nodes(b, restate) if isinstance(b, Paragraph) and is_made(b) else b for b in document.blocks]
    return replace(document, blocks=tuple(blocks))


def _read_json(files: Mapping[str, bytes], name: str) -> Any:
    return json.loads(files[name].decode("utf-8"))
