"""Check every source of a note from the bytes of its files, and give all problems at once."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any

from briefing.checks.base_map import check_base_map
from briefing.checks.days import check_days
from briefing.checks.observation_cells import (
    COLUMNS,
    check_cells,
    check_formulas,
    check_references,
    read_plain_rows,
    set_foreign_rows_apart,
)
from briefing.checks.plausibility import check_plausibility
from briefing.checks.sections import check_sections
from briefing.checks.tables import (
    TABLES,
    check_header,
    check_package,
    check_sources_known,
    read_descriptor,
)
from briefing.checks.units import check_factors
from briefing.formats.characters import (
    check_characters,
    check_coverage,
    check_decoded,
    check_size,
    find_escape,
    has_conflict,
)
from briefing.formats.csv_table import TableText, read_table
from briefing.formats.decoded_twice import find_decoded_twice
from briefing.formats.po_catalogue import read_catalogue
from briefing.formats.stray_markup import find_stray_markup
from briefing.formats.strict_json import read_strict_json
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import find_place, list_leaves, read_yaml
from briefing.problems import Problem, SourceError, find_offset, gather
from briefing.sources.data_package import SOURCE, complete_package
from briefing.sources.indicators import check_indicators, check_shared_table, list_indicators
from briefing.sources.note_sources import CHARTS, LISTS, check_names
from briefing.sources.snapshot import FOR_CHECKS, Snapshot, list_missing, read_snapshot

MAX_FILES = 500
TEXTS = re.compile(r".*\.(md|csv|yaml|json|po)")
PRINTED = re.compile(
    r"(text/[^/]+\.md|(note|figures|charts)\.yaml|bibliography\.json|acronyms\.csv|common/(units|hedges|indicators)\.yaml)"
)
MARKED = re.compile(r"(note|figures|charts)\.yaml|common/indicators\.yaml|bibliography\.json")
"""The settings of a note whose texts a reader sees."""
OF_FIGURES = ("figures", "checks")
"""The keys of figures.yaml whose texts are no prose."""
MISPLACED = re.compile(r"text/(?![^/]+\.md$).*|[^/]+\.(md|markdown|txt)", re.DOTALL)
FREE = re.compile(r"(README|ORIGIN|NOTES)[^/]*", re.IGNORECASE)


def check_sources(note: str, raw: Mapping[str, bytes]) -> list[Problem]:
    """Check all sources of a note, by path below sources/: each file for itself, then what they say of each other."""
    return check_and_read(note, raw)[0]


def check_and_read(note: str, raw: Mapping[str, bytes]) -> tuple[list[Problem], Snapshot | None]:
    """Check all sources of a note as `check_sources` does, and give them as read, if they can be."""
    if len(raw) > MAX_FILES:
        message = f"there are {len(raw)} files, expected {MAX_FILES} at most; keep what the note uses"
        return [Problem(f"sources/{note}", 1, 1, message)], None
    problems = [problem for name, content in raw.items() for problem in check_size(f"sources/{name}", content)]
    if problems:
        return problems, None
    raw = complete_package(note, raw)
    files: dict[str, str] = {}
    for name, content in raw.items():
        if TEXTS.fullmatch(name):
            gather(problems, partial(_decode, files, name, content))
    problems.extend(_check_texts(note, raw, files))
    problems.extend(list_missing(FOR_CHECKS, raw))
    snapshots: list[Snapshot] = []
    gather(problems, lambda: snapshots.append(read_snapshot(note, raw)))
    for snapshot in snapshots:
        problems.extend(check_factors("sources/common/units.yaml", snapshot.unit_table))
        problems.extend(check_shared_table(snapshot.sources.shared_indicators, snapshot.unit_table))
        problems.extend(check_indicators(snapshot.sources))
        problems.extend(_check_note(note, snapshot))
        gather(problems, partial(check_names, snapshot.sources))
        problems.extend(_check_maps(note, raw, snapshot))
    _check_tables(note, raw, files, snapshots, problems)
    for name, content in raw.items():
        if name.startswith(f"{note}/translations/") and name.endswith(".po"):
            gather(problems, partial(read_catalogue, f"sources/{name}", content))
    conflicts = {f"sources/{name}" for name, text in files.items() if has_conflict(text)}
    told = sorted(p for p in _keep_first(problems) if p.file not in conflicts or "unfinished merge" in p.message)
    return told, next(iter(snapshots), None)


def _decode(files: dict[str, str], name: str, content: bytes) -> None:
    files[name] = decode_source(f"sources/{name}", content)


def _check_texts(note: str, raw: Mapping[str, bytes], files: Mapping[str, str]) -> Iterable[Problem]:
    """Check what can be seen of each text, and that no prose lies where nobody reads it."""
    for name, text in files.items():
        own = name.removeprefix(f"{note}/")
        yield from _check_text(f"sources/{name}", text, PRINTED.fullmatch(own) is not None, bool(MARKED.fullmatch(own)))
    for name in raw:
        own = name.removeprefix(f"{note}/")
        if name.startswith(f"{note}/") and MISPLACED.fullmatch(own) and not FREE.fullmatch(own):
            remedy = "prose is read from text/*.md alone; move or rename it"
            yield Problem(f"sources/{name}", 1, 1, f"this file is not read; {remedy}")


@lru_cache(maxsize=128)
def _check_text(file: str, text: str, printed: bool, marked: bool) -> tuple[Problem, ...]:
    """Check what can be seen of a text; the same text is looked at once."""
    return (
        *check_characters(file, text),
        *_check_words(file, text),
        *(check_coverage(file, text) if printed else ()),
        *(_check_escapes(file, text, printed) if file.endswith((".yaml", ".json")) else ()),
        *(_check_markup(file, text) if marked else ()),
    )


def _check_words(file: str, text: str) -> Iterable[Problem]:
    """Check that a text is no text decoded twice, and that neither prose nor a table that all notes share is empty."""
    for offset, what in find_decoded_twice(text):
        yield find_offset(file, text, offset).report(what)
    if "/text/" in file and file.endswith(".md"):
        yield from check_sections(file, text, LISTS)
    if file.startswith("sources/common/") and file.endswith(".csv") and not text.strip():
        yield Problem(file, 1, 1, "this table is empty; write its header and rows, or take it back from git")


def _check_markup(file: str, text: str) -> Iterable[Problem]:
    """Check that no text of a settings file has markup that nothing reads."""
    with suppress(SourceError):  # a file that cannot be read is told elsewhere
        content = read_yaml(file, text)  # JSON is YAML too, and this reader knows where each text stands
        for path, leaf in list_leaves(content):
            if isinstance(leaf, str) and "://" not in leaf:
                is_plain = file.endswith("note.yaml") or (file.endswith("figures.yaml") and path[0] in OF_FIGURES)
                for _, what in find_stray_markup(leaf, plain=is_plain):
                    yield find_place(file, content, path).report(what)


def _check_escapes(file: str, text: str, printed: bool) -> Iterable[Problem]:
    """Check what the texts of a settings file hold once their escapes are read."""
    with suppress(SourceError):  # a file that cannot be read is told elsewhere
        content = read_strict_json(file, text) if file.endswith(".json") else read_yaml(file, text)
        written = frozenset(text)
        texts = [(path, leaf) for path, leaf in list_leaves(content) if isinstance(leaf, str)]
        for path, leaf in texts:
            # The style of citations reads the works as HTML.
            for character in set(html.unescape(leaf) if file.endswith(".json") else leaf) - written:
                offset = find_escape(text, character)
                place = find_offset(file, text, offset) if offset >= 0 else find_place(file, content, path)
                yield from check_decoded(place, character, written, printed)


def _check_tables(
    note: str,
    raw: Mapping[str, bytes],
    files: Mapping[str, str],
    snapshots: Iterable[Snapshot],
    problems: list[Problem],
) -> None:
    """Check the tables: each cell for itself, what other sources say of it, then the rules of its descriptor."""
    folder, names = f"sources/{note}", {name.removeprefix(f"{note}/") for name in raw if name.startswith(f"{note}/")}
    packages: list[Mapping[str, Any]] = []
    if SOURCE in names:  # a missing one is already a problem
        gather(problems, lambda: packages.append(read_descriptor(f"{folder}/{SOURCE}", raw[f"{note}/{SOURCE}"])))
    own = {name: text for name in names if (text := files.get(f"{note}/{name}")) is not None}
    tables = _read_tables(folder, own, packages, problems)
    formulas = [problem for file, table in tables.items() for problem in check_formulas(file, table)]
    file = f"{folder}/observations.csv"
    if file in tables and not check_header(file, tables[file], COLUMNS):
        tables[file], foreign = set_foreign_rows_apart(file, tables[file])
        problems += [*foreign, *check_cells(file, tables[file]), *formulas]
        for snapshot in snapshots:
            problems.extend(_check_observations(file, tables[file], snapshot, problems))
    problems.extend(formulas)
    if acronyms := tables.get(f"{folder}/acronyms.csv"):
        problems.extend(_check_acronyms(f"{folder}/acronyms.csv", acronyms))
    for package in packages:
        problems.extend(check_package(folder, package, names, tables))


def _check_acronyms(file: str, table: TableText) -> Iterable[Problem]:
    """Check that no acronym and no expansion has markup that nothing reads."""
    for line, row in table.records():
        for column, (name, cell) in enumerate(row.items(), 1):
            for _, what in find_stray_markup(cell, plain=True) if name.startswith(("acronym", "expansion")) else ():
                yield Problem(file, line, column, f"column {name}: {what}")


def _read_tables(
    folder: str, own: Mapping[str, str], packages: Iterable[Mapping[str, Any]], problems: list[Problem]
) -> dict[str, TableText]:
    """Read the tables that every note has, and those that are described; each is read once."""
    described = {row["path"] for package in packages for row in package["resources"]}
    tables: dict[str, TableText] = {}

    def read(name: str) -> None:
        tables[f"{folder}/{name}"] = read_table(own[name], f"{folder}/{name}")

    for name in sorted({*TABLES, *described} & own.keys()):
        gather(problems, partial(read, name))
    return tables


def _check_observations(file: str, table: TableText, snapshot: Snapshot, told: Iterable[Problem]) -> list[Problem]:
    """Check the observations against what the other sources say of them."""
    sources = snapshot.sources
    indicators = sorted({spec.indicator for spec in sources.specs.values() if spec.indicator})
    units = {name: row["unit"] for name, row in list_indicators(sources).items() if "unit" in row}
    problems = [
        *check_sources_known(file, table, sources.works.keys()),
        *check_references(file, table, indicators, sorted(snapshot.unit_table), units),
    ]
    observations = read_plain_rows(table, {problem.line for problem in (*told, *problems) if problem.file == file})
    return [*problems, *check_plausibility(file, observations, sources, snapshot.bounds, table.header)]


def _check_maps(note: str, raw: Mapping[str, bytes], snapshot: Snapshot) -> Iterable[Problem]:
    """Check the maps of the note against its base map."""
    file, sources, name = snapshot.sources.name(CHARTS), snapshot.sources, f"common/map/{note}.geojson"
    geography = raw[name].decode("utf-8", "replace") if name in raw else None
    tree = read_yaml(file, sources.files[CHARTS])
    return check_base_map(file, tree, sources.charts, f"sources/{name}", geography)


def _check_note(note: str, snapshot: Snapshot) -> Iterable[Problem]:
    """Check what note.yaml says of the note against its folder, and its days against each other."""
    settings, file = snapshot.sources.note, snapshot.sources.name("note.yaml")
    if settings["note"] != note:
        place = find_place(file, settings, ("note",))
        yield place.report(f'"{settings["note"]}" is not the name of the folder; write "{note}"')
    yield from check_days(file, settings)
    if settings.get("baseline", settings["as_of"]) > settings["as_of"]:
        place = find_place(file, settings, ("baseline",))
        yield place.report(f"the baseline lies after the as-of date, {settings['as_of']}; write an earlier day")


def _keep_first(problems: Iterable[Problem]) -> list[Problem]:
    """Keep one problem a cell of a table: what is said of a slip comes before the rule that it breaks."""
    kept: dict[object, Problem] = {}
    for problem in problems:
        of_cell = problem.file.endswith(".csv") and problem.kind == "source"
        kept.setdefault((problem.file, problem.line, problem.column) if of_cell else problem, problem)
    return list(kept.values())
