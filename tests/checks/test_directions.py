"""Directions: where one figure is said to rise or fall to another, or to exceed it, their values say so too."""

import pytest

from briefing.checks.directions import find_false_directions
from briefing.document.nodes import Emphasis, FigureUse, Inline, Note, Paragraph, Text
from briefing.problems import Place
from briefing.sources.snapshot import read_snapshot
from support.editions import change_raw, compose_edition, make_edition, read_source
from support.house import get_house
from support.measures import make_figure

FIGURES = {
    "few": make_figure("469", id="few"),
    "many": make_figure("2026", id="many"),
    "at_least_few": make_figure("469", id="at_least_few", bound=1),
    "share": make_figure("12", "%", id="share"),
    "year": make_figure("2012", "year", id="year"),
}


def read(text: str) -> tuple[Inline, ...]:
    """Read a text whose figures stand in braces, those that print a period with a star."""
    parts = text.replace("}", "{").split("{")
    return tuple(
        (FigureUse(part.rstrip("*"), "1", "period" if "*" in part else "") if number % 2 else Text(part))
        for number, part in enumerate(parts)
    )


def find(*children: Inline, tag: str = "en") -> list[str]:
    language = make_edition("tiny").snapshot.language(get_house(tag))
    blocks = [Paragraph("p", children)]
    return [str(problem) for problem in find_false_directions(blocks, FIGURES, language, {"p": Place("a.md", 3)})]


TRUE = [
    ("en", "They rose from {few} in {few*} to {many} in {many*}."),
    ("en", "They fell from {many} police officers and gendarmes in 2012 to just {few}."),
    ("en", "The {many} police outnumber the {few} guards."),
    ("en", "The {few} guards fell short of {many}."),
    ("en", "It fell from {at_least_few} to {few}."),  # it may have
    ("en", "It rose from {many} to {share}."),  # of other units
    ("en", "It fell. From {few} to {many} is far."),
    ("en", "It rose in a place from which {few} went to {many}"),
    ("fr", "L’effectif a augmenté de {few} à {many}."),
    ("fr", "Il est passé de {many} à {few}."),
    ("fr", "Les {many} policiers dépassent les {few} gardes."),
]
FALSE = [
    ("en", "They rose from {many} in {many*} to {few} in {few*}.", "rose"),
    ("en", "They rose from {few} to {few}.", "rose"),
    ("en", "They fell\nsteadily from {few} police officers in 2012 to just {many}.", "fell"),
    ("en", "an increase from about {many} to {few}", "increase"),
    ("en", "The {few} police Outnumber the {many} guards.", "Outnumber"),
    ("en", "The {many} guards fell short of {few}.", "fell short of"),
    ("fr", "L’effectif a diminué, de {few} agents à {many}.", "diminué"),
    ("fr", "Les {few} policiers dépassent les {many} gardes.", "dépassent"),
    ("fr", "en hausse, d’{many} à {few}", "hausse"),
]


@pytest.mark.parametrize(("tag", "text"), TRUE)
def test_what_is_true_or_cannot_be_told_is_left(tag: str, text: str) -> None:
    assert find(*read(text), tag=tag) == []


@pytest.mark.parametrize(("tag", "text", "words"), FALSE)
def test_what_is_false_is_told_with_both_values(tag: str, text: str, words: str) -> None:
    (problem,) = find(*read(text), tag=tag)
    assert problem.startswith(f"a.md:3:1: “{words}” is false: ") and "few is 469" in problem
    assert "exchange" in problem


def test_emphasis_hides_no_claim_and_a_note_does_not_break_one() -> None:
    note = Note("n", 1, read("It fell from {few} to {many}."))
    told = find(Text("It rose from "), Emphasis(read("{many}")), note, *read(" to {few}."))
    assert sorted(problem.split("“")[1].split("”")[0] for problem in told) == ["fell", "rose"]


def test_a_claim_is_held_against_the_values_of_the_note() -> None:
    said, text = "of whom {{ women_guards }} are women", read_source("tiny", "text/01-guards.md")
    claim = f"{said}; {{{{ guards | over 2900 }}}} outnumber {{{{ women_guards }}}}"
    for words, told in (("outnumber", []), ("fall short of", ["wording"])):
        changed = text.replace(said, claim.replace("outnumber", words))
        problems = compose_edition(read_snapshot("tiny", change_raw("tiny", {"text/01-guards.md": changed}))).problems
        assert [problem.kind for problem in problems if f"“{words}”" in problem.message] == told
