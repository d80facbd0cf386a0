"""Parity: PDF, DOCX, HTML and Markdown hold the same sentences and the same figures, in the same order."""

import dataclasses
import functools
import itertools
import shutil
from collections.abc import Callable
from typing import Any

import pypdf
import pytest

from briefing.document.inlines import quote_sentence
from briefing.document.nodes import (
    Bibliography,
    Chart,
    Document,
    FigureUse,
    Heading,
    KeyPoints,
    KeyStatistics,
    List,
    Note,
    Paragraph,
    ReturnToContents,
    Table,
    Text,
)
from briefing.document.walking import get_text, walk_nodes
from briefing.writers.paper import take_paper
from support.documents import make_sample_document
from support.editions import make_edition, read_source, translate_edition
from support.handouts import Handout, write_handout
from support.house import read_labels
from support.reading import Reading, read_docx, read_html, read_markdown, read_pdf, show_difference, squeeze

pytestmark = pytest.mark.workflow
NOTES = ("tiny", "mali", "mali.fr", "sample")


@pytest.fixture(scope="module")
def make_handout(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Handout]:
    """Give the handouts of a note, or of the sample document, as the writers make them; each is made once."""
    folder = tmp_path_factory.mktemp("handouts")

    @functools.cache
    def make(name: str) -> Handout:
        note, _, tag = name.partition(".")
        if note == "sample":
            document = make_sample_document()
        elif tag:
            document = translate_edition(note, read_source(note, f"translations/{tag}.po"))[0].composition.document
        else:
            document = make_edition(note).composition.document
        return write_handout(document, folder / f"{name}.pdf")

    return make


def read_pdf_of(handout: Handout) -> Reading:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is missing (poppler-utils)")
    texts = [block for block in handout.document.blocks if isinstance(block, Paragraph)]
    keys = [get_text(quote_sentence(block.children, block.key_sentence)) for block in texts if block.key_sentence]
    return read_pdf(handout.pdf, read_html(handout.html, True, "pdf"), keys)


def list_sentences(document: Document) -> list[str]:
    """List what a document says, block by block, as the formats must say it."""
    texts: list[Any] = []
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                texts.append(block.children)
            case List(items=items):
                texts += [item.children for item in items]
            case KeyPoints(title=title, points=points):
                texts += [title, *(point.children for point in points)]
            case KeyStatistics(lines=lines):
                texts += [part for line in lines for part in (line.label, line.value)]
            case Chart():
                texts += [block.title, block.source, block.disclaimer]
            case Table(rows=rows):
                texts += [cell for row in rows for cell in row.cells]
            case Bibliography(entries=entries):
                texts += [entry.children for entry in entries]
    # A footnote mark stands in the middle of a text, so that what is before and after it is looked for apart.
    parts = []
    for text in texts:
        run: list[Any] = []
        for node in text:
            if isinstance(node, Note):
                parts.append(squeeze(get_text(tuple(run))))
                run = []
            else:
                run.append(node)
        parts.append(squeeze(get_text(tuple(run))))
    return [part for part in parts if part]


def list_figures(document: Document) -> list[str]:
    """List the figures of the running text and the box in order; those of charts are drawn, those of notes apart."""
    noted = {id(use) for note in walk_nodes(document) if isinstance(note, Note) for use in walk_nodes(note.children)}
    charts = [node for node in walk_nodes(document) if isinstance(node, Chart)]
    drawn = {id(use) for c in charts for part in (c.points, c.alternative, c.labels) for use in walk_nodes(part)}
    uses = [node for node in walk_nodes(document.blocks) if isinstance(node, FigureUse)]
    return [squeeze(use.text) for use in uses if id(use) not in noted | drawn]


def find_missing(texts: list[str], whole: str) -> list[str]:
    """List the texts that do not stand in a whole in their order."""
    missing, place = [], 0
    for text in texts:
        found = whole.find(text, place)
        if found < 0:
            missing.append(text)
        else:
            place = found + len(text)
    return missing


@pytest.mark.parametrize("note", NOTES)
def test_html_says_what_the_document_says_in_its_order(note: str, make_handout: Callable[[str], Handout]) -> None:
    handout = make_handout(note)
    reading = read_html(handout.html, True)
    assert find_missing(list_sentences(handout.document), reading.body) == []
    assert find_missing(list_figures(handout.document), reading.body) == []
    notes = [node for node in walk_nodes(handout.document) if isinstance(node, Note)]
    assert reading.notes == tuple(squeeze(get_text(node.children)) for node in notes)


