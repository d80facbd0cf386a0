"""What a reviewer changes in words comes back as exactly that, and the sources then print what the reviewer wrote."""

import functools
import re
import unicodedata
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from support.editions import read_raw
from support.returned import (
    bring_back,
    export_again,
    list_kinds,
    lose_names,
    read_texts,
    send_out,
    send_redline,
    write_out,
)
from support.reviewing import W, WordFile, replace_parts

PIECES = (
    "the guard serves the town",
    "peace came *slowly and late* to it",
    "**all of it** was lost",
    "they were [bons amis]{lang=fr}",
    "a count gave {{ guards | over 2900 }} of them",
    "the watch said so [@watch]",
    "{{ women_guards }} women came",
    'it\'s a "good" law',
    "see [](#guards) for more",
    "roads, bridges and gates fell",
)
WORDS = (
    *("envoy", "slowly", "harbour;", "it's", "two *stars*", "[brackets]", "a_b", "{{ guards }}", "& more"),
    *("“quoted”", "1. first"),
)


@functools.cache
def write_note(paragraphs: tuple[str, ...]) -> tuple[Mapping[str, bytes], bytes]:
    """Write a note with some paragraphs; give its sources and its Word file."""
    text = "# Help from abroad {#help}\n\nThe United Nations (UN) helps with SSR.\n\n" + "\n\n".join(paragraphs) + "\n"
    raw = {**read_raw("tiny"), "tiny/text/02-help.md": text.encode()}
    return raw, write_out(raw)


@st.composite
def draw_review(draw: st.DrawFn) -> tuple[tuple[str, ...], list[tuple[int, str, str, int]]]:
    """Draw the paragraphs of a note, and an edit in some of them: where, whose, which words, what."""
    parts = st.lists(st.sampled_from(PIECES), min_size=2, max_size=4, unique=True)
    texts = draw(st.lists(parts, min_size=2, max_size=5))
    paragraphs = tuple(f"Point {name}: {', '.join(text)}." for name, text in zip("ABCDE", texts, strict=False))
    edits = [
        (number, draw(st.sampled_from(("", "Ada", "Bob"))), draw(st.sampled_from(WORDS)), draw(st.integers(0, 2)))
        for number in draw(st.sets(st.integers(0, len(paragraphs) - 1), min_size=1))
    ]
    return paragraphs, edits


@settings(max_examples=6, deadline=None)
@given(draw_review())
def test_each_edit_is_one_item_and_the_sources_then_print_what_the_reviewer_wrote(
    review: tuple[tuple[str, ...], list[tuple[int, str, str, int]]],
) -> None:
    paragraphs, edits = review
    raw, sent = write_note(paragraphs)
    file = WordFile(sent)
    for number, author, words, kind in edits:
        file.author = author
        paragraph = file.find(f"help_{number + 2}")
        if kind == 0:
            file.insert_after(paragraph, "Point", f" {words}")
        elif kind == 1:
            file.replace(paragraph, "Point", words)
        else:
            file.replace(paragraph, "Point ", "")
    reviewed = file.save()
    found = bring_back(reviewed, base=raw)
    assert [(item["old"], item["author"], item["outcome"]) for item in found.proposal["items"]] == [
        ("" if kind == 0 else "Point", author, "patch") for _, author, _, kind in sorted(edits)
    ]
    assert found.proposal["inserted"] == found.proposal["told"]
    plain = str.maketrans("“”‘’", "\"\"''")
    again, wanted = read_texts(export_again(found, raw)), read_texts(reviewed)
    assert [text.translate(plain) for text in again] == [text.translate(plain) for text in wanted]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_untouched_file_asks_for_nothing(language: str) -> None:
    found = bring_back(send_out("tiny", language), language=language)
    assert (found.proposal["items"], found.proposal["doubts"], found.files["sources.patch"]) == ([], [], "")


def test_an_untouched_redline_asks_for_nothing_and_the_reviewers_words_in_one_are_found() -> None:
    old = {
        "tiny/text/02-help.md": b"# Help from abroad {#help}\n\nThe United Nations (UN) offers to help.\n\n- training, as SSR asks for;\n- money.\n",  # noqa: E501
        "tiny/observations.csv": read_raw("tiny")["tiny/observations.csv"].replace(b"1200000", b"1300000"),
    }
    sent = send_redline("tiny", old)
    assert bring_back(sent).proposal["items"] == []
    file = WordFile(sent, "Ada")
    file.replace(file.find("guards_1"), "covers", "has")
    (item,) = bring_back(file.save()).proposal["items"]
    assert (item["old"], item["new"], item["author"], item["outcome"]) == ("covers", "has", "Ada", "patch")


