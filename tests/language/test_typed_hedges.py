"""Hedges typed beside a figure: each word of a language is told, and the way out that a message names works."""

import re
from collections.abc import Iterator

import pytest

from briefing.document.walking import get_text, list_runs, walk_pieces
from briefing.language.number_formatting import Language
from briefing.language.typed_hedges import SIGNS_AFTER, SIGNS_BEFORE, find_typed_hedge, suggest_forms
from briefing.language.wordings import is_true, read_form
from briefing.sources.snapshot import read_snapshot
from support.editions import (
    Edition,
    change_edition,
    change_raw,
    compose_edition,
    make_edition,
    make_translator,
    read_source,
    translate_edition,
)
from support.house import get_house
from support.measures import make_figure

LANGUAGES = ("en", "fr")
SENTENCE = "of whom {{ women_guards }} are women"
USE = re.compile(r"\{\{ women_guards[^}]*\}\}")


def make_language(tag: str) -> Language:
    return make_edition("tiny").snapshot.language(get_house(tag))


def list_words(side: str) -> Iterator[tuple[str, str]]:
    """List the words of each language that hedge a number on one of its sides."""
    for tag in LANGUAGES:
        language = make_language(tag)
        table, signs = language.grammar["hedges"][side], SIGNS_BEFORE if side == "before" else SIGNS_AFTER
        words = {*signs, *(word for words in table.values() for word in words)}
        if side == "before":
            words |= {row[tag] for row in language.hedges["hedges"].values()}
        yield from ((tag, word) for word in sorted(words))


def find(before: str, after: str = "", tag: str = "en", form: str = "", unit: str = "persons") -> str:
    typed = find_typed_hedge(before, after, make_figure("450", unit), form, make_language(tag))
    return f"{typed.side} {typed.words}" if typed else ""


@pytest.mark.parametrize(("tag", "word"), [*list_words("before")])
def test_every_word_of_a_language_that_hedges_is_found_before_a_figure(tag: str, word: str) -> None:
    said = word.replace("’", "'")
    assert find(f"… {word} ", tag=tag) == f"before {said}"
    assert find(f"… {word.upper()}\n“", tag=tag).casefold() == f"before {said}".casefold()
    assert find(f"… {word}, ", tag=tag) == ""
    assert find(f"x{word} ", tag=tag) == "" or " " in word or not word[0].isalpha()


@pytest.mark.parametrize(("tag", "word"), [*list_words("after")])
def test_every_word_of_a_language_that_hedges_is_found_after_a_figure_and_its_noun(tag: str, word: str) -> None:
    said = word.replace("’", "'")
    assert find("", f" {word} are", tag=tag) == f"after {said}"
    if word not in SIGNS_AFTER:
        assert find("", f" old guards {word}.", tag=tag) == f"after {said}"
        assert find("", f" old guards {word} x", tag=tag) == ""


@pytest.mark.parametrize("words", ["well over", "Far more than", "a little under", "very nearly", "only about"])
def test_how_much_a_hedge_says_is_part_of_it(words: str) -> None:
    assert find(f"There are {words} ") == f"before {words}"


@pytest.mark.parametrize(
    ("before", "after", "unit", "form"),
    [
        ("over ", "", "persons", "period"),  # “over 2013–2018”
        ("over ", " years", "years", ""),
        ("up to ", "", "year", ""),
        ("people aged ", " and over", "years", ""),
        ("spread over ", "", "municipalities", ""),
        ("He presided over ", " bodies", "count", ""),
        ("talks about ", " causes", "count", ""),
        ("handover ", "", "persons", ""),
        ("It is over; ", "", "persons", ""),
        ("", " more than before", "persons", ""),
        ("", " under the poverty line", "%", ""),
        ("", " women and more power", "persons", ""),
    ],
)
def test_a_word_that_says_when_where_or_of_what_is_no_hedge(before: str, after: str, unit: str, form: str) -> None:
    assert find(before, after, unit=unit, form=form) == ""


@pytest.mark.parametrize("word", sorted({word for tag, word in list_words("before") if tag == "en"}))
def test_what_is_suggested_for_a_typed_hedge_is_true_and_keeps_its_capital(word: str) -> None:
    language = make_language("en")
    for figure in [*map(make_figure, ("33000", "1500", "450", "7")), make_figure("12.5", "%")]:
        typed = find_typed_hedge(f"{word.capitalize()} ", "", figure, "", language)
        assert typed is not None
        for form in suggest_forms(typed, figure, language):
            wording = read_form(form, figure, language)
            assert wording is not None and is_true(wording, figure), form
            assert wording.text[0].isupper() == word[0].isalpha(), form


def read_texts(edition: Edition) -> list[str]:
    document = edition.composition.document
    return [get_text(run).replace("\u00a0", " ") for piece in walk_pieces(document.blocks) for run in list_runs(piece)]


def mend(text: str, message: str) -> str:
    """Follow the advice of a message: write the wording in place of the hedge and the figure, or remove the hedge."""
    words, side = re.findall(r"“(.+?)” is typed (before|after)", message)[0]
    hedge = re.escape(words).replace("\\ ", r"\s+")
    both = rf"{hedge}[\s*\[]*(?P<use>{USE.pattern})\**" if side == "before" else rf"(?P<use>{USE.pattern})\s*{hedge}"
    found = re.search(both, text)
    assert found is not None
    written = re.search(r"in place of both, write (\{\{.*?\}\})", message)
    assert written or "remove" in message
    return text.replace(found[0], written[1] if written else found["use"])


