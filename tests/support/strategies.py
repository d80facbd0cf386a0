"""Documents at random, for laws that hold of all of them."""

from typing import Any

from hypothesis import strategies as st

from briefing.document.nodes import (
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
    KeyPoints,
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
)

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
    st.builds(KeyPoints, TEXTS, INLINES, many(st.builds(ListItem, TEXTS, INLINES, FACTS))),
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
