"""Compose the document of the note in one language, and list what was found on the way."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.catalogue import encode_message, read_catalogue
from briefing.compose import compose_note
from briefing.document import write_document
from briefing.figures import decode_figure
from briefing.files import read_below, read_folder, telling_problems, write_atomically
from briefing.glossary import check_terms, read_glossary
from briefing.house import check_house, read_house
from briefing.parity import compare_numbers
from briefing.problems import encode_problem
from briefing.snapshot import read_snapshot
from briefing.translator import CatalogueTranslator

snakemake: Any = globals()["snakemake"]
note, tag, params = snakemake.wildcards.note, snakemake.wildcards.language, snakemake.params

derived = json.loads(Path(snakemake.input.figures).read_text("utf-8"))
figures = {name: decode_figure(fields) for name, fields in derived["figures"].items()}
version = json.loads(Path(snakemake.input.version).read_text("utf-8"))["version"]
with telling_problems():
    files = read_below(params.templates, snakemake.input.house)
    raw = read_folder(snakemake.input.snapshot)
    snapshot = read_snapshot(note, raw)
    house = read_house(tag, files, params.locale)
    language = snapshot.language(house)
    translator = None
    if tag != params.source:
        translator = CatalogueTranslator(
            catalogue=read_catalogue(f"sources/{note}/translations/{tag}.po", raw.get(f"{note}/translations/{tag}.po")),
            source=snapshot.language(read_house(params.source, files)),
            language=language,
            mark=house.labels["untranslated"],
            release=params.release,
        )
    composition = compose_note(snapshot.sources, figures, language, house.labels, version, translator)
found = list(composition.problems)
if translator and translator.left:
    # What has stayed in the source language has its acronyms; a lost placeholder is an error all the same.
    found = [p if p.kind == "translation" else replace(p, severity="warning") for p in found]
problems = [*found, *check_house(house, snapshot.hedges, snapshot.unit_table, params.release)]
flagged, marks = [], []
if translator:
    centuries = house.grammar.get("centuries")
    terms = read_glossary(raw["common/glossary.csv"].decode("utf-8-sig"), params.source, tag)
    flagged += check_terms(translator.pairs, terms, "sources/common/glossary.csv")
    flagged += compare_numbers(translator.pairs, re.compile(centuries) if centuries else None)
    marks += [(context, state) for (context, _), state in translator.states.items()]
findings = {
    "problems": [encode_problem(problem) for problem in [*problems, *(problem for _, problem in flagged)]],
    "uses": composition.uses,
    "places": {name: (place.file, place.line, place.column) for name, place in composition.places.items()},
    "draft": bool(translator and translator.left),
    "marks": [*marks, *((section, problem.kind) for section, problem in flagged)],
    "messages": [encode_message(message) for message in composition.messages],
}
write_atomically(snakemake.output.document, write_document(composition.document))
write_atomically(snakemake.output.findings, json.dumps(findings, ensure_ascii=False, indent=1) + "\n")
