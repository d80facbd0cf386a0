"""Laws of the document: it goes to JSON and back whole, and is walked in reading order."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.document import (
    Abbreviation,
    Bibliography,
    BibliographyEntry,
    Chart,
    Cite,
    CitePart,
    Column,
    Contents,
    Document,
    Emphasis,
    FigureUse,
    Heading,
    Inline,
    KeyStatistic,
    KeyStatistics,
    LineBreak,
    Link,
    List,
    ListItem,
    Metadata,
    Note,
    Paragraph,
    ReturnToContents,
    Row,
    Span,
    Strong,
    Table,
    Text,
    get_text,
    walk_nodes,
)
from briefing.document_json import read_document, write_document
from documents import make_sample_document

TEXTS = st.text(max_size=12)
FACTS = st.lists(st.sampled_from(["F001", "F002"]), max_size=2).map(tuple)


def many(nodes: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(nodes, max_size=3).map(tuple)


LEAVES: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, TEXTS),
    st.builds(FigureUse, TEXTS, TEXTS, TEXTS),
    st.builds(Abbreviation, TEXTS, TEXTS),
    st.builds(Cite, many(st.builds(CitePart, TEXTS, TEXTS))),
    st.just(LineBreak()),
)


def nest(inlines: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    return st.one_of(
        st.builds(Emphasis, many(inlines)),
        st.builds(Strong, many(inlines)),
        st.builds(Link, TEXTS, many(inlines)),
        st.builds(Note, TEXTS, st.integers(1, 99), many(inlines)),
        st.builds(Span, TEXTS, many(inlines)),
    )


INLINES = many(st.recursive(LEAVES, nest, max_leaves=4))
SIZES = st.integers(1, 200) | st.floats(0.1, 200)
BLOCKS = st.one_of(
    st.builds(Heading, TEXTS, st.integers(1, 2), TEXTS, INLINES, FACTS),
    st.builds(Paragraph, TEXTS, INLINES, FACTS, TEXTS),
    st.builds(List, TEXTS, st.booleans(), many(st.builds(ListItem, TEXTS, INLINES, FACTS)), FACTS),
    st.builds(
        Table,
        TEXTS,
        TEXTS,
        st.integers(0, 9),
        INLINES,
        many(st.builds(Column, TEXTS, SIZES, TEXTS)),
        many(st.builds(Row, TEXTS, many(INLINES), FACTS)),
    ),
    st.builds(
        KeyStatistics,
        TEXTS,
        TEXTS,
        many(TEXTS),
        many(st.builds(KeyStatistic, TEXTS, INLINES, INLINES, TEXTS, INLINES, FACTS)),
        INLINES,
    ),
    st.builds(
        Chart,
        TEXTS,
        TEXTS,
        st.integers(1, 9),
        INLINES,
        INLINES,
        TEXTS,
        TEXTS,
        SIZES,
        SIZES,
        many(st.builds(FigureUse, TEXTS, TEXTS, TEXTS)),
        INLINES,
        FACTS,
    ),
    st.builds(Contents, TEXTS, TEXTS),
    st.builds(ReturnToContents, TEXTS, TEXTS),
    st.builds(Bibliography, TEXTS, many(st.builds(BibliographyEntry, TEXTS, TEXTS, INLINES, TEXTS, FACTS))),
)
METADATA = st.builds(Metadata, *[TEXTS] * 14, many(TEXTS))
DOCUMENTS = st.builds(Document, METADATA, many(BLOCKS))


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
