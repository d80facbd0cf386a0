"""Laws of the PDF, tried on a document that holds every kind of node."""

import dataclasses
import functools
import io
import os
import re
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest
from fontTools.ttLib import TTFont

from briefing.document.nodes import (
    Abbreviation,
    Block,
    Chart,
    Document,
    FigureUse,
    Heading,
    Inline,
    Link,
    Note,
    Paragraph,
    Text,
)
from briefing.document.walking import get_text, walk_nodes
from briefing.writers.html.inlines import write_inlines
from briefing.writers.html.surroundings import Surroundings
from briefing.writers.paper import FigureTarget
from briefing.writers.pdf.layout import LayoutError, write_pdf
from support.documents import make_sample_document, make_sample_images
from support.house import make_font_folder, make_fonts, read_labels, read_templates

pytestmark = pytest.mark.layout

ATTACHMENTS = {"observations.csv": b"indicator,value\n", "datapackage.json": b"{}\n"}


def write_document(document: Document, templates: dict[str, str] | None = None) -> bytes:
    images = {name: image for name, image in make_sample_images().items() if name.endswith(".svg")}
    return write_pdf(document, read_labels(), images, make_font_folder(), templates or read_templates(), ATTACHMENTS)


@functools.cache
def write_sample() -> bytes:
    return write_document(make_sample_document())


def read_sample() -> Any:
    return pypdf.PdfReader(io.BytesIO(write_sample()))


def read_page(number: int) -> str:
    return " ".join(read_sample().pages[number].extract_text().split())


def list_outline(items: Any, level: int = 1) -> Iterator[tuple[int, str]]:
    for item in items:
        if isinstance(item, list):
            yield from list_outline(item, level + 1)
        else:
            yield level, item.title


def write_paragraph(*children: Any) -> Document:
    block: Block = Paragraph("alone", children)
    return dataclasses.replace(make_sample_document(), blocks=(block,))


def list_headings() -> list[tuple[int, str]]:
    headings = [node for node in make_sample_document().blocks if isinstance(node, Heading)]
    return [(node.level, f"{node.number} {get_text(node.children)}".strip()) for node in headings]


def test_the_outline_is_the_headings_after_the_box_and_the_contents() -> None:
    outline = list(list_outline(read_sample().outline))
    assert outline == [(1, "Key statistics"), (1, "Contents"), *list_headings()]


def test_the_contents_give_each_section_its_page() -> None:
    reader = read_sample()
    assert reader.named_destinations
    pages = {item.title: reader.get_destination_page_number(item) for item in _flatten(reader.outline)}
    contents = read_page(pages["Contents"])
    for title in [title for level, title in list_headings() if level == 1]:
        page = pages[title]
        assert page is not None
        assert re.search(rf"{re.escape(title)} ?{page + 1}\b", contents), title


def _flatten(items: Any) -> Iterator[Any]:
    for item in items:
        if isinstance(item, list):
            yield from _flatten(item)
        else:
            yield item


def test_the_pdf_is_tagged_for_reading_aloud_and_says_its_language_and_standard() -> None:
    root = read_sample().trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def list_elements(element: Any) -> Iterator[Any]:
    element = element.get_object()
    if isinstance(element, list):
        for child in element:
            yield from list_elements(child)
    elif isinstance(element, dict):
        yield element
        if "/K" in element:
            yield from list_elements(element["/K"])


def test_every_picture_has_its_alternative_text() -> None:
    elements = list(list_elements(read_sample().trailer["/Root"]["/StructTreeRoot"]))
    figures = [element.get("/Alt") for element in elements if element.get("/S") == "/Figure"]
    assert figures == [get_text(node.alternative) for node in make_sample_document().blocks if isinstance(node, Chart)]


def test_headings_tables_and_lists_are_tagged_as_such() -> None:
    kinds = [element.get("/S") for element in list_elements(read_sample().trailer["/Root"]["/StructTreeRoot"])]
    assert kinds.count("/H1") == 1
    assert [kinds.count("/H2"), kinds.count("/H3")] == [
        2 + len([level for level, _ in list_headings() if level == 1]),
        len([level for level, _ in list_headings() if level == 2]),
    ]
    assert {"/Table", "/TH", "/TD", "/L", "/LI", "/Link", "/Caption"} <= set(kinds)


