"""Days: a year of a slipped digit is told at its place, in the past and in the future."""

import pytest

from briefing.checks.days import FIRST, LAST, explain_year
from briefing.checks.observation_cells import explain_period, explain_vintage
from briefing.problems import Problem
from briefing.steps.validate import check_sources
from support.editions import change_raw, read_source

OLD, NEW = "cannot be meant", "lies more than 20 years"


def change(file: str, old: str, new: str) -> list[Problem]:
    text = read_source("tiny", file)
    assert text.count(old) == 1
    return check_sources("tiny", change_raw("tiny", {file: text.replace(old, new)}))


@pytest.mark.parametrize(
    "period", ["0218", "1018", "1218/2018", "2018/3018", "0018-03", "2018-01/2108-02", "9999", "2018/0218", "1699"]
)
def test_a_period_that_cannot_be_meant_is_told_in_its_cell(period: str) -> None:
    (problem,) = change("observations.csv", "women_guards,2018,", f"women_guards,{period},")
    assert (problem.file, problem.line, problem.column) == ("sources/tiny/observations.csv", 5, 2)
    assert OLD in problem.message and "mend the year" in problem.message


def test_every_year_between_the_first_and_the_last_may_be_meant() -> None:
    assert {explain_year(str(year)) for year in range(FIRST, LAST + 1)} == {""}
    assert explain_period("undated") == explain_period("1918/2018") == explain_vintage("2019-02-11") == ""


@pytest.mark.parametrize(
    ("day", "words"), [("0219-02-11", OLD), ("1019-02-11", OLD), ("2109-02-11", OLD), ("2091-02-11", NEW)]
)
def test_a_day_on_which_no_value_can_have_become_known_is_told_in_its_cell(day: str, words: str) -> None:
    row = "women_guards,2018,450,persons,watch,"
    problems = change("observations.csv", f"{row}2019-02-11", f"{row}{day}")
    assert [(problem.line, problem.column) for problem in problems if words in problem.message] == [(5, 6)]


@pytest.mark.parametrize("key", ["issued", "as_of", "baseline"])
@pytest.mark.parametrize(
    ("day", "words"),
    [("0219-02-11", OLD), ("1019-02-11", OLD), ("2109-02-11", OLD), ("2091-02-11", NEW), ("1919-02-11", NEW)],
)
def test_a_day_of_a_note_that_cannot_be_meant_is_told_at_its_line(key: str, day: str, words: str) -> None:
    problems = change("note.yaml", f'\n{key}: "2019-02-11"', f'\n{key}: "{day}"')
    line = read_source("tiny", "note.yaml").split("\n").index(f'{key}: "2019-02-11"') + 1
    told = [problem for problem in problems if words in problem.message and problem.file.endswith("note.yaml")]
    assert [(problem.line, problem.column) for problem in told] == [(line, len(key) + 3)], problems


def test_an_edition_that_cannot_be_meant_is_told() -> None:
    (problem,) = change("note.yaml", 'edition: "2019-02"', 'edition: "2109-02"')
    assert OLD in problem.message and problem.line == 5


def test_what_becomes_known_some_years_after_a_note_is_no_slip() -> None:
    assert change("observations.csv", "census2018,2020-01-15", "census2018,2035-01-15") == []
