"""Paragraphs that were split, joined, deleted, moved or put in: prose follows, with its facts, and else it is said."""

import pytest

from support.editions import read_raw
from support.returned import bring_back, export_again, list_kinds, read_texts, send_out, write_out
from support.reviewing import WordFile

GUARDS, HELP = "tiny/text/01-guards.md", "tiny/text/02-help.md"


def edit(author: str) -> WordFile:
    return WordFile(send_out("tiny"), author)


@pytest.fixture(params=["", "Ada"], ids=["untracked", "tracked"])
def file(request: pytest.FixtureRequest) -> WordFile:
    return edit(request.param)


def test_a_paragraph_that_was_split_is_split_in_prose(file: WordFile) -> None:
    file.split(file.find("guards_1"), "On average")
    found = bring_back(file.save())
    (item,) = found.proposal["items"]
    assert item["kind"] == "structure" and item["says"].startswith("this paragraph was split")
    assert "[@census2018].\n\nOn average {{" in found.changed[GUARDS].decode()
    assert item["author"] == file.author


def test_a_paragraph_that_was_split_and_changed_there_is_both(file: WordFile) -> None:
    file.split(file.find("guards_1"), "On average")
    first = file.find("guards_1")
    second = first.getnext()
    file.replace(first, "). ", ")! ")
    file.replace(second, "On average", "- It is said that")
    reviewed = file.save()
    found = bring_back(reviewed)
    (item,) = found.proposal["items"]
    assert (item["kind"], item["outcome"], item["author"]) == ("structure", "patch", file.author)
    assert "[@census2018]!\n\n\\- It is said that {{ population_density" in found.changed[GUARDS].decode()
    assert found.proposal["inserted"] == found.proposal["told"] == 4


@pytest.mark.parametrize(("style", "outcome"), [("BodyText", "patch"), ("Heading2", "hand")])
def test_a_paragraph_put_in_where_one_was_split_leaves_the_numbers_of_both_bound(
    file: WordFile, style: str, outcome: str
) -> None:
    first = file.find("guards_1")
    file.split(first, "On average")
    file.add(first, "A new thought of 2012.", style)
    found = bring_back(file.save())
    (item,) = found.proposal["items"]
    assert (item["kind"], item["outcome"]) == ("structure", outcome) and "bind the numbers" in item["says"]
    text = found.changed.get(GUARDS, b"").decode()
    assert not text or "[@census2018].\n\nA new thought of 2012.\n\nOn average {{ population_density" in text


def test_what_a_mark_would_span_is_given_to_be_pasted() -> None:
    raw = {**read_raw("tiny"), HELP: b"# Help {#help}\n\nThe *whole* of *it is lost. It* goes.\n"}
    file = WordFile(write_out(raw))
    file.split(file.find("help_1"), "It goes")
    (item,) = bring_back(file.save(), base=raw).proposal["items"]
    assert (item["outcome"], item["ready"]) == ("hand", "The *whole* of *it is lost.\n\nIt* goes.")
    assert item["place"] == "sources/tiny/text/02-help.md:3"
    file = WordFile(write_out(raw))
    file.split(file.find("help_1"), "whole")
    assert b"The\n\n*whole* of" in bring_back(file.save(), base=raw).changed[HELP]


def test_paragraphs_that_were_joined_are_one_with_the_facts_of_both() -> None:
    first, second = "The United Nations (UN) helps SSR.", "It is *slow*."
    text = f"# Help {{#help}}\n\n<!-- F001 -->\n{first}\n\n<!-- F002 F003 -->\n{second}\n"
    raw = {**read_raw("tiny"), HELP: text.encode()}
    for author in ("", "Ada"):
        file = WordFile(write_out(raw), author)
        file.merge(file.find("help_1"))
        found = bring_back(file.save(), base=raw)
        (item,) = found.proposal["items"]
        assert item["says"].startswith("two paragraphs were joined") and item["author"] == author
        assert b"<!-- F001 F002 F003 -->\nThe United Nations (UN) helps SSR. It is *slow*.\n" in found.changed[HELP]
        paragraph = file.find("help_1")
        file.replace(paragraph, "SSR. ", "peace: ")
        assert b"(UN) helps peace: It is *slow*.\n" in bring_back(file.save(), base=raw).changed[HELP]


def test_a_paragraph_that_was_deleted_goes_with_its_facts_and_footnotes(file: WordFile) -> None:
    file.remove(file.find("guards_1"))
    found = bring_back(file.save())
    deleted = [item for item in found.proposal["items"] if item["says"].startswith("this paragraph was deleted")]
    assert [item["outcome"] for item in deleted] == ["patch"] and "population is no longer used" in deleted[0]["says"]
    assert deleted[0]["author"] == file.author
    text = found.changed[GUARDS].decode()
    assert text.startswith("# The guards {#guards}\n\n## Their number {#number}\n\n<!-- F003 -->\n")
    assert "[^reform]" not in text


