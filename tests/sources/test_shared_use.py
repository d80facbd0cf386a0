"""A note is made of the shared rows that it uses; whatever another note brings, its version and its checks stay."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.sources.shared_use import (
    BOUNDS,
    GLOSSARY,
    HEDGES,
    INDICATORS,
    UNITS,
    UsedNames,
    find_measured,
    list_used,
)
from briefing.sources.snapshot import describe_snapshot, read_snapshot
from briefing.sources.version_id import compute_version, list_version_ids
from briefing.steps.compose import Target, compose_language
from briefing.steps.derive import derive_note
from support.editions import read_raw
from support.house import read_house_files

NAMES = (
    st.text("bcdfghjklmnpqrstvwxz /%", min_size=3, max_size=12)
    .map(str.strip)
    .filter(lambda name: len(name) > 2 and name not in UsedNames(read_raw("tiny")))
)
ROWS = {
    UNITS: '"{}": {{en: "{{number}} of another country"}}\n',
    BOUNDS: '"{}": {{minimum: 0}}\n',
    HEDGES: '  "{}": {{share: 1/11, en: "{}"}}\n',
    GLOSSARY: "{},autre chose,\n",
    INDICATORS: '"{}": {{label: Of another country, unit: persons, maximum: 1, reason: So}}\n',
    "common/publishers.yaml": '"{}": {{kind: csv}}\n',
    "common/schemas/note.yaml": "# {}\n",
}


def add_row(table: str, name: str) -> dict[str, bytes]:
    """Give the sources of the tiny note with a row more at the end, or at the end of the quantities."""
    raw, row = dict(read_raw("tiny")), ROWS[table].format(name, name).encode()
    head, mark, tail = raw[table].partition(b"\nscales:") if table == HEDGES else (raw[table].rstrip(), b"", b"")
    raw[table] = head.rstrip() + b"\n" + row + mark + tail
    return raw


@pytest.mark.parametrize("table", ROWS)
@given(name=NAMES)
def test_what_another_note_brings_changes_nothing_of_this_one(table: str, name: str) -> None:
    raw = add_row(table, name)
    assert describe_snapshot("tiny", raw) == describe_snapshot("tiny", read_raw("tiny"))


@pytest.mark.parametrize("table", [UNITS, HEDGES, GLOSSARY, INDICATORS])
def test_a_shared_row_without_a_translation_stops_no_note_that_does_not_use_it(table: str) -> None:
    made = []
    for raw in (read_raw("tiny"), add_row(table, "of_no_use_here")):
        snapshot = read_snapshot("tiny", raw)
        made.append(compose_language(snapshot, derive_note(snapshot, ()), read_house_files(), Target("fr", "en")))
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        (UNITS, b"persons: {dimension", b"persons: {words: true, dimension"),
        (BOUNDS, b"persons: {minimum: 0", b"persons: {minimum: 1"),
        (HEDGES, b"over: {relation: above, en: over}", b"over: {relation: at_least, en: over}"),
        (GLOSSARY, b"\n", b"\nguards,veilleurs,\n"),
        (INDICATORS, b"  label: Population\n", b"  label: Inhabitants\n"),
    ],
)
def test_what_a_note_uses_is_part_of_its_version(table: str, old: bytes, new: bytes) -> None:
    raw = dict(read_raw("tiny"))
    assert old in raw[table]
    raw[table] = raw[table].replace(old, new, 1)
    before, after = (describe_snapshot("tiny", files) for files in (read_raw("tiny"), raw))
    assert before["version"] != after["version"] and before["sources"] == after["sources"]
    assert [name for name, part in after["shared"].items() if part != before["shared"][name]] == [f"sources/{table}"]


@pytest.mark.parametrize(
    ("written", "measured"),
    [
        ("  area: {}\n", {"area"}),
        ('"area": {label: x}', {"area", "label"}),
        ("a: {indicator: gdp}", {"a", "gdp"}),
        ('a:\n  indicator: "gdp"  # that', {"a", "gdp"}),
        ("a:\n  indicator: >-\n    gdp\n", {"a", "gdp"}),
        ("a: {note: the population}", {"a", "note"}),
    ],
)
def test_the_indicators_of_a_note_are_found_however_they_are_written(written: str, measured: set[str]) -> None:
    assert find_measured({"x/figures.yaml": written.encode(), "x/note.yaml": b"population: 1"}) == measured


def test_a_table_that_cannot_be_read_counts_whole() -> None:
    raw = {**read_raw("tiny"), UNITS: b"persons: {", GLOSSARY: b"\xff"}
    assert list_used(raw)[UNITS] == {"": "persons: {"} and compute_version(raw) != compute_version(read_raw("tiny"))


def test_every_way_in_which_ids_were_reckoned_is_known() -> None:
    """The id of the first edition, by the files of its day, is that which its manifest and its files bear."""
    raw = {"common/units.yaml": b"a", "x/note.yaml": b"b", "common/map/y.geojson": b"c", "x/editions/1/m.json": b"d"}
    ids = list(list_version_ids("x", raw))
    assert len(set(ids)) == 3 and ids[0] == compute_version({name: raw[name] for name in list(raw)[:2]})
    without_edition = {name: content for name, content in raw.items() if "editions" not in name}
    assert list(list_version_ids("x", without_edition)) == ids
    assert json.dumps(ids) == json.dumps(list(list_version_ids("x", dict(reversed(raw.items())))))
