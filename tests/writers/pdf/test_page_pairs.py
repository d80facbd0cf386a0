"""Pages of two versions side by side: laid out as each would be alone, with what changed boxed and bookmarked."""

import functools
import io
import re

import pikepdf
import pypdf
import pytest

from briefing.document.nodes import Document
from briefing.document.versions import Which, mark_version, take_version
from briefing.redline.documents import redline
from briefing.review.doubts import mark_doubts
from briefing.writers.pdf.layout import write_pdf
from briefing.writers.pdf.page_pairs import Side, write_boxed_pages, write_page_pairs
from support.documents import make_sample_images
from support.house import make_font_folder, read_labels, read_templates
from support.redlines import PAIRS, explain

LAID_OUT = ("key statistics, there", "a section moved, there", "a chart, there", "a note, back")


@functools.cache
def compare(name: str) -> Document:
    return redline(*PAIRS[name], explain)


def make_sides() -> tuple[Side, Side]:
    return Side("old", "2019-02", make_sample_images()), Side("new", "now", make_sample_images())


def read_pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("version", ["old", "new"])
@pytest.mark.parametrize("name", PAIRS)
def test_a_version_with_its_own_marks_is_that_version(name: str, version: Which) -> None:
    marked = mark_version(compare(name), version)
    assert take_version(marked, "new") == take_version(compare(name), version)


@pytest.mark.parametrize("version", ["old", "new"])
def test_what_a_redline_says_beside_a_wording_stands_on_no_page(version: Which) -> None:
    merged = compare("key statistics, there")
    doubted = mark_doubts(merged, {("population", ""): "not true: it is 20"})
    assert doubted != merged and mark_version(doubted, version) == mark_version(merged, version)


@pytest.mark.layout
@pytest.mark.parametrize("name", LAID_OUT)
def test_boxes_leave_every_page_as_it_is(name: str) -> None:
    for side, document in zip(make_sides(), PAIRS[name], strict=True):
        boxed = write_boxed_pages(compare(name), side, read_labels(), make_font_folder(), read_templates())
        plain = write_pdf(document, read_labels(), side.images, make_font_folder(), read_templates(), {})
        if "moved" in name:  # what is moved says so over its box, and is drawn last
            words, others = ([sorted(page.split()) for page in read_pages(pdf)] for pdf in (boxed, plain))
            assert [[word for word in page if word != "Moved"] for page in words] == others
            assert any("Moved" in page for page in words)
        else:
            assert read_pages(boxed) == read_pages(plain)


def write_sheets(name: str) -> bytes:
    return write_page_pairs(compare(name), read_labels(), make_sides(), make_font_folder(), read_templates())


@pytest.mark.layout
def test_each_sheet_holds_a_page_of_either_version_and_bookmarks_lead_to_what_changed() -> None:
    content = write_sheets("key statistics, there")
    sheets = pypdf.PdfReader(io.BytesIO(content)).pages
    left, right, *_ = re.findall(r"(\S+) page 1 of (\d+)", sheets[0].extract_text())
    assert (left[0], right[0]) == ("2019-02", "now")
    assert max(int(left[1]), int(right[1])) == len(sheets)
    assert {"18 million", "19 million"} <= set(re.findall(r"1[89] million", sheets[0].extract_text()))
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["page 1"]
        assert "Changed: pages 1" in sheets[0].extract_text()
        lines = [set(sheet.extract_text().split("\n")) for sheet in sheets]
        legend = {line for line in lines[0] if line.startswith("Changed: pages 1")}
        assert legend and not any(legend & others or "Data" in others for others in lines[1:])
        assert b"pdfuaid:part" not in pdf.Root.Metadata.read_bytes()  # it cannot be read aloud as two notes
        assert {"18 million", "2017", "19 million", "2018"} <= {child.title for child in outline.root[0].children}


def find_places(sheet: pikepdf.Page) -> dict[str, list[float]]:
    """Give where the corners of each page that a sheet draws come to lie: lower left (x, y), then upper right."""
    states = [pikepdf.Matrix()]
    places = {}
    for operands, operator in pikepdf.parse_content_stream(sheet):
        match str(operator):
            case "q":
                states.append(states[-1])
            case "Q":
                states.pop()
            case "cm":
                states[-1] = pikepdf.Matrix(*map(float, operands)) @ states[-1]
            case "Do" if str(operands[0]).startswith("/Page"):
                form = sheet.resources.XObject[str(operands[0])]
                box = pikepdf.Rectangle(form.BBox)
                turned = pikepdf.Matrix(form.get("/Matrix", pikepdf.Array([1, 0, 0, 1, 0, 0]))) @ states[-1]
                corners = (turned.transform(corner) for corner in (box.lower_left, box.upper_right))
                places[str(operands[0])] = [round(float(value), 1) for corner in corners for value in corner]
    return places


@pytest.mark.layout
def test_pages_stand_upright_beside_each_other_between_the_strips() -> None:
    with pikepdf.open(io.BytesIO(write_sheets("key statistics, there"))) as pdf:
        for number, sheet in enumerate(pdf.pages):
            width, height = (float(value) for value in sheet.mediabox[2:])
            strip, gap, page = (72 / 25.4 * length for length in (12, 6, 210))
            expected = [[0, strip, page, height - strip], [page + gap, strip, width, height - strip]]
            places = find_places(sheet)
            assert list(places) == [f"/Page0.{number}", f"/Page1.{number}"]
            for found, wanted in zip(places.values(), expected, strict=True):
                assert found == pytest.approx(wanted, abs=1)


@pytest.mark.layout
def test_a_note_compared_with_itself_has_neither_box_nor_bookmark() -> None:
    content = write_sheets("nothing, there")
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        assert list(outline.root) == []
    assert "Data" not in pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text().split("\n")[-1]


@pytest.mark.layout
def test_the_same_versions_give_the_same_bytes() -> None:
    assert write_sheets("a chart, there") == write_sheets("a chart, there")
