"""Markdown says what the document says, to every reader of CommonMark and of GitHub's additions."""

import dataclasses
import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from briefing.document.nodes import (
    Chart,
    Column,
    Document,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListItem,
    Note,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
)
from briefing.document.walking import get_text, list_runs, walk_nodes, walk_pieces
from briefing.redline.documents import redline
from briefing.writers.markdown.inlines import write_line
from briefing.writers.markdown.page import write_markdown
from support.documents import METADATA, make_sample_document
from support.editions import make_edition, read_source, translate_edition
from support.house import read_labels
from support.redlines import SAMPLE, change

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
RUNS = st.recursive(
    st.builds(Text, TEXTS),
    lambda inner: st.one_of(
        st.builds(Emphasis, st.tuples(inner)),
        st.builds(Strong, st.tuples(inner)),
        st.builds(Link, st.just("https://x.example/a_(b)?c=d&e"), st.tuples(inner)),
    ),
    max_leaves=3,
)


def read_tokens(text: str) -> str:
    """Read the text of Markdown as a reader shows it."""

    def read(token: Any) -> str:
        if token.children is not None and token.type != "image":
            return "".join(map(read, token.children)) + "\n"
        if token.type in ("text", "code_inline"):
            return str(token.content)
        return " " if token.type == "softbreak" or token.content == "<br>" else ""

    return "".join(map(read, READER.parse(text)))


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


def test_the_front_matter_is_yaml_whatever_the_title_holds() -> None:
    metadata = dataclasses.replace(METADATA, title='Mali: "RSS" --- #1\n- x')
    written = write_markdown(Document(metadata, ()), read_labels())
    front = yaml.safe_load(written[4 : written.index("\n---\n", 4)])
    assert front["title"] == metadata.title and front["version"] == metadata.version


def test_a_redline_is_written_in_its_new_version() -> None:
    block = next(block for block in SAMPLE.blocks if isinstance(block, Paragraph) and not block.role)
    new = change(block.id, lambda old: Paragraph(old.id, (Text("Quite other words."),)))
    assert write_markdown(redline(SAMPLE, new), read_labels()) == write_markdown(new, read_labels())
