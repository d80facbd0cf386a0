"""Answers of publishers: each way of writing is read, and what is no whole answer is refused with the reason."""

import json
from decimal import Decimal
from typing import Any

import pytest

from briefing.problems import Place
from briefing.refresh.answers import AnswerError, Reading, Series, count_pages, read_answer
from briefing.refresh.origins import Origin, Publisher
from support.publishers import write_worldbank

POP = "SP.POP.TOTL"


def make_origin(kind: str, columns: dict[str, str] | None = None, series: str = POP) -> Origin:
    publisher = Publisher("mint", "Mint", kind, "https://example.org/{series}", columns or {}, {})
    return Origin("population", publisher, series, "RUR", Decimal(1), "", Place("figures.yaml", 3))


def read(kind: str, *pages: str | bytes, columns: dict[str, str] | None = None, series: str = POP) -> Series:
    bodies = [page.encode("utf-8") if isinstance(page, str) else page for page in pages]
    return read_answer(bodies, make_origin(kind, columns, series))


WIDE = {"area": "iso3", "value": "{series}_{period}"}
LONG = {"period": "year", "value": "{series}"}


def test_the_world_bank_gives_values_exactly_with_their_status_and_leaves_gaps_out() -> None:
    series = read("worldbank", write_worldbank(POP, {"2019": 764.1, "2018": "7 E", "2017": None}))
    assert series.readings == (Reading("2019", Decimal("764.1")), Reading("2018", Decimal("7.0"), "E"))
    assert (series.name, series.updated) == ("Population, total", "2026-07-13 (the whole database)")


def test_a_name_that_is_no_name_is_cut_off() -> None:
    assert len(read("worldbank", write_worldbank(POP, {"2019": 7}, "N" * 10_000)).name) == 200


def test_pages_of_the_world_bank_are_counted_and_joined() -> None:
    pages = [
        write_worldbank(POP, {year: 7}, page=number, pages=2, total=2) for number, year in ((1, "2019"), (2, "2018"))
    ]
    assert count_pages(pages[0].encode(), make_origin("worldbank")) == 2
    assert [reading.period for reading in read("worldbank", *pages).readings] == ["2019", "2018"]


def test_sdmx_csv_is_read_with_its_multiplier_and_unit() -> None:
    table = "STRUCTURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,UNIT_MEASURE\nx,2019,1.25,P,6,USD\nx,2018,,A,6,USD\n"
    series = read("sdmx-csv", table)
    assert series.readings == (Reading("2019", Decimal("1250000"), "P"),) and series.unit == "USD"


def test_a_period_that_no_note_can_have_is_left_out_and_told() -> None:
    series = read("sdmx-csv", "TIME_PERIOD,OBS_VALUE\n2019-Q1,3\n2019,4\n2018-05,5\n")
    assert [reading.period for reading in series.readings] == ["2019", "2018-05"]
    assert series.doubts == ("2019-Q1 is no year or month, and was left out",)


def test_a_table_is_read_whether_its_periods_are_columns_or_rows() -> None:
    wide = "iso3,country,hdi_2021,hdi_2022,rank_2022\nRUR,Ruritania,0.4,..,7\nZEN,Zenda,0.5,0.6,8\n"
    assert read("csv", wide, columns=WIDE, series="hdi").readings == (Reading("2021", Decimal("0.4")),)
    long = "year,rank\n2021,122\n2022,136\n"
    found = read("csv", long, columns=LONG, series="rank").readings
    assert found == (Reading("2021", Decimal(122)), Reading("2022", Decimal(136)))


GOOD = write_worldbank(POP, {"2019": 7, "2018": 6})


