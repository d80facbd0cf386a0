"""Numbers read back from PDF, DOCX and HTML: each is one of figures.csv, a wording of the note, or a date or a name."""

import csv
import io
import re
import shutil
import subprocess
import zipfile

import lxml.etree
import lxml.html
import pytest

from briefing.document import FigureUse, Heading, Table, Text, walk_nodes
from briefing.figure_table import write_figure_table
from briefing.report import list_figure_rows
from editions import Edition, make_edition
from reading import W
from test_parity import Handout, write_handout

pytestmark = [pytest.mark.workflow, pytest.mark.layout]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture(scope="module")
def edition() -> Edition:
    return make_edition("mali")


@pytest.fixture(scope="module")
def handout(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Handout:
    return write_handout(edition.composition.document, tmp_path_factory.mktemp("read") / "mali.pdf")


@pytest.fixture(scope="module")
def table(edition: Edition) -> dict[str, dict[str, str]]:
    """Give figures.csv as a spreadsheet would read it."""
    rows = list_figure_rows(edition.figures, edition.composition.uses, "2019-02-11", edition.language)
    return {row["id"]: row for row in csv.DictReader(io.StringIO(write_figure_table(rows)))}


def read_texts(handout: Handout) -> dict[str, str]:
    """Read the words of each format back, by other means than wrote them."""
    page = lxml.html.document_fromstring(handout.html)
    for element in page.xpath("//style | //script | //*[@popover]"):
        element.drop_tree()
    texts = {"html": " ".join(page.body.itertext()), "docx": _read_docx(handout.docx)}
    if shutil.which("pdftotext"):
        ended = subprocess.run(["pdftotext", str(handout.pdf), "-"], capture_output=True, text=True, check=True)
        texts["pdf"] = ended.stdout
    return texts


def _read_docx(content: bytes) -> str:
    """Read the text of a Word file, paragraph by paragraph."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = [name for name in archive.namelist() if re.fullmatch(r"word/(document|footnotes)\.xml", name)]
    paragraphs = [p for name in parts for p in lxml.etree.fromstring(archive.read(name)).iter(f"{W}p")]
    return "\n".join("".join(text.text or "" for text in p.iter(f"{W}t")) for p in paragraphs)


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010\u2011\u200b\u2060•-]+", "", text)


def test_every_number_of_figures_csv_that_the_annex_prints_is_in_each_format(
    edition: Edition, handout: Handout, table: dict[str, dict[str, str]]
) -> None:
    (annex,) = [b for b in edition.composition.document.blocks if isinstance(b, Table) and b.role == "figures"]
    names = [row.id.removeprefix("figure-") for row in annex.rows]
    assert len(names) >= 100 and set(names) <= table.keys()
    for name, text in read_texts(handout).items():
        missing = [figure for figure in names if squeeze(table[figure]["label"]) not in squeeze(text)]
        assert missing == [], name


def test_every_number_of_each_format_is_in_figures_csv_or_is_a_date_a_name_or_a_reference(
    edition: Edition, handout: Handout, table: dict[str, dict[str, str]]
) -> None:
    known: set[str] = set()
    for row in table.values():
        for field in ("text", "value", "period", "known_on", "formula"):
            known.update(NUMBER.findall(row[field]))
    blocks = edition.composition.document.blocks
    typed = {
        number for node in walk_nodes(blocks) if isinstance(node, FigureUse) for number in NUMBER.findall(node.text)
    }
    free = {number for node in walk_nodes(blocks) if isinstance(node, Text) for number in NUMBER.findall(node.text)}
    headings = {block.number for block in blocks if isinstance(block, Heading)}
    pages = {str(number) for number in range(1, 60)}
    for name, text in read_texts(handout).items():
        # In the PDF the mark of a footnote follows a year and its full stop: "2014.6".
        text = re.sub(r"\b((?:19|20)\d\d)\.(?=\d)", r"\1. ", text)
        read = set(NUMBER.findall(text))
        assert len(read & known) >= 100, name
        assert read - known - typed - free - headings - pages == set(), name
