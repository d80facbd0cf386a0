"""No number of a note changes by a file that comes back: what is typed over one is a challenge."""

import re
from collections import Counter

import pytest

from support.editions import read_raw, read_source
from support.returned import bring_back, list_kinds, list_uses, send_out, write_out
from support.reviewing import W, WordFile


def type_over(file: WordFile, way: str) -> int:
    """Type over every number of a file that is linked: over its last character, or over the whole of it."""
    uses = list_uses(file)
    for number, (paragraph, start, end) in enumerate(reversed(uses)):
        text = file.read(paragraph)[start:end]
        if way == "whole":
            file.edit(paragraph, start, end, "nearly 77" if number % 2 else "77")
        else:
            last = max(place for place, character in enumerate(text) if character.isalnum())
            fresh = "7" if text[last] != "7" else "8"
            file.edit(paragraph, start + last, start + last + 1, fresh, inside=bool(number % 3))
    return len(uses)


@pytest.mark.parametrize(
    ("language", "author", "way"),
    [
        ("en", "", "whole"),
        ("en", "Ada", "inside"),
        ("fr", "", "inside"),
        ("fr", "Ada", "whole"),
    ],
)
def test_each_number_that_was_typed_over_is_a_challenge_and_nothing_is_written(
    language: str, author: str, way: str
) -> None:
    file = WordFile(send_out("tiny", language), author)
    count = type_over(file, way)
    found = bring_back(file.save(), language=language)
    assert list_kinds(found) == ["data"] * count and count > 10
    assert found.files["sources.patch"] == "" and not found.changed
    assert found.proposal["inserted"] == found.proposal["told"]
    assert {item["author"] for item in found.proposal["items"]} == {author}


def test_each_number_of_a_whole_note_that_was_typed_over_is_a_challenge() -> None:
    file = WordFile(send_out("mali"), "Ada")
    count = type_over(file, "whole")
    found = bring_back(file.save(), note="mali")
    assert Counter(list_kinds(found)) == {"data": count} and count > 200
    assert found.files["sources.patch"] == ""


def test_figures_stay_where_the_words_beside_them_change() -> None:
    file = WordFile(send_out("tiny"), "Ada")
    paragraph = file.find("number_1")
    text = file.read(paragraph)
    file.edit(paragraph, text.index("has over"), text.index("members") + len("members"), "now has 3,500 soldiers")
    found = bring_back(file.save())
    assert [(item["kind"], item["old"], item["new"]) for item in found.proposal["items"]] == [
        ("text", "", "now"),
        ("data", "over 2,900", "3,500"),
        ("text", "members", "soldiers"),
    ]
    text = found.changed["tiny/text/01-guards.md"].decode()
    assert "now has {{ guards | over 2900 }} soldiers" in text
    names = re.compile(r"\{\{.*?\}\}|\[[@^].*?\]")
    assert names.findall(text) == names.findall(read_source("tiny", "text/01-guards.md"))


def test_words_into_which_a_number_has_grown_stay_with_it() -> None:
    file = WordFile(send_out("tiny"), "Ada")
    paragraph = file.find("number_1")
    text = file.read(paragraph)
    file.edit(paragraph, text.index("as over"), text.index("embers"), "7")
    found = bring_back(file.save())
    assert [(item["kind"], item["new"]) for item in found.proposal["items"]] == [("data", "h7embers")]
    assert not found.changed


def test_a_challenge_names_the_row_and_makes_one_ready() -> None:
    file = WordFile(send_out("tiny"), "Ada")
    file.replace(file.find("guards_1"), "nearly 30", "nearly 40")
    (item,) = bring_back(file.save()).proposal["items"]
    assert (item["figure"], item["old"], item["new"]) == ("population_density", "nearly 30", "nearly 40")
    table = read_source("tiny", "observations.csv").splitlines()
    assert [row["row"] for row in item["rows"]] == [table[1], table[2].rstrip(",") + ","]
    assert item["rows"][0]["new"] == "population,2018,,persons,,2026-11-27,,Ada has: nearly 40"
    assert item["rows"][0]["place"] == "sources/tiny/observations.csv:2"