@pytest.mark.parametrize(
    ("kind", "page", "says"),
    [
        ("worldbank", "<!DOCTYPE html><html>", "a web page and no data"),
        ("worldbank", "", "it is empty"),
        ("worldbank", b"\xff\xfe", "no text in UTF-8"),
        ("worldbank", GOOD[: len(GOOD) // 2], "no whole JSON"),
        ("worldbank", '{"values": []}', "another shape"),
        ("worldbank", '[{"page": 1}, [{"year": 2019}]]', "other keys"),
        ("worldbank", '[{"message": [{"id": "120", "value": "The provided parameter value is not valid"}]}]',
         "the publisher says: The provided parameter value is not valid"),
        ("worldbank", write_worldbank(POP, {"2019": None}), "no value of the series"),
        ("worldbank", write_worldbank(POP, {"2019": 7}, total=2), "it has 1 of 2 values"),
        ("worldbank", write_worldbank("SP.POP", {"2019": 7}), "which was not asked"),
        ("worldbank", GOOD.replace('"RUR"', '"ZEN"'), "which was not asked"),
        ("worldbank", GOOD.replace('"value": 7', '"value": NaN'), "NaN for a value"),
        ("worldbank", GOOD.replace('"value": 7', '"value": "seven"'), '"seven", which is no number'),
        ("worldbank", GOOD.replace('"2019"', '"2018"'), "2018 has several values"),
        ("worldbank", GOOD.replace('"value": 7', '"value": 7e99'), "which nothing is"),
        ("worldbank", GOOD.replace('"value": 7', '"value": ' + "7" * 5000), "too long"),
        ("worldbank", "[" * 50_000, "too long"),
        ("worldbank", GOOD.replace('"total": 2', '"total": "all"'), 'it counts "all"'),
        ("worldbank", GOOD.replace('"id": "SP.POP.TOTL", ', ""), "of other kinds"),
        ("worldbank", '[{"message": "busy"}]', "the publisher says: busy"),
        ("sdmx-csv", "TIME_PERIOD,OBS_VALUE,UNIT_MULT\n2019,3,millions\n", 'it counts "millions"'),
        ("sdmx-csv", "TIME_PERIOD,OBS_VALUE,UNIT_MULT\n2019,3,99999\n", "which nothing is"),
        ("sdmx-csv", "TIME_PERIOD,OBS_VALUE\n2019,1_000\n", '"1_000", which is no number'),
        ("sdmx-csv", "TIME_PERIOD,OBS_VALUE\n2019,\u0663\n", "which is no number"),
        ("sdmx-csv", "TIME_PERIOD,OBS_VALUE\n\u0662\u0660\u0661\u0669,3\n", "no value of the series"),
        ("sdmx-csv", "TIME_PERIOD,OBS_VALUE,OBS_VALUE\n2019,3,4\n", "it has the column OBS_VALUE twice"),
        ("sdmx-csv", "<?xml version='1.0'?><m:Error/>", "a web page and no data"),
        ("sdmx-csv", "TIME,VALUE\n2019,3\n", "lacks the column TIME_PERIOD and OBS_VALUE"),
        ("sdmx-csv", "TIME_PERIOD,OBS_VALUE\n2019,3\n2019,4\n", "2019 has several values"),
        ("sdmx-csv", "TIME_PERIOD,OBS_VALUE\n2019,3\n2018", "breaks off or goes wrong in line 3"),
        ("sdmx-csv", 'TIME_PERIOD,OBS_VALUE\n2019,3\n2018,"4', "no whole table"),
        ("sdmx-csv", "TIME_PERIOD,OBS_VALUE,UNIT_MEASURE\n2019,3,USD\n2018,4,EUR\n", "several units: EUR, USD"),
        ("sdmx-csv", "TIME_PERIOD,OBS_VALUE\n2019,NaN\n", "no value of the series"),
    ],
)  # fmt: skip
def test_what_is_no_whole_answer_is_refused_with_the_reason(kind: str, page: str | bytes, says: str) -> None:
    with pytest.raises(AnswerError) as refused:
        read(kind, page)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("page", "says"), [("iso3,hdi_2019\nZEN,1\n", "0 rows"), ("iso3,hdi_2019\nRUR,1\nRUR,2\n", "2 rows"),
                       ("country,hdi_2019\nRUR,1\n", "lacks the column iso3"), ("iso3,hdi_2019\nRUR,high\n", '"high"')]
)  # fmt: skip
def test_a_table_without_the_one_row_of_the_area_is_refused(page: str, says: str) -> None:
    with pytest.raises(AnswerError, match=says):
        read("csv", page, columns=WIDE, series="hdi")


def test_no_part_of_another_kind_makes_more_than_a_refusal() -> None:
    """Each part of an answer is left out, or is of another kind in turn: it is read, or refused in a sentence."""
    whole, refused = json.loads(GOOD), 0
    for path in list_paths(whole):
        for other in (None, [], {}, "x", -1, True, [1], {"a": 1}, DROP):
            changed = json.dumps(change(whole, path, other))
            try:
                count_pages(changed.encode(), make_origin("worldbank"))
                read("worldbank", changed)
            except AnswerError:
                refused += 1
    assert refused > 100


DROP = object()


def list_paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, part in parts for found in list_paths(part, (*path, key)))]


def change(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """Give a value with another part at a path, or without it."""
    if not path:
        return None if other is DROP else other
    copied = dict(value) if isinstance(value, dict) else list(value)
    if len(path) == 1 and other is DROP:
        del copied[path[0]]
    else:
        copied[path[0]] = change(copied[path[0]], path[1:], other)
    return copied


def test_more_pages_than_a_series_can_have_are_not_asked_for() -> None:
    with pytest.raises(AnswerError, match="it says that it has 4000 pages"):
        count_pages(write_worldbank(POP, {"2019": 7}, pages=4000).encode(), make_origin("worldbank"))


def test_no_cut_of_an_answer_passes_for_a_whole_one() -> None:
    whole = read("worldbank", GOOD)
    for length in range(len(GOOD)):
        try:
            assert read("worldbank", GOOD[:length]) == whole
        except AnswerError:
            continue
    assert json.loads(GOOD)
