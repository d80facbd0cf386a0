"""A series beside a note: what is confirmed, revised, new, gone; and rows that are only ever added."""

import csv
import dataclasses
import io
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.figures.observations import Observation
from briefing.problems import Place
from briefing.refresh.answers import Reading, Series
from briefing.refresh.comparison import SeriesComparison, compare_series, round_like
from briefing.refresh.origins import Origin, Publisher
from briefing.refresh.patches import NewRow, add_rows, add_works, make_rows, make_work, write_patch
from support.editions import read_source

PUBLISHER = Publisher(
    "mint", "Mint", "csv", "x", {}, {"type": "dataset", "title": "Coins", "author": [{"literal": "Mint"}]}
)
DAY = "2026-11-26"


def make_origin(factor: str = "1", name: str = "") -> Origin:
    return Origin("population", PUBLISHER, "POP", "RUR", Decimal(factor), name, Place("figures.yaml", 3))


def observe(
    period: str, value: str, known_on: str = "2019-02-11", status: str = "A", source: str = "mint2017"
) -> Observation:
    return Observation("population", period, Decimal(value), "persons", source, known_on, status, 2)


def compare(*readings: Reading, has: list[Observation], name: str = "", factor: str = "1") -> SeriesComparison:
    origin = make_origin(factor, name)
    return compare_series(origin, Series(readings, name="Population, total"), has, DAY, {"mint2017"})


def judge(*readings: Reading, has: list[Observation], **fields: str) -> list[tuple[str, str]]:
    return [(row.period, row.verdict) for row in compare(*readings, has=has, **fields).findings]


def test_each_period_has_its_verdict() -> None:
    has = [observe("2015", "7"), observe("2016", "8"), observe("2017", "9")]
    readings = [
        Reading(period, Decimal(value)) for period, value in (("2019", 11), ("2017", 10), ("2016", 8), ("2010", 1))
    ]
    assert judge(*readings, has=has) == [("2015", "gone"), ("2016", "confirmed"), ("2017", "revised"), ("2019", "new")]


@pytest.mark.parametrize(
    ("note", "published", "agrees"),
    [
        ("18000000", "18512430", False),
        ("18000000", "18312430", True),
        ("824.5", "824.46", True),
        ("824.5", "824.56", False),
        ("33", "33.4", True),
        ("33", "33.6", False),
        ("0.44", "0.442", True),
        ("0", "0.4", True),
        ("100", "97", True),
    ],
)
def test_a_value_is_confirmed_at_the_precision_that_the_note_has(note: str, published: str, agrees: bool) -> None:
    assert (round_like(Decimal(published), Decimal(note)) == Decimal(note)) is agrees
    verdict = "confirmed" if agrees else "revised"
    assert judge(Reading("2017", Decimal(published)), has=[observe("2017", note)]) == [("2017", verdict)]


def test_the_latest_vintage_is_compared_and_a_bound_is_never_confirmed() -> None:
    has = [observe("2017", "8", "2020-01-01"), observe("2017", "7")]
    assert judge(Reading("2017", Decimal(8)), has=has) == [("2017", "confirmed")]
    assert judge(Reading("2017", Decimal(6000)), has=[observe("2017", "6000", status="L")]) == [("2017", "revised")]


def test_what_the_note_has_without_a_date_is_compared_with_the_newest_value() -> None:
    readings = (Reading("2022", Decimal("1240192")), Reading("2021", Decimal(7)))
    assert judge(*readings, has=[observe("undated", "1240190")]) == [("undated", "confirmed")]
    assert judge(*readings, has=[observe("undated", "1240000")]) == [("undated", "confirmed")]
    assert judge(*readings, has=[observe("undated", "1250000")]) == [("2022", "new")]


def test_a_factor_brings_published_values_into_the_unit_of_the_note() -> None:
    found = compare(Reading("2018", Decimal("4.7")), has=[observe("2017", "4300000000")], factor="1000000000")
    assert [format(row.new, "f") for row in found.proposed if row.new] == ["4700000000"]


