"""Compose a note in one language from a snapshot: in its source language, or by its catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from briefing.compose.note import Composition, compose_note
from briefing.document.nodes import Document
from briefing.figures.figure import decode_figure
from briefing.formats.po_catalogue import encode_message, read_catalogue
from briefing.language.house_texts import House, check_house, read_house
from briefing.problems import Problem, encode_problem
from briefing.sources.snapshot import Snapshot
from briefing.translate.catalogue_translator import CatalogueTranslator
from briefing.translate.glossary import check_terms, read_glossary
from briefing.translate.parity import compare_numbers

GLOSSARY = "common/glossary.csv"


@dataclass(frozen=True, slots=True)
class Speech:
    """In which language a note is composed: its tag, that of its source, its locale, and whether it is for release."""

    tag: str
    source: str
    locale: str = ""
    release: bool = True


def compose_language(
    snapshot: Snapshot,
    raw: Mapping[str, bytes],
    derived: Mapping[str, Any],
    version: str,
    files: Mapping[str, bytes],
    speech: Speech,
) -> tuple[Document, dict[str, Any]]:
    """Compose the document, and list what was found on the way as what JSON can hold.

    `raw` has the bytes of all sources, `files` those of the house's texts. This fails with a `SourceError` when the
    catalogue or a table of the language is missing or cannot be read.
    """
    figures = {name: decode_figure(fields) for name, fields in derived["figures"].items()}
    house = read_house(speech.tag, files, speech.locale)
    translator = _make_translator(snapshot, raw, files, house, speech) if speech.tag != speech.source else None
    language = snapshot.language(house)
    composition = compose_note(snapshot.sources, figures, language, house.labels, version, translator)
    found = list(composition.problems)
    if translator and translator.left:
        # What has stayed in the source language has its acronyms; a lost placeholder is an error all the same.
        found = [p if p.kind == "translation" else replace(p, severity="warning") for p in found]
    found += check_house(house, snapshot.hedges, snapshot.unit_table, speech.release)
    flagged = _flag_terms_and_numbers(translator, raw, house, speech) if translator else []
    marks = [(context, state) for (context, _), state in translator.states.items()] if translator else []
    return composition.document, {
        "problems": [encode_problem(problem) for problem in [*found, *(problem for _, problem in flagged)]],
        "draft": bool(translator and translator.left),
        "marks": [*marks, *((section, problem.kind) for section, problem in flagged)],
        **_describe(composition),
    }


def _make_translator(
    snapshot: Snapshot, raw: Mapping[str, bytes], files: Mapping[str, bytes], house: House, speech: Speech
) -> CatalogueTranslator:
    folder = snapshot.sources.folder
    name = f"translations/{speech.tag}.po"
    return CatalogueTranslator(
        catalogue=read_catalogue(f"{folder}/{name}", raw.get(f"{folder.removeprefix('sources/')}/{name}")),
        source=snapshot.language(read_house(speech.source, files)),
        language=snapshot.language(house),
        mark=house.labels["untranslated"],
        release=speech.release,
    )


def _flag_terms_and_numbers(
    translator: CatalogueTranslator, raw: Mapping[str, bytes], house: House, speech: Speech
) -> list[tuple[str, Problem]]:
    centuries = house.grammar.get("centuries")
    text = raw[GLOSSARY].decode("utf-8-sig") if GLOSSARY in raw else ""
    terms = read_glossary(text, speech.source, speech.tag, f"sources/{GLOSSARY}")
    return [
        *check_terms(translator.pairs, terms, f"sources/{GLOSSARY}"),
        *compare_numbers(translator.pairs, re.compile(centuries) if centuries else None),
    ]


def _describe(composition: Composition) -> dict[str, Any]:
    return {
        "uses": composition.uses,
        "places": {name: (place.file, place.line, place.column) for name, place in composition.places.items()},
        "messages": [encode_message(message) for message in composition.messages],
    }
