"""The pages that editors read: of one look, whole without the network, fit for a phone, the dark and the keyboard."""

import re
from pathlib import Path

import lxml.html
import pytest

from briefing.preview.shell import write_source_page, write_told_page
from briefing.problems import Problem
from briefing.report.editor_page import write_look
from briefing.report.page import write_report_page
from briefing.review.impact_page import write_impact_page
from briefing.steps.import_file import write_remarks_page
from briefing.steps.refresh import write_proposal_page
from support.clients import try_editor_pages
from support.editions import read_source, set_value
from support.house import make_fonts, read_page_templates
from support.refreshing import answer, refresh
from support.reporting import report_on
from support.returned import bring_back, send_out
from support.reviewing import WordFile
from support.shelves import fill_shelf


@pytest.fixture(name="pages", scope="module")
def write_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write each page with something in all its parts, as the steps and the commands write it."""
    folder = tmp_path_factory.mktemp("pages")
    parts = (read_page_templates(), make_fonts())
    figures = {"observations.csv": set_value("tiny", "guards", "2018", "2850")}
    report = write_report_page(report_on("tiny", files=figures), *parts)
    proposal = refresh(answer()).proposal
    assert proposal["impact"]
    file = WordFile(send_out("tiny"))
    file.replace(file.find("guards_1"), "covers", "spans")
    file.comment(file.find("number_1"), "450", "Why?")
    look, wrong = write_look(*parts), [Problem("sources/tiny/text/01-guards.md", 2, 3, "this is wrong; mend it")]
    name = wrong[0].file
    written = {
        "told": write_told_page("changes", "This cannot be made.", wrong, str, look, ("The note", "#")).decode(),
        "source": write_source_page(name, read_source("tiny", "text/01-guards.md").encode(), wrong, look).decode(),
        "report": report,
        "changes": write_impact_page(proposal["impact"], *parts),
        "refresh": write_proposal_page(proposal, *parts),
        "import": write_remarks_page(bring_back(file.save()).proposal, *parts),
    }
    for name, page in written.items():
        (folder / f"{name}.html").write_text(page, "utf-8")
    return {name: folder / f"{name}.html" for name in written} | {"shelf": fill_shelf(folder) / "outputs/index.html"}


def test_all_have_one_style_one_frame_and_no_need_of_another_file(pages: dict[str, Path]) -> None:
    styles = set()
    for name, path in pages.items():
        page = lxml.html.document_fromstring(path.read_text("utf-8"))
        styles.update(re.sub(r"@font-face .*", "", style.text).strip() for style in page.xpath("//style"))
        assert not page.xpath("//@src | //link | //@style"), name
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'") and "'unsafe-inline'" not in policy.partition("script-src")[2]
        assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1, name
        assert path.stat().st_size < 150_000, name
    assert len(styles) == 1


def test_every_class_that_a_page_bears_is_one_of_the_style_or_of_its_script(pages: dict[str, Path]) -> None:
    """A name that nothing knows is one that was meant to look like something."""
    templates = read_page_templates()
    known = " ".join(text for name, text in templates.items() if name.endswith((".css", ".js")))
    told = {"texts", "row", "hand"}  # these look like what they stand in
    for name, path in pages.items():
        page = lxml.html.document_fromstring(path.read_text("utf-8"))
        classes = {word for value in page.xpath("//@class") for word in value.split()}
        assert not {word for word in classes - told if not re.search(rf"\.{word}\b", known)}, name


@pytest.mark.client
def test_a_browser_finds_no_barrier_and_no_broken_date_nothing_scrolls_sideways_and_keys_lead_through_the_items(
    pages: dict[str, Path],
) -> None:
    seen = try_editor_pages(list(pages.values()))
    assert (seen["violations"], seen["overflow"], seen["broken"], seen["errors"]) == ([], [], [], [])
    walked = {"places": [0, 1, 0, 0], "seen": True, "ticked": 1}
    assert seen["keys"] == {str(pages[name]): walked for name in ("changes", "import")}
