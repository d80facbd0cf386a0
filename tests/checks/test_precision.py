"""Precision: what prints as zero is told with the digits that it needs, and those digits show it."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.checks.precision import check_precision
from briefing.figures.figure import Figure
from briefing.language.number_formatting import print_figure
from briefing.problems import Place, Problem
from briefing.sources.snapshot import read_snapshot
from support.editions import change_raw, compose_edition, read_source
from support.measures import make_figure, make_language

PLACES = {"figure": Place("figures.yaml", 1)}
ADVICE = re.compile(r"write (?P<bare>no scale and )?(?:scale: (?P<scale>\w+), )?digits: (?P<digits>\d)")
FORMATS = [("0.4", "", 0), ("0.004", "", 2), ("-0.004", "", 2), ("400000", "million", 0), ("400", "billion", 2)]


def check(figure: Figure) -> list[Problem]:
    return list(check_precision({"figure": figure}, PLACES, make_language()))


def follow(figure: Figure, message: str) -> Figure:
    """Give the figure the format that a message advises."""
    found = ADVICE.search(message)
    assert found is not None, message
    scale = "" if found["bare"] else found["scale"] or figure.scale
    return replace(figure, scale=scale, digits=int(found["digits"]))


@given(
    st.decimals(-(10**7), 10**7, places=6).filter(bool),
    st.sampled_from(["", "thousand", "million", "billion"]),
    st.integers(0, 6),
    st.sampled_from([0, 1, -1]),
)
def test_a_figure_is_told_just_if_no_digit_of_it_is_printed_and_the_advice_shows_one(
    value: Decimal, scale: str, digits: int, bound: int
) -> None:
    figure = make_figure(value, "index", scale=scale, digits=digits, bound=bound)
    problems = check(figure)
    assert bool(problems) != bool(re.search("[1-9]", print_figure(figure, make_language(), "numeral")))
    for problem in problems:
        mended = follow(figure, problem.message)
        assert check(mended) == [] and re.search("[1-9]", print_figure(mended, make_language(), "numeral"))


@pytest.mark.parametrize(("value", "scale", "digits"), FORMATS)
def test_zero_itself_may_be_printed(value: str, scale: str, digits: int) -> None:
    assert len(check(make_figure(value, scale=scale, digits=digits))) == 1
    assert check(make_figure("0", scale=scale, digits=digits)) == []


USES = {
    "text/02-help.md": ("- money.", "- money for {{ staff }}."),
    "figures.yaml": ('value: "{{ population }}"', 'value: "{{ population }} ({{ staff }})"'),
    "charts.yaml": ("label: Women}", 'label: Women, value: "of {{ staff }}"}'),
}


@pytest.mark.parametrize("file", [*USES, ""])
def test_it_is_told_at_its_digits_wherever_it_is_printed_and_not_where_it_is_not(file: str) -> None:
    figures = read_source("tiny", "figures.yaml").replace(
        "figures:\n", "figures:\n  staff:\n    label: Staff\n    format: {scale: million, digits: 0}\n", 1
    )
    table = read_source("tiny", "observations.csv") + "staff,2018,400000,persons,watch,2019-02-11,A,\n"
    texts = {**{name: read_source("tiny", name) for name in USES}, "figures.yaml": figures, "observations.csv": table}
    if file:
        assert texts[file].count(USES[file][0]) == 1
        texts[file] = texts[file].replace(*USES[file])
    problems = compose_edition(read_snapshot("tiny", change_raw("tiny", texts))).problems
    told = [str(problem).replace("\u00a0", " ") for problem in problems]
    advice = 'figure staff: 400,000 prints as "0 million"; write scale: million, digits: 1, which prints "0.4 million"'
    assert told == ([f"sources/tiny/figures.yaml:5:38: {advice}"] if file else []), told


def test_an_input_that_only_the_annex_prints_is_told() -> None:
    figures = read_source("tiny", "figures.yaml").replace(
        "    label: Guards\n", "    label: Guards\n    format: {scale: million, digits: 0}\n", 1
    )
    text = read_source("tiny", "text/01-guards.md").replace("{{ guards | over 2900 }} members", "members")
    charts = (
        read_source("tiny", "charts.yaml")
        .replace("{{ guards | over 2900 }}", "some")
        .replace("guards,", "women_guards,")
    )
    changed = {"figures.yaml": figures, "text/01-guards.md": text, "charts.yaml": charts}
    problems = compose_edition(read_snapshot("tiny", change_raw("tiny", changed))).problems
    assert any("figure guards: 3,000 (a lower bound) prints as" in problem.message for problem in problems)


def test_a_wording_that_rounds_to_zero_is_told_with_one_that_says_something() -> None:
    figures = read_source("tiny", "figures.yaml").replace("digits: 1}", "digits: 0}", 1)
    table = read_source("tiny", "observations.csv").replace("1200000", "640000").replace("1300000", "650000")
    text = read_source("tiny", "text/01-guards.md")
    changed = {"figures.yaml": figures, "observations.csv": table}

    def compose(form: str) -> list[str]:
        changed["text/01-guards.md"] = text.replace("population | about", f"population | {form}")
        problems = compose_edition(read_snapshot("tiny", change_raw("tiny", changed))).problems
        return [
            problem.message
            for problem in problems
            if "population " in problem.message or "0 million" in problem.message
        ]

    (message,) = compose("over")
    assert message.startswith('"over 0\u00a0million" says nothing of population, which is 640,000; write "over 600000"')
    assert compose("over 600000") == []
