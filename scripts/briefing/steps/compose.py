"""Compose a note in one language from a snapshot: in its source language, or by its catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.compose.findings import Findings, describe_findings
from briefing.compose.note import compose_note
from briefing.document.nodes import Document
from briefing.figures.derived import Derived
from briefing.figures.encoding import decode_figure
from briefing.formats.po_catalogue import read_catalogue
from briefing.language.house_texts import House, check_house, read_house
from briefing.problems import Problem, encode_problem
from briefing.sources.shared_use import GLOSSARY
from briefing.sources.snapshot import Snapshot
from briefing.translate.catalogue_translator import CatalogueTranslator
from briefing.translate.glossary import check_terms, read_glossary


@dataclass(frozen=True, slots=True)
class Target:
    """In which language a note is composed: its tag, that of its source, its locale, and whether it is for release."""

    tag: str
    source: str
    locale: str = ""
    release: bool = True


def make_targets(
    languages: Sequence[str], typography: Mapping[str, str], *, release: bool = False
) -> tuple[Target, ...]:
    """Make the targets of the languages of a note, the first of which is that of its sources."""
    return tuple(Target(tag, languages[0], typography.get(tag, ""), release) for tag in languages)


def compose_language(
    snapshot: Snapshot, derived: Derived, house_files: Mapping[str, bytes], target: Target
) -> tuple[Document, Findings]:
    """Compose the document, and list what was found on the way.

    `house_files` has the bytes of the house's texts by path below templates/. This fails with a `SourceError` when the
    catalogue or a table of the language is missing or cannot be read.
    """
    figures = {name: decode_figure(fields) for name, fields in derived["figures"].items()}
    house = read_house(target.tag, house_files, target.locale)
    translator = _make_translator(snapshot, house_files, house, target) if target.tag != target.source else None
    language = snapshot.language(house)
    called = snapshot.name_indicators(house)
    composition = compose_note(snapshot.sources, figures, language, house.labels, snapshot.version, translator, called)
    found = list(composition.problems)
    found += check_house(house, *snapshot.used_tables, target.release)
    flagged = _flag_terms(translator, snapshot, target) if translator else []
    marks = [(context, state) for (context, _), state in translator.states.items()] if translator else []
    marks += [(section, problem.kind) for section, problem in flagged]
    problems = [encode_problem(problem) for problem in [*found, *(problem for _, problem in flagged)]]
    return composition.document, describe_findings(composition, problems, marks)


def _make_translator(
    snapshot: Snapshot, house_files: Mapping[str, bytes], house: House, target: Target
) -> CatalogueTranslator:
    name = snapshot.sources.name(f"translations/{target.tag}.po")
    return CatalogueTranslator(
        catalogue=read_catalogue(name, snapshot.catalogues.get(target.tag)),
        source=snapshot.language(read_house(target.source, house_files)),
        language=snapshot.language(house),
        mark=house.labels["untranslated"],
        release=target.release,
    )


def _flag_terms(translator: CatalogueTranslator, snapshot: Snapshot, target: Target) -> list[tuple[str, Problem]]:
    terms = read_glossary(snapshot.glossary, target.source, target.tag, f"sources/{GLOSSARY}")
    return list(check_terms(translator.pairs, terms, f"sources/{GLOSSARY}", translator.acronyms[1].values()))
