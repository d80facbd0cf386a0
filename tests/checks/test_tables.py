"""Tables: what breaks the rules of their descriptor is told with line, column and remedy."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import yaml

from briefing.checks.tables import check_package, check_sources_known, read_descriptor
from briefing.formats.csv_table import read_table
from briefing.formats.text import decode_source
from briefing.problems import Problem, SourceError
from support.editions import read_raw

HEADER = "indicator,period,value,unit,source,known_on,status,comment\n"
GOOD = "population,2017,18000000,persons,worldbank2017,2019-02-11,A,\n"
BIBLIOGRAPHY = {"bibliography.json": "[]"}
ACRONYMS = (
    "acronym,acronym_fr,expansion_en,expansion_fr,language,language_fr,facts,comment,formed_from\n"
    "SSR,RSS,security sector reform,réforme du secteur de la sécurité,en,,F001 F002,,\n"
)
FILES = {**BIBLIOGRAPHY, "observations.csv": HEADER + GOOD, "acronyms.csv": ACRONYMS}


def read_package() -> Any:
    return yaml.safe_load(read_raw("mali")["mali/datapackage.yaml"])


def check(files: Mapping[str, str], package: Mapping[str, Any]) -> list[Problem]:
    names = [f"sources/mali/{name}" for name in files]
    tables = {name: read_table(text, name) for name, text in zip(names, files.values(), strict=True)}
    return check_package("sources/mali", package, files.keys(), tables)


def validate(observations: str, acronyms: str = ACRONYMS) -> list[str]:
    files = {**BIBLIOGRAPHY, "observations.csv": decode_source("o", observations.encode()), "acronyms.csv": acronyms}
    return [str(problem) for problem in sorted(check(files, read_package()))]


def read_changed(change: Callable[[Any], object]) -> list[Problem]:
    """Change the descriptor, and give what is told when it is read."""
    package = read_package()
    change(package["resources"][0]["schema"])
    with pytest.raises(SourceError) as failure:
        read_descriptor("datapackage.yaml", yaml.safe_dump(package, sort_keys=False).encode())
    return list(failure.value.problems)


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


def test_a_cell_of_a_key_must_not_be_empty() -> None:
    package = read_package()
    package["resources"][1]["schema"]["primaryKey"] = ["acronym_fr", "facts"]
    (problem,) = check({**FILES, "acronyms.csv": ACRONYMS.replace("RSS", "")}, package)
    assert (problem.line, problem.column) == (2, 2) and "is empty and must not be" in problem.message


def test_a_later_vintage_of_an_observation_is_no_repetition() -> None:
    assert validate(HEADER + GOOD + GOOD.replace("2019-02-11", "2026-03-06")) == []


def test_a_table_with_semicolons_is_refused() -> None:
    assert validate((HEADER + GOOD).replace(",", ";"))


def test_a_column_that_is_missing_is_told() -> None:
    assert any(":1:" in problem for problem in validate(HEADER.replace("status,", "") + GOOD.replace("A,", "")))


def test_problems_of_all_tables_are_told_at_once() -> None:
    acronyms = ACRONYMS + "SSR,,again,encore,en,,,,\nssr,,small,petit,de,,F1,,\n"
    problems = validate(HEADER + GOOD.replace("persons", "men"), acronyms)
    places = {problem.split(": ")[0].removeprefix("sources/mali/") for problem in problems}
    assert places == {
        "observations.csv:2:4",
        "acronyms.csv:3:1",
        "acronyms.csv:4:1",
        "acronyms.csv:4:5",
        "acronyms.csv:4:7",
    }


@pytest.mark.parametrize("key", ["uniqueKeys", "missingValues", "foreignKeys"])
def test_a_rule_of_tables_that_would_not_be_checked_is_refused(key: str) -> None:
    (problem,) = read_changed(lambda schema: schema.update({key: [["indicator"]]}))
    assert f'resources.0.schema: the key "{key}" is not known here' in problem.message and problem.line > 1


@pytest.mark.parametrize(
    ("field", "rule"), [(0, "minLength"), (0, "minimum"), (2, "unique"), (2, "pattern"), (5, "pattern"), (5, "enum")]
)
def test_a_rule_of_cells_that_would_not_be_checked_is_refused(field: int, rule: str) -> None:
    (problem,) = read_changed(lambda schema: schema["fields"][field]["constraints"].update({rule: 1}))
    assert f'constraints: the key "{rule}" is not known here' in problem.message and problem.line > 1


@pytest.mark.parametrize(
    ("rules", "cell", "told"),
    [
        ({"type": "number", "constraints": {"minimum": -3.5, "maximum": 10}}, "-3.5", ""),
        ({"type": "number", "constraints": {"minimum": -3.5, "maximum": 10}}, "10", ""),
        ({"type": "number", "constraints": {"minimum": -3.5}}, "-4", "is less than can be, expected at least -3.5"),
        ({"type": "number", "constraints": {"maximum": 10}}, "10.1", "is more than can be, expected at most 10"),
        ({"type": "number"}, "", ""),
        ({"type": "number"}, "1e5", "is in scientific notation"),
        ({"type": "number"}, "NaN", "stands for no value"),
        ({"type": "date", "constraints": {"minimum": "1960-01-01"}}, "1960-01-01", ""),
        ({"type": "date", "constraints": {"minimum": "1960-01-01"}}, "1959-12-31", "expected at least 1960-01-01"),
        ({"type": "date"}, "1850-02-29", "is no day of the calendar"),
        ({"type": "date"}, "20190211", "is no date"),
        ({"type": "string"}, "", ""),
        ({"type": "string", "constraints": {"required": True}}, "", "is empty and must not be"),
        ({"type": "string", "constraints": {"enum": ["A", "E"]}}, "E", ""),
        ({"type": "string", "constraints": {"enum": ["A", "E"]}}, "e", "is not one of A, E"),
        ({"type": "string", "constraints": {"pattern": "[a-z][a-z0-9-]*"}}, "a\nb", "breaks the rule pattern"),
    ],
)
def test_a_cell_is_held_to_the_type_and_the_rules_of_its_column(rules: dict[str, Any], cell: str, told: str) -> None:
    package = read_package()
    schema = {"fields": [{"name": "key", "type": "string"}, {"name": "cell", **rules}]}
    package["resources"].append({"name": "more", "path": "more.csv", "schema": schema})
    read_descriptor("datapackage.yaml", yaml.safe_dump(package).encode())  # it is a right one
    problems = check({**FILES, "more.csv": f'key,cell\none,"{cell}"\n'}, package)
    assert [(p.file, p.line, p.column) for p in problems] == ([("sources/mali/more.csv", 2, 2)] if told else [])
    assert all(told in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda schema: schema.update(primaryKey=["indicator", "perod"]), 'none of the fields, did you mean "period"?'),
        (lambda schema: schema["fields"].append({"name": "unit", "type": "string"}), 'the field "unit" stands twice'),
    ],
)
def test_a_field_that_is_not_there_or_stands_twice_is_told(change: Callable[[Any], object], told: str) -> None:
    package = read_package()
    change(package["resources"][0]["schema"])
    (problem,) = check(FILES, package)
    assert problem.file == "sources/mali/datapackage.yaml" and told in problem.message


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("name: [", "datapackage.yaml:1:"),
        ("", "datapackage.yaml:1:1: the file: "),
        ("name: a\nsources: []\n", "'resources' is a required property"),
        ("name: a\nsources: []\nresources:\n  - name: b\n", "datapackage.yaml:4:"),
        *(
            (f"name: a\nsources: []\nresources: []\nlicenses: {licences}\n", f"datapackage.yaml:4:{place}")
            for licences, place in {
                "CC": '11: licenses: "CC"',
                "[CC]": '12: licenses.0: "CC"',
                "[{title: CC}]": "12: licenses.0: expected the key name or path; add one of them",
                "[{name: 4}]": "19: licenses.0.name: 4 is a number",
                '[{name: ""}]': "19: licenses.0.name: this is empty",
            }.items()
        ),
    ],
)
def test_a_broken_descriptor_is_told_with_its_place(text: str, what: str) -> None:
    with pytest.raises(SourceError) as failure:
        read_descriptor("datapackage.yaml", text.encode())
    assert what in str(failure.value)


def test_a_type_of_columns_that_is_not_checked_is_told_at_its_place() -> None:
    (problem,) = read_changed(lambda schema: schema["fields"][0].update(type="text"))
    assert '"text" is not one of string, number, date' in problem.message and problem.line > 1


def test_a_source_that_the_bibliography_lacks_is_told_with_its_row() -> None:
    text = HEADER + GOOD + GOOD.replace("worldbank2017", "wb2017") + GOOD.replace("worldbank2017", "unstated")
    assert [(p.line, p.column, p.kind) for p in check_sources_known("o.csv", read_table(text), {"worldbank2017"})] == [
        (3, 5, "citation")
    ]
