"""Markdown says what the document says, to every reader of CommonMark and of GitHub's additions."""

import dataclasses
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from briefing.document.nodes import (
    Abbreviation,
    Block,
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
    LineBreak,
    Link,
    List,
    ListItem,
    Note,
    Paragraph,
    Row,
    Span,
    Strong,
    Table,
    Text,
)
from briefing.document.walking import get_text, list_runs, map_nodes, walk_nodes, walk_pieces
from briefing.fonts import NOTE_CHARACTERS
from briefing.redline.documents import redline
from briefing.writers.markdown.inlines import write_line
from briefing.writers.markdown.page import write_markdown
from support.documents import METADATA, make_sample_document
from support.editions import make_edition, read_source, translate_edition
from support.house import read_labels
from support.redlines import SAMPLE, change
from support.strategies import many

READER = MarkdownIt("gfm-like", {"linkify": False, "html": True}).use(footnote_plugin)
SIGNS = ["*", "**", "_", "`", "[", "]", "(", ")", "<", ">", "<b>", "#", "##", "|", "\\", "&amp;", "&", "~~", "!", "$x$"]
SIGNS += [
    "1.",
    "12)",
    "-",
    "+",
    "=",
    "---",
    "http://x.example",
    "a@b.example",
    "[^1]",
    "[x](y)",
    ":",
    "«\u00a0mot\u00a0»",
]
TEXTS = st.lists(st.sampled_from([*SIGNS, "mot", "été", "1960", " "]), min_size=1, max_size=6).map("".join)
LETTERS = "".join(sorted(NOTE_CHARACTERS))
# Marks that count at the beginning or the end of a line only would seldom come to stand there by chance.
STARTS = ["# ", "#", "###### ", "- ", "-", "+ ", "1. ", "12) ", "1.", "> ", "=", "---", "~~~", "```", "    ", "| a"]
ENDS = [" #", " ##", "# ", "\\", "!", "&", "&am", "&#3"]
ANY_WORDS = st.lists(st.sampled_from([*SIGNS, "mot", " "]) | st.text(LETTERS, max_size=3), max_size=4).map("".join)
WORDS = st.one_of(
    ANY_WORDS,
    st.builds(str.__add__, ANY_WORDS, st.sampled_from(ENDS)),
    st.sampled_from(["amp; z", "p; z", "8; z", "; z"]),
)
LEAVES: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, WORDS),
    st.builds(FigureUse, st.just("f"), WORDS),
    st.builds(Abbreviation, WORDS, st.just("")),
    st.builds(Cite, many(st.builds(CitePart, st.just("k"), WORDS))),
    st.just(LineBreak()),
)
UNLINKED = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Emphasis, many(inner)), st.builds(Strong, many(inner)), st.builds(Span, st.just("fr"), many(inner))
    ),
    max_leaves=4,
)
LINKS = st.sampled_from(["#h", "https://x.example/a_(b)?c=d&copy;=e", "mailto:a@b.example"])
INLINES = many(
    st.one_of(
        UNLINKED,
        st.builds(Link, target=LINKS, children=many(UNLINKED)),
        st.builds(Note, id=st.just("n"), number=st.just(0), children=st.tuples(st.just(Text("Mot")), UNLINKED)),
    )
)
APART = st.sampled_from([Emphasis((Text("mot"),)), Strong((Text("mot"),)), Text("x")])
LINES = st.one_of(
    INLINES,
    st.builds(lambda start, run: (Text(start), *run), st.sampled_from(STARTS), INLINES),
    st.lists(APART, min_size=2, max_size=4).map(tuple),
)
CELLS = st.tuples(LINES, LINES)
BLOCKS = many(
    st.one_of(
        st.builds(Heading, st.just("h"), st.integers(1, 2), st.sampled_from(["", "3", "3.2"]), LINES),
        st.builds(Paragraph, st.just("p"), LINES),
        st.builds(List, st.just("l"), st.booleans(), many(st.builds(ListItem, st.just("i"), LINES))),
        st.builds(
            Table,
            *map(st.just, ("t", "", 0, ())),
            st.tuples(*[st.builds(Column, WORDS, st.just(0.5), st.sampled_from(["start", "end"]))] * 2),
            many(st.builds(Row, st.just("r"), CELLS)),
        ),
    )
)
RUNS = st.recursive(
    st.builds(Text, TEXTS),
    lambda inner: st.one_of(
        st.builds(Emphasis, st.tuples(inner)),
        st.builds(Strong, st.tuples(inner)),
        st.builds(Link, st.just("https://x.example/a_(b)?c=d&e"), st.tuples(inner)),
    ),
    max_leaves=3,
)


