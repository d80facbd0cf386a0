"""Laws of the Word file, tried on a document that holds every kind of node."""

import dataclasses
import io
import itertools
import zipfile
from typing import Any

import docx
import pytest
from lxml import etree

from briefing.document.nodes import (
    BibliographyEntry,
    Chart,
    Contents,
    Document,
    Heading,
    KeyStatistics,
    List,
    ListItem,
    Paragraph,
    ReturnToContents,
    Table,
    Text,
)
from briefing.document.walking import get_text, walk_nodes
from briefing.redline.documents import redline
from briefing.writers.docx.fonts import obfuscate_font
from briefing.writers.docx.xml import expand_name
from support.documents import make_sample_document, make_sample_images
from support.docx_file import (
    find,
    find_body,
    find_paragraphs,
    find_text,
    parse,
    read_package,
    read_parts,
    read_styles,
    read_text,
    write,
    write_sample,
)
from support.house import make_fonts, read_labels
from support.redlines import PAIRS, explain, make_both_images

MAIN = "word/document.xml"


def list_texts(document: Document) -> list[str]:
    """List what a reader reads in the body of the file, block by block."""
    labels, metadata = read_labels(), document.metadata
    issue = f"{labels['edition']} {metadata.edition_text} {labels['as_of']} {metadata.as_of_text}"
    texts = [metadata.series, metadata.title, metadata.subtitle, issue]
    headings = [block for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    for block in document.blocks:
        match block:
            case Heading(children=children) | Paragraph(children=children):
                texts.append(get_text(children))
            case List(items=items):
                texts += [get_text(item.children) for item in items]
            case Table(caption=caption, number=number, columns=columns, rows=rows):
                texts += [f"{labels['table']} {number}. {get_text(caption)}"] if number else []
                texts += [column.title for column in columns]
                texts += [get_text(cell) for row in rows for cell in row.cells]
            case KeyStatistics(title=title, columns=titles, lines=lines, note=note):
                texts += [title, *titles]
                for line in lines:
                    texts += [get_text(line.label), get_text(line.value), get_text(line.year), get_text(line.source)]
                texts.append(get_text(note))
            case Chart(kind=kind, number=number, title=title, source=source, disclaimer=disclaimer):
                texts += [f"{labels[kind]} {number}. {get_text(title)}", f"{labels['source']} {get_text(source)}"]
                texts.append(get_text(disclaimer))
            case Contents(title=title):
                texts.append(title)
                texts += [f"{heading.number} {get_text(heading.children)} 3" for heading in headings]
            case ReturnToContents():
                pass  # the navigation pane leads back
            case _:
                for entry in block.entries:
                    texts.append(get_text(entry.children) + (f" [{entry.status}]" if entry.status else ""))
    return [" ".join(text.split()) for text in texts if text.strip()]


def test_the_text_of_the_file_is_that_of_the_document_in_its_order() -> None:
    texts = [read_text(paragraph) for paragraph in find(find_body(), ".//w:p")]
    assert [text for text in texts if text] == list_texts(make_sample_document())


def test_ranges_of_numbers_are_held_together_and_addresses_are_as_they_were() -> None:
    texts = ["From 2015–2020, pages 12-18", "https://example.org/2015-2020", "USAID 2015", "non-state"]
    document = dataclasses.replace(make_sample_document(), blocks=(Paragraph("p", tuple(map(Text, texts))),))
    body = etree.fromstring(read_package(write(document))[MAIN])
    (paragraph,) = find(body, "//w:p[w:pPr/w:pStyle/@w:val='BodyText']")
    held = "From 2015–\u200d2020, pages 12-\u200d18"
    assert [text.text for text in find(paragraph, ".//w:t")] == [held, *texts[1:]]


def test_word_is_not_asked_to_update_anything_on_opening() -> None:
    assert find(parse("word/settings.xml"), "//w:updateFields") == []
    assert find(find_body(), ".//@w:dirty") == []


def test_every_picture_has_words_and_an_svg_beside_its_png() -> None:
    charts = [block for block in make_sample_document().blocks if isinstance(block, Chart)]
    relationships = {rel.get("Id"): rel.get("Target") for rel in parse("word/_rels/document.xml.rels")}
    drawings = find(find_body(), ".//w:drawing")
    assert [find_text(drawing, "string(.//wp:docPr/@descr)") for drawing in drawings] == [
        get_text(chart.alternative) for chart in charts
    ]
    for drawing, chart in zip(drawings, charts, strict=True):
        for path, suffix in ((".//a:blip/@r:embed", "png"), (".//asvg:svgBlip/@r:embed", "svg")):
            target = relationships[find(drawing, path)[0]]
            assert read_parts()[f"word/{target}"] == make_sample_images()[f"{chart.image}.{suffix}"]
    numbers = find(find_body(), ".//wp:docPr/@id")
    assert len(set(numbers)) == len(numbers)


def test_header_rows_repeat_and_no_row_splits() -> None:
    tables = [table for table in find(find_body(), "./w:tbl") if not is_masthead(table)]
    blocks = make_sample_document().blocks
    assert len(tables) == sum(isinstance(block, Table | KeyStatistics) for block in blocks)
    for table in tables:
        assert find(table, "./w:tr[1]/w:trPr/w:tblHeader")
        assert len(find(table, "./w:tr")) == len(find(table, "./w:tr/w:trPr/w:cantSplit"))
        widths = find(table, "./w:tblGrid/w:gridCol/@w:w")
        assert sum(map(int, widths)) == int(find(table, "./w:tblPr/w:tblW/@w:w")[0])


def is_masthead(table: Any) -> bool:
    return find(table, "./w:tblPr/w:tblStyle/@w:val") == ["Masthead"]


def test_each_ordered_list_counts_from_one() -> None:
    steps = tuple(List(name, True, (ListItem(f"{name}-1", (Text(name),)),)) for name in ("first", "second"))
    parts = read_package(write(dataclasses.replace(make_sample_document(), blocks=steps)))
    numbers = find(etree.fromstring(parts["word/document.xml"]), "//w:numPr/w:numId/@w:val")
    numbering = etree.fromstring(parts["word/numbering.xml"])
    assert len(set(numbers)) == 2
    assert find(numbering, f"//w:num[@w:numId='{numbers[1]}']//w:startOverride/@w:val") == ["1"]


def test_every_style_that_is_used_is_defined_under_the_name_that_word_knows() -> None:
    styles = {style.get(expand_name("w:styleId")): style for style in find(parse("word/styles.xml"), "//w:style")}
    names = {key: find_text(style, "string(w:name/@w:val)") for key, style in styles.items()}
    used: set[str] = set()
    for part in ("document", "footnotes", "header1", "footer1"):
        used |= set(find(parse(f"word/{part}.xml"), "//w:pStyle/@w:val|//w:rStyle/@w:val|//w:tblStyle/@w:val"))
    assert used <= set(styles)
    native = {"Heading1": "heading 1", "Heading2": "heading 2", "Caption": "caption", "ListBullet": "List Bullet",
              "ListNumber": "List Number", "TOC1": "toc 1", "FootnoteText": "footnote text",
              "FootnoteReference": "footnote reference", "Title": "Title"}  # fmt: skip
    assert {key: names[key] for key in native} == native
    assert set(native) <= used


def test_word_is_told_which_styles_are_the_houses() -> None:
    template = docx.Document().styles
    known = {str(style.name).casefold() for style in (*template.latent_styles, *template)}
    known |= {"hyperlink", "footnote text", "footnote reference", "annotation text", "annotation reference"}
    for style in find(parse("word/styles.xml"), "//w:style"):
        name = find_text(style, "string(w:name/@w:val)")
        is_custom = find_text(style, "string(@w:customStyle)") in ("1", "true")
        assert is_custom != (name.casefold() in known), name


def test_the_properties_of_the_file_tell_the_edition_and_the_version() -> None:
    metadata = make_sample_document().metadata
    properties = docx.Document(io.BytesIO(write_sample())).core_properties
    assert properties.title == metadata.title
    assert properties.author == metadata.publisher
    assert properties.identifier == metadata.version
    assert properties.language == "en-GB"
    assert properties.keywords == "Mali, security sector reform, Sahel"
    assert properties.created is not None and properties.modified is not None
    assert properties.created.isoformat()[:19] == properties.modified.isoformat()[:19] == "2019-02-11T00:00:00"


def test_text_in_another_language_is_marked() -> None:
    languages = find(find_body(), ".//w:r/w:rPr/w:lang/@w:val")
    assert set(languages) == {"bm-ML", "fr-FR"}
    assert find_text(parse("word/styles.xml"), "string(//w:docDefaults//w:lang/@w:val)") == "en-GB"


def test_the_embedded_fonts_are_those_of_the_house() -> None:
    relationships = {rel.get("Id"): rel.get("Target") for rel in parse("word/_rels/fontTable.xml.rels")}
    faces = [face for face in find(parse("word/fontTable.xml"), "//w:font/*") if face.get(expand_name("r:id"))]
    fonts = make_fonts()
    embedded = {
        obfuscate_font(
            read_parts()[f"word/{relationships[face.get(expand_name('r:id'))]}"], face.get(expand_name("w:fontKey"))
        )
        for face in faces
    }
    assert embedded == {fonts[name] for name in read_styles()["font"]["faces"].values()}


def test_the_same_document_gives_the_same_bytes_and_none_of_them_tell_the_day() -> None:
    assert write(make_sample_document()) == write_sample()
    with zipfile.ZipFile(io.BytesIO(write_sample())) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not any("thumbnail" in name for name in read_parts())
    assert b"python-docx" not in read_parts()["docProps/core.xml"]


def test_a_work_that_is_only_probably_the_one_meant_says_so() -> None:
    entries = [node for node in walk_nodes(make_sample_document().blocks) if isinstance(node, BibliographyEntry)]
    texts = [read_text(paragraph) for paragraph in find_paragraphs("Bibliography")]
    assert [text.endswith("]") for text in texts] == [bool(entry.status) for entry in entries]


def test_what_leads_to_a_list_a_table_or_works_stands_with_their_beginning() -> None:
    def get_style(element: Any) -> str:
        return find_text(element, "string(self::w:p/w:pPr/w:pStyle/@w:val)") or str(element.tag == expand_name("w:tbl"))

    led: set[str] = set()
    for before, first in itertools.pairwise(find_body()):
        styles = get_style(before), get_style(first)
        if styles[0] == "BodyText" and styles[1] in ("ListBullet", "ListNumber", "Bibliography", "True"):
            led.add(styles[1])
            assert bool(find(before, "w:pPr/w:keepNext")) == (len(read_text(before)) <= 240)  # three lines
        if styles[1] == "Bibliography" != styles[0]:  # one work alone is too little
            led.add(styles[1])
            assert find(first, "w:pPr/w:keepNext")
    assert led == {"ListBullet", "Bibliography", "True"}


@pytest.mark.parametrize(("words", "is_kept"), [(20, True), (200, False)])
def test_a_page_may_end_within_a_long_paragraph_that_leads_to_a_list(words: int, is_kept: bool) -> None:
    lead = Paragraph("lead", (Text("word " * words),))
    led = List("led", False, (ListItem("led-1", (Text("An item."),)),))
    document = dataclasses.replace(make_sample_document(), blocks=(lead, led))
    body = etree.fromstring(read_package(write(document))["word/document.xml"])
    (paragraph,) = find(body, "//w:p[starts-with(string(.), 'word ')]")
    assert bool(find(paragraph, "w:pPr/w:keepNext")) == is_kept


def test_themes_change_every_colour_and_font() -> None:
    theme = parse("word/theme/theme1.xml")
    slots = {etree.QName(slot).localname: slot[0].get("val") for slot in find(theme, "//a:clrScheme/*")}
    names = {"text1": "dk1", "background1": "lt1", "text2": "dk2", "background2": "lt2"}
    for part in ("styles", "numbering"):
        for element in find(parse(f"word/{part}.xml"), "//*[@w:color or self::w:color or @w:fill]"):
            own = "val" if element.tag == expand_name("w:color") else "color"
            for key, themed in ((own, "themeColor"), ("fill", "themeFill")):
                value = find_text(element, f"string(@w:{key})")
                if value not in ("", "auto"):
                    slot = find_text(element, f"string(@w:{themed})")
                    assert slots[names.get(slot, slot)] == value.upper(), etree.tostring(element)
    fonts = find(parse("word/styles.xml"), "//w:rFonts")
    assert {find_text(font, "string(@w:asciiTheme)") for font in fonts} == {"minorHAnsi", "majorHAnsi"}
    assert set(find(theme, "//a:fontScheme//a:latin/@typeface")) == {read_styles()["font"]["family"]}
    headings = find(parse("word/styles.xml"), "//w:style[.//w:rFonts/@w:asciiTheme='majorHAnsi']/@w:styleId")
    assert {"Title", "Heading1", "Heading2", "TOCHeading", "BoxTitle"} == set(headings)


def test_the_contents_stand_in_their_own_control() -> None:
    (control,) = find(find_body(), "./w:sdt")
    assert find(control, "./w:sdtPr/w:docPartObj/w:docPartGallery/@w:val") == ["Table of Contents"]
    styles = find(control, "./w:sdtContent/w:p/w:pPr/w:pStyle/@w:val")
    assert styles[0] == "TOCHeading" and set(styles[1:]) == {"TOC1"}
    assert find(find_body(), "./w:p[starts-with(w:pPr/w:pStyle/@w:val, 'TOC')]") == []


def test_a_redline_has_no_control_in_which_readers_would_lose_changes() -> None:
    body = etree.fromstring(read_package(write(redline(*PAIRS["a note, back"], explain), make_both_images()))[MAIN])
    assert find(body, "//w:sdt") == [] and find(body, "//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'TOC')]")


def test_what_a_redline_changes_in_the_masthead_stands_on_a_light_ground() -> None:
    package = read_package(write(redline(*PAIRS["a note, back"], explain), make_both_images()))
    fills = {}
    for name, styles in (("note", parse("word/styles.xml")), ("redline", etree.fromstring(package["word/styles.xml"]))):
        (fills[name],) = find(styles, "//w:style[@w:styleId='Masthead']/w:tcPr/w:shd/@w:fill")
    colours = read_styles()["colours"]
    assert fills == {"note": colours["accent"], "redline": colours["pale"]}


def test_the_header_names_the_section_of_its_page() -> None:
    (instruction,) = find(parse("word/header1.xml"), "//w:instrText/text()")
    assert instruction.split() == ["STYLEREF", "1"]
    metadata = make_sample_document().metadata
    assert read_text(parse("word/header1.xml")) == f"{metadata.title} {metadata.series}"


def test_titles_of_boxes_are_in_the_navigation_pane_and_not_in_the_contents() -> None:
    titles = [block.title for block in make_sample_document().blocks if isinstance(block, KeyStatistics)]
    shown = find(find_body(), "./w:p[w:pPr/w:pStyle/@w:val='BoxTitle']")
    assert [read_text(paragraph) for paragraph in shown] == titles
    assert find(parse("word/styles.xml"), "//w:style[@w:styleId='BoxTitle']/w:pPr/w:outlineLvl/@w:val") == ["0"]
    (instruction,) = find(find_body(), "//w:instrText[contains(., 'TOC')]/text()")
    assert "\\u" not in instruction


def test_every_table_but_the_masthead_tells_its_name_and_heads() -> None:
    for table in find(find_body(), "./w:tbl"):
        look = find(table, "./w:tblPr/w:tblLook")[0]
        heads = [find_text(look, f"string(@w:{side})") for side in ("firstRow", "firstColumn")]
        assert heads == ["0", "0"] if is_masthead(table) else ["1", "1"]
        assert is_masthead(table) != bool(find(table, "./w:tblPr/w:tblCaption/@w:val"))