def test_doubts_are_told_and_not_hidden() -> None:
    has = [observe("2016", "8"), observe("2017", "9")]
    found = compare(Reading("2018", Decimal(10), "P"), Reading("2017", Decimal(9), "E"), has=has, name="Population")
    assert found.doubts == (
        'the series is now called "Population, total", and was "Population"; look whether it is still the same',
        "2016 is no longer published; the note goes on saying 8",
        "the value of 2018 is provisional",
    )
    assert [row.status for row in make_rows(found)] == ["E"]


def test_a_mark_that_is_not_known_here_is_a_doubt() -> None:
    found = compare(Reading("2018", Decimal(10), "Q"), has=[observe("2017", "9")])
    assert 'the value of 2018 bears the mark "Q"; look what the publisher means by it' in found.doubts


def test_a_unit_that_changed_is_told() -> None:
    origin = dataclasses.replace(make_origin(), unit="USD")
    series = Series((Reading("2018", Decimal(9)),), unit="EUR")
    (doubt,) = compare_series(origin, series, [observe("2017", "9")], DAY, set()).doubts
    assert doubt == 'its unit is now "EUR", and was "USD"; look whether the factor is still right'


@pytest.mark.parametrize(
    ("has", "new", "told"), [("824.5", "775.5365", True), ("8", "9", False), ("8.25", "9.5", False)]
)
def test_values_with_more_decimals_than_were_printed_are_told(has: str, new: str, told: bool) -> None:
    series = Series((Reading("2018", Decimal(new)),))
    for unrounded in (True, False):
        found = compare_series(make_origin(), series, [observe("2017", has)], DAY, set(), unrounded)
        assert [("format: {digits: 1}" in doubt) for doubt in found.doubts] == ([True] if told and unrounded else [])


ROWS = st.lists(
    st.builds(
        NewRow,
        indicator=st.sampled_from(["population", "guards", "area"]),
        period=st.sampled_from(["2020", "2021"]),
        value=st.just("7"),
        unit=st.just("persons"),
        source=st.just("mint-2026"),
        known_on=st.just(DAY),
        status=st.just("A"),
        comment=st.sampled_from(["", 'a "b", c']),
    ),
    max_size=6,
)


@given(ROWS, st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_rows_are_only_added_and_stand_with_their_indicator(rows: list[NewRow], ends: bool, end: str) -> None:
    table = read_source("tiny", "observations.csv").replace("\n", end)
    table = table if ends else table.rstrip("\r\n")
    written = add_rows(table, rows)
    old, new = (list(csv.DictReader(io.StringIO(text, newline=""))) for text in (table, written))
    added = [{name: getattr(row, name) for name in NewRow.__slots__} for row in rows]
    assert sorted(map(str, new)) == sorted(map(str, [*old, *added]))
    kept = iter(written.splitlines())
    assert all(line in kept for line in table.splitlines())  # in their order
    order = [row["indicator"] for row in new if row in added]
    assert all(name in {row["indicator"] for row in old} for name in order)


def test_a_work_is_added_once_at_the_end() -> None:
    text, work = read_source("tiny", "bibliography.json"), make_work(PUBLISHER, DAY)
    written = add_works(text, [work])
    assert written.startswith(text.rstrip()[:-1].rstrip()) and '"id": "mint-2026-11-26"' in written
    assert add_works(written, [work]) == written
    assert add_works("[]", [work]).startswith("[\n  {")


@given(st.text("ab\n", max_size=12), st.text("ab\n", max_size=12))
def test_a_patch_says_what_git_would(old: str, new: str) -> None:
    assert (write_patch("x", old, new) == "") == (old == new)


@pytest.mark.parametrize(
    ("old", "new"), [("a\nb\n", "a\nc\nb\n"), ("a\nb", "a\nb\nc"), ("a\r\n", "a\r\nb\r\n"), ("a", "b")]
)
def test_git_takes_a_patch(old: str, new: str, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/x.csv").write_bytes(old.encode())
    patch = write_patch("sources/x.csv", old, new).encode()
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch, check=True)
    assert (tmp_path / "sources/x.csv").read_bytes() == new.encode()
