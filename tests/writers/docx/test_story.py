"""Names of bookmarks, whatever the ids of a document are."""

import re

from hypothesis import given
from hypothesis import strategies as st

from briefing.writers.docx.fields import instruct_sequence, name_contents_bookmark
from briefing.writers.docx.fonts import make_font_key, obfuscate_font
from briefing.writers.docx.numbering import HeadingCounter
from briefing.writers.docx.story import name_bookmarks


@given(st.lists(st.text(min_size=1), unique=True))
def test_bookmarks_are_words_of_at_most_40_characters_and_differ_in_more_than_case(identifiers: list[str]) -> None:
    names = name_bookmarks(identifiers)
    assert list(names) == identifiers
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", name, re.ASCII) for name in names.values())
    assert len({name.lower() for name in names.values()}) == len(identifiers)


def test_a_bookmark_has_the_name_of_its_block_where_that_can_be() -> None:
    names = name_bookmarks(["figure-police_personnel", "figure_police-personnel", "1a"])
    assert names["figure-police_personnel"] == "figure_police_personnel"
    assert names["figure_police-personnel"].startswith("figure_police_personnel_")
    assert names["1a"] == "b_1a"
    assert name_contents_bookmark(0) == "_Toc000000001"


def test_headings_are_counted_as_word_counts_them() -> None:
    counter = HeadingCounter()
    assert counter.count(1, "1") and counter.count(2, "1.1") and counter.count(2, "1.2") and counter.count(1, "2")
    assert not counter.count(1, "") and not counter.count(2, "2.2") and not counter.count(1, "A")
    assert counter.count(2, "2.1")


def test_a_caption_with_a_number_of_its_own_sets_it() -> None:
    assert instruct_sequence("chart", 2, 2) == r" SEQ Chart \* ARABIC "
    assert instruct_sequence("chart", 5, 2) == r" SEQ Chart \* ARABIC \r 5 "


@given(st.binary(min_size=32, max_size=80), st.text())
def test_an_obfuscated_font_is_restored_by_its_key(font: bytes, file: str) -> None:
    key = make_font_key(file)
    assert re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", key)
    obfuscated = obfuscate_font(font, key)
    assert obfuscate_font(obfuscated, key) == font
    assert obfuscated[32:] == font[32:]
