"""Units and scales typed beside a figure that prints its own."""

import pytest

from briefing.language.typed_units import find_typed_unit
from briefing.sources.snapshot import read_snapshot
from support.editions import change_raw, compose_edition, read_source


@pytest.mark.parametrize(
    ("before", "after", "printed", "found"),
    [
        ("a share of ", "% of them", "12%", "%"),
        ("a share of ", " percent", "12%", "percent"),
        ("une part de ", "\u00a0pour cent", "12\u00a0%", "pour cent"),
        ("It cost FCFA ", "", "FCFA 33\u00a0billion", "FCFA"),
        ("", " million people", "13.4\u00a0million", "million"),
        ("", " km² of land", "41,000\u00a0km²", "km²"),
        ("", " Million", "over 13\u00a0million", "Million"),
        ("a share of ", " of them", "12%", ""),
        ("", " people", "13.4\u00a0million", ""),
        ("", " millions", "13.4\u00a0million", ""),
        ("In CFA francs (FCFA), ", "", "FCFA 33\u00a0billion", ""),
        ("MyFCFA ", "", "FCFA 33\u00a0billion", ""),
        ("", " percent", "one in eight", ""),
        ("a ", "% b", "1,200", ""),
    ],
)
def test_what_a_figure_prints_itself_is_found_where_it_is_typed(
    before: str, after: str, printed: str, found: str
) -> None:
    assert find_typed_unit(before, after, printed) == found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("covers {{ area }} [", "covers {{ area }} km² [", "“km²” is typed beside area"),
        ("{{ population | about }} inhabitants", "{{ population }} million inhabitants", "“million” is typed beside"),
        ("{{ population | about }}", "{{ population | over 1 }}", '"over 1" says nothing of population'),
        ("has not begun.", "has not begun @census2018.", '"@census2018" would be printed as typed'),
        ("{{ area }}", "{{ area }}", ""),
    ],
)
def test_such_slips_are_told_in_a_note(old: str, new: str, told: str) -> None:
    text = read_source("tiny", "text/01-guards.md")
    assert old in text
    raw = change_raw("tiny", {"text/01-guards.md": text.replace(old, new, 1)})
    messages = [problem.message for problem in compose_edition(read_snapshot("tiny", raw)).problems]
    assert (messages == []) if not told else any(message.startswith(told) for message in messages)