@pytest.mark.parametrize("new", ["1450", "450%", "-450", "450.5", "4 50", "45", "2 450", "450 000"])
def test_what_is_written_in_one_with_a_number_says_another(new: str) -> None:
    old = "450"
    file = WordFile(send_out("tiny"))
    paragraph = file.find("number_1")
    start = file.read(paragraph).index(old)
    left, _, right = new.partition(old)
    if left or right:
        file.edit(paragraph, start + (len(old) if right else 0), start + (len(old) if right else 0), left or right)
    else:
        file.edit(paragraph, start, start + len(old), new)
    found = bring_back(file.save())
    assert list_kinds(found) == ["data"] and not found.changed


def test_a_cell_of_the_box_and_of_the_annex_is_a_challenge_of_its_figure() -> None:
    file = WordFile(send_out("tiny"))
    box = file.find("key_population").getparent().getnext()
    value = next(box.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"))
    file.edit(value, 0, len(file.read(value)), "two million")
    (item,) = bring_back(file.save()).proposal["items"]
    assert (item["kind"], item["figure"], item["new"]) == ("data", "population", "two million")


def test_a_number_that_goes_with_its_words_is_no_longer_used_there() -> None:
    file = WordFile(send_out("tiny"))
    file.replace(file.find("number_1"), ", of whom 450 are women", "")
    (item,) = bring_back(file.save()).proposal["items"]
    assert item["kind"] == "text" and item["says"] == "the figure women_guards is no longer used here"
    assert item["outcome"] == "patch"


def test_a_number_that_gives_way_with_its_words_to_others_is_no_longer_used_there_and_one_alone_is_challenged() -> None:
    file = WordFile(send_out("tiny"), "Ada")
    for name, start, end, words in (
        ("guards_1", "about", " in 2018", "many people"),
        ("number_1", "over 2,900", "\xa0members", "some"),
        ("guards_1", "41,000", " (Hentzau", "a vast steppe"),
    ):
        paragraph = file.find(name)
        text = file.read(paragraph)
        file.edit(paragraph, text.index(start), text.index(end), words)
    found = bring_back(file.save())
    assert [(item["kind"], item["outcome"], item["new"], item["says"]) for item in found.proposal["items"]] == [
        ("text", "patch", "many people", "the figure population is no longer used here"),
        ("data", "kept", "a vast steppe", "the number is bound to its source; it changes by a row of observations.csv"),
        ("data", "kept", "some", "the number is bound to its source; it changes by a row of observations.csv"),
    ]
    assert b"Ruritania had many people in 2018" in found.changed["tiny/text/01-guards.md"]


def test_a_challenge_in_a_cell_has_a_figure_and_a_row_and_other_words_are_what_they_are() -> None:
    file = WordFile(send_out("tiny"), "Ada")
    cells = [next(cell.iter(f"{W}p")) for cell in file.root().iter(f"{W}tc")]

    def change(text: str, old: str, new: str) -> None:
        file.replace(next(cell for cell in cells if file.read(cell).startswith(text)), old, new)

    change("1.2", "million", "million dwellers")
    change("2018", "2018", "2019")
    change("Hentzau", "Hentzau", "Rassendyll")
    change("2018", "2018", "May 2019")
    change("1.2\xa0million ÷", "29.3", "31")
    change("1.2\xa0million ÷ 3", "times", "people")
    items = bring_back(file.save()).proposal["items"]
    assert [(item["kind"], item["new"], item["figure"], len(item["rows"])) for item in items] == [
        ("text", "dwellers", "", 0),
        ("data", "2019", "population", 1),
        ("text", "Rassendyll", "", 0),
        ("text", "May 2019", "", 0),
        ("data", "31", "population_density", 2),
        ("text", "people", "", 0),
    ]
    assert {item["outcome"] for item in items} == {"hand", "kept"}
    assert all(item["place"].startswith("sources/tiny/figures.yaml:") for item in items)


def test_a_citation_that_was_typed_over_is_challenged_and_stays() -> None:
    file = WordFile(send_out("tiny"), "Ada")
    file.replace(file.find("guards_1"), "Hentzau, 2018", "Rassendyll, 2020")
    found = bring_back(file.save())
    (item,) = found.proposal["items"]
    assert (item["kind"], item["figure"]) == ("citation", "census2018") and not found.changed


def test_a_number_that_is_typed_as_text_is_listed_as_such() -> None:
    file = WordFile(send_out("tiny"), "Ada")
    file.replace(file.find("guards_1"), "has not begun", "began with 12,000 men")
    file.replace(file.find("help_1"), "three things", "five things")
    found = bring_back(file.save())
    assert list_kinds(found) == ["number", "number"]
    assert b"began with 12,000 men" in found.changed["tiny/text/01-guards.md"]
    assert read_raw("tiny")["tiny/observations.csv"] == {**read_raw("tiny"), **found.changed}["tiny/observations.csv"]


def test_a_number_and_a_citation_that_move_with_their_words_stay_bound() -> None:
    file = WordFile(send_out("tiny"))
    paragraph = file.find("guards_1")
    text = file.read(paragraph)
    start, end = text.index(" had about"), text.index(". On average")
    file.edit(paragraph, start, end, " covers 41,000 km² (Hentzau, 2018) and had about 1.2 million inhabitants in 2018")
    found = bring_back(file.save())
    assert set(list_kinds(found)) == {"text"} and {row["says"] for row in found.proposal["items"]} == {""}
    wanted = (
        b"Ruritania covers {{ area }} [@census2018] and had {{ population | about }} inhabitants in 2018. On average"
    )
    assert wanted in found.changed["tiny/text/01-guards.md"]


def test_words_beside_a_number_that_gave_way_to_words_are_left_to_a_person() -> None:
    file = WordFile(send_out("tiny"), "Ada")
    paragraph = file.find("number_1")
    file.replace(paragraph, "450", "most")
    file.replace(paragraph, "women", "men")
    file.replace(file.find("guards_1"), "covers", "has")
    found = bring_back(file.save())
    told = [(item["kind"], item["outcome"], item["old"], item["new"]) for item in found.proposal["items"]]
    assert told == [
        ("text", "patch", "covers", "has"),
        ("data", "kept", "450", "most"),
        ("text", "hand", "women", "men"),
    ]
    assert b"of whom {{ women_guards }} are women" in found.changed["tiny/text/01-guards.md"]


def test_a_space_that_is_lost_beside_numbers_or_in_them_is_no_edit() -> None:
    for language in ("en", "fr"):
        file = WordFile(send_out("tiny", language))
        for paragraph, start, end in reversed(list_uses(file)):
            text = file.read(paragraph)
            left = re.search(r"[^\W\d]\s$", text[:start])
            right = re.match(r"\s[^\W\d]", text[end:])
            for at in (end if right else -1, start - 1 if left else -1):
                if at >= 0:
                    file.edit(paragraph, at, at + 1, "")
        found = bring_back(file.save(), language=language)
        assert not found.proposal["items"] and not found.changed


def test_digits_that_come_together_say_another_number() -> None:
    raw = read_raw("tiny")
    name = "tiny/text/01-guards.md"
    base = {**raw, name: raw[name].replace(b"of whom {{", b"of whom in 2012 {{")}
    file = WordFile(write_out(base))
    file.replace(file.find("number_1"), "2012 ", "2012")
    found = bring_back(file.save(), base=base)
    assert "data" in list_kinds(found) and b"{{ women_guards }}" in {**base, **found.changed}[name]


def test_a_sentence_that_was_typed_anew_has_each_word_in_one_list() -> None:
    file = WordFile(send_out("tiny"))
    paragraph = file.find("number_1")
    start, end = 0, len(file.read(paragraph))
    text = file.read(paragraph)
    file.edit(paragraph, start, end, text.replace("has over", "had over").replace("are women", "were women"))
    found = bring_back(file.save())
    assert found.proposal["inserted"] == found.proposal["told"] and "data" not in list_kinds(found)
