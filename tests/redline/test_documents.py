"""Laws of redlines: both versions can be taken out whole, and what did not change bears no mark."""

import dataclasses
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from briefing.document.changes import Attribute, Cause, Versioned
from briefing.document.nodes import (
    Cite,
    CitePart,
    Deletion,
    Document,
    Emphasis,
    FigureUse,
    Heading,
    Inline,
    Insertion,
    KeyStatistics,
    List,
    ListItem,
    Note,
    Paragraph,
    ReturnToContents,
    Table,
    Text,
)
from briefing.document.serialization import read_document, write_document
from briefing.document.walking import walk_nodes
from briefing.redline.documents import Difference, accept, explain_plainly, redline, reject
from support.documents import METADATA, make_sample_document
from support.edits import SCRIPTS, edit_document
from support.mali import make_mali
from support.strategies import DOCUMENTS

# Hundreds of documents: left out of the quick check.
pytestmark = pytest.mark.workflow

SAMPLE = make_sample_document()


def list_marks(document: Document) -> list[Any]:
    """List all that a reader sees as changed: marks, runs put in or taken out, attributes that have a cause."""
    marks: list[Any] = []
    for node in walk_nodes(document):
        if isinstance(node, Insertion | Deletion):
            marks.append(node)
        elif isinstance(node, Versioned):
            marks += [node.mark] if node.mark else []
            marks += [attribute for attribute in node.before if attribute.cause]
    return marks


def make_document(*blocks: Any) -> Document:
    return Document(METADATA, blocks)


def write_plainly(inlines: tuple[Inline, ...]) -> str:
    """Write inlines with [-what was taken out-] and {+what was put in+}."""
    return "".join(_write_plainly(inlines))


def _write_plainly(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Deletion(children=children):
                yield f"[-{write_plainly(children)}-]"
            case Insertion(children=children):
                yield f"{{+{write_plainly(children)}+}}"
            case Text(text=text) | FigureUse(text=text):
                yield text
            case Cite(parts=parts):
                yield f"({'; '.join(part.text for part in parts)})"
            case Emphasis(children=children):
                yield f"_{write_plainly(children)}_"


def compare(old: tuple[Inline, ...] | str, new: tuple[Inline, ...] | str) -> str:
    versions = [make_document(Paragraph("p-1", (Text(run),) if isinstance(run, str) else run)) for run in (old, new)]
    (block,) = redline(*versions).blocks
    assert isinstance(block, Paragraph), block
    assert block.mark is None
    return write_plainly(block.children)


# --- Laws --------------------------------------------------------------------------------------------------------


@given(SCRIPTS)
@settings(max_examples=2000)
def test_accepting_gives_the_new_version_and_rejecting_the_old_one(script: list[tuple[int, int, int]]) -> None:
    edited = edit_document(SAMPLE, script)
    merged = redline(SAMPLE, edited)
    assert accept(merged) == edited
    assert reject(merged) == SAMPLE


@given(DOCUMENTS, DOCUMENTS)
@settings(max_examples=300)
def test_the_laws_hold_for_documents_that_have_nothing_in_common(old: Document, new: Document) -> None:
    merged = redline(old, new)
    assert accept(merged) == new
    assert reject(merged) == old


@given(SCRIPTS, SCRIPTS)
@settings(max_examples=100)
def test_a_document_compared_with_itself_bears_no_mark(one: list[Any], other: list[Any]) -> None:
    edited = edit_document(SAMPLE, one)
    assert redline(edited, edited) == dataclasses.replace(edited, is_redline=True)
    assert list_marks(redline(edited, edited)) == []


@given(SCRIPTS)
@settings(max_examples=100)
def test_a_redline_goes_to_json_and_back_unchanged(script: list[tuple[int, int, int]]) -> None:
    merged = redline(SAMPLE, edit_document(SAMPLE, script))
    assert read_document(write_document(merged)) == merged


@given(SCRIPTS)
@settings(max_examples=100)
def test_what_differs_bears_a_mark(script: list[tuple[int, int, int]]) -> None:
    edited = edit_document(SAMPLE, script)
    shown = [
        [node for node in walk_nodes(side.blocks) if isinstance(node, Text | FigureUse)] for side in (SAMPLE, edited)
    ]
    if shown[0] != shown[1]:
        assert list_marks(redline(SAMPLE, edited))


@given(SCRIPTS)
@settings(max_examples=100)
def test_marks_do_not_nest(script: list[tuple[int, int, int]]) -> None:
    for node in walk_nodes(redline(SAMPLE, edit_document(SAMPLE, script))):
        if isinstance(node, Insertion | Deletion) or (isinstance(node, Versioned) and node.mark):
            below = [inner for inner in walk_nodes(node) if inner is not node]
            assert not [inner for inner in below if isinstance(inner, Insertion | Deletion)]
            assert not [inner for inner in below if isinstance(inner, Versioned) and inner.mark]


def test_a_document_that_is_no_redline_is_accepted_and_rejected_as_it_is() -> None:
    assert accept(SAMPLE) == reject(SAMPLE) == SAMPLE


# --- Words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "merged"),
    [
        ("The army has left the north.", "The army has left the south.", "The army has left the [-north-]{+south+}."),
        ("a long road home", "a road home", "a [-long -]road home"),
        # Changes that only a few words part are one phrase.
        ("We saw signs of progress in the north", "We saw lack of interest in the north",
         "We saw [-signs of progress-]{+lack of interest+} in the north"),
        # A word with a hyphen or an apostrophe is one word, and so is a number with its groups.
        ("the self-defence groups of today", "the self-help groups of today",
         "the [-self-defence-]{+self-help+} groups of today"),
        ("about 1,240 people were there", "about 1,340 people were there",
         "about [-1,240-]{+1,340+} people were there"),
    ],
)  # fmt: skip
def test_words_are_compared_as_words_and_close_changes_are_joined(old: str, new: str, merged: str) -> None:
    assert compare(old, new) == merged


