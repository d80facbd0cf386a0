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
from babel.numbers import get_decimal_symbol, get_group_symbol

from briefing.checks.unbound_numbers import make_date_pattern
from briefing.compose.matter import translate_exemptions
from briefing.document.nodes import Bibliography, Cite, Document, FigureUse, Heading, Note, Paragraph, Table, Text
from briefing.document.walking import walk_nodes
from briefing.formats.safe_csv import write_figure_table
from briefing.language.number_formatting import scale_power
from briefing.report.content import list_figure_rows
from briefing.translate.blocks import MessageLister
from support.editions import FOLDERS, Edition, list_translations, make_edition, read_source, translate_edition
from support.handouts import Handout, write_handout
from support.reading import W, render_markdown

pytestmark = [pytest.mark.workflow, pytest.mark.layout]
EDITIONS = [*((note, "en") for note in FOLDERS), *list_translations()]
FORMATS = ("html", "docx", "pdf", "md")
UPPER, LOWER = ("at most", "less than", "fewer than", "under"), ("at least", "more than", "over")
ROUNDING = {**dict.fromkeys(UPPER, ROUND_CEILING), **dict.fromkeys(LOWER, ROUND_FLOOR)}
FIELDS = ("text", "value", "unit", "period", "known_on", "formula")


@functools.cache
def read_edition(note: str, tag: str) -> tuple[Edition, Any]:
    """Give the edition of a note in a language, with what has translated it."""
    if tag == "en":
        return make_edition(note), MessageLister()
    return translate_edition(note, read_source(note, f"translations/{tag}.po"), tag=tag)


@functools.cache
def make_number_pattern(tag: str) -> tuple[re.Pattern[str], str, str]:
    """Make the pattern of a number as a language writes it, with the marks of its groups of three and its decimals."""
    group, point = get_group_symbol(tag), get_decimal_symbol(tag)
    groups = "\u00a0\u202f" if group.isspace() else re.escape(group)
    decimals = rf"(?:{re.escape(point)}\d+)?"
    return re.compile(rf"\d{{1,3}}(?:[{groups}]\d{{3}})+{decimals}|\d+{decimals}"), groups, point


@pytest.fixture(scope="module")
def read_text(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str, str], str]:
    """Read the words of a format back, by other means than wrote them."""
    folder = tmp_path_factory.mktemp("read")

    @functools.cache
    def hand_out(note: str, tag: str) -> Handout:
        return write_handout(read_edition(note, tag)[0].composition.document, folder / f"{note}.{tag}.pdf")

    def read(note: str, tag: str, kind: str) -> str:
        if kind == "pdf" and not shutil.which("pdftotext"):
            pytest.skip("pdftotext is missing (poppler-utils)")
        handout = hand_out(note, tag)
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
    return re.sub(r"(?<=\d) (?=\d{3}\b)", "\u202f", text) if get_group_symbol(tag).isspace() else text


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
    return "\n".join("".join(text.text or " " for text in p.iter(f"{W}t", f"{W}tab")) for p in paragraphs)


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010\u2011\u200b\u2060•-]+", "", text)


def find_numbers(text: str, tag: str) -> Iterator[str]:
    """Find the numbers of a text, each written as a computer would, without zeros at its end: 1230.5."""
    pattern, groups, point = make_number_pattern(tag)
    for match in pattern.finditer(text):
        plain = re.sub(f"[{groups}]", "", match[0]).replace(point, ".")
        yield re.sub(r"(\.\d*?)0+$", r"\1", plain).removesuffix(".")


@functools.cache
def read_figure_table(note: str) -> dict[str, dict[str, str]]:
    """Give figures.csv as a spreadsheet would read it; there is one, in the source language."""
    edition = make_edition(note)
    as_of = str(edition.snapshot.sources.note["as_of"])
    rows = list_figure_rows(edition.figures, edition.composition.uses, as_of, edition.language)
    return {row["id"]: row for row in csv.DictReader(io.StringIO(write_figure_table(rows)))}


def list_stated(note: str, document: Document) -> Iterator[str]:
    """List the numbers of figures.csv, and those that wordings name (6000 of “over 6000”) or round to (“at most”)."""
    for row in read_figure_table(note).values():
        for field in FIELDS:
            yield from find_numbers(row[field], "en")
            yield from re.findall(r"\d+", row[field] if field in ("period", "known_on") else "")
    for node in walk_nodes(tuple(block for block in document.blocks if isinstance(block, Table))):
        if isinstance(node, FigureUse):  # in a formula, with further digits where it would else be wrong
            figure = make_edition(note).figures[node.figure]
            scaled = figure.value.scaleb(-scale_power(figure.scale))
            yield from (number for digits in range(7) for number in find_numbers(f"{scaled:.{digits}f}", "en"))
    for node in walk_nodes(document.blocks):
        if isinstance(node, FigureUse):
            yield from find_numbers(node.form, "en")
            if node.form in ROUNDING:
                value = Decimal(read_figure_table(note)[node.figure]["value"])
                yield str(value.to_integral_value(ROUNDING[node.form]))


def list_allowed(note: str, tag: str) -> Iterator[str]:
    """List the numbers that need no figure: in dates and exempt names, of references, of sections, notes and pages."""
    edition, translator = read_edition(note, tag)
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


def list_annexed(document: Document, role: str, prefix: str) -> list[str]:
    """List the figures that have a row in a table of the annex."""
    tables = [block for block in document.blocks if isinstance(block, Table) and block.role == role]
    ids = [row.id for table in tables for row in table.rows if not row.id.startswith("computed-group-")]
    return [name.removeprefix(prefix) for name in ids]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("note", FOLDERS)
def test_every_number_of_figures_csv_that_the_annex_prints_is_in_each_format(
    note: str, kind: str, read_text: Callable[[str, str, str], str]
) -> None:
    edition, table = make_edition(note), read_figure_table(note)
    names = list_annexed(edition.composition.document, "figures", "figure-")
    counts = {name for name in edition.composition.uses if edition.figures[name].counts}
    assert edition.composition.uses.keys() - counts <= set(names) <= table.keys()
    if kind in ("docx", "pdf"):  # on paper only what was computed
        names = list_annexed(edition.composition.document, "computations", "computed-")
    text = squeeze(read_text(note, "en", kind))
    missing = [figure for figure in names if squeeze(table[figure]["label"]) not in text]
    assert missing == []


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(("note", "tag"), EDITIONS)
def test_every_number_of_each_format_is_in_figures_csv_or_was_allowed_without_a_figure(
    note: str, tag: str, kind: str, read_text: Callable[[str, str, str], str]
) -> None:
    edition = read_edition(note, tag)[0]
    stated, allowed = set(list_stated(note, edition.composition.document)), set(list_allowed(note, tag))
    read = set(find_numbers(read_text(note, tag, kind), tag))
    assert len(read & stated) >= min(5, len(edition.composition.uses))
    assert read - stated - allowed == set()
