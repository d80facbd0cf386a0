"""What a Word file says of itself, so that an edited copy of it can be compared with what was sent."""

import dataclasses
from typing import Any

import pytest
from lxml import etree

from briefing.document.nodes import Chart, Document, Note
from briefing.document.serialization import hash_document
from briefing.document.walking import walk_nodes
from briefing.redline.documents import redline
from briefing.writers.docx.identity import hash_comment
from briefing.writers.docx.story import DISCLAIMER, SOURCE, name_bookmarks
from support.documents import make_sample_document
from support.docx_file import find, parse, read_package, read_parts, write
from support.redlines import PAIRS, explain, make_both_images

PROPERTIES = "docProps/custom.xml"


def read_properties(root: Any) -> dict[str, str]:
    return {row.get("name"): row[0].text for row in root}


def read_written(document: Document) -> dict[str, str]:
    return read_properties(etree.fromstring(read_package(write(document, make_both_images()))[PROPERTIES]))


def test_the_properties_name_the_note_its_version_and_the_composed_document() -> None:
    document = make_sample_document()
    said = read_properties(parse(PROPERTIES))
    assert said == {
        "briefnote:note": document.metadata.note,
        "briefnote:language": document.metadata.language,
        "briefnote:version": document.metadata.version,
        "briefnote:document": hash_document(document),
    }
    changed = dataclasses.replace(document, blocks=document.blocks[:-1])
    assert read_written(changed)["briefnote:document"] != said["briefnote:document"]


def test_a_redline_names_its_versions_and_its_own_comments() -> None:
    old, new = PAIRS["key statistics, there"]
    merged = dataclasses.replace(redline(old, new, explain), versions=("2019-02", "now"))
    package = read_package(write(merged, make_both_images()))
    said = read_properties(etree.fromstring(package[PROPERTIES]))
    comments = find(etree.fromstring(package["word/comments.xml"]), "//w:comment")
    hashes = [hash_comment("".join(comment.itertext())) for comment in comments]
    assert said["briefnote:versions"] == "2019-02..now" and comments
    assert " ".join(text for name, text in said.items() if name.startswith("briefnote:comments-")).split() == hashes
    assert max(map(len, said.values())) <= 255


def test_footnotes_and_the_texts_under_charts_have_bookmarks() -> None:
    blocks = make_sample_document().blocks
    named = [node.id for node in walk_nodes(blocks) if isinstance(node, Note)]
    charts = [block for block in blocks if isinstance(block, Chart)]
    named += [
        chart.id + end
        for chart in charts
        for end, text in ((SOURCE, chart.source), (DISCLAIMER, chart.disclaimer))
        if text
    ]
    written = {
        name
        for part in ("document", "footnotes")
        for name in find(parse(f"word/{part}.xml"), "//w:bookmarkStart/@w:name")
    }
    assert {*name_bookmarks(named).values()} <= written and len(named) > 3


@pytest.mark.parametrize("name", [name for name in PAIRS if "chart" in name or "note" in name][:4])
def test_what_both_versions_of_a_redline_have_gets_one_bookmark(name: str) -> None:
    package = read_package(write(redline(*PAIRS[name], explain), make_both_images()))
    parts = [etree.fromstring(package[f"word/{part}.xml"]) for part in ("document", "footnotes")]
    names = [value for part in parts for value in find(part, "//w:bookmarkStart/@w:name")]
    kept = [value for value in names if value.endswith(("_source", "_disclaimer")) or value.startswith("note_")]
    assert kept and len(set(kept)) == len(kept)


def test_page_one_alone_says_how_to_send_changes_back() -> None:
    feet = {number: "".join(parse(f"word/footer{number}.xml").itertext()) for number in (1, 2)}
    assert "To propose changes, edit this file" in feet[2] and feet[2].endswith(feet[1])
    references = {row.get("Id"): row.get("Target") for row in parse("word/_rels/document.xml.rels")}
    used = [references[key].rpartition("/")[2] for key in find(parse("word/document.xml"), "//w:footerReference/@r:id")]
    assert used == ["footer2.xml", "footer1.xml"]


def test_the_package_says_which_part_has_the_properties() -> None:
    assert b"custom-properties+xml" in read_parts()["[Content_Types].xml"]
    assert b"docProps/custom.xml" in read_parts()["_rels/.rels"]
