"""The house's own texts in a language: labels, hedges, units and grammar, from the templates' tables and catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.document.superscripts import SUPERSCRIPTS
from briefing.formats.po_catalogue import Catalogue, Message, read_catalogue
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import check_schema, read_yaml
from briefing.language.house_names import GRAMMAR_SCHEMA, LABELS, SOURCE_TAG, list_house_files, name_grammar
from briefing.language.tags import name_language
from briefing.language.typography import set_text
from briefing.language.untranslated import is_untranslated, list_said
from briefing.problems import Place, Problem, SourceError

BRACED = re.compile(r"\{\w+\}")
HouseTable = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class House:
    """What the house says in a language: labels, how the language writes, and the catalogue of its other texts.

    The catalogue is None for the language that the house is written in; `written` are the labels in that language. The
    locale, by which text is set, is empty where a note says its own.
    """

    tag: str
    locale: str
    labels: Mapping[str, str]
    written: Mapping[str, str]
    grammar: HouseTable
    catalogue: Catalogue | None = None


def read_house(tag: str, files: Mapping[str, bytes], locale: str = "") -> House:
    """Read the house texts of a language from the bytes of its files, by path below templates/.

    Without a locale, a language other than the source is set by the first profile of its table.

    This fails with a `SourceError` that lists what is missing or cannot be read.
    """
    catalogue_file = f"translations/{tag}.po"
    if missing := [name for name in list_house_files(tag) if name not in files]:
        remedy = f'the language "{tag}" needs it'
        raise SourceError(
            Problem(f"templates/{name}", 1, 1, f"this file is missing; {remedy}" + _say_remedy(name))
            for name in missing
        )
    labels, grammar = _read_table(LABELS, files), read_grammar(tag, files)
    superscripts = {SUPERSCRIPTS: grammar.get(SUPERSCRIPTS, "")}
    if tag == SOURCE_TAG:
        return House(tag, "", labels | superscripts, labels, grammar)
    catalogue = read_catalogue(f"templates/{catalogue_file}", files[catalogue_file])
    locale = locale or next(iter(grammar["profiles"]))
    profile = grammar["profiles"][locale]
    translated = {key: set_text(translate_text(catalogue, "labels", text), profile) for key, text in labels.items()}
    return House(tag, locale, translated | superscripts, labels, grammar, catalogue)


def _say_remedy(name: str) -> str:
    return "; run make translate to make it" if name.endswith(".po") else ""


def read_grammar(tag: str, files: Mapping[str, bytes]) -> HouseTable:
    """Read how a language writes, held against its schema."""
    grammar: HouseTable = _read_table(name_grammar(tag), files)
    check_schema(f"templates/{name_grammar(tag)}", grammar, _read_table(GRAMMAR_SCHEMA, files))
    return grammar


def _read_table(name: str, files: Mapping[str, bytes]) -> Any:
    return read_yaml(f"templates/{name}", decode_source(f"templates/{name}", files[name]), plain=False)


def translate_text(catalogue: Catalogue, context: str, text: str) -> str:
    """Translate a text of the house; one without a translation stays as it is."""
    return _find_translation(catalogue, context, text) or text


def _find_translation(catalogue: Catalogue, context: str, text: str) -> str:
    entry = catalogue.find((context, text))
    return entry.text if entry and not entry.fuzzy else ""


def list_house_messages(
    labels: Mapping[str, str], hedges: HouseTable, units: HouseTable, indicators: HouseTable
) -> Iterator[Message]:
    """List the house texts that a language must have, each once."""
    seen: dict[tuple[str, str], Message] = {}
    for context, text, file, hint in _list_texts(labels, hedges, units, indicators):
        if BRACED.sub("", text).strip():
            seen.setdefault((context, text), Message(context, text, file, (hint,)))
    yield from seen.values()


def _list_texts(
    labels: Mapping[str, str], hedges: HouseTable, units: HouseTable, indicators: HouseTable
) -> Iterator[tuple[str, str, str, str]]:
    for key, text in labels.items():
        yield "labels", text, f"templates/{LABELS}", key
    for row in hedges["hedges"].values():
        yield "hedges", row[SOURCE_TAG], "sources/common/hedges.yaml", row["relation"].replace("_", " ")
    for name, row in hedges["quantities"].items():
        yield "quantities", row[SOURCE_TAG], "sources/common/hedges.yaml", f"after a hedge, as in “about {name}”"
    for name, row in units.items():
        for text in (row[SOURCE_TAG], row.get("full", {}).get(SOURCE_TAG, "")):
            yield "units", text, "sources/common/units.yaml", f"unit {name}"
    for name, row in indicators.items():
        yield "indicators", row["label"], "sources/common/indicators.yaml", f"indicator {name}"


def localise_tables(house: House, hedges: HouseTable, units: HouseTable) -> tuple[HouseTable, HouseTable]:
    """Give the tables of hedges and units with their texts in the language of the house; borrowed ones say so."""
    tag = house.tag
    if house.catalogue is None:
        return hedges, units

    def localise(context: str, rows: HouseTable) -> dict[str, Any]:
        return {name: {**row, tag: _translate(house, context, row[SOURCE_TAG])} for name, row in rows.items()}

    worded = {**hedges, **{context: localise(context, hedges[context]) for context in ("hedges", "quantities")}}
    measured = localise("units", units)
    for name, row in units.items():
        if "full" in row:
            measured[name]["full"] = {**row["full"], tag: _translate(house, "units", row["full"][SOURCE_TAG])}
    return worded, measured


def localise_labels(house: House, indicators: HouseTable) -> dict[str, str]:
    """Give what the indicators that notes share are called in the language of the house; borrowed labels say so."""
    return {name: _translate(house, "indicators", row["label"]) for name, row in indicators.items()}


def _translate(house: House, context: str, text: str) -> str:
    """Translate a text of the house; one that is borrowed from the language of the house says so."""
    if house.catalogue is None:
        return text
    is_borrowed = BRACED.sub("", text).strip() and not _find_translation(house.catalogue, context, text)
    said = translate_text(house.catalogue, context, text)
    return f"[{house.labels['untranslated']}] {text}" if is_borrowed else said


def check_house(
    house: House, hedges: HouseTable, units: HouseTable, indicators: HouseTable, release: bool
) -> list[Problem]:
    """Report what the house has not translated, and translations that lose or add a placeholder."""
    if house.catalogue is None:
        return []
    said, problems = list_said(house.catalogue), []
    for message in list_house_messages(house.written, hedges, units, indicators):
        entry = house.catalogue.find(message.key)
        if entry is None or not entry.text or entry.fuzzy:
            place = house.catalogue.locate(entry) if entry else Place(house.catalogue.file, 1)
            state = "is fuzzy" if entry and entry.fuzzy else "has no translation"
            text = f'the house text "{message.text}" {state}; run make translate and translate it'
            problems.append(place.report(text, "translation", "error" if release else "warning"))
        elif sorted(BRACED.findall(entry.text)) != sorted(BRACED.findall(message.text)):
            wanted = ", ".join(BRACED.findall(message.text)) or "none"
            text = f'the placeholders of the house text "{message.text}" have changed; expected {wanted}'
            problems.append(house.catalogue.locate(entry).report(text, "translation"))
        elif entry.text == message.text and is_untranslated(entry.text, said):
            own, other = (name_language(tag, "en") for tag in (house.tag, SOURCE_TAG))
            text = f'the {own} text of "{message.text}" is the {other} one; translate it'
            problems.append(house.catalogue.locate(entry).report(text, "translation", "warning"))
    return problems
