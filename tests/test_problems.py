"""Problems are told once, in order, with the nearest name; sources are UTF-8 whatever wrote them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.formats.text import decode_source
from briefing.problems import Place, Problem, SourceError, decode_problem, encode_problem, gather, name_nearest, shorten

PROBLEMS = st.builds(Problem, st.text(), st.integers(1), st.integers(1), st.text(), st.just("source"), st.just("error"))


def test_problems_are_told_once_and_in_the_order_of_their_places() -> None:
    late, early = Place("b.md", 2, 1).report("x"), Place("a.md", 10, 3).report("y")
    error = SourceError([late, early, late])
    assert str(error) == "a.md:10:3: y\nb.md:2:1: x"


@given(PROBLEMS)
def test_a_problem_goes_to_json_and_back_unchanged(problem: Problem) -> None:
    assert decode_problem(json.loads(json.dumps(encode_problem(problem)))) == problem


def test_the_next_check_is_made_after_one_has_failed() -> None:
    found: list[Problem] = []

    def fail() -> None:
        raise SourceError([Problem("a", 1, 1, "m")])

    gather(found, fail)
    gather(found, fail)
    gather(found, lambda: None)
    assert len(found) == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_source_reads_the_same_whatever_its_line_ends_and_byte_order_mark(end: str) -> None:
    text = f"é{end}b{end}"
    assert decode_source("a.md", text.encode("utf-8-sig")) == decode_source("a.md", text.encode()) == "é\nb\n"


def test_another_encoding_is_told_with_the_place_of_its_first_byte() -> None:
    with pytest.raises(SourceError) as failure:
        decode_source("a.csv", "ab\ncdé\n".encode("latin-1"))
    assert str(failure.value).startswith("a.csv:2:3: this is not UTF-8 text; save the file as UTF-8")


def test_the_nearest_name_is_offered_or_else_some_that_are_known() -> None:
    assert name_nearest("populaton", ["area", "population"]) == 'did you mean "population"?'
    assert name_nearest("journalArticle", ["article", "article-journal"]) == 'did you mean "article-journal"?'
    assert name_nearest("zzz", ["a", "b"]) == "the known names are: a, b"
    assert name_nearest("zzz", [f"name{n}" for n in range(9)]).endswith(" …")
    assert name_nearest("zzz", []) == "none is known"


@given(st.text(st.sampled_from("ab ,.")), st.integers(10, 40))
def test_what_is_quoted_is_cut_to_a_length_after_a_whole_word_where_one_ends_in_its_second_half(
    text: str, length: int
) -> None:
    cut = shorten(text, length)
    assert len(cut) <= length and (cut == text or (cut[-1] == "…" and text.startswith(cut[:-1])))
    if cut != text and " " in text[length // 2 + 1 : length]:
        assert text[len(cut) - 1] in " ,."