def test_items_of_a_list_come_go_and_move(file: WordFile) -> None:
    file.add(file.find("help_2_3"), "more money.", "ListBullet")
    assert bring_back(file.save()).changed[HELP].endswith(b"- money.\n- more money.\n")
    file = edit(file.author)
    file.remove(file.find("help_2_1"))
    assert b":\n\n- a count of the {{ women_guards }} women;\n- money.\n" in bring_back(file.save()).changed[HELP]
    file = edit(file.author)
    file.move(file.find("help_2_1"), file.find("help_2_3"))
    found = bring_back(file.save())
    assert found.changed[HELP].endswith(b"- money.\n- training, as SSR asks for;\n")
    assert found.proposal["items"][0]["says"].startswith("this paragraph was moved after sources/")


def test_of_two_that_changed_places_the_one_is_moved_that_is_tracked_or_is_no_heading(file: WordFile) -> None:
    file.move(file.find("guards_1"), file.find("number"))
    found = bring_back(file.save())
    (item,) = found.proposal["items"]
    assert (item["place"], item["author"]) == ("sources/tiny/text/01-guards.md:4", file.author)
    assert b"## Their number {#number}\n\n<!-- F001 F002 -->\nRuritania" in found.changed[GUARDS]
    file = edit("Ada")
    file.move(file.find("help_2_2"), file.find("help_2_3"))
    (item,) = bring_back(file.save()).proposal["items"]
    assert (item["place"], item["author"]) == ("sources/tiny/text/02-help.md:6", "Ada")


def test_a_new_paragraph_stands_where_it_was_put(file: WordFile) -> None:
    file.add(file.find("guards_1"), "- # A *new* {{ paragraph }}.")
    reviewed = file.save()
    found = bring_back(reviewed)
    assert list_kinds(found) == ["structure"] and found.proposal["inserted"] == 3 == found.proposal["told"]
    assert read_texts(export_again(found, read_raw("tiny"))) == read_texts(reviewed)


def test_a_new_paragraph_after_a_chart_stands_after_its_line() -> None:
    file = edit("Ada")
    file.add(file.find("chart_guards_source"), "It is a small guard.")
    assert bring_back(file.save()).changed[GUARDS].endswith(b"![](chart:guards)\n\nIt is a small guard.\n")


def test_headings_and_what_the_house_prints_are_left_to_people(file: WordFile) -> None:
    file.remove(file.find("number"))
    file.add(file.find("help"), "A new section", "Heading2")
    found = bring_back(file.save())
    assert [(item["kind"], item["outcome"]) for item in found.proposal["items"]] == [("structure", "hand")] * 2
    assert not found.changed and found.proposal["items"][1]["ready"] == "## A new section {#a-new-section}"
    assert "## A new section {#a-new-section}" in found.files["proposal.md"]


def test_a_footnote_is_edited_in_its_definition() -> None:
    file = edit("Ada")
    part = "word/footnotes.xml"
    file.replace(file.find("note_reform", part), "forbids it", "does not allow it")
    found = bring_back(file.save())
    assert "[^reform]: Rule 7 does not allow it, in a text kept in *Strelsau*." in found.changed[GUARDS].decode()
    assert list_kinds(found) == ["text"]


def test_comments_stand_at_their_words_with_the_number_that_they_are_on() -> None:
    file = edit("Ada")
    file.comment(file.find("number_1"), "450", "Is this so?")
    file.comment(file.find("help_1"), "offers", "Since when?", author="Bob")
    items = bring_back(file.save()).proposal["items"]
    assert [(item["author"], item["old"], item["new"], item["figure"]) for item in items] == [
        ("Ada", "450", "Is this so?", "women_guards"),
        ("Bob", "offers", "Since when?", ""),
    ]
    assert [(items[0][side].startswith("…"), items[0][side].endswith("…")) for side in ("before", "after")] == [
        (False, False), (False, True),
    ]  # fmt: skip
    assert (
        items[0]["after"].endswith("\N{NO-BREAK SPACE}people for …")
        and items[0]["place"] == "sources/tiny/text/01-guards.md:11"
        and {item["kind"] for item in items} == {"comment"}
    )


def test_a_paragraph_that_was_put_in_before_is_not_put_in_twice() -> None:
    bridge, guard = (
        "The bridge fell into the river. Nobody has mended it.",
        "The guard keeps watch. It says little of it.",
    )
    raw = {**read_raw("tiny"), HELP: f"# Help {{#help}}\n\n{bridge}\n\n{guard}\n\nRain.\n".encode()}
    file = WordFile(write_out(raw))
    file.split(file.find("help_1"), "Nobody")
    file.split(file.find("help_2"), "It says")
    file.move(file.find("help_2"), file.find("help_3"))
    found = bring_back(file.save(), base=raw)
    assert found.changed[HELP].count(b"It says") == 1
    again = bring_back(file.save(), base=raw, now={**raw, **found.changed})
    assert again.changed.get(HELP, found.changed[HELP]).count(b"It says") == 1