def test_a_file_that_lost_its_names_gives_the_same_proposal() -> None:
    file = WordFile(send_out("tiny"), "Ada")
    file.replace(file.find("guards_1"), "covers", "has")
    file.replace(file.find("number_1"), "450", "460")
    file.replace(file.find("help_2_3"), "money", "much money")
    kept, lost = bring_back(file.save()), bring_back(lose_names(file.save()))
    assert kept.proposal["items"] == lost.proposal["items"] and list_kinds(kept) == ["text", "data", "text"]
    assert kept.files["sources.patch"] == lost.files["sources.patch"]
    assert "placed by their words" in lost.proposal["doubts"][0] and not kept.proposal["doubts"]


def test_spaces_quotes_and_links_are_no_edits() -> None:
    file = WordFile(send_out("tiny"))
    paragraph = file.find("guards_1")
    file.replace(paragraph, "inhabitants in", "inhabitants \N{NO-BREAK SPACE} in")
    for link in list(paragraph.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}hyperlink")):
        for run in list(link):
            link.addprevious(run)
        link.getparent().remove(link)
    assert bring_back(file.save()).proposal["items"] == []


def test_what_the_house_prints_is_said_to_stand_elsewhere() -> None:
    file = WordFile(send_out("tiny"))
    file.replace(file.find("chart_guards"), "Guards, and", "All guards, and")
    file.replace(file.find("guards"), "guards", "watchmen")
    (masthead,) = (one for one in file.root().iter(f"{W}p") if file.read(one).startswith("Edition of "))
    file.replace(masthead, "Edition", "Print")
    house, *items = bring_back(file.save()).proposal["items"]
    assert (house["kind"], house["outcome"], house["new"]) == ("unplaced", "hand", "Print")
    assert [(item["kind"], item["outcome"], item["new"]) for item in items] == [
        ("text", "patch", "watchmen"),
        ("text", "hand", "All guards"),
    ]
    assert items[1]["place"] == "sources/tiny/charts.yaml:4"
    assert items[0]["place"] == "sources/tiny/text/01-guards.md:1"


def test_what_a_table_of_the_note_says_is_found_in_the_table_of_the_sources() -> None:
    file = WordFile(send_out("tiny"))
    texts = {"SSR": "acronyms.csv:2", "Population density": "figures.yaml:15", "Rassendyll": "bibliography.json:3"}
    for paragraph in list(file.root().iter(f"{W}p")):
        for words in ("security sector reform", "Population density", "The Census of Ruritania"):
            if file.read(paragraph).startswith(words) or (words.startswith("The") and words in file.read(paragraph)):
                file.replace(paragraph, words[:3], "New")
    items = bring_back(file.save()).proposal["items"]
    assert [(item["kind"], item["place"].removeprefix("sources/tiny/")) for item in items] == [
        ("text", texts["SSR"]),
        ("citation", texts["Rassendyll"]),
        ("text", texts["Population density"]),
    ]


ROWS = {
    "acronym_un": (("AU", "African Union"), "acronyms.csv:3", "AU,,African Union,,,,,"),
    "key_population": (
        ("Guards", "2,900", "2018", "Watch"),
        "figures.yaml:29",
        '  - id: guards\n    label: "Guards"\n    value: "2,900"\n    year: "2018"\n    sources: []  # Watch',
    ),
    "computed_population_density": (
        ("Women, in all", "2018", "450"),
        "figures.yaml:15",
        '  women_in_all:\n    label: "Women, in all"',
    ),
}


@pytest.mark.parametrize("author", ["", "Ada"])
def test_a_row_that_came_or_went_is_one_item_that_names_its_table_and_has_the_line(author: str) -> None:
    file = WordFile(send_out("tiny"), author)
    for bookmark, (cells, _, _) in ROWS.items():
        file.add_row(file.find(bookmark), cells)
    file.remove_row(file.find("acronym_ssr"))
    found = bring_back(file.save())
    items = found.proposal["items"]
    assert [(item["kind"], item["author"]) for item in items] == [("structure", author)] * 4
    assert found.proposal["inserted"] == found.proposal["told"] == 13
    new = {item["new"]: (item["place"].removeprefix("sources/tiny/"), item["ready"]) for item in items if item["new"]}
    assert new == {" | ".join(cells): (place, ready) for cells, place, ready in ROWS.values()}
    lost = [(item["old"], item["place"]) for item in items if item["old"]]
    assert lost == [("SSR | security sector reform", "sources/tiny/acronyms.csv:2")]


def test_a_row_of_a_translation_fills_the_columns_of_its_language() -> None:
    file = WordFile(send_out("tiny", "fr"))
    file.add_row(file.find("acronym_ssr"), ("UA", "Union africaine"))
    (item,) = bring_back(file.save(), language="fr").proposal["items"]
    assert (item["place"], item["ready"]) == ("sources/tiny/acronyms.csv:2", ",UA,,Union africaine,,,,")


