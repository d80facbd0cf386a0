"""What an indicator is: one definition for all notes that share it, and what a note adds to it or defines by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefing.figures.figure_specs import FigureSpec
from briefing.formats.yaml_source import find_place
from briefing.problems import Problem, name_nearest
from briefing.sources.note_sources import NoteSources
from briefing.sources.shared_use import INDICATORS

SHARED = f"sources/{INDICATORS}"
OF_THE_AREA = "area"
"""The part of an origin that is each note's own."""
_WORDS = "reason"
_FOR_ALL = f"in all notes ({SHARED})"
_REMEDY = "remove it here, or give what is measured otherwise a name of its own"


def list_indicators(sources: NoteSources) -> dict[str, dict[str, Any]]:
    """Give what is said of each indicator of a note: for all notes, and what the note adds."""
    shared, own = sources.shared_indicators, sources.figures.get("indicators", {})
    used = dict.fromkeys([*own, *(spec.measures for spec in sources.specs.values())])
    return {name: _merge(shared.get(name, {}), own.get(name, {})) for name in used if name in own or name in shared}


def _merge(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Put what a note adds to what is said for all notes."""
    parts = [key for key, value in own.items() if isinstance(value, Mapping) and isinstance(shared.get(key), Mapping)]
    return {**shared, **own, **{key: _merge(shared[key], own[key]) for key in parts}}


def check_shared_table(table: Mapping[str, Any], units: Mapping[str, Any]) -> Iterator[Problem]:
    """Check that each shared indicator has a label and a unit that there is, and an origin that can be asked for."""
    for name, row in table.items():
        place = find_place(SHARED, table, (name,))
        for key in ("label", "unit"):
            if key not in row:
                yield place.report(f"{name}: the key {key} is missing; all notes print it, so add it")
        if row.get("unit", next(iter(units))) not in units:
            at = find_place(SHARED, table, (name, "unit"))
            yield at.report(f'"{row["unit"]}" is not one of the units; {name_nearest(row["unit"], units)}')
        yield from _check_origin(SHARED, table, (name,), row.get("origin"))


def check_indicators(sources: NoteSources) -> Iterator[Problem]:
    """Check what a note says of indicators: nothing that contradicts what is said for all notes, and nothing half."""
    file, own, whole = sources.name("figures.yaml"), sources.figures.get("indicators", {}), list_indicators(sources)
    for name, row in own.items():
        shared = sources.shared_indicators.get(name, {})
        for path, said, here in _find_contradictions(shared, row):
            place = find_place(file, sources.figures, ("indicators", name, *path))
            what = f"{'.'.join(path)} of {name} is {_say(said)} {_FOR_ALL}, and {_say(here)} here"
            yield place.report(f"{what}; {_REMEDY}")
        if "origin" not in shared:  # else it is checked there
            yield from _check_origin(file, sources.figures, ("indicators", name), row.get("origin"))
    for spec in sources.specs.values():
        row = whole.get(spec.measures, {})
        yield from _check_figure(spec, row, SHARED if spec.measures in sources.shared_indicators else file)


def _find_contradictions(
    shared: Mapping[str, Any], own: Mapping[str, Any]
) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Find what a note says otherwise: the way to it, what all notes say, and what this one does."""
    for key, here in own.items():
        said = shared.get(key)
        if isinstance(said, Mapping) and isinstance(here, Mapping):
            yield from (((key, *path), *both) for path, *both in _find_contradictions(said, here))
        elif said is not None and said != here and key not in (_WORDS, OF_THE_AREA):
            yield (key,), said, here


def _check_figure(spec: FigureSpec, row: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """Check a figure against the definition of what it measures, which stands in a file."""
    label, unit = row.get("label", spec.label), row.get("unit", spec.unit)
    if spec.label != label and not spec.period:
        what = f"{spec.measures} is called “{label}” in {file}, and “{spec.label}” here"
        yield spec.find_key("label").report(f"{what}; remove it here, or give the figure an indicator of its own")
    if spec.unit and spec.unit != unit:
        what = f"{spec.measures} is in {unit} in {file}, and in {spec.unit} here"
        yield spec.find_key("unit").report(f"{what}; write {unit}, or give the figure an indicator of its own")


def _check_origin(file: str, root: Any, path: tuple[str, ...], origin: Mapping[str, Any] | None) -> Iterator[Problem]:
    for key in ("publisher", "series"):
        if origin is not None and key not in origin:
            place = find_place(file, root, (*path, "origin"))
            yield place.report(f"origin: the key {key} is missing; add it, so that the publisher can be asked")


def _say(value: Any) -> str:
    """Say a value as YAML writes it."""
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)
