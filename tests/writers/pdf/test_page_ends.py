"""No page ends in a word that goes on overleaf, nor in a heading without what it heads; notes are with their marks."""

import dataclasses
import io
import re
from typing import Any

import pypdf
import pytest
from weasyprint import HTML

from briefing.document.nodes import (
    Bibliography,
    BibliographyEntry,
    Block,
    Column,
    Heading,
    List,
    ListItem,
    Paragraph,
    Row,
    Table,
    Text,
)
from briefing.writers.pdf import layout
from briefing.writers.pdf.page_ends import hold_divided_words, mend_page_ends
from support.documents import make_sample_document
from support.house import make_font_folder, read_labels, read_templates

pytestmark = pytest.mark.layout

STYLE = """@page { size: 60mm 40mm; margin: 5mm } p { margin: 0 } .held { hyphens: none; white-space: nowrap }
html { font: 10pt/1.4 sans-serif; hyphens: auto; hyphenate-limit-chars: 9 4 4 }"""
WORDS = "The administration of internationalisation and <em>decentralisation</em> reorganises its responsibilities "
PARAGRAPH = f"<p>{WORDS * 2}</p>\n"


def read_pages(document: Any) -> list[list[str]]:
    return [
        [
            "".join(part.text for part in line.descendants() if hasattr(part, "text"))
            for line in page._page_box.descendants()
            if type(line).__name__ == "LineBox"
        ]
        for page in document.pages
    ]


def test_words_that_pages_end_in_are_held_and_those_of_other_lines_are_divided() -> None:
    page = HTML(string=f'<html lang="en"><style>{STYLE}</style><body>{PARAGRAPH * 14}</body></html>')
    document = page.render()
    ends = [lines[-1].strip() for lines in read_pages(document)[:-1]]
    assert any(end.endswith("\N{HYPHEN}") for end in ends)
    for _ in range(layout.ATTEMPTS):
        if not hold_divided_words(document):
            break
        document = page.render()
    pages = read_pages(document)
    assert not any(lines[-1].strip().endswith("\N{HYPHEN}") for lines in pages[:-1])
    assert any(line.strip().endswith("\N{HYPHEN}") for lines in pages for line in lines)
    text = " ".join(part for lines in pages for part in lines)
    assert text.replace("\N{HYPHEN} ", "").split() == (WORDS * 28).replace("<em>", "").replace("</em>", "").split()
    assert not hold_divided_words(document)


def make_following(kind: str, name: str) -> list[Block]:
    """Make what can stand under a heading, whose parts say their section and their number: S7P1, S7P2."""
    texts = [
        ((Text(f"{name}P{number} is a part of it, in words that fill a line, or two."),)) for number in range(1, 7)
    ]
    if kind == "prose":
        return [Paragraph(f"{name}-p", tuple(part for text in texts for part in text))]
    introduction = Paragraph(f"{name}-p", (Text("This leads to what follows."),))
    if kind == "list":
        return [introduction, List(f"{name}-l", False, tuple(ListItem(f"{name}-{n}", t) for n, t in enumerate(texts)))]
    if kind == "works":
        works = (BibliographyEntry(f"{name}-{n}", f"{name}-{n}", text) for n, text in enumerate(texts))
        return [introduction, Bibliography(f"{name}-b", tuple(works))]
    rows = tuple(Row(f"{name}-{n}", ((Text("A"),), text)) for n, text in enumerate(texts))
    return [introduction, Table(f"{name}-t", kind, 0, (), (Column("One", 0.3), Column("Other", 0.7)), rows)]


# How many parts, of six, stand with the heading at the least; works and acronyms are in two columns.
KINDS = {"prose": 1, "list": 1, "works": 6, "acronyms": 2, "computations": 4}


def test_no_page_ends_in_a_heading_without_the_beginning_of_what_it_heads() -> None:
    blocks: list[Block] = []
    sections = [(kind, f"S{place}{kind}") for place in range(5) for kind in KINDS]
    for number, (kind, name) in enumerate(sections):
        before = Paragraph(f"{name}-before", (Text("Words that stand before it. " * (number * 11 % 37)),))
        blocks += [before, Heading(name, 1, "", (Text(f"{name}H"),)), *make_following(kind, name)]
    document = dataclasses.replace(make_sample_document(), blocks=tuple(blocks))
    templates = read_templates()
    templates = {**templates, "pdf.css": f"{templates['pdf.css']} @page {{ size: 210mm 150mm }}"}  # more feet
    content = layout.write_pdf(document, read_labels(), {}, make_font_folder(), templates, {})
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    least = dict.fromkeys(KINDS, 6)
    for kind, name in sections:
        (page,) = (text for text in pages if re.search(rf"^{name}H$", text, re.MULTILINE))
        least[kind] = min(least[kind], len(set(re.findall(rf"\b{name}P\d\b", page))))
    assert all(least[kind] >= number for kind, number in KINDS.items()), least
    assert min(least["list"], least["acronyms"]) < 6  # there were feet to look at


NOTES = """@page { size: 60mm 40mm; margin: 5mm } p { margin: 0; orphans: 2; widows: 2 }
html { font: 10pt/1.4 sans-serif } .footnote { float: footnote; footnote-policy: line }"""


def list_notes_away(document: Any) -> list[str]:
    """List the notes that do not stand on the page of their mark."""
    away = []
    for page in document.pages:
        tags = [(box.element_tag or "", box.element) for box in page._page_box.descendants()]
        here = {element for tag, element in tags if tag.endswith("::footnote-marker")}
        away += [element.text for tag, element in tags if tag.endswith("::footnote-call") and element not in here]
    return away


@pytest.mark.parametrize("whole", ["", "p:nth-child(odd) { break-inside: avoid }"])
def test_notes_stand_on_the_page_of_their_mark(whole: str) -> None:
    lengths = (1, 3, 5, 2, 4, 7, 3, 6, 1, 5, 2, 8)
    note = '<span class="footnote">Note {}.</span>'
    body = "".join(f"<p>{'Words that fill a line. ' * n}{note.format(k)} End.</p>" for k, n in enumerate(lengths))
    page = HTML(string=f'<html lang="en"><style>{NOTES} {whole}</style><body>{body}</body></html>')
    document = page.render()
    assert list_notes_away(document)
    for _ in range(layout.ATTEMPTS):
        if not mend_page_ends(document):
            break
        document = page.render()
    assert not list_notes_away(document)
