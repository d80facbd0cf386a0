"""Figures that only count a list: told apart from data, and held against the list."""

import pytest

from briefing.checks.counted_lists import check_counted_lists
from briefing.document.nodes import FigureUse, List, ListItem, Paragraph, Text
from briefing.figures.figure import Figure
from briefing.figures.figure_specs import FigureSpec
from briefing.problems import Place
from support.measures import make_figure

PLACES = {"forces-1": Place("text/01.md", 5), "forces-2": Place("text/01.md", 7)}


def make_list(items: int) -> List:
    return List("forces-2", False, tuple(ListItem(f"forces-2-{n}", (Text("One"),)) for n in range(1, items + 1)))


def complain(paragraph: str, items: int, figure: Figure, counts: str = "") -> list[str]:
    spec = FigureSpec("forces", "Forces", Place("figures.yaml", 3), counts=counts, items=3 if counts else 0)
    before, after = paragraph.split("{forces}")
    blocks = [Paragraph("forces-1", (Text(before), FigureUse("forces", "three"), Text(after))), make_list(items)]
    return [str(problem) for problem in check_counted_lists(blocks, {"forces": figure}, {"forces": spec}, PLACES)]


COUNTED = make_figure("3", "count", counts="forces-2")
OBSERVED = make_figure("3", "count")


def test_a_figure_that_counts_its_list_right_passes() -> None:
    assert complain("There are {forces} forces:", 3, COUNTED, "forces-2") == []


def test_a_figure_that_counts_its_list_wrong_is_told_with_both_places() -> None:
    (told,) = complain("There are {forces} forces:", 4, COUNTED, "forces-2")
    assert told == (
        "figures.yaml:3:1: figure forces counts 3 items, the list forces-2 at text/01.md:7 has 4; "
        "write items: 4, or mend the list"
    )


def test_a_figure_that_counts_no_list_of_the_text_is_told_with_the_lists_there_are() -> None:
    (told,) = complain("There are {forces} forces:", 3, COUNTED, "forces-3")
    assert 'counts the list "forces-3", which the text does not have' in told and "forces-2" in told


@pytest.mark.parametrize(
    ("paragraph", "items", "value", "unit", "is_told"),
    [
        ("There are {forces} forces:", 3, "3", "count", True),
        ("There are {forces} forces:", 4, "3", "count", False),
        ("There are {forces} forces.", 3, "3", "count", False),
        ("After {forces} months:", 3, "3", "months", False),
    ],
)
def test_an_observed_number_that_only_repeats_how_many_items_follow_is_told(
    paragraph: str, items: int, value: str, unit: str, is_told: bool
) -> None:
    told = complain(paragraph, items, make_figure(value, unit))
    assert len(told) == is_told
    assert all("counts: {list: forces-2, items: 3}" in message for message in told)