def read_inline(token: Any) -> str:
    """Read the text of a token as a reader shows it, without pictures."""
    if token.children is not None and token.type != "image":
        return "".join(map(read_inline, token.children))
    if token.type in ("text", "code_inline"):
        return str(token.content)
    return " " if token.type == "softbreak" or token.content == "<br>" else ""


def read_tokens(text: str) -> str:
    """Read the text of Markdown, each block on a line."""
    return "".join(read_inline(token) + ("\n" if token.children is not None else "") for token in READER.parse(text))


def read_body(text: str) -> str:
    """Read what stands below the front matter."""
    return read_tokens(text[text.index("\n---\n", 4) + 5 :])


def squeeze(text: str) -> str:
    return re.sub(r"[ \n]+", " ", text).strip(" ")


@given(st.lists(RUNS, min_size=1, max_size=4).map(tuple))
def test_what_is_written_is_read_back_whatever_signs_it_holds(run: tuple[Inline, ...]) -> None:
    assert squeeze(read_tokens(write_line(run))) == squeeze(get_text(run))


@given(st.lists(TEXTS, min_size=3, max_size=3))
def test_cells_and_headings_of_a_table_keep_their_text(texts: list[str]) -> None:
    columns = tuple(Column(texts[0], 0.5) for _ in range(2))
    row = Row("r", tuple((Text(text),) for text in texts[1:]))
    written = write_markdown(Document(METADATA, (Table("t", "", 0, (), columns, (row,)),)), read_labels())
    shown = [squeeze(line) for line in read_body(written).split("\n")]
    assert all(squeeze(text) in shown for text in texts)


def number_notes(blocks: Any) -> Any:
    numbers = itertools.count(1)

    def change(node: Any) -> Any:
        number = next(numbers) if isinstance(node, Note) else 0
        return dataclasses.replace(node, id=f"n{number}", number=number) if number else node

    return map_nodes(blocks, change)


