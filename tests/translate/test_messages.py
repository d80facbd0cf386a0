"""Laws of messages: what is written for translators is read back as it was, and figures stand in them by name."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document.inlines import merge_texts
from briefing.document.nodes import (
    Cite,
    CitePart,
    Emphasis,
    FigureUse,
    Inline,
    LineBreak,
    Link,
    Note,
    Span,
    Strong,
    Text,
)
from briefing.problems import Place
from briefing.sources.prose_syntax import Surroundings
from briefing.translate.messages import get_words, name_placeholders, read_message, to_prose, write_message

PLACE = Place("fr.po", 1)
# Words with all that CommonMark, the grammar of prose and format strings could mistake for a mark; prose may hold them.
WORDS = st.lists(
    st.sampled_from(["mot", "a*b", "[x]", "{y}", "_z_", "<b>", "&amp;", "\\", "été", "3.", "!", "(d)", "}}", "{{"]),
    min_size=1,
    max_size=4,
).map(" ".join)
TEXTS = WORDS.map(Text)
USES = st.builds(
    FigureUse, st.sampled_from(["gdp", "guards"]), st.just("5"), st.sampled_from(["", "period", "over 4", "words"])
)
CITES = st.lists(
    st.builds(CitePart, st.sampled_from(["goff2015", "watch"]), st.just("Goff"), st.sampled_from(["", "p. 4"])),
    min_size=1,
    max_size=2,
).map(lambda parts: Cite(tuple(parts)))


def surround(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Inline]:
    one = st.builds(lambda word, node: (Text(f"{word} a"), node, Text("z")), st.just("le"), inner)
    return st.one_of(
        st.builds(Emphasis, one),
        st.builds(Strong, one),
        st.builds(Link, st.just("#x"), one),
        st.builds(Span, st.just("en"), one),
    )


PIECES = st.one_of(USES, CITES, st.just(LineBreak()), surround(USES))


@st.composite
def runs(draw: st.DrawFn) -> tuple[Inline, ...]:
    """Draw runs in which words stand between all other pieces, as in prose."""
    pieces: list[Inline] = [draw(TEXTS)]
    for piece in draw(st.lists(PIECES, max_size=3)):
        # CommonMark drops spaces after a line break.
        pieces += [Text(" "), piece, Text("" if isinstance(piece, LineBreak) else " "), draw(TEXTS)]
    return merge_texts(pieces)


class Echo:
    """Resolves the names of a message to the nodes of its source."""

    def __init__(self, source: tuple[Inline, ...]) -> None:
        self.uses = {name: use for use, name in name_placeholders(source).items()}

    def resolve_figure(self, name: str, form: str, place: Place, around: Surroundings) -> Inline:
        return self.uses[".".join([name, *form.split()])]

    def resolve_form(self, use: FigureUse, form: str, place: Place) -> Inline:
        return FigureUse(use.figure, form, use.form)

    def resolve_citation(self, works: Any, place: Place) -> Inline:
        return Cite(tuple(CitePart(work.key, "Goff", work.locator) for work in works))

    def resolve_chart(self, chart: str, place: Place) -> None:
        return None


def read(message: str, source: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], list[str]]:
    inlines, problems = read_message(message, source, Echo(source), PLACE, ("«", "»", "“", "”"))
    return inlines, [str(problem) for problem in problems]


@given(runs())
def test_a_message_is_read_back_as_the_run_that_it_was_written_from(run: tuple[Inline, ...]) -> None:
    assert read(write_message(run), run) == (run, [])


def test_a_use_has_the_name_of_its_figure_its_period_and_the_number_of_its_wording() -> None:
    run = (
        FigureUse("gdp", "about 15", "about 15"),
        FigureUse("gdp", "2017", "period"),
        FigureUse("gdp", "over 14", "over 14"),
        FigureUse("gdp", "about 15", "about 15"),
    )
    assert write_message(run) == "{gdp}{gdp.period}{gdp.2}{gdp}"


def test_neither_the_number_nor_the_hedge_of_a_figure_stands_in_its_message() -> None:
    one, other = (
        write_message((Text("Strength: "), FigureUse("guards", text, form)))
        for text, form in (("over 6,000", "over 6000"), ("nearly 9,000", "nearly 9000"))
    )
    assert one == other == "Strength: {guards}"


def test_a_footnote_is_a_mark_in_the_message_and_its_text_is_left_out() -> None:
    run = (Text("So it is"), Note("note-why", 3, (Text("A reason of 1990."),)), Text("."))
    assert write_message(run) == "So it is[^why]."
    assert read("C’est ainsi[^why].", run)[0] == (Text("C’est ainsi"), Note("note-why", 3, ()), Text("."))
    assert get_words(run) == "So it is."


def test_a_footnote_that_the_source_does_not_have_is_a_problem() -> None:
    _, problems = read("Ainsi[^autre].", (Text("So."),))
    assert len(problems) == 1 and "[^" in problems[0]


def test_a_translator_can_ask_for_a_form_of_a_figure() -> None:
    source = (FigureUse("gdp", "one", "words"), Text(" seat"))
    assert read("[{gdp}]{{form=feminine}} place", source)[0] == (FigureUse("gdp", "feminine", "words"), Text(" place"))
    assert "one figure alone" in read("[la {gdp}]{{form=feminine}}", source)[1][0]


@pytest.mark.parametrize(
    ("message", "prose"),
    [
        ("{gdp}", "{{ gdp }}"),
        ("{gdp.period}", "{{ gdp | period }}"),
        ("{{lang=en}}", "{lang=en}"),
        ("{ gdp }", "{ gdp }"),
        ("[w]{{lang=en}} {gdp.2}", "[w]{lang=en} {{ gdp | 2 }}"),
    ],
)
def test_braces_are_turned_into_those_of_prose(message: str, prose: str) -> None:
    assert to_prose(message) == prose


def test_straight_quotes_become_those_of_the_language() -> None:
    assert read('Il dit "oui".', (Text("x"),))[0] == (Text("Il dit «oui»."),)
