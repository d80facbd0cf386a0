"""A hedge is true of its own number alone: what hedges a number that is typed over goes with the challenge."""

import pytest

from support.editions import read_raw
from support.returned import bring_back, send_out, write_out
from support.reviewing import WordFile

GUARDS, PO = "tiny/text/01-guards.md", "tiny/translations/fr.po"


@pytest.mark.parametrize("author", ["", "Ada"])
def test_a_hedge_that_changes_with_its_number_is_a_part_of_the_challenge(author: str) -> None:
    file = WordFile(send_out("tiny"), author)
    file.replace(file.find("guards_1"), "had about 1.2", "counted nearly 2.5")
    file.replace(file.find("number_1"), "whom 450 are", "which some 460 or more were")
    file.replace(file.find("help_2_2"), "450\N{NO-BREAK SPACE}women", "460 women or thereabouts")
    found = bring_back(file.save())
    assert [(item["kind"], item["outcome"], item["old"], item["new"]) for item in found.proposal["items"]] == [
        ("text", "patch", "had", "counted"),
        ("data", "kept", "about 1.2 million", "nearly 2.5 million"),
        ("text", "patch", "whom", "which"),
        ("data", "kept", "450", "some 460 or more"),
        ("text", "patch", "are", "were"),
        ("data", "kept", "450", "460"),
        ("text", "hand", "", "or thereabouts"),
    ]
    assert set(found.changed) == {GUARDS} and found.proposal["inserted"] == found.proposal["told"] == 14
    text = found.changed[GUARDS].decode()
    assert "Ruritania counted {{ population | about }} inhabitants" in text
    assert "of which {{ women_guards }} were women" in text


def test_a_hedge_that_changes_alone_is_said_to_stand_in_the_braces() -> None:
    file = WordFile(send_out("tiny"))
    file.replace(file.find("guards_1"), "about 1.2", "nearly 1.2", inside=True)
    file.replace(file.find("number_1"), "over 2,900", "more than 2,900 or so", inside=True)
    file.replace(file.find("number_1"), "at most 400", "at most 500", inside=True)
    items = bring_back(file.save()).proposal["items"]
    assert ["braces" in item["says"] for item in items] == [True, True, False]
    assert {item["kind"] for item in items} == {"data"}


def test_a_hedge_that_is_put_beside_a_number_is_left_to_a_person() -> None:
    file = WordFile(send_out("tiny"))
    file.replace(file.find("number_1"), "whom 450", "whom nearly 450")
    file.replace(file.find("help_2_2"), "450", "450 or so")
    found = bring_back(file.save())
    assert [(item["kind"], item["new"], item["outcome"]) for item in found.proposal["items"]] == [
        ("text", "nearly", "hand"),
        ("text", "or so", "hand"),
    ]
    assert all("braces of its figure, women_guards" in item["says"] for item in found.proposal["items"])


def test_a_hedge_that_is_typed_beside_a_number_stays_with_it() -> None:
    raw = read_raw("tiny")
    base = {
        **raw,
        GUARDS: raw[GUARDS].replace(b"whom {{ women_guards }} are", b"whom some {{ women_guards }} or so are"),
    }
    sent = write_out(base)
    for new, kept in {"whom 460 were": b"whom some {{ women_guards }} or so were",
                      "whom exactly 450 are": b"whom exactly {{ women_guards }} are"}.items():  # fmt: skip
        file = WordFile(sent)
        file.replace(file.find("number_1"), "whom some 450 or so are", new)
        assert kept in bring_back(file.save(), base=base).changed[GUARDS]


def test_french_hedges_are_known_by_their_own_words() -> None:
    file = WordFile(send_out("tiny", "fr"), "Zoé")
    file.replace(file.find("number_1"), "dont 450\N{NO-BREAK SPACE}femmes", "soit un peu plus de 460 femmes")
    file.replace(file.find("guards_1"), "comptait environ 1,2", "avait près de 2,5")
    found = bring_back(file.save(), language="fr")
    assert [(item["kind"], item["new"]) for item in found.proposal["items"]] == [
        ("text", "avait"), ("data", "près de 2,5 million"), ("text", "soit"), ("data", "un peu plus de 460"),
    ]  # fmt: skip
    text = found.changed[PO].decode()
    assert "avait {population}" in text and "soit {women_guards}" in text
