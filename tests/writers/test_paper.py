"""On paper every number leads to its computation or its source, and says its value, period and source."""

import dataclasses
from typing import Any

import pypdf
import pytest
from lxml import etree

from briefing.document.nodes import Chart, Document, FigureUse, ReturnToContents
from briefing.document.walking import get_text, walk_nodes
from briefing.writers.html.page import write_page
from briefing.writers.paper import find_figure_rows, find_paper_targets, take_paper
from briefing.writers.pdf.layout import lay_out_page
from support.documents import make_sample_document, make_sample_images
from support.docx_file import find, read_package, write
from support.editions import FOLDERS, list_translations, make_edition, read_source, translate_edition
from support.house import make_font_folder, read_labels, read_templates

SVG, PNG = (
    next(picture for name, picture in make_sample_images().items() if name.endswith(end)) for end in ("svg", "png")
)
PICTURES = {"guards.svg": SVG, "guards.png": PNG}
NOTES = [*((note, "") for note in FOLDERS), *list_translations()]


def make_note(note: str, tag: str) -> Document:
    if tag:
        return translate_edition(note, read_source(note, f"translations/{tag}.po"))[0].composition.document
    return make_edition(note).composition.document


def list_uses(document: Document) -> list[FigureUse]:
    return [node for node in walk_nodes(document.blocks) if isinstance(node, FigureUse)]


@pytest.mark.parametrize(("note", "tag"), NOTES)
def test_every_number_leads_to_a_node_on_paper_and_says_its_row_of_the_whole_table(note: str, tag: str) -> None:
    document = make_note(note, tag)
    paper, targets, rows = take_paper(document), find_paper_targets(document), find_figure_rows(document)
    ids = {getattr(node, "id", "") for node in walk_nodes(paper.blocks)}
    figures = make_edition(note).figures
    used = {use.figure for use in list_uses(paper) if not figures[use.figure].counts}
    assert used <= set(targets)
    for name in used:
        assert targets[name].target in ids, name
        said = targets[name].said.split("; ")
        assert len(said) >= 4 and all(said), name
        assert get_text(rows[name].cells[1]) in said and get_text(rows[name].cells[2]) in said


@pytest.mark.parametrize(("note", "tag"), NOTES)
def test_only_what_is_computed_or_leads_nowhere_else_stands_in_the_table_of_paper(note: str, tag: str) -> None:
    figures, document = make_edition(note).figures, make_note(note, tag)
    targets = find_paper_targets(document)
    for name in find_figure_rows(document):
        is_computed = bool(figures[name].derived_from)
        assert targets[name].target == f"computed-{name}" if is_computed else targets[name].target.startswith("ref-")


def test_a_number_of_the_word_file_is_a_link_that_says_what_it_rests_on() -> None:
    document = make_note("tiny", "")
    body = etree.fromstring(read_package(write(document, PICTURES))["word/document.xml"])
    marks = set(find(body, ".//w:bookmarkStart/@w:name"))
    links = find(body, ".//w:hyperlink[@w:tooltip]")
    blocks = tuple(block for block in take_paper(document).blocks if not isinstance(block, Chart))
    assert len(links) == len(list_uses(dataclasses.replace(document, blocks=blocks)))
    assert {find(link, "@w:anchor")[0] for link in links} <= marks
    assert any("1.2\u00a0million persons; 2018; Hentzau, 2018" in find(link, "@w:tooltip")[0] for link in links)


def test_a_number_of_the_pdf_is_a_link_that_says_what_it_rests_on(tmp_path: Any) -> None:
    document = make_note("tiny", "")
    address = "https://note.invalid/guards.svg"
    page = write_page(document, "pdf", read_labels(), {"guards": address}, read_templates())
    path = tmp_path / "note.pdf"
    path.write_bytes(lay_out_page(page, make_font_folder(), document.metadata.issued, {address: SVG}))
    sheets = pypdf.PdfReader(path).pages
    notes = [note.get_object() for sheet in sheets for note in sheet.get("/Annots", ())]
    said = {str(note["/Contents"]): str(note.get("/Dest")) for note in notes}
    assert said["Population; 1.2\u00a0million persons; 2018; Hentzau, 2018"] == "ref-census2018"


def test_a_document_without_computations_keeps_the_table_of_all_figures_on_paper() -> None:
    document = make_sample_document()
    kept = tuple(block for block in document.blocks if not isinstance(block, ReturnToContents))
    assert kept != document.blocks and take_paper(document).blocks == kept
    assert {target.target for target in find_paper_targets(document).values()} == {
        row.id for row in find_figure_rows(document).values()
    }
