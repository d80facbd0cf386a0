"""The list of changes: each is told once, in reading order, with what stood there, what stands there, and why."""

import dataclasses

import pytest
from hypothesis import given, settings

from briefing.document.nodes import Deletion, Document, Insertion, List, ListItem, Paragraph, Text
from briefing.document.serialization import read_document, write_document
from briefing.document.walking import walk_nodes
from briefing.redline.changes import ListedChange, list_changes
from briefing.redline.documents import accept, redline, reject
from support.edits import SCRIPTS, edit_document
from support.redlines import PAIRS, SAMPLE, VERSIONS, explain


def list_pair(name: str) -> list[ListedChange]:
    return list_changes(redline(*PAIRS[name], explain))


def list_places(name: str) -> list[tuple[str, str, str, str]]:
    return [(change.kind, change.section, change.block, change.part) for change in list_pair(name)]


def test_a_document_compared_with_itself_has_no_change() -> None:
    assert list_pair("nothing, there") == []


def test_a_figure_that_moved_tells_both_values_and_where_it_stands() -> None:
    changes = {(change.attribute, change.old, change.new) for change in list_pair("key statistics, there")}
    assert ("year", "2017", "2018") in changes
    assert ("", "18 million", "19 million") in changes
    assert {change.part for change in list_pair("key statistics, there")} >= {"key-population", "key-new"}


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("a step, there", [("inserted", "women", "steps", "new-item")]),
        ("a row, there", [("inserted", "figures-and-sources", "figures-table", "figure-new")]),
        ("a row, back", [("deleted", "figures-and-sources", "figures-table", "figure-new")]),
        ("a heading, there", [("deleted", "economy", "economy", "")]),
        ("a section moved, there", [("moved", "economy", "economy", "")]),
        ("a chart, there", [("replaced", "women", "chart-women", "")]),
        ("a note, there", [("deleted", "economy", "economy-1", "")]),
        ("the title of the contents, there", [("replaced", "", "contents", "")]),
    ],
)
def test_a_change_is_told_once_with_its_place(name: str, places: list[tuple[str, str, str, str]]) -> None:
    assert list_places(name) == places


def test_what_was_both_moved_and_changed_tells_either() -> None:
    moved = VERSIONS["a section moved"]
    block = next(block for block in moved.blocks if block.id == "economy-1")
    changed = dataclasses.replace(block, children=(*block.children, Text(" More words.")))
    blocks = tuple(changed if other is block else other for other in moved.blocks)
    changes = list_changes(redline(SAMPLE, Document(moved.metadata, blocks)))
    assert [(change.kind, change.block) for change in changes] == [("moved", "economy"), ("replaced", "economy-1")]
    assert "More words." in changes[1].new and "More words." not in changes[1].old


def test_a_change_of_the_metadata_names_the_attribute() -> None:
    assert {change.attribute for change in list_pair("metadata, there")} == {
        "title",
        "subtitle",
        "edition_text",
        "as_of_text",
    }


@given(SCRIPTS)
@settings(max_examples=100)
def test_every_run_that_was_put_in_or_taken_out_is_told_once(script: list[tuple[int, int, int]]) -> None:
    merged = redline(SAMPLE, edit_document(SAMPLE, script))
    told = [id(node) for change in list_changes(merged) for node in change.nodes]
    runs = [id(node) for node in walk_nodes(merged.blocks) if isinstance(node, Insertion | Deletion)]
    assert sorted(node for node in told if node in set(runs)) == sorted(runs)


def test_a_footnote_that_went_tells_what_it_said() -> None:
    (change,) = list_pair("a note, there")
    assert change.old.startswith("[The year of the debt differs")


def test_a_list_that_is_moved_and_whose_items_change_places_is_told_as_both() -> None:
    items = [ListItem(f"item-{n}", (Text(f"Point {n} says that something else holds."),)) for n in range(1, 5)]
    points = List("points", False, tuple(items))
    turned = List("points", False, (items[3], *items[:3]))
    texts = [Paragraph(f"text-{n}", (Text(f"Paragraph {n} holds words of its own, {n}."),)) for n in range(1, 5)]
    old = Document(SAMPLE.metadata, (points, *texts))
    new = Document(SAMPLE.metadata, (*texts, turned))
    merged = redline(old, new)
    assert accept(merged) == new and reject(merged) == old
    assert read_document(write_document(merged)) == merged
    assert {change.kind for change in list_changes(merged)} == {"moved"}
    assert len(list_changes(merged)) == 2