def test_changes_in_two_sentences_stay_two() -> None:
    old, new = "The talks have ended well. Peace came soon.", "The talks have ended badly. War came soon."
    assert compare(old, new) == "The talks have ended [-well-]{+badly+}. [-Peace-]{+War+} came soon."


def test_a_number_that_moved_is_one_change_of_its_own_within_a_changed_phrase() -> None:
    old = (Text("The economy grew by "), FigureUse("growth", "7.6%"), Text(" in that year, it is said."))
    new = (Text("The economy shrank by "), FigureUse("growth", "2%"), Text(" over that year, it is said."))
    assert compare(old, new) == (
        "The economy [-grew-]{+shrank+} by [-7.6%-]{+2%+} [-in-]{+over+} that year, it is said."
    )


def test_a_citation_is_taken_out_as_a_whole() -> None:
    cite = Cite((CitePart("a", "Author, 2015, p. 4"),))
    old, new = (Text("It is so "), cite, Text(", they say.")), (Text("It is so, they say."),)
    assert compare(old, new) == "It is so[- (Author, 2015, p. 4)-], they say."


def test_a_citation_that_reads_otherwise_is_compared_with_itself() -> None:
    old = (Text("It is so "), Cite((CitePart("a", "Author, 2015"),)), Text("."))
    new = (Text("It is so "), Cite((CitePart("a", "Author, 2015a"),)), Text("."))
    assert compare(old, new) == "It is so [-(Author, 2015)-]{+(Author, 2015a)+}."


def test_emphases_are_compared_within() -> None:
    old = (Text("See "), Emphasis((Text("The Long Road to Peace"),)), Text("."))
    new = (Text("See "), Emphasis((Text("The Short Road to Peace"),)), Text("."))
    assert compare(old, new) == "See _The [-Long-]{+Short+} Road to Peace_."


def test_a_note_that_is_only_counted_otherwise_bears_no_mark() -> None:
    old, new = (
        make_document(Paragraph("p-1", (Text("Words"), Note("n", number, (Text("more"),))))) for number in (1, 2)
    )
    merged = redline(old, new)
    assert list_marks(merged) == []
    assert reject(merged) == old


# --- Blocks ------------------------------------------------------------------------------------------------------


