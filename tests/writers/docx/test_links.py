"""Laws of what is linked and counted in the Word file: bookmarks, contents, captions, footnotes."""

import dataclasses
from collections import Counter

import pytest
from lxml import etree

from briefing.document.nodes import Chart, Contents, FigureUse, Heading, Link, Note, Paragraph, Text
from briefing.document.walking import get_text, walk_nodes
from briefing.writers.docx.xml import expand_name
from support.documents import make_sample_document
from support.docx_file import (
    find,
    find_body,
    find_bookmarked,
    find_paragraphs,
    find_text,
    parse,
    read_package,
    read_style,
    read_text,
    write,
)

pytestmark = pytest.mark.layout


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
    headings = [block for block in make_sample_document().blocks if isinstance(block, Heading) and block.level == 1]
    assert [read_text(entry) for entry in entries] == [
        f"{heading.number} {get_text(heading.children)} 3".strip() for heading in headings
    ]
    marks = [find_text(entry, "string(w:hyperlink/@w:anchor)") for entry in entries]
    targets = [find_bookmarked(mark) for mark in marks]
    assert [read_style(target) for target in targets] == [f"Heading{heading.level}" for heading in headings]
    assert [read_text(target) for target in targets] == [get_text(heading.children) for heading in headings]
    kinds = [mark for entry in entries for mark in find(entry, ".//w:fldChar/@w:fldCharType")]
    assert Counter(kinds) == dict.fromkeys(("begin", "separate", "end"), len(headings) + 1)
    assert kinds[:2] == ["begin", "separate"] and kinds[-1] == "end"


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
    assert [footnotes[mark] for mark in marks] == [get_text(note.children) for note in notes]
    assert [int(mark) for mark in marks] == [note.number for note in notes]
    assert set(footnotes) - set(marks) == {"-1", "0"}
    settings = find(parse("word/settings.xml"), "//w:footnotePr/w:footnote/@w:id")
    assert settings == ["-1", "0"]


def test_captions_are_numbered_by_fields_that_count_as_the_document_does() -> None:
    captions = find_paragraphs("Caption")
    fields = [" ".join(find_text(caption, "string(.//w:instrText)").split()) for caption in captions]
    assert fields == [r"SEQ Map \* ARABIC", r"SEQ Chart \* ARABIC", r"SEQ Table \* ARABIC"]
