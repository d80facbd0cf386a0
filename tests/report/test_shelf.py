"""The page of all notes: what it says of each, how it is found, and what a browser may run of it."""

import json
import re
from pathlib import Path

import pytest
from lxml import html

from briefing.formats.web_page import hash_script
from briefing.report.shelf import describe_shelf
from briefing.workflow.shelf import forget_complaints, write_shelf
from support.clients import search_shelf
from support.shelves import SETTINGS, STALE, TEMPLATES, fill_shelf


@pytest.fixture(name="shelf")
def make_shelf(tmp_path: Path) -> Path:
    """Make a folder of three notes, and their page."""
    return fill_shelf(tmp_path)


def test_the_data_say_the_state_of_each_note(shelf: Path) -> None:
    data = json.loads((shelf / "outputs/index.json").read_text("utf-8"))
    arden, strelsau, zenda = data["notes"]
    assert [note["state"] for note in data["notes"]] == ["finished", "stopped", "missing"]
    assert arden["stale"] == [STALE] and arden["warnings"] == 1 and arden["later"] == 1
    assert arden["published"] == ["2018-01"] and arden["languages"]["fr"]["translated"] == 62.5
    assert arden["languages"]["en"]["files"] == {"html": "arden/arden.en.html", "pdf": "arden/arden.en.pdf"}
    assert strelsau["problems"] == ["sources/strelsau/note.yaml:2:8: the title is <b>; mend it"]
    assert zenda["languages"][""]["title"] == "Zenda"
    assert data == json.loads(json.dumps(describe_shelf(data["notes"])))


def test_the_matrix_has_the_figures_of_the_boxes_those_of_most_notes_first(shelf: Path) -> None:
    page = html.parse(shelf / "outputs/index.html").getroot()
    rows = page.xpath("//table[contains(@class, 'matrix')]//tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    assert cells == [
        ["Figure", "Notes", "Values"],
        ["Debt", "2 of 3", "arden debt <1> 2017 stale strelsau debt <1> 2017"],
        ["Area", "1 of 3", "arden area <1> 2017"],
    ]


def test_every_link_leads_to_a_file_and_nothing_is_fetched(shelf: Path) -> None:
    page = html.parse(shelf / "outputs/index.html").getroot()
    targets = page.xpath("//a/@href")
    ids = set(page.xpath("//@id"))
    assert len(targets) > 10
    for target in targets:
        assert (target[1:] in ids) if target.startswith("#") else (shelf / "outputs" / target).is_file(), target
    assert not page.xpath("//@src | //link/@href")
    (script,) = page.xpath("//script")
    assert f"'sha256-{hash_script(script.text)}'" in page.xpath("//meta[@http-equiv]/@content")[0]


def test_the_page_can_be_read_without_looking(shelf: Path) -> None:
    """Cells have headings, regions that scroll can be reached and have names, and parts in French are in French."""
    page = html.parse(shelf / "outputs/index.html").getroot()
    for table in page.xpath("//table"):
        assert all(cell.get("scope") == "col" for cell in table.xpath("./thead//th"))
        assert all(row.xpath("./th[@scope='row']") for row in table.xpath("./tbody/tr | ./tfoot/tr"))
    for region in page.xpath("//*[@role='region']"):
        assert region.get("tabindex") == "0" and page.get_element_by_id(region.get("aria-labelledby")) is not None
    assert page.xpath("//label/@for") == ["search"] and page.xpath("//*[@id='found']/@role") == ["status"]
    names = page.xpath("//a[@hreflang]/@aria-label")
    assert len(names) == len(set(names)) == 8


def test_what_is_the_same_is_not_written_again(shelf: Path) -> None:
    page = shelf / "outputs/index.html"
    before = page.stat()
    write_shelf(shelf, TEMPLATES, dict.fromkeys(("arden", "strelsau", "zenda"), SETTINGS))
    assert page.stat().st_ino == before.st_ino and page.stat().st_mtime_ns == before.st_mtime_ns


def test_complaints_of_earlier_builds_are_forgotten(shelf: Path) -> None:
    forget_complaints(shelf, ["strelsau"])
    write_shelf(shelf, TEMPLATES, dict.fromkeys(("arden", "strelsau"), SETTINGS))
    strelsau = json.loads((shelf / "outputs/index.json").read_text("utf-8"))["notes"][1]
    assert strelsau["problems"] == [] and strelsau["state"] == "stopped"
    assert "make note NOTES=strelsau says why" in (shelf / "outputs/index.html").read_text("utf-8")


@pytest.mark.client
def test_the_search_finds_words_whatever_their_accents_and_a_browser_has_nothing_to_object(shelf: Path) -> None:
    found = search_shelf(shelf / "outputs/index.html", ["surete arden", "history", "AREA", "nowhere", ""])
    assert found["shown"] == [["arden"], ["arden", "strelsau"], ["arden"], [], ["arden", "strelsau", "zenda"]]
    assert re.search("1 of 3 notes", found["said"][0]) and not found["said"][-1]
    assert found["errors"] == []
