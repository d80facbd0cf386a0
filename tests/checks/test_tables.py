"""Tables: what frictionless finds, and what it would not, is told with line, column and remedy."""

import copy
from typing import Any

import pytest

from briefing.checks.tables import check_sources_known, read_descriptor, validate_tables
from briefing.formats.csv_table import read_table
from briefing.formats.text import decode_source
from briefing.problems import Problem, SourceError
from support.editions import read_raw

HEADER = "indicator,period,value,unit,source,known_on,status,comment\n"
GOOD = "population,2017,18000000,persons,worldbank2017,2019-02-11,A,\n"
BIBLIOGRAPHY = {"bibliography.json": "[]"}
ACRONYMS = (
    "acronym,acronym_fr,expansion_en,expansion_fr,language,language_fr,facts,comment\n"
    "SSR,RSS,security sector reform,réforme du secteur de la sécurité,en,,F001 F002,\n"
)
FILES = {**BIBLIOGRAPHY, "observations.csv": HEADER + GOOD, "acronyms.csv": ACRONYMS}


def read_package() -> dict[str, Any]:
    return copy.deepcopy(dict(read_descriptor("datapackage.yaml", read_raw("mali")["mali/datapackage.yaml"])))


def validate(observations: str, acronyms: str = ACRONYMS) -> list[str]:
    files = {**BIBLIOGRAPHY, "observations.csv": decode_source("o", observations.encode()), "acronyms.csv": acronyms}
    return [str(problem) for problem in sorted(set(validate_tables("sources/mali", files, read_package())))]


@pytest.mark.parametrize("text", [HEADER + GOOD, (HEADER + GOOD).replace("\n", "\r\n"), "\ufeff" + HEADER + GOOD])
def test_a_good_table_has_no_problem_whatever_its_line_ends_and_byte_order_mark(text: str) -> None:
    assert validate(text) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        ("persons", "person", "3:4", 'column unit: "person"'),
        ("2019-02-11", "2019-02-30", "3:6", 'column known_on: "2019-02-30"'),
        ("2019-02-11", "11.2.2019", "3:6", 'column known_on: "11.2.2019"'),
        ("18000000", "NaN", "3:3", 'column value: "NaN"'),
        ("18000000", "INF", "3:3", 'column value: "INF"'),
        ("18000000", '"18,000,000"', "3:3", 'column value: "18,000,000"'),
        ("18000000", "", "3:3", "column value: "),
        ("2016,", "17,", "3:2", 'column period: "17"'),
        (",A,", ",Z,", "3:7", 'column status: "Z"'),
        ("population", "Population size", "3:1", 'column indicator: "Population size"'),
        (",A,", ",A,,more", "3:9", "extra cell"),
    ],
)
def test_a_bad_cell_is_told_with_its_line_and_column(old: str, new: str, place: str, what: str) -> None:
    bad = GOOD.replace(",2017,", ",2016,").replace(old, new, 1)
    problems = validate(HEADER + GOOD + bad)
    assert any(
        problem.startswith(f"sources/mali/observations.csv:{place}: ") and what in problem for problem in problems
    )


def test_an_observation_that_stands_twice_is_told_with_the_line_of_the_second() -> None:
    (problem,) = validate(HEADER + GOOD + GOOD.replace("18000000", "19000000"))
    assert problem.startswith("sources/mali/observations.csv:3:1: this row says again what another row says")


def test_a_later_vintage_of_an_observation_is_no_repetition() -> None:
    assert validate(HEADER + GOOD + GOOD.replace("2019-02-11", "2026-03-06")) == []


def test_a_table_with_semicolons_is_refused() -> None:
    assert validate((HEADER + GOOD).replace(",", ";"))


def test_a_column_that_is_missing_is_told() -> None:
    assert any(":1:" in problem for problem in validate(HEADER.replace("status,", "") + GOOD.replace("A,", "")))


def test_problems_of_all_tables_are_told_at_once() -> None:
    acronyms = ACRONYMS + "SSR,,again,encore,en,,,\nssr,,small,petit,de,,F1,\n"
    problems = validate(HEADER + GOOD.replace("persons", "men"), acronyms)
    places = {problem.split(": ")[0].removeprefix("sources/mali/") for problem in problems}
    assert places == {
        "observations.csv:2:4",
        "acronyms.csv:3:1",
        "acronyms.csv:4:1",
        "acronyms.csv:4:5",
        "acronyms.csv:4:7",
    }


@pytest.mark.parametrize("key", ["uniqueKeys", "missingValues"])
def test_a_rule_that_would_be_ignored_is_refused(key: str) -> None:
    package = read_package()
    package["resources"][0]["schema"][key] = [["indicator"]]
    (problem,) = validate_tables("sources/mali", FILES, package)
    assert f'resource "observations" relies on {key}, which is not checked' in problem.message


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("name: [", "datapackage.yaml:1:"),
        ("", "datapackage.yaml:1:1: the file: "),
        ("name: a\nsources: []\n", "'resources' is a required property"),
        ("name: a\nsources: []\nresources:\n  - name: b\n", "datapackage.yaml:4:"),
    ],
)
def test_a_broken_descriptor_is_told_with_its_place(text: str, what: str) -> None:
    with pytest.raises(SourceError) as failure:
        read_descriptor("datapackage.yaml", text.encode())
    assert what in str(failure.value)


def test_a_descriptor_that_names_an_unknown_type_is_a_problem_and_no_crash() -> None:
    package = read_package()
    package["resources"][0]["schema"]["fields"][0]["type"] = "text"
    problems = validate_tables("sources/mali", FILES, package)
    assert problems and problems[0].file.startswith("sources/mali/")


def test_a_source_that_the_bibliography_lacks_is_told_with_its_row() -> None:
    text = HEADER + GOOD + GOOD.replace("worldbank2017", "wb2017") + GOOD.replace("worldbank2017", "unstated")
    assert [(p.line, p.column, p.kind) for p in check_sources_known("o.csv", read_table(text), {"worldbank2017"})] == [
        (3, 5, "citation")
    ]


def test_problems_of_tables_are_problems() -> None:
    files = {**FILES, "observations.csv": HEADER + GOOD.replace("18000000", "many")}
    problems = validate_tables("sources/mali", files, read_package())
    assert problems and all(isinstance(problem, Problem) for problem in problems)
