"""Laws of the document: it goes to JSON and back whole, and is walked in reading order."""

import dataclasses

import pytest
from hypothesis import given, settings

from briefing.document.nodes import (
    Cite,
    CitePart,
    Document,
    Emphasis,
    Note,
    Text,
)
from briefing.document.serialization import read_document, write_document
from briefing.document.walking import get_text, walk_nodes
from support.documents import make_sample_document
from support.strategies import DOCUMENTS


@given(DOCUMENTS)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_document_goes_to_json_and_back_unchanged(document: Document) -> None:
    text = write_document(document)
    assert read_document(text) == document
    assert write_document(read_document(text)) == text


def test_the_sample_document_goes_to_json_and_back_unchanged() -> None:
    document = make_sample_document()
    assert read_document(write_document(document)) == document


@given(DOCUMENTS)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_walking_meets_every_run_of_text_once(document: Document) -> None:
    met = [node for node in walk_nodes(document) if isinstance(node, Text)]
    assert len(met) == write_document(document).count('"type": "Text"')


def test_a_node_of_a_later_version_is_named() -> None:
    text = write_document(make_sample_document()).replace('"type": "LineBreak"', '"type": "Equation"', 1)
    text = text if "Equation" in text else text.replace('"type": "Text"', '"type": "Equation"', 1)
    with pytest.raises(KeyError, match="Equation"):
        read_document(text)


def test_nodes_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Text("a").text = "b"  # type: ignore[misc]


def test_plain_text_leaves_footnotes_out_and_puts_citations_in_parentheses() -> None:
    cite = Cite((CitePart("a", "A, 2015"), CitePart("b", "B, 2016")))
    inlines = (Text("One "), Emphasis((Text("two"),)), Note("n", 1, (Text("not this"),)), Text(" "), cite)
    assert get_text(inlines) == "One two (A, 2015; B, 2016)"
