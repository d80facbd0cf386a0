"""A citation says which part of a work it means, with the words of its language."""

import pytest

from briefing.sources.citations import CitationPrinter
from briefing.sources.locators import WORDS, check_locator, read_locator
from briefing.sources.prose_syntax import CitedWork
from support.bibliographies import list_languages

WORK = {"id": "a", "type": "report", "title": "A", "author": [{"literal": "B"}]}


def print_part(locator: str, tag: str) -> str:
    printer = CitationPrinter({"a": WORK}, list_languages()[tag])
    [part] = printer.cite([CitedWork("a", locator)]).parts
    return part.text.removeprefix("B, ").removeprefix("no date, ").removeprefix("s. d., ")


@pytest.mark.parametrize(
    ("locator", "english", "french"),
    [
        ("p. 4", "p. 4", "p. 4"),
        ("4", "p. 4", "p. 4"),
        ("4-6", "pp. 4–6", "p. 4–6"),
        ("pp. 4, 7-9", "pp. 4, 7–9", "p. 4, 7–9"),
        ("pp. 4 and 6", "pp. 4 and 6", "p. 4 et 6"),
        ("pp. xii-xv", "pp. xii–xv", "p. xii–xv"),
        ("para. 12", "para. 12", "par. 12"),
        ("paras. 12-14", "paras 12–14", "par. 12–14"),
        ("para 12--14", "paras 12–14", "par. 12–14"),
        ("ch. 3", "ch. 3", "chap. 3"),
        ("chap. III", "ch. III", "chap. III"),
        ("Chapter 3", "ch. 3", "chap. 3"),
        ("art. 5", "art. 5", "art. 5"),
        ("arts 5, 6", "arts 5, 6", "art. 5, 6"),
        ("§ 5", "§ 5", "§ 5"),
        ("§§5-6", "§§ 5–6", "§ 5–6"),
        ("sec. 3.2(b)", "§ 3.2(b)", "§ 3.2(b)"),
        ("annex B", "annex B", "annexe B"),
        ("Annex A-1", "annex A-1", "annexe A-1"),
        ("annexes II and III", "annexes II and III", "annexes II et III"),
        ("app. 2", "app. 2", "app. 2"),
        ("table 3", "table 3", "tableau 3"),
        ("box 2", "box 2", "encadré 2"),
        ("vol. 2, p. 4", "vol. 2, p. 4", "vol. 2, p. 4"),
        ("no. 3", "no. 3", "n° 3"),
        ("n. 7", "n. 7", "n. 7"),
    ],
)
def test_a_part_is_named_in_the_language(locator: str, english: str, french: str) -> None:
    assert (print_part(locator, "en"), print_part(locator, "fr")) == (english, french)
    assert check_locator(locator) == ""


@pytest.mark.parametrize("word", sorted({word for words in WORDS.values() for word in words.split() if word != "|"}))
def test_every_word_for_a_part_names_it_in_both_languages(word: str) -> None:
    assert read_locator(f"{word}. 7") or read_locator(f"{word} 7")
    for tag in ("en", "fr"):
        printed = print_part(f"{word} 7", tag)
        assert printed.endswith(" 7") and printed.removesuffix(" 7").strip() and "p. " + word not in printed


@pytest.mark.parametrize("locator", ["slide 4", "p. para. 12", "passim", "p.", "see above", "para"])
def test_a_word_that_names_no_part_is_told_with_those_that_do(locator: str) -> None:
    assert locator in check_locator(locator) and "para." in check_locator(locator)
