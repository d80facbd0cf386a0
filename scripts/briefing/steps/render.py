"""Gather what a format of a note is made from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from briefing.document.nodes import Document
from briefing.formats.csv_table import read_table, write_csv
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import read_yaml
from briefing.language.tags import name_language
from briefing.problems import Problem, SourceError
from briefing.sources.data_package import FROZEN, SOURCE, complete_package
from briefing.writers.material import Sibling


def refuse_empty(document: Document, place: str) -> Document:
    """Give a document back; one without blocks stands for a language that a version lacks, and is a `SourceError`."""
    if not document.blocks:
        raise SourceError([Problem(place, 1, 1, "this version has no edition in this language; ask for another")])
    return document


def list_siblings(
    note: str, language: str, languages: Sequence[str], formats: Sequence[str], labels: Mapping[str, str]
) -> tuple[Sibling, ...]:
    """List the files beside the page of a note: it in other languages, it in other formats, its figures."""
    others = [Sibling(name_language(tag), f"{note}.{tag}.html", tag) for tag in languages if tag != language]
    kinds = {"pdf": "PDF", "docx": "Word"}
    files = [Sibling(name, f"{note}.{language}.{kind}") for kind, name in kinds.items() if kind in formats]
    return (*others, *files, Sibling(labels["figures_as_table"], "figures.csv"))


def list_attachments(note: str, raw: Mapping[str, bytes]) -> dict[str, bytes]:
    """List the files of a Data Package as a PDF carries them, from the sources of a note by path below sources/.

    A Data Package is known by its datapackage.json, whatever the sources have; its tables have the columns that the
    descriptor says, whatever program wrote them.
    """
    whole = complete_package(note, raw)
    package = {name.removeprefix(f"{note}/"): whole[name] for name in whole if name.startswith(f"{note}/")}
    written = SOURCE if SOURCE in package else FROZEN
    descriptor = read_yaml(written, package[written].decode("utf-8-sig"))
    attachments = {FROZEN: (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()}
    for part in (*descriptor["resources"], *descriptor["sources"]):
        name = part["path"]
        if "://" in name:
            continue
        attachments[name] = package[name]
        if "schema" in part:
            columns = [field["name"] for field in part["schema"]["fields"]]
            attachments[name] = write_csv(read_table(decode_source(name, package[name])), columns).encode()
    return attachments