def test_words_in_boxes_headers_and_contents_are_listed_and_counted() -> None:
    file = WordFile(send_out("tiny"))
    body = file.root().find(f"{W}body")
    box = f"<w:p xmlns:w='{W[1:-1]}'><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>words in a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"  # noqa: E501
    body.insert(3, etree.fromstring(box))
    contents = next(
        p for p in body.iter(f"{W}p") if (s := p.find(f"{W}pPr/{W}pStyle")) is not None and s.get(f"{W}val") == "TOC1"
    )
    file.replace(contents, "guards", "watch")
    found = bring_back(file.save())
    assert list_kinds(found) == ["unplaced", "unplaced"] and found.proposal["inserted"] == found.proposal["told"] == 5
    assert found.proposal["items"][1]["new"] == "words in a box" and not found.changed
    file.edit(contents, 0, len(file.read(contents)), "Something wholly else stands here")
    found = bring_back(file.save())
    assert found.proposal["items"][0]["says"] == "the contents are made from the headings; change these"
    assert found.proposal["inserted"] == found.proposal["told"]


def test_words_that_are_changed_together_are_one_edit_in_its_sentence() -> None:
    file = WordFile(send_out("tiny"))
    file.replace(file.find("guards_1"), "has not begun", "was not")
    file.insert_after(file.find("help_1"), "help", " gladly")
    one, other = bring_back(file.save()).proposal["items"]
    assert (one["old"], one["new"], other["new"]) == ("has not begun", "was not", "gladly")
    assert other["before"].endswith("to help ") and other["after"].startswith(" with three")


def test_pages_that_a_program_counts_are_no_edits_and_words_beside_them_are() -> None:
    file = WordFile(send_out("tiny"))
    part = next(name for name in file.parts if name.startswith("word/footer") and b"NUMPAGES" in file.parts[name])
    texts = [text for text in file.root(part).iter(f"{W}t") if (text.text or "").strip().isdigit()]
    for text in texts:
        text.text = "25"
    assert texts and bring_back(file.save()).proposal["items"] == []
    texts[0].text = "page 25"
    found = bring_back(file.save()).proposal
    assert [item["kind"] for item in found["items"]] == ["unplaced"] and found["inserted"] == found["told"]


def test_letters_that_a_program_took_apart_are_no_edits() -> None:
    file = WordFile(send_out("tiny", "fr"))
    for text in file.root().iter(f"{W}t"):
        text.text = unicodedata.normalize("NFD", text.text or "")
    assert any(unicodedata.combining(character) for character in "".join(file.root().itertext()))
    assert bring_back(file.save(), language="fr").proposal["items"] == []


def test_what_nobody_sees_is_shown_and_written_nowhere() -> None:
    file = WordFile(send_out("tiny"), "Ada\u202e")
    file.replace(file.find("guards_1"), "covers", "\u2066has\u2069")
    file.replace(file.find("help_1"), "offers", "\U0001f468\u200d\U0001f469 of\u00adfers")
    file.replace(file.find("help_2_1"), "training", "tea\u200dching")  # it joins nothing there
    file.comment(file.find("help_1"), "three", "\u202ewhy", author="Bob")
    found = bring_back(file.save())
    rows = [(item["new"], item["outcome"], "type them anew" in item["says"]) for item in found.proposal["items"]]
    assert rows == [
        ("[U+2066]has[U+2069]", "hand", True),
        ("\U0001f468[U+200D]\U0001f469", "hand", True),
        ("teaching", "patch", False),
        ("[U+202E]why", "hand", True),
    ]
    assert "U+2066 (left-to-right isolate)" in found.proposal["items"][0]["says"]
    assert found.proposal["items"][0]["author"] == "Ada[U+202E]"
    (text,) = found.changed.values()
    assert b"- teaching, as SSR asks for;" in text and not set("\u202e\u2066\u200d") & set(
        "".join(found.files.values())
    )


def test_what_an_older_program_printed_otherwise_is_not_taken_for_the_reviewers() -> None:
    file = WordFile(send_out("tiny"), "Ada")
    custom = re.sub(rb"[0-9a-f]{64}", b"0" * 64, file.parts["docProps/custom.xml"])
    for text in file.root().iter(f"{W}t"):
        text.text = (text.text or "").replace("inhabitants", "dwellers")
    file.replace(file.find("number_1"), "people for each", "souls for each")
    found = bring_back(replace_parts(file.save(), {"docProps/custom.xml": custom}))
    assert [(item["new"], item["outcome"]) for item in found.proposal["items"]] == [
        ("dwellers", "hand"),
        ("souls", "patch"),
    ]
    assert "prints this version otherwise" in found.proposal["doubts"][0]
    assert b"inhabitants" in found.changed["tiny/text/01-guards.md"]
