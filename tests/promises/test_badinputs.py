"""Bad inputs: each file of the catalogue is told where and how it is wrong, or put right in silence."""

import re

import pytest

from briefing.problems import Problem
from support.badinputs import CATALOGUE, Case, list_cases, make_raw, try_config, try_sources
from support.editions import make_edition

pytestmark = pytest.mark.many

CASES = list_cases()
OF_SOURCES = [case for case in CASES if case.replaces != "config.yaml"]
OF_CONFIG = [case for case in CASES if case.replaces == "config.yaml"]
REMEDY = re.compile(r"; |expected |did you mean|the known names are")  # a message goes on to say what to do


def name(case: Case) -> str:
    return case.name


def show(problems: list[Problem]) -> str:
    return "\n".join(map(str, problems)) or "(nothing)"


def check_told(case: Case, problems: list[Problem]) -> None:
    """Hold what was told against what must be told: the slip at its place, in words that help, and little else."""
    errors = [problem for problem in problems if problem.severity == "error"]
    assert case.is_told(errors), show(problems)
    assert len(errors) <= 2 or case.also, show(errors)
    for word in case.also:
        assert any(word in problem.message for problem in errors), (word, show(errors))
    for problem in errors:
        assert problem.line >= 1 and problem.column >= 1 and REMEDY.search(problem.message), str(problem)
        assert "Traceback" not in problem.message and len(problem.message) < 600


@pytest.mark.parametrize("case", [case for case in OF_SOURCES if case.must == "fail"], ids=name)
def test_a_bad_source_is_told_at_its_place_with_what_to_do(case: Case) -> None:
    problems, _ = try_sources(make_raw(case))
    check_told(case, problems)


@pytest.mark.parametrize("case", [case for case in OF_SOURCES if case.must == "pass"], ids=name)
def test_what_is_harmless_is_accepted_and_gives_the_same_figures(case: Case) -> None:
    problems, edition = try_sources(make_raw(case))
    assert [problem for problem in problems if problem.severity == "error"] == [] and edition is not None, show(
        problems
    )
    good = make_edition("tiny").figures
    values = {figure: (found.value, found.unit, found.periods) for figure, found in edition.figures.items()}
    assert values == {figure: (found.value, found.unit, found.periods) for figure, found in good.items()}


@pytest.mark.parametrize("case", [case for case in OF_SOURCES if case.must == "warn"], ids=name)
def test_what_is_doubtful_is_a_warning(case: Case) -> None:
    problems, edition = try_sources(make_raw(case))
    assert edition is not None and {problem.severity for problem in problems} == {"warning"}, show(problems)
    assert case.is_told(problems), show(problems)


@pytest.mark.parametrize("case", OF_CONFIG, ids=name)
def test_a_bad_configuration_is_told_at_its_place(case: Case) -> None:
    problems = try_config(case.path.read_bytes())
    if case.must == "pass":
        assert problems == []
    else:
        check_told(case, problems)


def test_the_catalogue_is_large_and_whole() -> None:
    listed = {case.path for case in CASES}
    found = {path for path in CATALOGUE.glob("*/*") if path.name != "index.yaml"}
    assert listed == found and len(listed) >= 150
