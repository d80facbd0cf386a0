"""Laws of the Word file, tried on a document that holds every kind of node."""

import dataclasses
import functools
import io
import zipfile
from collections import Counter
from typing import Any

import docx
import pytest
import yaml
from lxml import etree

from briefing.document import (
    BibliographyEntry,
    Chart,
    Contents,
    Document,
    FigureUse,
    Heading,
    Inline,
    KeyStatistics,
    Link,
    List,
    ListItem,
    Note,
    Paragraph,
    ReturnToContents,
    Table,
    Text,
    get_text,
    walk_nodes,
)
from briefing.docx_fonts import obfuscate_font
from briefing.docx_writer import write_docx
from briefing.docx_xml import NAMESPACES, expand_name
from documents import make_sample_document, make_sample_images
from house import ROOT, make_fonts, read_labels

PAGES = {heading.id: 3 for heading in make_sample_document().blocks if isinstance(heading, Heading)}


@functools.cache
def read_styles() -> dict[str, Any]:
    styles: dict[str, Any] = yaml.safe_load((ROOT / "templates/docx.yaml").read_text(encoding="utf-8"))
    return styles


def write(document: Document) -> bytes:
    return write_docx(document, read_labels(), make_sample_images(), make_fonts(), read_styles(), PAGES)


@functools.cache
def write_sample() -> bytes:
    return write(make_sample_document())


