"""The translator of a note: what it says, and how it tells what a translation loses, adds or lacks."""

import re
from collections.abc import Callable

import polib
import pytest

from briefing.document.nodes import Chart, CitePart, FigureUse, Note, Span, Text
from briefing.document.walking import get_text, walk_nodes
from briefing.problems import Problem, SourceError
from briefing.translate.glossary import check_terms, read_glossary
from briefing.translate.parity import compare_documents
from support.editions import (
    FOLDERS,
    Edition,
    change_edition,
    compose_edition,
    make_edition,
    make_translator,
    read_source,
    set_value,
    translate_edition,
)

CATALOGUE = "translations/fr.po"


def find_line(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def join_entry(text: str, line: int) -> str:
    """Give the translation of the entry on one of whose lines a problem stands, as one text."""
    lines = text.split("\n")
    start = max(number for number in range(line) if lines[number].startswith("msgstr"))
    end = next(number for number in range(start, len(lines)) if not lines[number])
    return "".join(part.removeprefix("msgstr ").strip('"') for part in lines[start:end])


def translate_with(old: str, new: str, release: bool = True) -> tuple[str, list[Problem]]:
    """Translate the tiny note with its catalogue changed; what is to be replaced must stand there once."""
    text = read_source("tiny", CATALOGUE)
    assert text.count(old) == 1, old
    changed = text.replace(old, new)
    edition, _ = translate_edition("tiny", changed, release)
    return changed, list(edition.problems)


def test_a_good_catalogue_has_no_problem_and_translates_every_message() -> None:
    edition, translator = translate_edition("tiny", read_source("tiny", CATALOGUE))
    assert edition.problems == ()
    assert set(translator.states.values()) == {"done"}
    assert edition.composition.document.metadata.language == "fr-FR"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{guards} membres", "2 900 membres", "{guards} is lost"),
        ("{guards} membres", "{guards} membres, {guards}", "{guards} stands 2 times"),
        ("compte {guards} membres", "compte {guard} membres", 'no "{guard}" in the source text'),
        ("femmes [@watch]", "femmes", "@watch is lost"),
        ("femmes [@watch]", "femmes [@wach]", 'no work "wach"'),
        ("femmes [@watch]", "femmes [@watch; @census2018]", "@census2018 is not in the source text"),
        ('[^reform]."', '."', "[^reform] is lost"),
        ('[^reform]."', '[^reform][^reform]."', "referred to twice"),
        ("compte {guards} membres", "compte plus de {guards} membres", "“plus de” is typed before {guards}"),
        ("La garde compte", "<b>La</b> garde compte", "raw HTML"),
        ("La garde compte", "La [garde](javascript:alert) compte", "not allowed"),
    ],
)
def test_a_slip_of_the_translator_is_told_at_its_line(old: str, new: str, said: str) -> None:
    text, problems = translate_with(old, new)
    found = [problem for problem in problems if said in problem.message]
    assert found, problems
    for problem in found:
        assert problem.file == "sources/tiny/translations/fr.po"
        assert new.strip('"') in join_entry(text, problem.line), problem


def list_all_problems(catalogue: str) -> list[str]:
    """Give all that is told of a French edition of the tiny note: by the text, the glossary, and beside its source."""
    snapshot = make_edition("tiny").snapshot
    edition, translator = translate_edition("tiny", catalogue)
    documents = (make_edition("tiny").composition.document, edition.composition.document)
    terms = read_glossary(snapshot.glossary, "en", "fr")
    flagged = [found for _, found in check_terms(translator.pairs, terms, "g.csv", translator.acronyms[1].values())]
    composition = edition.composition
    compared = compare_documents(
        *documents, translator.acronyms, snapshot.unit_table, composition.places, composition.left
    )
    return [str(problem) for problem in {*edition.problems, *flagged, *compared}]


TITLES = {(way, section) for way in ("a number more", "an acronym more") for section in ("note", "references")}
"""What is printed beside the text only, where numbers and acronyms are not asked for."""
SPELLED_OUT = r"[\w’ ]+ \(([A-Z]+)\)"
WAYS: dict[str, Callable[[str], str]] = {
    "no translation": lambda text: "",
    "raw HTML": lambda text: f"{text} <b>",
    "a figure lost": lambda text: re.sub(r"\{\w+\}", "x", text, count=1),
    "a work lost": lambda text: re.sub(r" ?\[@\w+\]", "", text, count=1),
    "a footnote lost": lambda text: re.sub(r"\[\^\w+\]", "", text, count=1),
    "a number more": lambda text: f"{text} 77",
    "a year of a slipped digit": lambda text: text.replace("2018", "2081"),
    "an acronym lost": lambda text: re.sub(r" \(([A-Z]+)\)", "", text),
    "an acronym more": lambda text: text if "ONU" in text else f"{text} ONU (Organisation des Nations unies).",
    "an acronym not spelled out": lambda text: re.sub(SPELLED_OUT, r"\1", text),
    "a line end more": lambda text: f"{text}\n",
}


