"""The snapshot of all sources that a build works from, so that an edit in mid-build cannot mix two states."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypedDict

from briefing.figures.units import Unit, read_units
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import check_schema, read_yaml
from briefing.language.house_texts import House, localise_labels, localise_tables
from briefing.language.number_formatting import Language
from briefing.problems import Problem, SourceError, gather
from briefing.sources.data_package import complete_package
from briefing.sources.note_sources import NoteSources, read_sources
from briefing.sources.shared_use import BOUNDS, GLOSSARY, HEDGES, INDICATORS, UNITS, list_used
from briefing.sources.version_id import SharedPart, compute_version, describe_shared, list_own

SCHEMAS = "common/schemas/"
CATALOGUE = re.compile(r"translations/([a-z]{2,3})\.po")
COMMON = {
    HEDGES,
    UNITS,
    *(f"{SCHEMAS}{name}.yaml" for name in ("note", "figures")),
}
# What the checks need besides; revisions from before there was such a file are still read.
FOR_CHECKS = {
    BOUNDS,
    INDICATORS,
    *(f"{SCHEMAS}{name}.yaml" for name in ("bibliography", "units", "hedges", "bounds", "indicators")),
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All sources of a note as read: its own, and the tables that all notes share.

    `version` is the version id of what the note is made of; `used` has the rows of the shared tables that it uses, by
    the path of the table; `catalogues` are the bytes of the note's message catalogues by language, which are read with
    the edition that needs them.
    """

    sources: NoteSources
    hedges: Mapping[str, Any]
    unit_table: Mapping[str, Any]
    bounds: Mapping[str, Any]
    version: str
    glossary: str = ""
    catalogues: Mapping[str, bytes] = field(default_factory=dict)
    used: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def used_tables(self) -> tuple[dict[str, Any], dict[str, Any], Mapping[str, Any]]:
        """Give the rows of the tables of hedges, of units and of shared indicators that the note uses."""
        hedges = {
            part: {name: row for name, row in rows.items() if f"{part}/{name}" in self.used[HEDGES]}
            for part, rows in self.hedges.items()
        }
        units = {name: row for name, row in self.unit_table.items() if name in self.used[UNITS]}
        return hedges, units, self.used.get(INDICATORS, {})

    @property
    def units(self) -> dict[str, Unit]:
        """Give the units of measure by name."""
        return read_units(self.unit_table)

    def name_indicators(self, house: House) -> dict[str, str]:
        """Give what the shared indicators that the note uses are called in the language of a house, by name."""
        return localise_labels(house, self.used.get(INDICATORS, {}))

    def language(self, house: House) -> Language:
        """Give what a language needs to print figures and read wordings."""
        hedges, units = localise_tables(house, self.hedges, self.unit_table)
        return Language(house.tag, house.locale or self.sources.note["locale"], hedges, units, house.grammar)


def read_snapshot(note: str, raw: Mapping[str, bytes]) -> Snapshot:
    """Read a snapshot from the bytes of its files, by path below sources/.

    This fails with a `SourceError` that lists all that cannot be read.
    """

    if missing := list_missing(COMMON, raw):
        raise SourceError(missing)
    schemas = {
        name.removeprefix(SCHEMAS).removesuffix(".yaml"): _read_common(name, raw[name])
        for name in raw
        if name.startswith(SCHEMAS)
    }
    whole = complete_package(note, raw)
    own = {name.removeprefix(f"{note}/"): content for name, content in whole.items() if name.startswith(f"{note}/")}
    problems: list[Problem] = []
    tables: dict[str, Any] = {}
    sources: list[NoteSources] = []
    glossaries: list[str] = []

    def read_shared(name: str) -> None:
        table = _read_common(f"common/{name}.yaml", raw[f"common/{name}.yaml"])
        check_schema(f"sources/common/{name}.yaml", table, schemas.get(name, {}))
        tables[name] = table

    for name in ("hedges", "units", "bounds", "indicators"):
        if f"common/{name}.yaml" in raw:
            gather(problems, partial(read_shared, name))
    shared = tables.get("indicators", {})
    gather(problems, lambda: sources.append(read_sources(f"sources/{note}", own, schemas, shared)))
    gather(problems, lambda: glossaries.append(decode_source(f"sources/{GLOSSARY}", raw.get(GLOSSARY, b""))))
    if problems:
        raise SourceError(problems)
    used = list_used(raw)
    return Snapshot(
        sources[0],
        tables["hedges"],
        tables["units"],
        tables.get("bounds", {}),
        compute_version(raw, used),
        glossaries[0],
        {match[1]: content for name, content in own.items() if (match := CATALOGUE.fullmatch(name))},
        used,
    )


def list_missing(names: Set[str], raw: Mapping[str, bytes]) -> list[Problem]:
    """List the files that all notes share and that are not there."""
    return [Problem(f"sources/{name}", 1, 1, "this file is missing; all notes share it") for name in names - raw.keys()]


def _read_common(name: str, content: bytes) -> Any:
    return read_yaml(f"sources/{name}", decode_source(f"sources/{name}", content))


class DataVersion(TypedDict):
    """The version id of a note's data, the sha256 of each source of its own, and what it uses of the shared tables."""

    note: str
    version: str
    sources: dict[str, str]
    shared: dict[str, SharedPart]


def describe_snapshot(note: str, raw: Mapping[str, bytes]) -> DataVersion:
    """Describe a snapshot: the version id of the data, and the hashes of all that it is reckoned from."""
    own, used = sorted(list_own(raw).items()), list_used(raw)
    return {
        "note": note,
        "version": compute_version(raw, used),
        "sources": {f"sources/{name}": hashlib.sha256(content).hexdigest() for name, content in own},
        "shared": {f"sources/{name}": part for name, part in describe_shared(used).items()},
    }
