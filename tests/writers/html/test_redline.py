"""The redline as a page: both versions can be read from it, and each change is found, counted and told in words."""

import collections
import dataclasses
import functools
import io
import re
from pathlib import Path
from typing import Any

import lxml.html
import pypdf
import pytest

from briefing.document.changes import CAUSE_KINDS
from briefing.document.nodes import Chart, ChartLabel, Document, Paragraph, Text
from briefing.document.version_names import PHONE, list_pictures, name_form
from briefing.document.versions import mark_version
from briefing.redline.changes import list_changes
from briefing.redline.documents import redline
from briefing.review.doubts import mark_doubts
from briefing.writers.html.page import write_html, write_page
from briefing.writers.pdf.layout import write_pdf
from support.clients import browse, find_errors
from support.documents import make_sample_document
from support.house import make_font_folder, read_labels, read_templates
from support.reading import Reading, read_html, show_difference
from support.redlines import PAIRS, explain, make_both_images

# Hundreds of documents: left out of the quick check.
pytestmark = pytest.mark.workflow


class Fonts(dict[str, bytes]):
    """Fonts of no content, which no test of texts needs."""

    def __missing__(self, name: str) -> bytes:
        return b""


def write(document: Document) -> str:
    return write_html(document, read_labels(), make_both_images(), Fonts(), read_templates())


@functools.cache
def write_pair(name: str) -> str:
    return write(redline(*PAIRS[name], explain))


