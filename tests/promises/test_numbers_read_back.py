"""Numbers read back from every format: each is in figures.csv or a wording, or was allowed without a figure."""

import csv
import functools
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import lxml.etree
import lxml.html
import pytest

from briefing.checks.unbound_numbers import make_date_pattern
from briefing.compose.matter import translate_exemptions
from briefing.document.nodes import Bibliography, Cite, Document, FigureUse, Heading, Note, Paragraph, Table, Text
from briefing.document.walking import walk_nodes
from briefing.formats.safe_csv import write_figure_table
from briefing.report.content import list_figure_rows
from briefing.translate.blocks import MessageLister
from support.editions import Edition, make_edition, read_source, translate_edition
from support.handouts import Handout, write_handout
from support.reading import W, render_markdown

pytestmark = [pytest.mark.workflow, pytest.mark.layout]
LANGUAGES, FORMATS = ("en", "fr"), ("html", "docx", "pdf", "md")
# A number as a language writes it: groups of three with its mark, then its decimals.
NUMBERS = {
    "en": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"),
    "fr": re.compile(r"\d{1,3}(?:[\u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"),
}
UPPER, LOWER = ("at most", "less than", "fewer than", "under"), ("at least", "more than", "over")
ROUNDING = {**dict.fromkeys(UPPER, ROUND_CEILING), **dict.fromkeys(LOWER, ROUND_FLOOR)}
FIELDS = ("text", "value", "period", "known_on", "formula")


@functools.cache
def read_edition(tag: str) -> tuple[Edition, Any]:
    """Give the edition of a language, with what has translated it."""
    if tag == "en":
        return make_edition("mali"), MessageLister()
    return translate_edition("mali", read_source("mali", f"translations/{tag}.po"))


@pytest.fixture(scope="module")
def read_text(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], str]:
    """Read the words of a format back, by other means than wrote them."""
    folder = tmp_path_factory.mktemp("read")

    @functools.cache
    def hand_out(tag: str) -> Handout:
        return write_handout(read_edition(tag)[0].composition.document, folder / f"{tag}.pdf")

    def read(tag: str, kind: str) -> str:
        if kind == "pdf" and not shutil.which("pdftotext"):
            pytest.skip("pdftotext is missing (poppler-utils)")
        handout = hand_out(tag)
        if kind == "pdf":
            ended = subprocess.run(["pdftotext", str(handout.pdf), "-"], capture_output=True, text=True, check=True)
            return _undo_setting(ended.stdout, tag)
        if kind == "md":
            return _read_html(render_markdown(handout.markdown))
        return _read_docx(handout.docx) if kind == "docx" else _read_html(handout.html)

    return read


def _undo_setting(text: str, tag: str) -> str:
    """Part the mark of a footnote from the year before it ("2014.6", "20146"); give groups of three their space."""
    text = re.sub(r"\b((?:19|20)\d\d\.?)(?=\d{1,2}\b)", r"\1 ", text)
    return text if tag == "en" else re.sub(r"(?<=\d) (?=\d{3}\b)", "\u202f", text)


def _read_html(page: str) -> str:
    root = lxml.html.document_fromstring(page)
    for element in root.xpath("//style | //script | //*[@popover]"):
        element.drop_tree()
    return " ".join(root.body.itertext())


def _read_docx(content: bytes) -> str:
    """Read the text of a Word file, paragraph by paragraph."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = [name for name in archive.namelist() if re.fullmatch(r"word/(document|footnotes)\.xml", name)]
    paragraphs = [p for name in parts for p in lxml.etree.fromstring(archive.read(name)).iter(f"{W}p")]
    return "\n".join("".join(text.text or "" for text in p.iter(f"{W}t")) for p in paragraphs)


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010\u2011\u200b\u2060•-]+", "", text)


def find_numbers(text: str, tag: str) -> Iterator[str]:
    """Find the numbers of a text, each written as a computer would, without zeros at its end: 1230.5."""
    for match in NUMBERS[tag].finditer(text):
        plain = match[0].replace(",", "" if tag == "en" else ".")
        yield re.sub(r"(\.\d*?)0+$", r"\1", re.sub(r"[\u00a0\u202f]", "", plain)).removesuffix(".")


@functools.cache
def read_figure_table() -> dict[str, dict[str, str]]:
    """Give figures.csv as a spreadsheet would read it; there is one, in the source language."""
    edition = make_edition("mali")
    rows = list_figure_rows(edition.figures, edition.composition.uses, "2019-02-11", edition.language)
    return {row["id"]: row for row in csv.DictReader(io.StringIO(write_figure_table(rows)))}


def list_stated(document: Document) -> Iterator[str]:
    """List the numbers of figures.csv, and those that wordings name (6000 of “over 6000”) or round to (“at most”)."""
    for row in read_figure_table().values():
        for field in FIELDS:
            yield from find_numbers(row[field], "en")
            yield from re.findall(r"\d+", row[field] if field in ("period", "known_on") else "")
    for node in walk_nodes(document.blocks):
        if isinstance(node, FigureUse):
            yield from find_numbers(node.form, "en")
            if node.form in ROUNDING:
                value = Decimal(read_figure_table()[node.figure]["value"])
                yield str(value.to_integral_value(ROUNDING[node.form]))


def list_allowed(tag: str) -> Iterator[str]:
    """List the numbers that need no figure: in dates and exempt names, of references, of sections, notes and pages."""
    edition, translator = read_edition(tag)
    document = edition.composition.document
    dates = make_date_pattern(edition.language)
    names = [row.pattern for row in translate_exemptions(edition.snapshot.sources, translator, edition.language)]
    for node in walk_nodes(document.blocks):
        match node:
            case Text(text=text):
                for pattern in (dates, *names):
                    for match in pattern.finditer(text.replace("\u00a0", " ")):  # as it was before it was set
                        yield from find_numbers(match[0], tag)
            case Heading(number=number):
                yield from (number, *number.split("."))
            case Note(number=number) | Table(number=number):
                yield str(number)
            case Bibliography() | Cite():
                for part in walk_nodes(node):
                    yield from find_numbers(getattr(part, "text", ""), tag)
            case Paragraph(role="colophon"):
                for part in walk_nodes(node):
                    yield from find_numbers(getattr(part, "text", ""), tag)
    for text in (document.metadata.edition_text, document.metadata.as_of_text):
        yield from find_numbers(text, tag)
    yield from (str(page) for page in range(1, 60))


def test_every_number_of_figures_csv_that_the_annex_prints_is_in_each_format(
    read_text: Callable[[str, str], str],
) -> None:
    document, table = make_edition("mali").composition.document, read_figure_table()
    (annex,) = [b for b in document.blocks if isinstance(b, Table) and b.role == "figures"]
    names = [row.id.removeprefix("figure-") for row in annex.rows]
    assert len(names) >= 100 and set(names) <= table.keys()
    for kind in FORMATS:
        text = squeeze(read_text("en", kind))
        missing = [figure for figure in names if squeeze(table[figure]["label"]) not in text]
        assert missing == [], kind


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_number_of_each_format_is_in_figures_csv_or_was_allowed_without_a_figure(
    tag: str, kind: str, read_text: Callable[[str, str], str]
) -> None:
    stated, allowed = set(list_stated(read_edition(tag)[0].composition.document)), set(list_allowed(tag))
    read = set(find_numbers(read_text(tag, kind), tag))
    assert len(read & stated - allowed) >= 50
    assert read - stated - allowed == set()
