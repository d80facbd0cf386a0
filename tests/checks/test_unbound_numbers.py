"""Numbers: every digit of a note is bound to a figure, or is a date or part of a name that is exempt."""

import re

import pytest

from briefing.checks.unbound_numbers import find_unbound_numbers
from briefing.document.nodes import (
    Block,
    Chart,
    Emphasis,
    FigureUse,
    Heading,
    KeyStatistic,
    KeyStatistics,
    List,
    ListItem,
    Note,
    Paragraph,
    Row,
    Table,
    Text,
)
from briefing.problems import Place
from briefing.sources.exemptions import Exemption
from support.documents import make_sample_document
from support.measures import make_language

EXEMPT = [Exemption(re.compile("resolution 2164|G5", re.IGNORECASE), "names")]


def find(*blocks: Block) -> list[str]:
    places = {"p": Place("a.md", 3), "l-2": Place("a.md", 7), "key-1": Place("figures.yaml", 9)}
    return [str(problem) for problem in find_unbound_numbers(blocks, EXEMPT, make_language(), places)]


def find_in(text: str) -> list[str]:
    return [re.findall('"(.*?)"', problem)[0] for problem in find(Paragraph("p", (Text(text),)))]


def make_chart(**texts: tuple[Text, ...]) -> Chart:
    return Chart("c", "chart", 1, **{"title": (), "source": (), **texts}, alternative=(), image="c", width=1, height=1)  # type: ignore[arg-type]


SEVEN = (Text("There are 7 of them."),)


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("p", SEVEN),
        Paragraph("p", (Emphasis(SEVEN),)),
        Paragraph("p", (Text("See."), Note("n", 1, SEVEN))),
        Heading("h", 1, "1", SEVEN),
        List("l", False, (ListItem("l-1", ()), ListItem("l-2", SEVEN))),
        KeyStatistics("k", "Key", (), (KeyStatistic("key-1", (), SEVEN, "2017", ()),)),
        KeyStatistics("k", "Key", (), (KeyStatistic("key-1", SEVEN, (), "2017", ()),)),
        make_chart(title=SEVEN),
        make_chart(source=SEVEN),
        make_chart(disclaimer=SEVEN),
        Table("t", "", 1, SEVEN, (), ()),
        Table("t", "", 1, (), (), (Row("r", (SEVEN,)),)),
    ],
)
def test_a_digit_that_no_figure_binds_is_found_wherever_it_stands(block: Block) -> None:
    (problem,) = find(block)
    assert 'the number "7" is bound to no figure; write {{ figure }}' in problem


def test_a_number_is_told_with_the_place_of_its_item_or_line() -> None:
    assert find(List("l", False, (ListItem("l-2", SEVEN),)))[0].startswith("a.md:7:1: ")
    assert find(KeyStatistics("k", "K", (), (KeyStatistic("key-1", (), SEVEN, "", ()),)))[0].startswith(
        "figures.yaml:9:1: "
    )


@pytest.mark.parametrize(
    "text",
    [
        "On 18 June 2013 and in April 2014, on 1 July and in 2015.",
        "From 2015–2019, 2015/2016 and 1960-1968.",
        "From the 12th to the 16th century, the 19th-century trade, the 12th–16th centuries.",
        "Resolution 2164 of the G5 Sahel.",
    ],
)
def test_dates_centuries_and_exempt_names_pass(text: str) -> None:
    assert find_in(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("6,000 men", ["6,000"]),
        ("12.4%", ["12.4"]),
        ("2164 men", ["2164"]),
        ("resolution 2165", ["2165"]),
        ("the 12th man", ["12"]),
        ("2015%", ["2015"]),
        ("12015 and 20156", ["12015", "20156"]),
        ("1 in 7", ["1", "7"]),
        ("²", []),
        ("٣ men", ["٣"]),
    ],
)
def test_numbers_that_look_like_dates_do_not_pass(text: str, numbers: list[str]) -> None:
    assert find_in(text) == numbers


def test_bound_numbers_and_the_lists_that_the_program_makes_pass() -> None:
    assert (
        find(Paragraph("p", (FigureUse("a", "6,000"),)), Table("t", "figures", 0, (), (), (Row("r", (SEVEN,)),))) == []
    )
    assert find(Paragraph("p", SEVEN, role="colophon")) == []


def test_no_kind_of_block_makes_the_search_fail() -> None:
    find(*make_sample_document().blocks)
