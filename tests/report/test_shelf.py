"""The page of all notes: what it says of each, how it is found, and what a browser may run of it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from briefing.formats.web_page import hash_script
from briefing.report.shelf import describe_shelf
from briefing.workflow.settings import NoteSettings
from briefing.workflow.shelf import forget_complaints, write_shelf
from support.clients import search_shelf
from support.house import ROOT

TEMPLATES = ROOT / "templates"
SETTINGS = NoteSettings(["en", "fr"], ["html", "pdf"], {}, "release", {})
STALE = "debt (2014): the latest value is 49 months old on 2019-02-11; add a newer observation"


def make_figure(name: str, where: str, **fields: Any) -> dict[str, Any]:
    row = {
        "id": name,
        "label": name.title(),
        "text": f"{name} <1>",
        "period": "2017",
        "source": "a",
        "derived_from": [],
    }
    return {**row, "where_used": [where], **fields}


def finish(folder: Path, note: str, figures: list[dict[str, Any]], stale: list[str], is_whole: bool = True) -> None:
    """Put a finished set of a note into its place, and say whether its last build was whole."""
    place, build = folder / "outputs" / note, folder / "build" / note
    place.mkdir(parents=True)
    (build / "log").mkdir(parents=True)
    warnings = [
        {"kind": kind, "message": text} for kind, text in [*(("staleness", text) for text in stale), ("glossary", "x")]
    ]
    fr = {"percent": 62.5}
    report = {
        "edition": "2019-02",
        "as_of": "2019-02-11",
        "version": "0" * 12,
        "warnings": warnings,
        "later": [1],
        "translations": {"fr": fr},
    }
    for tag in ("en", "fr"):
        metadata = {
            "title": f"The {note} & its guard ({tag})",
            "subtitle": "",
            "issued": "2019-02-12",
            "keywords": ["Sûreté"],
        }
        heading = {"type": "Heading", "children": [{"type": "Text", "text": "Its history"}]}
        (place / f"{note}.{tag}.json").write_text(json.dumps({"metadata": metadata, "blocks": [heading]}), "utf-8")
    outputs = [f"{note}.{tag}.{kind}" for tag in ("en", "fr") for kind in ("html", "json", "pdf")]
    for name in ("report.html", *outputs):
        (place / name).touch()
    for name, content in (
        ("report", report),
        ("figures", figures),
        ("manifest", {"outputs": {name: {} for name in outputs}}),
    ):
        (place / f"{name}.json").write_text(json.dumps(content), "utf-8")
    if is_whole:
        (build / "delivered.json").touch()


@pytest.fixture(name="shelf")
def make_shelf(tmp_path: Path) -> Path:
    """Make a folder with a good note, one whose last build was stopped, and one that was never made."""
    debt = make_figure("debt", "key-debt")
    finish(tmp_path, "arden", [debt, make_figure("area", "key-area"), make_figure("other", "key-points-1-1")], [STALE])
    # The same indicator under another name, and an older value of it.
    other = [make_figure(f"debt_{year}", "key-debt", indicator="debt", label="Debt", period=year, text=text)
             for year, text in (("2017", debt["text"]), ("2014", "an older one"))]  # fmt: skip
    finish(tmp_path, "strelsau", other, [], is_whole=False)
    told = "sources/strelsau/note.yaml:2:8: the title is <b>; mend it\n\n1 problem; nothing was written.\n"
    (tmp_path / "build/strelsau/log/validate.txt").write_text(told, "utf-8")
    (tmp_path / "sources/zenda").mkdir(parents=True)
    (tmp_path / "sources/zenda/note.yaml").write_text("title: Zenda\n", "utf-8")
    (tmp_path / "sources/arden/editions/2018-01").mkdir(parents=True)
    (tmp_path / "sources/arden/editions/2018-01/manifest.json").touch()
    write_shelf(tmp_path, TEMPLATES, dict.fromkeys(("arden", "strelsau", "zenda"), SETTINGS))
    return tmp_path


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
    rows = page.xpath("//table[@class='matrix']//tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    assert cells == [
        ["Note", "Debt", "Area"],
        ["arden", "debt <1>2017 stale", "area <1>2017"],
        ["strelsau", "debt <1>2017", "–"],
        ["zenda", "–", "–"],
        ["Notes that have it", "2 of 3", "1 of 3"],
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
    assert found["violations"] == [] and found["errors"] == []
