"""The preview before a browser: each change is seen in time, where the reader is, with what is wrong beside it.

Times are five times those that the benchmark (tests/bench_preview.py) is held against, for machines that are busy.
"""

import urllib.request
from pathlib import Path
from typing import Any

import pytest

from support.clients import require
from support.preview_browser import drive, edit_file, start_preview
from support.workflow import make_folder

pytestmark = pytest.mark.client

SENTENCE, NUMBER, CHART = 5 * 0.5, 5 * 1.5, 5 * 3
WITHIN = {
    "sentence": SENTENCE, "paragraph": SENTENCE, "number": NUMBER, "chart": CHART, "catalogue": NUMBER,
    "false": SENTENCE, "broken": SENTENCE, "mended": SENTENCE, "both": NUMBER,
}  # fmt: skip
PROSE = "main .text p"


def make_steps(sources: Path) -> list[dict[str, Any]]:
    """Make the edits of a morning, each from the sources as they are at first."""
    prose, numbers = sources / "text/01-guards.md", sources / "observations.csv"
    charts, catalogue, figures = sources / "charts.yaml", sources / "translations/fr.po", sources / "figures.yaml"
    steps: list[tuple[str, Path, str, str, str, str]] = [
        ("sentence", prose, "has not begun.", "has not begun anywhere.", PROSE, "not begun anywhere"),
        ("paragraph", prose, "<!-- F001 F002 -->", "Mountains rise.\n\n<!-- F001 F002 -->", PROSE, "Mountains rise"),
        ("number", numbers, "women_guards,2018,450", "women_guards,2018,470", "#number-1 .figure", "470"),
        ("chart", charts, "label: Women", "label: Ladies", "#chart-guards svg", "Ladies"),
        ("catalogue", catalogue, "Des gardes", "Des gardes", ".preview", "fr.po"),
        ("false", prose, "| over 2900 }} members", "| over 5000 }} members", ".preview-note", "is false"),
        ("broken", figures, "figures:\n", "figures: [\n", ".preview", "last good page"),
        ("mended", figures, "figures:\n", "figures:\n", ".preview:not(.old)", "would stop"),
        ("both", prose, "has not begun.", "has not even begun.", ".pair.left", "has not even begun"),
    ]
    made = []
    for name, path, old, new, selector, seen in steps:
        if name == "catalogue":
            text = path.read_text("utf-8").replace("Ruritanie — Une note très courte", "")
        else:
            text = edit_file(path, old, new)
        made.append({"name": name, "file": str(path), "text": text, "selector": selector, "seen": seen})
    return made


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Drive a browser through a morning of edits."""
    node, chromium = require("node", "playwright-core"), require("chromium", "axe-core")
    folder = make_folder(tmp_path_factory.mktemp("preview"), "en, fr")
    steps = make_steps(folder / "sources/tiny")
    by_name = {step["name"]: step for step in steps}
    by_name["paragraph"]["scroll"] = "#chart-guards"
    by_name["number"]["click"] = "#number-1 a.figure >> nth=0"
    by_name["both"]["at"] = "/both"
    for name in ("sentence", "false", "broken", "both"):
        by_name[name]["audit"] = True
    with start_preview(folder) as (address, process):
        found = drive(node, chromium, address, steps)
        with urllib.request.urlopen(f"{address}pages.en", timeout=200) as answer:
            found["pdf"] = answer.geturl(), answer.read(4)
        assert process.poll() is None
    assert process.returncode == 0
    return found


@pytest.mark.parametrize("name", WITHIN)
def test_a_change_is_seen_in_time(seen: dict[str, Any], name: str) -> None:
    assert seen["seen"][name]["seconds"] < WITHIN[name]


def test_the_place_that_is_read_stays_though_a_paragraph_comes_above_it(seen: dict[str, Any]) -> None:
    assert seen["seen"]["paragraph"]["moved"] < 3


def test_a_popover_that_is_open_stays_open(seen: dict[str, Any]) -> None:
    assert seen["seen"]["number"]["open"]


def test_problems_stand_at_the_top_and_in_their_place_with_links_that_open_it(seen: dict[str, Any]) -> None:
    false = seen["seen"]["false"]
    assert any("is false" in note and "01-guards.md:" in note for note in false["notes"])
    assert any(link.startswith("/source/sources/tiny/text/01-guards.md#L") for link in false["links"])
    assert "would stop make note" in false["status"]
    assert "last good page" in seen["seen"]["broken"]["status"]
    assert "last good page" not in seen["seen"]["mended"]["status"]


def test_axe_finds_no_error_with_and_without_problems(seen: dict[str, Any]) -> None:
    assert {name: step["violations"] for name, step in seen["seen"].items() if step["violations"]} == {}


def test_what_was_patched_is_the_page_that_is_served_and_the_browser_has_nothing_to_object_to(
    seen: dict[str, Any],
) -> None:
    assert (seen["differs"], seen["errors"], seen["requests"]) == ([], [], [])


def test_the_pages_of_the_pdf_are_laid_out_beside_the_preview(seen: dict[str, Any]) -> None:
    address, start = seen["pdf"]
    assert "/tiny.en.pdf#page=" in address and start == b"%PDF"
