"""What takes long beside the preview: the PDF at the page that changed first, and what changed since an edition."""

from pathlib import Path

import pytest

from briefing.preview.paper import find_page, lay_out, list_changed, plan_layout
from briefing.preview.session import PreviewSession
from briefing.preview.since import list_since, plan_since
from briefing.workflow.preview_errands import Errands
from support.editions import read_raw
from support.previewing import TINY, edit, look, make_desk, publish

CHANGED = edit("| over 2900 }} members", "| more than 2900 }} members")


def test_the_block_that_changed_first_is_found_with_those_before_it() -> None:
    before, after = (look(PreviewSession(), raw).proofs["en"].document for raw in (None, CHANGED))
    assert list_changed(before, before) == []
    assert list_changed(before, after)[:3] == ["number-1", "number", "guards-1"]


def test_what_changed_since_an_edition_is_listed_and_leads_into_the_page() -> None:
    desk = make_desk()
    edition = publish(desk, read_raw(TINY))
    same = list_since(plan_since(desk, read_raw(TINY), "2019-01", edition)).decode()
    assert "Nothing has changed." in same
    raw = edit("women_guards,2018,450", "women_guards,2018,1230", "observations.csv")
    page = list_since(plan_since(desk, raw, "2019-01", edition)).decode()
    assert "1,230" in page and "Figures that moved sentences" in page
    stale = list_since(plan_since(desk, CHANGED, "2019-01", edition)).decode()
    assert 'href="/tiny.en.html#' in stale and "redline." not in page + stale


def test_the_edition_that_was_published_last_is_the_base(tmp_path: Path) -> None:
    errands = Errands(tmp_path, lambda: None, str)
    assert errands.find_edition(TINY) == ""
    for name in ("2018-06", "2019-02", "2019-02-r9", "2019-02-r10", "x", "2019-02-r11.old"):
        (tmp_path / "sources" / TINY / "editions" / name).mkdir(parents=True)
        (tmp_path / "sources" / TINY / "editions" / name / "manifest.json").touch()
    (tmp_path / "sources" / TINY / "editions/2020-01").mkdir()
    assert errands.find_edition(TINY) == "2019-02-r10"
    ways = errands.list_ways(make_desk())
    assert ways == {"PDF (en)": "/pages.en", "PDF (fr)": "/pages.fr", "Changes since 2019-02-r10": "/changes"}


@pytest.mark.layout
def test_the_pdf_is_that_of_the_build_and_opens_at_the_page_that_changed() -> None:
    desk = make_desk()
    before, proof = (look(PreviewSession(), raw).proofs["en"] for raw in (None, CHANGED))
    pdf, page = lay_out(plan_layout(desk, "en", proof, before.document))
    assert pdf.startswith(b"%PDF") and page == find_page(pdf, ["number-1"])
    assert find_page(pdf, ["nowhere", "figures-and-sources"]) > find_page(pdf, ["key-statistics"]) == 1
