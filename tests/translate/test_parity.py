"""Parity of languages: what one says and the other does not is told, block by block."""

import dataclasses
import re
from typing import Any

import pytest

from briefing.document.nodes import Cite, Document, FigureUse, Note, Paragraph, Text
from briefing.document.walking import map_nodes, walk_nodes
from briefing.problems import Place
from briefing.translate.messages import write_message
from briefing.translate.parity import compare_documents, compare_numbers, read_roman
from support.editions import FOLDERS, make_edition, read_source, translate_edition
from support.house import get_house

CENTURIES = re.compile(get_house("fr").grammar["centuries"])


def compare(change: Any = None, note: str = "tiny") -> list[str]:
    source = make_edition(note)
    french, _ = translate_edition(note, read_source(note, "translations/fr.po"))
    document = french.composition.document
    if change:
        document = change(document)
    sources = source.snapshot.sources
    acronyms = (sources.acronyms("en"), sources.acronyms("fr"))
    problems = compare_documents(
        source.composition.document, document, acronyms, source.snapshot.unit_table, french.composition.places
    )
    return [str(problem) for problem in problems]


def drop(kind: type[Any]) -> Any:
    """Drop the first inline of a kind from a document."""

    def change(document: Document) -> Document:
        prose = tuple(block for block in document.blocks if isinstance(block, Paragraph))
        target = next(node for node in walk_nodes(prose) if isinstance(node, kind))

        def replace(node: Any) -> Any:
            children = getattr(node, "children", ())
            if any(child is target for child in children):
                return dataclasses.replace(node, children=tuple(child for child in children if child is not target))
            return node

        blocks = []
        for block in document.blocks:
            inside = any(node is target for node in walk_nodes(block))
            blocks.append(replace(block) if inside else block)
        return dataclasses.replace(document, blocks=tuple(blocks))

    return change


@pytest.mark.parametrize("note", FOLDERS)
def test_the_french_edition_has_what_the_english_one_has(note: str) -> None:
    assert compare(note=note) == []


@pytest.mark.parametrize(("kind", "what"), [(Cite, "citations"), (Note, "notes"), (FigureUse, "figures")])
def test_what_is_lost_is_told_at_the_place_of_the_block(kind: type[Any], what: str) -> None:
    problems = compare(drop(kind))
    assert problems and all(problem.startswith("sources/tiny/translations/fr.po:") for problem in problems)
    assert any(f"the {what} of" in problem for problem in problems)


def test_a_key_sentence_is_told_where_languages_have_not_as_many_sentences() -> None:
    def choose(document: Document) -> Document:
        first = next(block for block in document.blocks if isinstance(block, Paragraph))
        chosen = dataclasses.replace(first, key_sentence=1)
        return dataclasses.replace(document, blocks=tuple(chosen if b is first else b for b in document.blocks))

    (problem,) = compare(choose)
    assert "the sentences of" in problem and "the translation has sentence 1" in problem


def test_a_lost_block_and_another_order_are_told() -> None:
    lost = compare(lambda document: dataclasses.replace(document, blocks=document.blocks[:-1]))
    assert len(lost) == 1 and "in the source only" in lost[0]
    moved = compare(lambda document: dataclasses.replace(document, blocks=document.blocks[::-1]))
    assert len(moved) == 1 and "another order" in moved[0]


def test_an_acronym_that_is_not_used_is_told() -> None:
    def change(document: Document) -> Document:
        return map_nodes_of(document, lambda node: Text("la réforme") if getattr(node, "text", "") == "RSS" else node)

    assert any("the acronyms of" in problem and "SSR" in problem for problem in compare(change))


def map_nodes_of(document: Document, change: Any) -> Document:
    changed: Document = map_nodes(document, change)
    return changed


def test_a_heading_of_another_number_is_told() -> None:
    def change(document: Document) -> Document:
        return map_nodes_of(
            document,
            lambda node: dataclasses.replace(node, number="7") if getattr(node, "id", "") == "help" else node,
        )

    assert any("the headings of" in problem for problem in compare(change))


@pytest.mark.parametrize(
    ("english", "french", "same"),
    [
        ("on 1 July 2013", "le 1er juillet 2013", True),
        ("on 1 July 2013", "le 1er juillet 2012", False),
        ("on 1 July 2013", "en juillet 2013", False),
        ("from the 12th to the 16th century", "du XIIe au XVIe siècle", True),
        ("from the 12th to the 16th century", "du XIIe au XVe siècle", False),
        ("resolution 2164", "la résolution 2164 (2014)", False),
    ],
)
def test_typed_numbers_are_those_of_the_source(english: str, french: str, same: bool) -> None:
    found = compare_numbers((Text(english),), (Text(french),), Place("fr.po", 1), centuries=CENTURIES)
    assert (list(found) == []) is same


@pytest.mark.parametrize(("french", "same"), [("Groupe des cinq (G5)", True), ("Groupe des six (G6)", False)])
def test_a_name_may_hold_a_digit_in_one_language_alone(french: str, same: bool) -> None:
    names = [re.compile(re.escape(name)) for name in ("Group of 5", "G5")]
    found = compare_numbers((Text("Group of 5 (G5)"),), (Text(french),), Place("fr.po", 1), names)
    assert (list(found) == []) is same


def test_the_numbers_of_a_footnote_belong_to_its_own_message() -> None:
    source = (Text("So"), Note("note-a", 1, (Text("of 1990"),)))
    assert write_message(source) == "So[^a]"
    assert list(compare_numbers(source, (Text("Ainsi"), Note("note-a", 1, ())), Place("p", 1))) == []


@pytest.mark.parametrize(("numeral", "number"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XVI", 16), ("XXI", 21)])
def test_roman_numerals_are_read(numeral: str, number: int) -> None:
    assert read_roman(numeral) == number
