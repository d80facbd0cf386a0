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
        assert {"18 million", "2017", "19 million", "2018"} <= {child.title for child in outline.root[0].children}


def find_places(sheet: pikepdf.Page) -> list[tuple[float, ...]]:
    """Find the matrix under which each page is drawn on a sheet: how it is turned, and where its corner stands."""
    matrices, places = [pikepdf.Matrix()], []
    for operands, operator in pikepdf.parse_content_stream(sheet):
        match str(operator):
            case "q":
                matrices.append(matrices[-1])
            case "Q":
                matrices.pop()
            case "cm":
                matrices[-1] = pikepdf.Matrix(*map(float, operands)) @ matrices[-1]
            case "Do" if str(operands[0]).startswith("/Page"):
                places.append(tuple(round(value, 1) for value in matrices[-1].shorthand))
    return places


@pytest.mark.layout
def test_pages_stand_upright_and_side_by_side_on_their_sheet() -> None:
    """As a reader sees them; their text alone could be read from a mirror too."""
    with pikepdf.open(io.BytesIO(write_sheets("a note, back"))) as pdf:
        for sheet in pdf.pages:
            places = find_places(sheet)
            assert places and {place[:4] for place in places} == {(1.0, 0.0, 0.0, 1.0)}
            assert {place[5] for place in places} == {34.0} and len({place[4] for place in places}) == len(places)


@pytest.mark.layout
def test_a_note_compared_with_itself_has_neither_box_nor_bookmark() -> None:
    content = write_sheets("nothing, there")
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        assert list(outline.root) == []
    assert "Data" not in pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text().split("\n")[-1]


@pytest.mark.layout
def test_the_same_versions_give_the_same_bytes() -> None:
    assert write_sheets("a chart, there") == write_sheets("a chart, there")