def make_paragraphs(*texts: str) -> Document:
    paragraphs = (Paragraph(f"land-{number}", (Text(text),)) for number, text in enumerate(texts, start=1))
    return make_document(Heading("land", 1, "1", (Text("Land"),)), *paragraphs)


TEXTS = (
    "Mali has no coast, and its rivers flow far.",
    "The desert covers the north of the country.",
    "Most people live in the south, near water.",
    "Trade goes by road to the ports of the neighbours.",
)


def test_a_paragraph_put_in_leaves_those_after_it_alone_though_their_ids_are_counted_anew() -> None:
    merged = redline(make_paragraphs(*TEXTS), make_paragraphs(TEXTS[0], "Something altogether new.", *TEXTS[1:]))
    assert [block.mark.kind if block.mark else "" for block in merged.blocks] == ["", "", "inserted", "", "", ""]
    assert len(list_marks(merged)) == 1


def test_a_paragraph_that_was_moved_bears_the_same_name_at_both_places() -> None:
    merged = redline(make_paragraphs(*TEXTS), make_paragraphs(*TEXTS[1:], TEXTS[0]))
    marks = [block.mark for block in merged.blocks if block.mark]
    assert [(mark.kind, mark.move) for mark in marks] == [("deleted", "move-1"), ("inserted", "move-1")]


def test_a_section_that_was_moved_is_one_move() -> None:
    blocks = SAMPLE.blocks
    start = next(index for index, block in enumerate(blocks) if block.id == "economy")
    section, rest = blocks[start : start + 2], (*blocks[:start], *blocks[start + 2 :])
    place = next(index for index, block in enumerate(rest) if block.id == "geography")
    moved = dataclasses.replace(SAMPLE, blocks=(*rest[:place], *section, *rest[place:]))
    marks = [block.mark for block in redline(SAMPLE, moved).blocks if block.mark]
    assert [(mark.kind, mark.move) for mark in marks] == [
        *[("inserted", "move-1")] * 2,
        *[("deleted", "move-1")] * 2,
    ]


def test_a_moved_paragraph_is_recognised_though_a_word_of_it_was_changed() -> None:
    changed = TEXTS[0].replace("rivers", "roads")
    merged = redline(make_paragraphs(*TEXTS), make_paragraphs(*TEXTS[1:], changed))
    assert [block.mark.move for block in merged.blocks if block.mark] == ["move-1", "move-1"]


def test_a_paragraph_that_was_written_anew_is_taken_out_and_put_in_whole() -> None:
    merged = redline(make_paragraphs(*TEXTS), make_paragraphs(TEXTS[0], "Nothing here is as it was.", *TEXTS[2:]))
    assert [block.mark.kind for block in merged.blocks if block.mark] == ["deleted", "inserted"]


def test_lists_are_compared_by_item() -> None:
    items = tuple(ListItem(f"list-{n}", (Text(text),)) for n, text in enumerate(TEXTS, start=1))
    old = make_document(List("list", False, items))
    fresh = ListItem("list-9", (Text("An item more."),))
    new = make_document(List("list", False, (items[0], fresh, *items[1:3])))
    (block,) = redline(old, new).blocks
    assert isinstance(block, List)
    assert block.mark is None
    assert [item.mark.kind if item.mark else "" for item in block.items] == ["", "inserted", "", "", "deleted"]


def test_tables_are_compared_by_row_and_cell() -> None:
    def change(block: Any) -> Any:
        if not isinstance(block, Table) or block.role != "figures":
            return block
        row = dataclasses.replace(block.rows[3], cells=(block.rows[3].cells[0], (Text("9"),), *block.rows[3].cells[2:]))
        return dataclasses.replace(block, rows=(*block.rows[:3], row, *block.rows[4:-1]))

    new = dataclasses.replace(SAMPLE, blocks=tuple(map(change, SAMPLE.blocks)))
    (table,) = (block for block in redline(SAMPLE, new).blocks if isinstance(block, Table) and block.role == "figures")
    assert [row.id for row in table.rows if row.mark] == [table.rows[-1].id]
    assert [index for index, row in enumerate(table.rows) if list_marks(row)] == [3, len(table.rows) - 1]
    assert [bool(list_marks(cell)) for cell in table.rows[3].cells] == [False, True, False, False, False]