@pytest.mark.parametrize(
    "typed",
    [
        "of whom nearly {{ women_guards }} are women",
        "of whom well over {{ women_guards }} are women",
        "of whom *about* {{ women_guards }} are women",
        "of whom some **{{ women_guards }}** are women",
        "of whom at\nleast {{ women_guards }} are women",
        "of whom ~{{ women_guards }} are women",
        "of whom {{ women_guards }} or more are women",
        "of whom roughly {{ women_guards | over 400 }} are women",
        "there. Almost {{ women_guards }} are women",
        "there. More than {{ women_guards }} are women",
    ],
)
def test_a_typed_hedge_is_told_at_its_figure_and_following_the_advice_mends_it(typed: str) -> None:
    text = read_source("tiny", "text/01-guards.md").replace(SENTENCE, typed)
    (problem,) = change_edition("tiny", {"text/01-guards.md": text}).problems
    assert (problem.file, problem.kind, problem.severity) == ("sources/tiny/text/01-guards.md", "wording", "error")
    assert text.split("\n")[problem.line - 1][problem.column - 1 :].startswith("{{ women_guards")
    mended = mend(text, problem.message)
    assert change_edition("tiny", {"text/01-guards.md": mended}).problems == ()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("text/01-guards.md", "# Their number {#", "# Their number, nearly {{ women_guards }} {#"),
        ("text/01-guards.md", "Rule 7 forbids", "Rule 7 for nearly {{ women_guards }} forbids"),
        ("text/02-help.md", "a count of the {{", "a count of nearly {{"),
        ("charts.yaml", "Guards, and the women", "Guards, and nearly {{ women_guards }} women"),
        ("charts.yaml", 'source: "the watch', 'source: "nearly {{ women_guards }} in the watch'),
        ("charts.yaml", "of whom {{ women", "of whom nearly {{ women"),
        ("charts.yaml", "label: Women}", 'label: "Women, nearly {{ women_guards }}"}'),
        ("charts.yaml", "label: Women}", 'label: Women, value: "nearly {{ women_guards }}"}'),
        ("figures.yaml", 'value: "{{ population }}"', 'value: "{{ population }} (nearly {{ women_guards }})"'),
        (
            "figures.yaml",
            "- id: population\n    label: Pop",
            "- id: population\n    label: Nearly {{ women_guards }} Pop",
        ),
    ],
)
def test_a_hedge_typed_in_any_text_of_a_note_is_told_in_its_file(file: str, old: str, new: str) -> None:
    text = read_source("tiny", file)
    assert text.count(old) == 1
    edition = compose_edition(read_snapshot("tiny", change_raw("tiny", {file: text.replace(old, new)})))
    told = {(problem.file, problem.kind) for problem in edition.problems if "early” is typed before" in problem.message}
    assert told == {(f"sources/tiny/{file}", "wording")}


def test_a_hedge_may_begin_a_sentence() -> None:
    text = read_source("tiny", "text/01-guards.md")
    begun = text.replace("Ruritania had", "{{ guards | over 2900 | capital }} people serve. Ruritania had")
    edition = change_edition("tiny", {"text/01-guards.md": begun})
    assert edition.problems == () and "Over 2,900 people" in " ".join(read_texts(edition))


@pytest.mark.parametrize(
    ("use", "advice"),
    [
        ("{{ guards | Over 2900 }}", "write over 2900 | capital"),
        ("{{ women_guards | words | capital }}", "write capital"),
    ],
)
def test_a_capital_in_another_place_is_told_with_the_form_that_works(use: str, advice: str) -> None:
    text = read_source("tiny", "text/01-guards.md")
    begun = text.replace("Ruritania had", f"{use} people serve. Ruritania had")
    (problem,) = change_edition("tiny", {"text/01-guards.md": begun}).problems
    assert problem.message.endswith(advice)
    name = use.split()[1]
    mended = begun.replace(use, f"{{{{ {name} | {advice.removeprefix('write ')} }}}}")
    assert change_edition("tiny", {"text/01-guards.md": mended}).problems == ()


def test_a_translation_gives_the_capital_to_what_begins_its_own_sentence() -> None:
    source = read_source("tiny", "text/02-help.md").replace(
        "- money.", "- money. {{ guards | over 2900 | capital }} want it."
    )
    snapshot = change_edition("tiny", {"text/02-help.md": source}).snapshot
    catalogue = read_source("tiny", "translations/fr.po").replace(
        'msgid "money."\nmsgstr "', 'msgid "money. {guards} want it."\nmsgstr "La veulent {guards} gardes ; '
    )
    edition = compose_edition(snapshot, translator=make_translator(snapshot, catalogue))
    assert edition.problems == () and "veulent plus de 2" in " ".join(read_texts(edition))


def test_a_hedge_typed_in_a_translation_is_told_on_either_side() -> None:
    catalogue = read_source("tiny", "translations/fr.po")
    for new, said in (
        ("compte bien plus de {guards} membres", "“bien plus de” is typed before {guards}"),
        ("compte {guards} membres au moins", "“au moins” is typed after {guards}"),
    ):
        edition, _ = translate_edition("tiny", catalogue.replace("compte {guards} membres", new))
        assert any(said in problem.message for problem in edition.problems), new
