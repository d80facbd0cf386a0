"""Tests of `briefing.writers.html.inlines` and `elements`."""

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document.nodes import Cite, CitePart, Emphasis, FigureUse, Inline, Link, Note, Span, Text
from briefing.writers.html.elements import make_element
from briefing.writers.html.inlines import UnknownTargetError, write_inlines
from briefing.writers.html.surroundings import Surroundings
from briefing.writers.paper import FigureTarget

AROUND = Surroundings(
    "screen",
    {"footnote_mark": "Note {number}"},
    works={"goff2015": "ref-goff2015"},
    figures={"population": FigureTarget("figure-population")},
)
texts = st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs", "Cc", "Cn"]))


def parse(*inlines: Inline) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(f"<p>{write_inlines(inlines, AROUND)}</p>")


@given(texts)
def test_any_text_is_read_back_as_it_was_and_makes_no_element_but_those_that_hold_a_line(text: str) -> None:
    element = parse(Text(text))
    assert {(child.tag, child.get("class")) for child in element} <= {("span", "held")}
    assert element.text_content() == text


def test_ranges_and_names_with_a_hyphen_are_held_in_their_line_and_addresses_break_after_their_parts() -> None:
    held = parse(
        Text("From 2015–2019 Al-Qaida, CMFPR-II and a well-known half-brother a-t-elle; Attribution-ShareAlike")
    )
    assert [span.text for span in held] == ["2015–2019", "Al-Qaida", "CMFPR-II", "a-t-elle"]
    link = write_inlines([Link("https://a.org/b/c-d/", (Text("https://a.org/b/c-d/"),))], AROUND)
    assert '>https://a.org/<wbr>b/<wbr><span class="held">c-d/</span><' in link
    long = f"https://a.org/{'long-' * 9}"
    assert "held" not in write_inlines([Link(long, (Text(long),))], AROUND)


@given(texts)
def test_any_attribute_is_read_back_as_it_was(text: str) -> None:
    element = lxml.html.fragment_fromstring(make_element("p", title=text))
    assert element.get("title") == text


def test_an_attribute_without_a_value_is_left_out() -> None:
    assert make_element("p", "x", id=None, class_="note") == '<p class="note">x</p>'


def test_a_number_leads_to_its_row_of_the_annex() -> None:
    assert parse(FigureUse("population", "18 million"))[0].get("href") == "#figure-population"


def test_a_number_that_the_annex_does_not_list_is_refused_by_name() -> None:
    with pytest.raises(UnknownTargetError, match=r"'12'.*'area'"):
        parse(FigureUse("area", "12"))


def test_a_citation_leads_to_its_work_and_one_without_a_work_is_refused() -> None:
    element = parse(Cite((CitePart("goff2015", "Goff, 2015, p. 4"), CitePart("goff2015", "p. 6"))))
    assert element.text_content() == "(Goff, 2015, p. 4; p. 6)"
    assert {link.get("href") for link in element} == {"#ref-goff2015"}
    with pytest.raises(UnknownTargetError, match="nobody1900"):
        parse(Cite((CitePart("nobody1900", "Nobody, 1900"),)))


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "other.html", " #x"]
)
def test_a_link_to_anything_but_the_note_or_the_web_is_refused(target: str) -> None:
    with pytest.raises(UnknownTargetError):
        parse(Link(target, (Text("here"),)))


def test_a_link_holds_no_other_link() -> None:
    number = FigureUse("population", "18 million")
    note = Note("n", 1, (Text("Not here."),))
    element = parse(Link("#map", (Text("the "), Emphasis((number,)), note)))
    assert [link.get("href") for link in element.iter("a")] == ["#map"]
    assert element.text_content() == "the 18 million"


def test_a_run_in_another_language_says_so() -> None:
    assert parse(Span("fr", (Text("Loi"),)))[0].get("lang") == "fr"


def test_a_footnote_mark_says_what_it_is_to_who_cannot_see_it() -> None:
    mark = parse(Note("debt", 7, (Text("Of 2014."),)))[0][0]
    assert (mark.text, mark.get("aria-label"), mark.get("href"), mark.get("id")) == (
        "7",
        "Note 7",
        "#note-debt",
        "mark-debt",
    )