def test_the_year_of_a_key_statistic_is_told_with_its_cause() -> None:
    box = SAMPLE.blocks[0]
    assert isinstance(box, KeyStatistics)
    line = dataclasses.replace(box.lines[1], year=(Text("2018"),))
    new = dataclasses.replace(box, lines=(box.lines[0], line, *box.lines[2:]))
    (merged,) = redline(make_document(box), make_document(new)).blocks
    assert isinstance(merged, KeyStatistics)
    assert merged.lines[1].before == (Attribute("year", (Text("2017"),), Cause("data", "Data", "2017 → 2018")),)


# --- Causes ------------------------------------------------------------------------------------------------------


def test_whoever_explains_is_told_the_figure_the_part_the_block_and_the_section() -> None:
    told: list[Difference] = []

    def explain(difference: Difference) -> Cause:
        told.append(difference)
        return explain_plainly(difference)

    def change(block: Any) -> Any:
        if block.id != "forces":
            return block
        (before, use, after) = block.items[0].children
        item = dataclasses.replace(
            block.items[0], children=(before, dataclasses.replace(use, text="over 7,000", form="over 7000"), after)
        )
        return dataclasses.replace(block, items=(item, *block.items[1:]))

    redline(SAMPLE, dataclasses.replace(SAMPLE, blocks=tuple(map(change, SAMPLE.blocks))), explain)
    (difference,) = told
    assert (difference.kind, difference.figures) == ("FigureUse", ("police_personnel",))
    assert difference.part is not None and difference.part.id == "forces-police"
    assert difference.block is not None and difference.block.id == "forces"
    assert difference.section == "security-sector-reform"
    assert explain_plainly(difference).kind == "wording"


def test_a_change_of_the_metadata_has_its_own_cause() -> None:
    new = dataclasses.replace(METADATA, as_of="2026-04-01", as_of_text="1 April 2026", title="Mali")
    before = redline(SAMPLE, dataclasses.replace(SAMPLE, metadata=new)).metadata.before
    assert {attribute.name: attribute.cause and attribute.cause.kind for attribute in before} == {
        "title": "text",
        "as_of": None,
        "as_of_text": "as-of",
    }


# --- Speed -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [2, 5])
def test_the_real_note_changed_in_every_paragraph_is_compared_in_well_under_two_seconds(share: int) -> None:
    note = make_mali().composition.document

    def change(node: Any) -> Any:
        if isinstance(node, Text):
            words = node.text.split(" ")
            return Text(" ".join("other" if number % share == 1 else word for number, word in enumerate(words)))
        if isinstance(node, tuple):
            return tuple(map(change, node))
        if dataclasses.is_dataclass(node) and not isinstance(node, type):
            fields = {field.name: change(getattr(node, field.name)) for field in dataclasses.fields(node)}
            return dataclasses.replace(node, **fields)
        return node

    new = dataclasses.replace(note, blocks=change(note.blocks))
    start = time.process_time()
    merged = redline(note, new)
    assert time.process_time() - start < 2
    assert accept(merged) == new
    assert reject(merged) == note


def test_a_way_back_to_the_contents_is_never_moved() -> None:
    """Nobody moves one; it comes and goes with the section that it ends."""
    paragraphs = [
        Paragraph(f"p-{n}", (Text(f"Paragraph {n} says something of its own, in enough words."),)) for n in range(4)
    ]
    back = ReturnToContents("return-2", "Back to contents")
    old = Document(METADATA, (*paragraphs[:1], back, *paragraphs[1:]))
    new = Document(METADATA, (*paragraphs[2:], paragraphs[0], paragraphs[1], back))
    merged = redline(old, new)
    marks = [node.mark for node in walk_nodes(merged.blocks) if isinstance(node, ReturnToContents) and node.mark]
    moves = [node.mark.move for node in walk_nodes(merged.blocks) if isinstance(node, Paragraph) and node.mark]
    assert all(not mark.move for mark in marks) and any(moves)
    assert (accept(merged), reject(merged)) == (new, old)