def test_only_the_two_families_of_the_house_are_embedded() -> None:
    fonts: set[str] = set()
    for page in read_sample().pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in descendant["/FontDescriptor"]
            fonts.add(descendant["/BaseFont"].partition("+")[2])
    assert fonts
    assert {name.replace("-", "").removesuffix("Italic").removesuffix("Bold") for name in fonts} <= {
        "FiraGO",
        "NotoSans",
    }


def count_glyphs(font: bytes) -> tuple[str, int]:
    face = TTFont(io.BytesIO(font))
    return face["name"].getDebugName(6), face["maxp"].numGlyphs


def test_each_font_is_embedded_with_all_glyphs_of_its_cut_face() -> None:
    """Subsetting by the host's HarfBuzz would give other bytes on another release, and fewer glyphs."""
    cut = {count_glyphs(font) for name, font in make_fonts().items() if name.endswith(".ttf")}
    programs = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"].get_object().get_data()
        for page in read_sample().pages
        for font in page["/Resources"]["/Font"].values()
    ]
    embedded = set(map(count_glyphs, programs))
    assert len(embedded) >= 3 and embedded <= cut


def test_the_data_package_is_attached() -> None:
    attached = read_sample().attachments
    assert {name: content[0] for name, content in attached.items()} == ATTACHMENTS


def test_the_properties_tell_title_publisher_dates_and_version() -> None:
    metadata = make_sample_document().metadata
    properties = read_sample().metadata
    assert properties is not None
    assert (properties.title, properties.author, properties.subject) == (
        metadata.title,
        metadata.publisher,
        metadata.description,
    )
    assert properties["/Keywords"] == ", ".join(metadata.keywords)
    assert properties["/CreationDate"] == properties["/ModDate"] == "D:20190211"
    assert properties["/dctermsidentifier"] == metadata.version


def test_the_first_page_holds_masthead_and_box_and_no_running_header() -> None:
    document = make_sample_document()
    first = read_page(0)
    assert first.count(document.metadata.title) == 1
    for text in (document.metadata.subtitle, document.metadata.as_of_text, "Human Development Index", "page 1 of"):
        assert text in first
    assert document.metadata.title in read_page(1)


def test_every_page_says_which_it_is_of_how_many() -> None:
    count = len(read_sample().pages)
    for number in range(count):
        assert f"page {number + 1} of {count}" in read_page(number)


def test_a_footnote_stands_at_the_foot_of_the_page_of_its_mark() -> None:
    paragraphs = tuple(
        Paragraph(
            f"p{n}", (Text(f"Paragraph P{n}Q ends here."), Note(f"n{n}", n, (Text(f"Footnote F{n}Q is long. " * 6),)))
        )
        for n in range(1, 41)
    )
    document = dataclasses.replace(make_sample_document(), blocks=paragraphs)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(write_document(document))).pages]
    assert len(pages) > 2
    for n in range(1, 41):
        (page,) = (page for page in pages if f"P{n}Q" in page)
        assert re.search(rf"^{n}\. Footnote F{n}Q", page, re.MULTILINE), n


def test_every_word_of_the_document_can_be_found_in_the_pdf() -> None:
    # A ligature or a tabular digit of a font that is embedded whole is printed, but has no text.
    text = "".join(page.extract_text() for page in read_sample().pages)
    found = set(re.findall(r"\w+", re.sub(r"\u2010\s*", "", text)))
    document = make_sample_document()
    # What a picture says instead is told to screen readers, not printed.
    unseen = {id(n) for b in document.blocks if isinstance(b, Chart) for n in walk_nodes((b.alternative, b.labels))}
    nodes = [node for node in walk_nodes(document) if id(node) not in unseen]
    texts = [node.text for node in nodes if isinstance(node, Text | FigureUse | Abbreviation)]
    assert sorted(set(re.findall(r"\w+", " ".join(texts))) - found) == []


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_document(make_sample_document()) == write_sample()


def test_nothing_of_this_machine_gets_into_the_pdf() -> None:
    document = read_sample()
    for item in document.xref_objStm, document.trailer:
        assert "/tmp" not in str(item)
    assert b"file:" not in write_sample()


def test_what_the_layout_program_objects_to_stops_the_build() -> None:
    templates = {**read_templates(), "pdf.css": "p { colour: red }"}
    with pytest.raises(LayoutError, match="colour"):
        write_document(make_sample_document(), templates)