@pytest.mark.parametrize("note", NOTES)
def test_docx_says_what_html_says_word_for_word(note: str, make_handout: Callable[[str], Handout]) -> None:
    handout = make_handout(note)
    docx, html = read_docx(handout.docx), read_html(handout.html, False, "docx")
    assert show_difference(docx.body, html.body) == ""
    assert docx.notes == html.notes


def set_pictures_apart(body: str, document: Document) -> tuple[str, list[str]]:
    """Give what a text says without its pictures, which paper moves where they would leave a foot empty, and those."""
    labels, pictures = read_labels(document.metadata.language.partition("-")[0]), []
    for chart in (block for block in document.blocks if isinstance(block, Chart)):
        said = [squeeze(get_text(text)) for text in (chart.title, chart.source, chart.disclaimer) if text]
        start = body.index(squeeze(f"{labels[chart.kind]} {chart.number}. ") + said[0])
        end = body.index(said[-1], start) + len(said[-1])
        pictures.append(body[start:end])
        body = body[:start] + body[end:]
    return body, pictures


@pytest.mark.parametrize("note", NOTES)
def test_pdf_says_what_html_says_word_for_word(note: str, make_handout: Callable[[str], Handout]) -> None:
    handout = make_handout(note)
    pdf, html = read_pdf_of(handout), read_html(handout.html, True, "pdf")
    (said, drawn), (expected, pictures) = (set_pictures_apart(it.body, handout.document) for it in (pdf, html))
    # The style of the PDF sets the name of the series in capitals.
    assert show_difference(said.casefold(), expected.casefold()) == ""
    assert drawn == pictures
    assert pdf.notes == html.notes


@pytest.mark.parametrize("note", NOTES)
def test_markdown_says_what_html_says_in_its_order(note: str, make_handout: Callable[[str], Handout]) -> None:
    """Markdown has no ways back to the contents; what stands between is held against the page word for word."""
    handout = make_handout(note)
    markdown, html = read_markdown(handout.markdown), read_html(handout.html, True)
    body = html.body
    for block in handout.document.blocks:
        if isinstance(block, ReturnToContents):
            body = body.replace(squeeze(f"↑ {block.text}"), "", 1)
    assert show_difference(markdown.body, body) == ""
    assert markdown.notes == html.notes


@pytest.mark.parametrize("note", NOTES)
def test_all_formats_hold_the_same_figures_in_the_same_order(note: str, make_handout: Callable[[str], Handout]) -> None:
    handout = make_handout(note)
    figures, on_paper = list_figures(handout.document), list_figures(take_paper(handout.document))
    assert on_paper and (figures[: len(on_paper)] == on_paper or note == "sample")
    for reading in (read_html(handout.html, True), read_markdown(handout.markdown)):
        assert find_missing(figures, reading.body) == []
    assert find_missing(on_paper, read_docx(handout.docx).body) == []
    paper = take_paper(handout.document)
    charts = tuple(block for block in paper.blocks if isinstance(block, Chart))
    prose = tuple(block for block in paper.blocks if not isinstance(block, Chart))
    said, drawn = set_pictures_apart(read_pdf_of(handout).body, paper)
    for blocks, text in ((prose, said), (charts, "".join(drawn))):
        assert find_missing(list_figures(dataclasses.replace(paper, blocks=blocks)), text) == []


@pytest.mark.parametrize("note", ["mali", "mali.fr"])
def test_each_footnote_of_the_pdf_stands_on_the_page_of_its_mark(
    note: str, make_handout: Callable[[str], Handout]
) -> None:
    """WeasyPrint moves a footnote to a later page where that lets one more line of a paragraph in."""
    handout = make_handout(note)
    pages = [squeeze(page.extract_text()) for page in pypdf.PdfReader(handout.pdf).pages]
    checked = 0
    for block in walk_nodes(handout.document.blocks):
        for before, mark_of in itertools.pairwise(getattr(block, "children", ())):
            if isinstance(mark_of, Note) and isinstance(before, Text):
                words = squeeze(before.text.split()[-1])
                mark = f"{words}{mark_of.number}"
                foot = squeeze(f"{mark_of.number}. {get_text(mark_of.children)}")[:30]
                assert any(mark in page and foot in page for page in pages), f"note {mark_of.number}"
                checked += 1
    assert checked > 3
