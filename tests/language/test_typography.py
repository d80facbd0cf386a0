"""Typography: spaces, quotation marks and agreement, as the tables of a language ask, and on text only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document.nodes import Cite, CitePart, Emphasis, FigureUse, Inline, Link, Note, Span, Text
from briefing.document.walking import get_text, walk_nodes
from briefing.language.house_texts import read_house
from briefing.language.number_formatting import Language
from briefing.language.typography import join_texts, rewrite_run, set_run, set_text
from support.editions import make_edition
from support.house import get_house, read_house_files
from support.strategies import INLINES

NBSP, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


def make_french(locale: str = "fr-FR") -> Language:
    return make_edition("tiny").snapshot.language(read_house("fr", read_house_files(), locale))


FRENCH = get_house("fr").grammar["profiles"]


@pytest.mark.parametrize(
    ("typed", "france", "canada", "switzerland"),
    [
        ("Quoi ?", f"Quoi{THIN}?", "Quoi?", f"Quoi{THIN}?"),
        ("Quoi?", f"Quoi{THIN}?", "Quoi?", f"Quoi{THIN}?"),
        (
            "trois : un ; deux !",
            f"trois{NBSP}: un{THIN}; deux{THIN}!",
            f"trois{NBSP}: un; deux!",
            f"trois{THIN}: un{THIN}; deux{THIN}!",
        ),
        ("« oui »", f"«{NBSP}oui{NBSP}»", f"«{NBSP}oui{NBSP}»", f"«{THIN}oui{THIN}»"),
        ("«oui»", f"«{NBSP}oui{NBSP}»", f"«{NBSP}oui{NBSP}»", f"«{THIN}oui{THIN}»"),
        (
            "50 % ; 60 % :",
            f"50{NBSP}%{THIN}; 60{NBSP}%{NBSP}:",
            f"50{NBSP}%; 60{NBSP}%{NBSP}:",
            f"50{NBSP}%{THIN}; 60{NBSP}%{THIN}:",
        ),
        ("12,4 %", f"12,4{NBSP}%", f"12,4{NBSP}%", f"12,4{NBSP}%"),
    ],
)
def test_each_locale_sets_its_own_spaces(typed: str, france: str, canada: str, switzerland: str) -> None:
    assert [set_text(typed, FRENCH[name]) for name in ("fr-FR", "fr-CA", "fr-CH")] == [france, canada, switzerland]


@pytest.mark.parametrize(
    "text",
    ["https://a.example/b?c=d;e", "12:30", "S/2016/281", "Disponible sur https://x.example/?q=1", "a;b"],
)
def test_links_times_and_keys_are_left_alone(text: str) -> None:
    assert set_text(text, FRENCH["fr-FR"]) == text


@pytest.mark.parametrize(
    "address", ["https://doi.org/10.1/1097<1::AID>3;2-#", "https://example.org/a;;b?", "http://example.org/«a»/!!"]
)
def test_addresses_are_left_as_they_are(address: str) -> None:
    run: tuple[Inline, ...] = (Text("Voir: "), Link(address, (Text(address),)), Text("; et puis?"))
    assert get_text(set_run(run, make_french())) == f"Voir{NBSP}: {address}{THIN}; et puis{THIN}?"
    in_text = address.rstrip("?!")
    assert set_text(f"Voir {in_text}; quoi?", FRENCH["fr-FR"]) == f"Voir {in_text}{THIN}; quoi{THIN}?"


@given(st.text(alphabet=" «»:;!?%ab1.\u00a0\u202f", max_size=20))
@pytest.mark.parametrize("locale", ["fr-FR", "fr-CA", "fr-CH"])
def test_setting_a_text_twice_is_setting_it_once(locale: str, text: str) -> None:
    once = set_text(text, FRENCH[locale])
    assert set_text(once, FRENCH[locale]) == once


@given(INLINES)
def test_a_rewriting_that_changes_nothing_gives_the_run_back(run: tuple[Inline, ...]) -> None:
    texts = "".join(str(node) for node in walk_nodes(run))
    if not any(mark in texts for mark in "\ue000\ue001\ue002"):
        assert rewrite_run(run, lambda text: text, "fr") == run


def test_a_sign_after_a_figure_a_citation_or_a_mark_has_its_space_too() -> None:
    run = (
        FigureUse("gdp", "12,4 %"),
        Text(" ; voir "),
        Cite((CitePart("a", "Goff, s. d."), CitePart("b", "Veen"))),
        Text(" : "),
        Emphasis((Text("donc"),)),
        Text(" ! Et puis"),
        Note("note-x", 1, (Text("Ainsi : oui"),)),
        Text(" ?"),
    )
    settled = set_run(run, make_french())
    assert get_text(settled) == (
        f"12,4{NBSP}%{THIN}; voir (Goff, s.{NBSP}d.{THIN}; Veen){NBSP}: donc{THIN}! Et puis{THIN}?"
    )
    assert [get_text(node.children) for node in settled if isinstance(node, Note)] == [f"Ainsi{NBSP}: oui"]


def test_runs_in_another_language_and_targets_of_links_keep_their_own_signs() -> None:
    run = (Span("en", (Text("Mali: what next?"),)), Link("https://x.example/?a=b", (Text("Quoi ?"),)))
    kept, link = set_run(run, make_french())
    assert kept == run[0]
    assert link == Link("https://x.example/?a=b", (Text(f"Quoi{THIN}?"),))


@pytest.mark.parametrize(
    ("before", "figure", "joined"),
    [
        ("une densité de ", "environ 14,5", "une densité d’environ 14,5"),
        ("une densité de ", "14,5", "une densité de 14,5"),
        ("une densité d’", "14,5", "une densité de 14,5"),
        ("proche de ", "les deux tiers", "proche des deux tiers"),
        ("proche de ", "le double", "proche du double"),
        ("portée à ", "les trois quarts", "portée aux trois quarts"),
        ("plus de ", "onze", "plus de onze"),
        ("parce que ", "au moins 12", "parce qu’au moins 12"),
        ("De ", "environ 3", "D’environ 3"),
    ],
)
def test_the_word_before_a_figure_follows_what_it_says(before: str, figure: str, joined: str) -> None:
    run = join_texts((Text(before), FigureUse("gdp", figure), Text(".")), make_french())
    assert get_text(run) == f"{joined}."
    assert [node.figure for node in run if isinstance(node, FigureUse)] == ["gdp"]


def test_a_figure_that_begins_a_sentence_takes_a_capital_and_no_other_does() -> None:
    run = (
        FigureUse("a", "deux"),
        Text(" ans. "),
        FigureUse("a", "environ dix"),
        Text(" ans, puis "),
        FigureUse("a", "six"),
    )
    assert get_text(join_texts(run, make_french())) == "Deux ans. Environ dix ans, puis six"
    emphasised = (Emphasis((FigureUse("a", "deux"), Text(" ans"))),)
    assert get_text(join_texts(emphasised, make_french())) == "Deux ans"
