"""The page before those who read it: the W3C's validator, and axe in a browser, at a phone's and a desk's width.

They need the packages of tests/clients (`npm install` there), and Node, Java and Chromium on the machine.
"""

from pathlib import Path

import pytest

from briefing.writers.html.page import write_html
from support.clients import browse, find_barriers, find_errors
from support.handouts import write_sample
from support.house import make_fonts, read_labels, read_templates
from support.mali import make_mali
from support.writing import draw_charts

pytestmark = pytest.mark.client


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "note.html"
    path.write_text(write_sample(), encoding="utf-8")
    return path


def test_the_validator_finds_no_error(page: Path) -> None:
    assert find_errors(page) == []


@pytest.mark.parametrize("width", [380, 1280])
def test_in_a_browser_axe_finds_no_error_nothing_is_wider_than_the_window_and_popovers_work(
    page: Path, width: int
) -> None:
    assert browse(page, width) == {
        "violations": [],
        "violationsWithPopover": [],
        "requests": [],
        "errors": [],
        "overflow": 0,
        "isOpened": [width == 1280] * 2,  # the contents, and the statistics
        "openOnHover": True,
        "openOnFocus": True,
        "openOnClick": True,
        "openAfterEscape": False,
        "tabLeadsIn": True,
        "tabLeadsOut": True,
        "escapeLeadsBack": True,
        "backLeadsBack": True,
        "violationsInTheDark": [],
        "withoutScript": True,
    }


def test_what_axe_leaves_undecided_of_the_real_note_is_sound(tmp_path: Path) -> None:
    """Texts on charts and maps can be told from what is behind their letters, at both widths, light and dark."""
    edition = make_mali()
    page = tmp_path / "note.html"
    images, templates = draw_charts(edition), read_templates()
    page.write_text(write_html(edition.composition.document, read_labels(), images, make_fonts(), templates), "utf-8")
    found, decided = find_barriers(page, 380, 1280)
    assert found == [] and decided > 100


def test_a_faint_text_on_a_chart_and_a_head_of_nothing_are_told(tmp_path: Path) -> None:
    chart = """<svg viewBox="0 0 300 60" width="300"><rect width="300" height="60" fill="#c2d6d8"/>
        <path d="M0 0H300V60H0Z" fill="#c2d6d8"/><text x="9" y="25" fill="#3d7ea6">River</text>
        <text x="9" y="50" fill="#1b2a33">Town</text></svg>"""
    table = "<table><thead><tr><th scope=col>A</th><th scope=col>B</th></tr></thead><tbody>{}</tbody></table>"
    rows = "<tr><th scope=rowgroup colspan=2>Group</th></tr><tr><th scope=row>a</th><td></td></tr>"
    page = tmp_path / "faint.html"
    head = "<!doctype html><html lang=en><title>T</title><main><h1>T</h1>"
    page.write_text(f"{head}<div class=drawing role=img aria-label=m>{chart}</div>{table.format(rows)}", "utf-8")
    found, _ = find_barriers(page, 380)
    said = "\n".join(found)
    assert "“River”" in said and "“Town”" not in said and "heads nothing" in said
