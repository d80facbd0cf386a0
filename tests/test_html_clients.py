"""The page before those who read it: the W3C's validator, and axe in a browser, at a phone's and a desk's width.

They need the packages of tests/clients (`npm install` there), and Node, Java and Chromium on the machine.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from test_html_writer import write_sample

pytestmark = pytest.mark.client

CLIENTS = Path(__file__).parent / "clients"


def require(program: str, package: str) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not on this machine")
    if not (CLIENTS / "node_modules" / package).is_dir():
        pytest.skip(f"the npm package {package} is not in tests/clients/node_modules")
    return path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "note.html"
    path.write_text(write_sample(), encoding="utf-8")
    return path


def test_the_validator_finds_no_error(page: Path) -> None:
    assert find_errors(page) == []


def find_errors(page: Path) -> list[str]:
    java = require("java", "vnu-jar")
    jar = CLIENTS / "node_modules/vnu-jar/build/dist/vnu.jar"
    run = subprocess.run(
        [java, "-jar", str(jar), "--format", "json", "--stdout", "--errors-only", str(page)],
        capture_output=True,
        text=True,
    )
    messages = json.loads(run.stdout)["messages"]
    return [f"{message.get('lastLine')}: {message['message']}" for message in messages]


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
        "withoutScript": True,
    }


def browse(page: Path, width: int) -> dict[str, Any]:
    """Open a page in a browser, and say what was seen there."""
    node = require("node", "axe-core")
    require("node", "playwright-core")
    chromium = require("chromium", "axe-core")
    run = subprocess.run(
        [node, str(CLIENTS / "browse.mjs"), chromium, str(page), str(width)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    seen: dict[str, Any] = json.loads(run.stdout)
    return seen
