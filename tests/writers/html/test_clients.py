"""The page before those who read it: the W3C's validator, and axe in a browser, at a phone's and a desk's width.

They need the packages of tests/clients (`npm install` there), and Node, Java and Chromium on the machine.
"""

from pathlib import Path

import pytest

from support.clients import browse, find_errors
from support.handouts import write_sample

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