def list_said(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """List the texts of blocks, each with what it is; then those of their footnotes."""
    for block in blocks:
        match block:
            case Heading(level=level, number=number, children=children):
                yield f"h{level + 1}", f"{number} {get_text(children)}"
            case Paragraph(children=children):
                yield "p", get_text(children)
            case List(items=items, ordered=ordered):
                yield "ol" if ordered and items else "ul" if items else "", ""
                yield from (("li", get_text(item.children)) for item in items)
            case Table(columns=columns, rows=rows):
                yield from (("th", column.title) for column in columns)
                yield from (("td", get_text(cell)) for row in rows for cell in row.cells)
    for node in walk_nodes(blocks):
        if isinstance(node, Note):
            yield "note", get_text(node.children)


def list_read(text: str) -> Iterator[tuple[str, str]]:
    """List the texts of Markdown in the same way."""
    place: list[str] = []
    for token in READER.parse(text):
        if token.nesting == 1:
            place.append("note" if token.type == "footnote_open" else token.tag)
            if token.tag in ("ol", "ul"):
                yield token.tag, ""
        elif token.nesting == -1:
            place.pop()
        elif token.children is not None:
            outer = [name for name in place if name in ("li", "note")]
            yield (outer or place)[-1], read_inline(token)


def tidy(said: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """Drop what is empty, and white space that parts nothing."""
    found = ((kind, re.sub(r"[ \n]+", " ", text).strip()) for kind, text in said)
    return [(kind, text) for kind, text in found if text or kind in ("ol", "ul")]


@pytest.mark.many
@settings(max_examples=500, deadline=None)
@given(BLOCKS.map(number_notes))
def test_each_block_is_read_back_as_what_it_is_with_its_text(blocks: tuple[Block, ...]) -> None:
    written = write_markdown(Document(METADATA, blocks), read_labels())
    masthead = len(list_masthead())
    assert tidy(list_read(written[written.index("\n---\n", 4) + 5 :]))[masthead:] == tidy(list_said(blocks))


@given(st.text(LETTERS, max_size=20))
def test_the_front_matter_keeps_any_title_that_a_note_can_have(title: str) -> None:
    written = write_markdown(Document(dataclasses.replace(METADATA, title=title), ()), read_labels())
    assert yaml.safe_load(written[4 : written.index("\n---\n", 4)])["title"] == title


def list_masthead() -> list[tuple[str, str]]:
    written = write_markdown(Document(METADATA, ()), read_labels())
    return tidy(list_read(written[written.index("\n---\n", 4) + 5 :]))


@pytest.mark.parametrize("after", [Link(target="https://x.example", children=(Text("mot"),)), Note("n", 1, ())])
def test_an_exclamation_mark_makes_no_picture_of_what_follows_it(after: Inline) -> None:
    assert write_line((Text("Ha!"), after)).startswith("Ha\\![")


@pytest.mark.parametrize("after", ["(1960)", ": mot"])
def test_the_mark_of_a_footnote_stays_one_whatever_follows_it(after: str) -> None:
    paragraph = Paragraph("p", (Note("n", 1, (Text("Mot"),)), Text(after)))
    written = write_markdown(Document(METADATA, (paragraph,)), read_labels())
    read = tidy(list_read(written[written.index("\n---\n", 4) + 5 :]))
    assert read[len(list_masthead()) :] == [("p", after), ("note", "Mot")]


@pytest.mark.parametrize("target", ["https://x.example/a_b?c=1", "mailto:a@b.example"])
def test_an_address_that_is_its_own_text_is_written_once(target: str) -> None:
    shown = target.removeprefix("mailto:")
    written = write_line((Link(target=target, children=(Text(shown),)),))
    assert written == f"<{shown}>" and f'href="{target}"' in READER.render(written)


def test_the_title_of_the_contents_stands_out_though_it_ends_in_a_space() -> None:
    written = write_markdown(Document(METADATA, (Contents("c", "mot "),)), read_labels())
    assert "<strong>mot</strong>" in READER.render(written)


def test_a_subtitle_that_begins_with_a_space_is_no_list() -> None:
    written = write_markdown(Document(dataclasses.replace(METADATA, subtitle=" 12) mots"), ()), read_labels())
    assert ("p", "12) mots") in tidy(list_read(written[written.index("\n---\n", 4) + 5 :]))


def compose(name: str) -> Document:
    note, _, tag = name.partition(".")
    if note == "sample":
        return make_sample_document()
    if tag:
        return translate_edition(note, read_source(note, f"translations/{tag}.po"))[0].composition.document
    return make_edition(note).composition.document


@pytest.mark.parametrize("name", ["sample", "tiny", "tiny.fr", "mali", "mali.fr"])
def test_all_that_a_note_says_stands_there_in_its_order(name: str) -> None:
    document = compose(name)
    tag = document.metadata.language.split("-")[0]
    written = write_markdown(document, read_labels(tag))
    shown, place = squeeze(read_body(written)), 0
    for piece in walk_pieces(document.blocks):
        for run in list_runs(piece) if isinstance(piece, Heading | Paragraph | ListItem | Row) else ():
            parts = get_text(tuple(Text("\0") if isinstance(node, Note) else node for node in run)).split("\0")
            for text in filter(None, map(squeeze, parts)):
                place = shown.find(text, place)
                assert place >= 0, text
    notes = [node for node in walk_nodes(document.blocks) if isinstance(node, Note)]
    assert all(squeeze(get_text(node.children)) in shown for node in notes)
    charts = [block.image for block in document.blocks if isinstance(block, Chart)]
    assert re.findall(r"\]\((charts\.\S+)\)", written) == [f"charts.{tag}/{image}.svg" for image in charts]


def test_a_column_of_numbers_is_aligned_to_its_end() -> None:
    columns = (Column("Force", 0.5), Column("Strength", 0.5, "end"))
    table = Table("t", "", 0, (), columns, (Row("r", ((Text("Police"),), (Text("6,000"),))),))
    (token,) = [token for token in READER.parse(write_markdown(Document(METADATA, (table,)), read_labels()))
                if token.type == "td_open" and token.attrs]  # fmt: skip
    assert token.attrs["style"] == "text-align:right"


def test_the_front_matter_is_yaml_whatever_the_title_holds() -> None:
    metadata = dataclasses.replace(METADATA, title='Mali: "RSS" --- #1\n- x')
    written = write_markdown(Document(metadata, ()), read_labels())
    front = yaml.safe_load(written[4 : written.index("\n---\n", 4)])
    assert front["title"] == metadata.title and front["version"] == metadata.version


def test_a_redline_is_written_in_its_new_version() -> None:
    block = next(block for block in SAMPLE.blocks if isinstance(block, Paragraph) and not block.role)
    new = change(block.id, lambda old: Paragraph(old.id, (Text("Quite other words."),)))
    assert write_markdown(redline(SAMPLE, new), read_labels()) == write_markdown(new, read_labels())