def parse(name: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(write_pair(name))


def read_version(name: str, dropped: str) -> Reading:
    """Read one version from a redline: without the elements of the other, and without what tells of changes."""
    page = parse(name)
    kind = {"del": "deleted", "ins": "inserted"}[dropped]
    paths = (f"//{dropped}", f"//li[{find_class(kind)}]", f"//tr[{find_class(kind)}]")
    told = (f"//*[{find_class(word)}]" for word in ("changes", "moved", "version", "margin"))
    for path in (*paths, *told):
        for element in page.xpath(path):
            if element.getparent() is not None:
                element.drop_tree()
    return read_html(lxml.html.tostring(page, encoding="unicode"), heading_numbers=False)


def find_class(word: str) -> str:
    return f"contains(concat(' ', @class, ' '), ' {word} ')"


@pytest.mark.parametrize("name", PAIRS)
def test_without_what_went_the_page_reads_as_that_of_the_new_version(name: str) -> None:
    found = read_version(name, "del")
    expected = read_html(write(PAIRS[name][1]), heading_numbers=False)
    assert show_difference(found.body, expected.body) == ""
    assert found.notes == expected.notes


@pytest.mark.parametrize("name", PAIRS)
def test_without_what_came_the_text_reads_as_that_of_the_old_version_but_for_its_numbering(name: str) -> None:
    found = read_version(name, "ins")
    expected = read_html(write(PAIRS[name][0]), heading_numbers=False)
    # The contents are those of the new version, and so is what the program counts.
    texts = [re.sub(r"\d", "", reading.body.replace("".join(reading.contents), "", 1)) for reading in (found, expected)]
    assert show_difference(*texts) == ""
    assert found.notes == expected.notes


@pytest.mark.parametrize("name", PAIRS)
def test_every_id_is_unique_and_every_link_leads_somewhere(name: str) -> None:
    page = parse(name)
    ids = collections.Counter(page.xpath("//@id"))
    assert [identifier for identifier, count in ids.items() if count > 1] == []
    assert [link for link in page.xpath("//@href") if link.startswith("#") and link[1:] not in ids] == []


@pytest.mark.parametrize("name", PAIRS)
def test_the_legend_counts_the_changes_and_the_list_leads_to_each(name: str) -> None:
    changes = list_changes(redline(*PAIRS[name], explain))
    page = parse(name)
    assert len(page.xpath("//section[@class='changes']//ol/li")) == len(changes)
    counted = {
        label.xpath("string(input/@id)").removeprefix("show-"): int(label.text_content().split()[-1])
        for label in page.xpath("//fieldset/label")
    }
    assert counted == collections.Counter(change.cause.kind for change in changes)


def test_a_note_compared_with_itself_says_that_nothing_has_changed() -> None:
    page = parse("nothing, there")
    assert page.xpath("//ins|//del|//fieldset") == []
    assert read_labels()["changes_none"] in page.xpath("string(//section[@class='changes'])")


def test_a_page_that_is_no_redline_says_nothing_of_changes() -> None:
    page = write(PAIRS["nothing, there"][0])
    assert "cause-" not in page
    assert 'class="changes"' not in page


def test_a_mark_says_in_words_what_it_is_and_why() -> None:
    (mark,) = parse("key statistics, there").xpath("//td[@class='value']/del[contains(., '18 million')]")
    assert mark.get("data-said") == "deleted"
    assert mark.get("title").startswith("Data: World Bank 2026-03-06. Old value: 1")
    assert mark.get("class") == "cause-data"


def test_both_versions_of_a_chart_stand_side_by_side_with_their_own_pictures() -> None:
    document = redline(*PAIRS["a chart, there"], explain)
    assert list_pictures(document) == ["map-mali", "women-by-force.old", "women-by-force"]
    (pair,) = parse("a chart, there").xpath("//div[@class='versions']")
    assert [element.tag for element in pair] == ["del", "ins"]


def test_what_was_moved_leads_to_its_other_place() -> None:
    page = parse("a section moved, there")
    links = page.xpath(f"//p[{find_class('moved')}]/a/@href")
    assert sorted(links) == ["#move-1-from", "#move-1-to"]


def measure_contrast(one: str, other: str) -> float:
    def measure(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((measure(one), measure(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("kind", CAUSE_KINDS)
def test_every_cause_has_a_colour_that_can_be_read_and_a_filter(kind: str) -> None:
    rule = re.search(rf"\.cause-{kind} {{ --cause: (#\w{{6}}); --tint: (#\w{{6}}); }}", read_templates()["causes.css"])
    assert rule
    # White, its own tint, and the ground of the key statistics.
    assert min(measure_contrast(rule[1], ground) for ground in ("#ffffff", rule[2], "#f3f6f6")) >= 4.5
    filters = read_templates()["redline-screen.css"]
    assert filters.count(f"#show-{kind}:not(:checked)") == 3
    assert f"cause_{kind}" in read_labels()


@pytest.mark.layout
def test_a_redline_is_laid_out_as_a_tagged_pdf_without_a_warning() -> None:
    for name in ("a section moved, there", "key statistics, back", "a chart, there", "a note, there"):
        document = redline(*PAIRS[name], explain)
        pdf = write_pdf(document, read_labels(), make_both_images(), make_font_folder(), read_templates(), {})
        assert "/StructTreeRoot" in pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]


@pytest.mark.client
@pytest.mark.parametrize("name", ["key statistics, there", "a section moved, there", "a chart, there"])
def test_the_validator_finds_no_error_in_a_redline(name: str, tmp_path: Path) -> None:
    path = tmp_path / "redline.html"
    path.write_text(write_pair(name), encoding="utf-8")
    assert find_errors(path) == []


@pytest.mark.client
@pytest.mark.parametrize("width", [380, 1280])
@pytest.mark.parametrize("name", ["key statistics, there", "a section moved, there", "a chart, there"])
def test_in_a_browser_axe_finds_no_error_in_a_redline(name: str, width: int, tmp_path: Path) -> None:
    path = tmp_path / "redline.html"
    path.write_text(write_pair(name), encoding="utf-8")
    seen = browse(path, width)
    assert (seen["violations"], seen["errors"], seen["overflow"]) == ([], [], 0)


def test_a_wording_that_is_not_true_says_so_on_the_page_and_only_where_it_stands_now() -> None:
    doubted = mark_doubts(redline(*PAIRS["key statistics, there"], explain), {("population", ""): "not true: it is 20"})
    page = lxml.html.document_fromstring(write(doubted))
    marks = page.xpath("//mark")
    assert marks and all("not true: it is 20" in mark.text_content() for mark in marks)
    assert any("19 million" in mark.text_content().replace("\N{NO-BREAK SPACE}", " ") for mark in marks)
    assert page.xpath("//del//mark") == []


def test_the_heading_names_both_versions() -> None:
    merged = dataclasses.replace(
        redline(*PAIRS["a cell, there"], explain), versions=("commit 1a2b3c4", "the working tree")
    )
    page = lxml.html.document_fromstring(write(merged))
    assert page.xpath("string(//h2[@id='changes-title'])") == "Changes from commit 1a2b3c4 to the working tree"


@pytest.mark.parametrize("name", ["nothing, there", "a chart, there"])
def test_what_a_chart_draws_and_is_not_true_is_said_under_its_new_picture(name: str) -> None:
    doubted = mark_doubts(redline(*PAIRS[name], explain), {("gendarmerie_women", ""): "not true: it is 20"})
    page = lxml.html.document_fromstring(write(doubted))
    (mark,) = page.xpath("//figure//mark")
    assert mark.text_content() == "under 3% [not true: it is 20]"
    assert mark.xpath("ancestor::figure/@id") == ["chart-women"]
    assert not mark.xpath("ancestor::del")


def test_the_heading_is_set_in_the_typography_of_its_language() -> None:
    merged = dataclasses.replace(redline(*PAIRS["a cell, there"], explain), versions=("le 11 février", "le 1er avril"))
    written = write_html(merged, read_labels("fr"), make_both_images(), Fonts(), read_templates())
    assert lxml.html.document_fromstring(written).xpath("//h2[@id='changes-title']/sup/text()") == ["er"]


def test_on_paper_the_legend_stands_first_and_two_versions_of_a_chart_are_those_drawn_for_a_phone() -> None:
    merged = redline(*PAIRS["a chart, there"], explain)
    sources = {form: form for name in list_pictures(merged) for form in (name, name_form(name, PHONE))}
    page = lxml.html.document_fromstring(write_page(merged, "pdf", read_labels(), sources, read_templates()))
    assert page.xpath("//section[@class='changes']/following::div[@class='front']")
    (pair,) = page.xpath("//div[@class='versions']")
    assert all(PHONE in src for src in pair.xpath(".//img/@src")) and len(pair.xpath(".//img")) == 2
    assert not any(PHONE in src for src in page.xpath("//img[not(ancestor::div[@class='versions'])]/@src"))


def make_paragraph(text: str, key: int = 0) -> Document:
    return dataclasses.replace(make_sample_document(), blocks=(Paragraph("p", (Text(text),), key_sentence=key),))


FORCES = "The forces answer to nobody. The ministry says so."


@pytest.mark.parametrize(("before", "after"), [(0, 2), (2, 0), (1, 2)])
def test_a_key_sentence_that_came_or_went_is_a_change_that_its_redline_shows(before: int, after: int) -> None:
    merged = redline(make_paragraph(FORCES, before), make_paragraph(FORCES, after), explain)
    (change,) = list_changes(merged)
    sentences = ["", "The forces answer to nobody.", "The ministry says so."]
    assert (change.old, change.new) == (sentences[before], sentences[after])
    page = lxml.html.document_fromstring(write(merged))
    (line,) = page.xpath("//p[@class='margin']")
    assert (line.xpath("string(del)"), line.xpath("string(ins)")) == (change.old, change.new)
    assert line.xpath("*/@id") == ["change-1"] and page.xpath("//li/a/@href") == ["#change-1"]
    version = "new" if after else "old"
    boxed = write_page(mark_version(merged, version), "pdf", read_labels(), {}, read_templates())
    assert lxml.html.document_fromstring(boxed).xpath("string(//span[@class='key-sentence']/ins)") == (
        change.new or change.old
    )


def test_a_key_sentence_that_another_sentence_is_put_before_is_no_change_of_the_margin() -> None:
    merged = redline(make_paragraph(FORCES, 2), make_paragraph(f"It is so. {FORCES}", 3), explain)
    assert [change.attribute for change in list_changes(merged)] == [""]
    boxed = write_page(mark_version(merged, "new"), "pdf", read_labels(), {}, read_templates())
    (margin,) = lxml.html.document_fromstring(boxed).xpath("//span[@class='key-sentence']")
    assert margin.text_content() == "The ministry says so." and not margin.xpath("ins")


def test_a_key_sentence_whose_words_are_others_is_boxed_in_the_margin_and_told_once() -> None:
    merged = redline(make_paragraph(FORCES, 2), make_paragraph(FORCES.replace("ministry", "cabinet"), 2), explain)
    assert [(change.old, change.new) for change in list_changes(merged)] == [("ministry", "cabinet")]
    boxed = write_page(mark_version(merged, "new"), "pdf", read_labels(), {}, read_templates())
    (margin,) = lxml.html.document_fromstring(boxed).xpath("//span[@class='key-sentence']")
    assert margin.xpath("string(ins)") == "The cabinet says so."


def test_a_key_sentence_stands_in_the_margin_of_paper_alone() -> None:
    chosen = make_paragraph(FORCES, 2)
    for variant, times in (("pdf", 2), ("screen", 1)):
        page = lxml.html.document_fromstring(write_page(chosen, variant, read_labels(), {}, read_templates()))
        assert page.find("body").text_content().count("The ministry says so.") == times


@pytest.mark.parametrize("name", PAIRS)
def test_no_line_of_the_list_strikes_out_what_it_inserts(name: str) -> None:
    for line in parse(name).xpath("//section[@class='changes']//ol/li"):
        gone, come = (["".join(mark.itertext()) for mark in line.iter(tag)] for tag in ("del", "ins"))
        assert not set(gone) & set(come)


def test_the_list_shows_what_differs_however_late_it_stands() -> None:
    long = "Many words that both versions have and nobody changed. " * 20
    old, new = (make_chart(source=f"{long}It is {word}.") for word in ("open", "closed"))
    page = lxml.html.document_fromstring(write(redline(old, new, explain)))
    (line,) = page.xpath("//section[@class='changes']//ol/li")
    assert (line.xpath("string(del)"), line.xpath("string(ins)")) == ("open", "closed")
    assert len(line.text_content()) < 200
    (pair,) = page.xpath("//div[@class='versions']")
    assert pair.xpath("del//p//del/text()") == ["open"] and pair.xpath("ins//p//ins/text()") == ["closed"]


def test_where_only_the_picture_is_another_the_redline_says_what_is_new_in_it() -> None:
    labels = [ChartLabel(name, (Text(name),)) for name in ("Mali", "Chad", "Togo")]
    old, new = make_chart(labels=(labels[0], labels[1])), make_chart(labels=(labels[0], labels[2]))
    page = lxml.html.document_fromstring(write(redline(old, new, explain)))
    said = "No longer in the picture: Chad. New in the picture: Togo."
    assert page.xpath("string(//p[contains(@class, 'drawn')])") == said
    (line,) = page.xpath("//section[@class='changes']//ol/li")
    assert said in line.text_content() and not line.xpath("ins|del")


def make_chart(**changed: Any) -> Document:
    sample = make_sample_document()
    chart = next(block for block in sample.blocks if isinstance(block, Chart) and block.id == "chart-women")
    changed = {name: (Text(value),) if isinstance(value, str) else value for name, value in changed.items()}
    chart = dataclasses.replace(chart, **changed)
    return dataclasses.replace(
        sample, blocks=tuple(chart if block.id == chart.id else block for block in sample.blocks)
    )
