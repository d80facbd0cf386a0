"""What is a superscript: the ends of French ordinals in the text, and nothing of ids, links and other words."""

import pytest

from briefing.document.nodes import FigureUse, Text
from briefing.document.superscripts import split_superscripts
from briefing.writers.html.inlines import write_inlines
from briefing.writers.html.surroundings import Surroundings
from support.house import get_house

FRENCH = get_house("fr").labels


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("au 25e rang", ["e"]),
        ("du XIIe au XVIe siècle", ["e", "e"]),
        ("le 1er janvier et la 1re session", ["er", "re"]),
        ("version 88c28ad3715e", []),
        ("https://example.org/273e", []),
        ("MINUSMA, RSS et 12 experts", []),
        ("", []),
    ],
)
def test_the_ends_of_ordinals_are_raised_and_no_text_is_lost(text: str, raised: list[str]) -> None:
    pieces = list(split_superscripts(text, FRENCH))
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, is_raised in pieces if is_raised] == raised


def test_english_raises_nothing() -> None:
    assert list(split_superscripts("the 25th of 54", get_house("en").labels)) == [("the 25th of 54", False)]


def test_a_page_raises_them_in_text_and_in_numbers_that_are_bound() -> None:
    around = Surroundings("screen", FRENCH, {}, linked=False)
    assert write_inlines((Text("au 3e rang, "), FigureUse("rank", "25e")), around) == (
        "au 3<sup>e</sup> rang, 25<sup>e</sup>"
    )
