"""Tests of links without words: they say where they lead, in the language of the document."""

import pytest

from briefing.document.nodes import Link
from briefing.document.walking import get_text, walk_nodes
from support.editions import Edition, change_edition, read_source


def compose(link: str) -> Edition:
    """Compose the tiny note with a link in its prose."""
    text = read_source("tiny", "text/02-help.md")
    return change_edition("tiny", {"text/02-help.md": text.replace("- money.", f"- money (see {link}).", 1)})


@pytest.mark.parametrize(
    ("target", "words"),
    [("help", "section\u00a02"), ("chart-guards", "chart\u00a01"), ("number", "section\u00a01.1")],
)
def test_a_link_without_words_names_the_part_that_it_leads_to(target: str, words: str) -> None:
    edition = compose(f"[](#{target})")
    assert edition.problems == ()
    links = [node for node in walk_nodes(edition.composition.document) if isinstance(node, Link)]
    assert words in [get_text(node.children) for node in links if node.target == f"#{target}"]


def test_words_of_an_author_stay() -> None:
    edition = compose("[what helps](#help)")
    assert edition.problems == ()
    links = [node for node in walk_nodes(edition.composition.document) if isinstance(node, Link)]
    assert "what helps" in [get_text(node.children) for node in links]


@pytest.mark.parametrize("target", ["colophon", "https://example.org/", "figure-guards"])
def test_a_link_without_words_to_what_has_no_number_is_told_at_its_place(target: str) -> None:
    (problem,) = compose(f"[]({'' if ':' in target else '#'}{target})").problems
    assert str(problem).startswith("sources/tiny/text/02-help.md:7:1: the link to ")
    assert "has no words; write them in its brackets" in problem.message
