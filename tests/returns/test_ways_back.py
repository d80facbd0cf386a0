"""Word files of earlier days have a link back to the contents below each section, and ask for nothing by it."""

import pytest
from lxml import etree

from support.house import read_labels
from support.returned import bring_back, list_kinds, lose_names, send_out
from support.reviewing import W, WordFile


def send_as_once(language: str, author: str = "") -> WordFile:
    """Send the tiny note as it was once written, with a way back above each section but the first."""
    file = WordFile(send_out("tiny", language), author)
    headings = file.root().xpath("//w:p[w:pPr/w:pStyle/@w:val='Heading1']", namespaces={"w": W[1:-1]})
    assert len(headings) > 3
    words = read_labels(language)["return_to_contents"]
    for number, heading in enumerate(headings[1:], 1):
        heading.addprevious(
            etree.fromstring(
                f"""<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:pStyle w:val="Return"/></w:pPr>
                <w:bookmarkStart w:id="{number + 8000}" w:name="return_{number}"/><w:hyperlink w:anchor="contents">
                <w:r><w:rPr><w:rStyle w:val="ReturnLink"/></w:rPr><w:t>↑ {words}</w:t>
                </w:r></w:hyperlink><w:bookmarkEnd w:id="{number + 8000}"/></w:p>"""
            )
        )
    return file


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_file_with_ways_back_asks_for_nothing(language: str) -> None:
    raw = send_as_once(language).save()
    for found in (bring_back(raw, language=language), bring_back(lose_names(raw), language=language)):
        assert found.proposal["items"] == [] and not found.changed
    assert bring_back(raw, language=language).proposal["doubts"] == []


def test_what_is_edited_beside_and_in_them_is_told() -> None:
    file = send_as_once("en", "Ada")
    file.replace(file.find("guards_1"), "covers", "has")
    assert list_kinds(bring_back(file.save())) == ["text"]
    file.replace(file.find("return_1"), "contents", "nowhere")
    found = bring_back(file.save()).proposal
    told = [(item["kind"], item["new"]) for item in found["items"]]
    assert sorted(told) == [("text", "has"), ("unplaced", "nowhere")] and found["told"] == found["inserted"]