@pytest.mark.parametrize("way", WAYS)
def test_one_bad_sentence_gives_one_problem_whatever_rests_on_it(way: str) -> None:
    """An acronym that it spells out, a figure that it prints, a number that it types, a term, the lists made of it."""
    text, tried = read_source("tiny", CATALOGUE), 0
    for number in range(len(polib.pofile(text))):
        catalogue = polib.pofile(text)
        entry = catalogue[number]
        if (spoilt := WAYS[way](entry.msgstr)) != entry.msgstr and (way, entry.msgctxt) not in TITLES:
            entry.msgstr = spoilt
            tried += 1
            try:
                told = list_all_problems(f"{catalogue}\n")
            except SourceError as error:
                told = [str(problem) for problem in error.problems]
            assert len(told) == 1, (entry.msgid, told)
    assert tried


@pytest.mark.parametrize(
    ("message", "told"),
    [("money.", False), ("Guards", False), ("The entries below are the works that the note cites.", True)],
)
def test_a_translation_that_is_its_source_is_doubted_unless_a_name_could_be(message: str, told: bool) -> None:
    text = read_source("tiny", CATALOGUE)
    catalogue = polib.pofile(text)
    for entry in catalogue:
        if entry.msgid == message:
            entry.msgstr = message
    edition, _ = translate_edition("tiny", f"{catalogue}\n")
    doubts = [problem for problem in edition.problems if "is the English one" in problem.message]
    assert bool(doubts) == told and all(problem.severity == "warning" for problem in doubts)


def test_a_lost_placeholder_is_one_error() -> None:
    _, problems = translate_with("compte {guards} membres", "compte des membres")
    assert [problem.kind for problem in problems] == ["translation"]


def test_a_fuzzy_message_stops_a_release_and_is_marked_in_a_draft() -> None:
    old = 'msgctxt "help"\nmsgid "money."'
    text, problems = translate_with(old, f"#, fuzzy\n{old}")
    assert [(problem.severity, "is fuzzy" in problem.message) for problem in problems] == [("error", True)]
    assert problems[0].line == find_line(text, "de l’argent.")
    edition, translator = translate_edition("tiny", text, release=False)
    assert [problem.severity for problem in edition.problems] == ["warning"]
    assert list(translator.states.values()).count("fuzzy") == 1
    (item,) = [node for node in walk_nodes(edition.composition.document) if getattr(node, "id", "") == "help-2-3"]
    assert item.children == (Text("[non traduit] "), Span("en", (Text("money."),)))


def test_a_message_without_a_translation_is_told_where_it_stands_in_the_catalogue() -> None:
    text, problems = translate_with('msgstr "de l’argent."', 'msgstr ""')
    (problem,) = problems
    assert "has no translation" in problem.message and text.split("\n")[problem.line - 1] == 'msgstr ""'


def test_a_message_that_the_catalogue_does_not_have_is_told_where_it_stands_in_the_prose() -> None:
    text = read_source("tiny", CATALOGUE)
    prose = read_source("tiny", "text/02-help.md").replace("money", "gold")
    snapshot = change_edition("tiny", {"text/02-help.md": prose}).snapshot
    problems = compose_edition(snapshot, translator=make_translator(snapshot, text)).problems
    assert [f"{problem.file}:{problem.line}" for problem in problems] == ["sources/tiny/text/02-help.md:7"]
    assert "make translate" in problems[0].message


def test_a_changed_observation_is_in_the_translation_without_a_change_of_the_catalogue() -> None:
    snapshot = change_edition("tiny", {"observations.csv": set_value("tiny", "women_guards", "2018", "1230")}).snapshot
    edition = compose_edition(snapshot, translator=make_translator(snapshot, read_source("tiny", CATALOGUE)))
    uses = [
        n.text
        for n in walk_nodes(edition.composition.document)
        if isinstance(n, FigureUse) and n.figure == "women_guards"
    ]
    assert set(uses) == {"1\u202f230"} and len(uses) > 3


def test_footnotes_are_numbered_in_the_order_of_their_marks() -> None:
    for note in FOLDERS:
        edition, _ = translate_edition(note, read_source(note, CATALOGUE))
        numbers = [node.number for node in walk_nodes(edition.composition.document.blocks) if isinstance(node, Note)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_the_texts_in_a_picture_are_translated() -> None:
    edition, _ = translate_edition("tiny", read_source("tiny", CATALOGUE))
    (chart,) = [block for block in edition.composition.document.blocks if isinstance(block, Chart)]
    assert {label.source: get_text(label.children) for label in chart.labels} == {
        "Guards": "Gardes",
        "Women": "Femmes",
        "{{ guards | over 2900 }}": "plus de 2\u202f900",
    }


def list_cited(edition: Edition) -> list[CitePart]:
    return [node for node in walk_nodes(edition.composition.document) if isinstance(node, CitePart)]


def test_both_languages_tell_works_of_one_year_apart_in_the_same_way() -> None:
    french, _ = translate_edition("mali", read_source("mali", CATALOGUE))
    suffixes = [
        {part.key: found[1] for part in list_cited(edition) if (found := re.search(r"\d{4}([a-z])", part.text))}
        for edition in (make_edition("mali"), french)
    ]
    assert suffixes[0] == suffixes[1]


def test_a_label_that_is_not_translated_is_told_though_no_block_holds_it() -> None:
    text = re.sub(r'(msgid "Women in the guard"\n)msgstr ".*"', r'\1msgstr ""', read_source("tiny", CATALOGUE), count=1)
    assert text != read_source("tiny", CATALOGUE)
    edition, _ = translate_edition("tiny", text)
    assert [problem.kind for problem in edition.problems] == ["translation"]
    assert "Women in the guard" in edition.problems[0].message