def read_package(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


@functools.cache
def read_parts() -> dict[str, bytes]:
    return read_package(write_sample())


def parse(name: str) -> Any:
    return etree.fromstring(read_parts()[name])


def find(root: Any, path: str) -> list[Any]:
    return list(root.xpath(path, namespaces=NAMESPACES))


def find_text(root: Any, path: str) -> str:
    return str(root.xpath(path, namespaces=NAMESPACES))


def find_body() -> Any:
    return find(parse("word/document.xml"), "/w:document/w:body")[0]


def read_text(element: Any) -> str:
    """Read the text below an element, its tabs and breaks as spaces and its fields by their results."""
    parts = [part.text if part.tag == expand_name("w:t") else " " for part in find(element, ".//w:t|.//w:tab|.//w:br")]
    return " ".join("".join(part or "" for part in parts).split())


def read_style(paragraph: Any) -> str:
    return find_text(paragraph, "string(w:pPr/w:pStyle/@w:val)")


def find_paragraphs(style: str) -> list[Any]:
    return find(find_body(), f".//w:p[w:pPr/w:pStyle/@w:val='{style}']")


def list_texts(document: Document) -> list[str]:
    """List what a reader reads in the body of the file, block by block."""
    labels, metadata = read_labels(), document.metadata
    issue = f"{labels['edition']} {metadata.edition_text} {labels['as_of']} {metadata.as_of_text}"
    texts = [metadata.series, metadata.title, metadata.subtitle, issue]
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    for block in document.blocks:
        match block:
            case Heading(children=children) | Paragraph(children=children):
                texts.append(read(children))
            case List(items=items):
                texts += [read(item.children) for item in items]
            case Table(caption=caption, number=number, columns=columns, rows=rows):
                texts += [f"{labels['table']} {number} {read(caption)}"] if number else []
                texts += [column.title for column in columns]
                texts += [read(cell) for row in rows for cell in row.cells]
            case KeyStatistics(title=title, columns=titles, lines=lines, note=note):
                texts += [title, *titles]
                for line in lines:
                    texts += [read(line.label), read(line.value), line.year, read(line.source)]
                texts.append(read(note))
            case Chart(kind=kind, number=number, title=title, source=source, disclaimer=disclaimer):
                texts += [f"{labels[kind]} {number} {read(title)}", f"{labels['source']}: {read(source)}"]
                texts.append(read(disclaimer))
            case Contents(title=title):
                texts.append(title)
                texts += [f"{heading.number} {read(heading.children)} 3" for heading in headings]
            case ReturnToContents(text=text):
                texts.append(f"↑ {text}")
            case _:
                for entry in block.entries:
                    texts.append(read(entry.children) + (f" [{entry.status}]" if entry.status else ""))
    return [" ".join(text.split()) for text in texts if text.strip()]


def read(inlines: tuple[Inline, ...]) -> str:
    return get_text(inlines)


def test_the_text_of_the_file_is_that_of_the_document_in_its_order() -> None:
    texts = [read_text(paragraph) for paragraph in find(find_body(), ".//w:p")]
    assert [text for text in texts if text] == list_texts(make_sample_document())


def test_every_block_of_the_document_has_a_bookmark_and_no_two_bookmarks_are_the_same() -> None:
    names = find(find_body(), ".//w:bookmarkStart/@w:name")
    numbers = find(find_body(), ".//w:bookmarkStart/@w:id")
    assert [name for name, count in Counter(name.lower() for name in names).items() if count > 1] == []
    assert len(set(numbers)) == len(numbers)
    assert find(find_body(), ".//w:bookmarkEnd/@w:id") and sorted(numbers) == sorted(
        find(find_body(), ".//w:bookmarkEnd/@w:id")
    )
    for heading in (block for block in make_sample_document().blocks if isinstance(block, Heading)):
        assert heading.id.replace("-", "_") in names
    assert {"figure_population", "ref_goff2015", "forces", "forces_police", "map_mali", "contents"} <= set(names)


def test_every_link_within_the_file_leads_to_a_bookmark() -> None:
    names = set(find(find_body(), ".//w:bookmarkStart/@w:name"))
    anchors = find(find_body(), ".//w:hyperlink/@w:anchor") + find(
        parse("word/footnotes.xml"), ".//w:hyperlink/@w:anchor"
    )
    assert anchors and set(anchors) <= names


def test_every_number_of_the_text_leads_to_its_row_of_the_annex() -> None:
    document = make_sample_document()
    charts = [use for chart in document.blocks if isinstance(chart, Chart) for use in chart.points]
    uses = Counter(node.text for node in walk_nodes(document.blocks) if isinstance(node, FigureUse))
    uses -= Counter(use.text for use in charts)
    links = find(find_body(), ".//w:hyperlink[.//w:rStyle/@w:val='FigureUse'][starts-with(@w:anchor, 'figure_')]")
    assert Counter(read_text(link) for link in links) == uses


def test_every_link_to_the_web_has_a_relationship_of_the_part_that_holds_it() -> None:
    for name in ("document", "footnotes"):
        relationships = parse(f"word/_rels/{name}.xml.rels")
        targets = {rel.get("Id"): rel.get("Target") for rel in relationships if rel.get("TargetMode") == "External"}
        used = find(parse(f"word/{name}.xml"), ".//w:hyperlink/@r:id")
        assert used and set(used) == set(targets)
        assert all(target.startswith(("https://", "mailto:")) for target in targets.values())


def test_a_link_to_nothing_is_refused_by_name() -> None:
    lost = Paragraph("lost", (Link("#nowhere", (Text("there"),)),))
    document = dataclasses.replace(make_sample_document(), blocks=(lost,))
    with pytest.raises(ValueError, match='no block "nowhere"'):
        write(document)


def test_the_contents_list_every_heading_with_its_page_in_one_complete_field() -> None:
    entries = find(find_body(), ".//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'TOC') and w:hyperlink]")
    headings = [block for block in make_sample_document().blocks if isinstance(block, Heading)]
    assert [read_text(entry) for entry in entries] == [
        f"{heading.number} {read(heading.children)} 3".strip() for heading in headings
    ]
    marks = [find_text(entry, "string(w:hyperlink/@w:anchor)") for entry in entries]
    targets = [find_bookmarked(mark) for mark in marks]
    assert [read_style(target) for target in targets] == [f"Heading{heading.level}" for heading in headings]
    assert [read_text(target) for target in targets] == [read(heading.children) for heading in headings]
    kinds = [mark for entry in entries for mark in find(entry, ".//w:fldChar/@w:fldCharType")]
    assert Counter(kinds) == dict.fromkeys(("begin", "separate", "end"), len(headings) + 1)
    assert kinds[:2] == ["begin", "separate"] and kinds[-1] == "end"


def find_bookmarked(name: str) -> Any:
    return find(find_body(), f".//w:p[w:bookmarkStart/@w:name='{name}']")[0]


def test_word_is_not_asked_to_update_anything_on_opening() -> None:
    assert find(parse("word/settings.xml"), "//w:updateFields") == []
    assert find(find_body(), ".//@w:dirty") == []
    assert find(find_body(), ".//w:sdt") == []


def test_the_numbers_that_word_gives_headings_are_those_of_the_document() -> None:
    counts = [0, 0]
    for heading in (block for block in make_sample_document().blocks if isinstance(block, Heading)):
        paragraph = find_bookmarked(heading.id.replace("-", "_"))
        if find_text(paragraph, "string(w:pPr/w:numPr/w:numId/@w:val)") == "0":
            assert heading.number == ""
            continue
        counts[heading.level - 1 :] = [counts[heading.level - 1] + 1, 0][: 3 - heading.level]
        assert ".".join(map(str, counts[: heading.level])) == heading.number


def test_a_heading_that_word_would_number_otherwise_has_its_number_typed() -> None:
    document = dataclasses.replace(
        make_sample_document(), blocks=(Heading("annex", 1, "A", (Text("Annex"),)), Contents("contents", "Contents"))
    )
    body = etree.fromstring(read_package(write(document))["word/document.xml"])
    (heading,) = find(body, ".//w:p[w:pPr/w:pStyle/@w:val='Heading1']")
    assert read_text(heading) == "A Annex"


def test_every_footnote_mark_has_its_footnote() -> None:
    document = make_sample_document()
    notes = [node for node in walk_nodes(document.blocks) if isinstance(node, Note)]
    marks = find(find_body(), ".//w:footnoteReference/@w:id")
    footnotes = {note.get(expand_name("w:id")): read_text(note) for note in parse("word/footnotes.xml")}
    assert [footnotes[mark] for mark in marks] == [read(note.children) for note in notes]
    assert [int(mark) for mark in marks] == [note.number for note in notes]
    assert set(footnotes) - set(marks) == {"-1", "0"}
    settings = find(parse("word/settings.xml"), "//w:footnotePr/w:footnote/@w:id")
    assert settings == ["-1", "0"]


def test_every_picture_has_words_and_an_svg_beside_its_png() -> None:
    charts = [block for block in make_sample_document().blocks if isinstance(block, Chart)]
    relationships = {rel.get("Id"): rel.get("Target") for rel in parse("word/_rels/document.xml.rels")}
    drawings = find(find_body(), ".//w:drawing")
    assert [find_text(drawing, "string(.//wp:docPr/@descr)") for drawing in drawings] == [
        chart.alternative for chart in charts
    ]
    for drawing, chart in zip(drawings, charts, strict=True):
        for path, suffix in ((".//a:blip/@r:embed", "png"), (".//asvg:svgBlip/@r:embed", "svg")):
            target = relationships[find(drawing, path)[0]]
            assert read_parts()[f"word/{target}"] == make_sample_images()[f"{chart.image}.{suffix}"]
    numbers = find(find_body(), ".//wp:docPr/@id")
    assert len(set(numbers)) == len(numbers)


def test_captions_are_numbered_by_fields_that_count_as_the_document_does() -> None:
    captions = find_paragraphs("Caption")
    fields = [" ".join(find_text(caption, "string(.//w:instrText)").split()) for caption in captions]
    assert fields == [r"SEQ Map \* ARABIC", r"SEQ Chart \* ARABIC", r"SEQ Table \* ARABIC"]


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
              "ListNumber": "List Number", "TOC1": "toc 1", "TOC2": "toc 2", "FootnoteText": "footnote text",
              "FootnoteReference": "footnote reference", "Title": "Title"}  # fmt: skip
    assert {key: names[key] for key in native} == native
    assert set(native) <= used


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


def test_an_incomplete_reference_says_so() -> None:
    entries = [node for node in walk_nodes(make_sample_document().blocks) if isinstance(node, BibliographyEntry)]
    texts = [read_text(paragraph) for paragraph in find_paragraphs("Bibliography")]
    assert [text.endswith("]") for text in texts] == [bool(entry.status) for entry in entries]