def test_a_link_that_leads_nowhere_stops_the_build() -> None:
    with pytest.raises(LayoutError, match="nowhere"):
        write_document(write_paragraph(Link("#nowhere", (Text("here"),))))


def test_a_template_cannot_reach_files_or_the_network() -> None:
    for url in ("file:///etc/passwd", "https://example.org/x.svg", "other.svg"):
        template = read_templates()["note.html.j2"].replace("<main>", f'<main><img alt="x" src="{url}">')
        with pytest.raises(LayoutError, match="no part of it"):
            write_document(write_paragraph(Text("Text.")), {**read_templates(), "note.html.j2": template})


def test_a_character_that_the_fonts_lack_stops_the_build_by_name() -> None:
    with pytest.raises(LayoutError, match=r"U\+041C"):
        write_document(write_paragraph(Text("Мали")))


def count_words(width: int, inlines: tuple[Inline, ...]) -> list[int]:
    """Lay a paragraph out in a width, in pixels, and count the words of each line."""
    import weasyprint  # reads the fonts' configuration as it starts
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    text = write_inlines(inlines, Surroundings("pdf", read_labels(), {}, figures={"gdp": FigureTarget("figure-gdp")}))
    style = f"@page {{ size: {width}px 99cm; margin: 0 }} * {{ margin: 0; font: 12px FiraGO }}"
    (page,) = weasyprint.HTML(string=f"<style>{style}</style><p>{text}").render().pages
    lines = [box for box in page._page_box.descendants() if isinstance(box, LineBox)]
    texts = ("".join(box.text for box in line.descendants() if isinstance(box, TextBox)) for line in lines)
    return [len(text.split()) for text in texts]


def test_a_line_before_a_linked_number_is_filled_like_any_other() -> None:
    os.environ["FONTCONFIG_FILE"] = f"{make_font_folder()}/fonts.conf"
    before, number, after = (
        "Set against the GDP, which can only be a rough measure, that was ",
        "USD\u00a0239",
        " per head.",
    )
    linked = (Text(before), FigureUse("gdp", number), Text(after))
    for width in range(200, 400):
        lines, plain = count_words(width, linked), count_words(width, (Text(before + number + after),))
        # At most one word goes to the next line.
        assert all(abs(sum(lines[:end]) - sum(plain[:end])) <= 1 for end in range(len(plain))), (width, lines, plain)


def test_a_line_has_some_72_characters_whatever_the_language() -> None:
    texts = {
        "en-GB": "The forces answer to the ministry, which has neither the staff nor the means to inspect them. ",
        "fr-FR": "Les forces relèvent du ministère, qui n’a ni les effectifs ni les moyens de les inspecter. ",
    }
    for language, text in texts.items():
        document = write_paragraph(Text(text * 40))
        metadata = dataclasses.replace(document.metadata, language=language)
        content = write_document(dataclasses.replace(document, metadata=metadata))
        lines = pypdf.PdfReader(io.BytesIO(content)).pages[1].extract_text().splitlines()
        full = [len(line) for line in lines if len(line) > 50][1:-1]
        assert len(full) > 20 and 70 <= sum(full) / len(full) <= 77, (language, full)


def test_paper_has_at_most_nine_sizes_of_type() -> None:
    style = read_templates()["pdf.css"]
    sizes = set(re.findall(r"font(?:-size)?:[^;]*?([\d.]+)pt", style))
    assert len(sizes) <= 9, sorted(map(float, sizes))


def test_names_are_not_hyphenated_and_ranges_are_not_broken() -> None:
    words = "Timbuktu Netherlands Mouvement Al-Mourabitoune Côte 2015–2020 12–18 over administration "
    width = Surroundings("pdf", read_labels(), {})
    written = write_inlines((Text(words),), width)
    held = re.findall(r'<span class="held">([^<]*)</span>', written)
    assert held == ["Netherlands", "Mouvement", "Mourabitoune", "2015–2020", "12–18"]
    shifted = (Paragraph(f"p{shift}", (Text("x" * shift + " " + words * 12),)) for shift in range(3, 60, 4))
    content = write_document(dataclasses.replace(make_sample_document(), blocks=tuple(shifted)))
    lines = [
        line.rstrip()
        for page in pypdf.PdfReader(io.BytesIO(content)).pages
        for line in page.extract_text().splitlines()
    ]
    assert len(lines) > 150
    assert not [line for line in lines if re.search(r"(Nether|Mouve|Moura\w*|\d)[\u2010–]$", line)]
