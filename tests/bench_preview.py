"""Time the preview of the first note from saving a source to seeing the change in a browser: `make bench-preview`.

Each edit begins once the whole note was looked at. Printed are medians, beside what is aimed at on two cores that have
nothing else to do, and the memory that the preview takes, at first and after all edits. Everything happens in a
temporary copy of the sources; nothing here is a test.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from support.preview_browser import drive, edit_file, start_preview

ROOT = Path(__file__).resolve().parents[1]
NOTE = "mali"
AIMS = {"sentence": 0.5, "number": 1.5, "chart": 3.0, "catalogue": 1.5, "broken": 0.5, "mended": 0.5}


def list_edits(sources: Path, turn: int) -> Iterator[tuple[str, Path, str, str, str]]:
    """List the edits of a turn: what is edited, where, to what, and where in the page which text is then seen."""
    word = "".join("abcdefghij"[int(digit)] for digit in str(turn))
    prose, charts = sources / "text/01-introduction.md", sources / "charts.yaml"
    numbers, catalogue = sources / "observations.csv", sources / "translations/fr.po"
    population, written = "population,2017,18", numbers.read_text("utf-8")
    text = edit_file(prose, "Mali is a landlocked", f"Mali is a land{word} landlocked")
    yield "sentence", prose, text, "main .text p", f"land{word} landlocked"
    million = written.replace(f"{population}000000", f"{population}{turn % 10}00000")
    yield "number", numbers, million, "main", f"18.{turn % 10}"
    drawn, good = edit_file(charts, "label: Coup removes", f"label: {word.upper()}Z removes"), sources / "figures.yaml"
    yield "chart", charts, drawn, "svg", f"{word.upper()}Z"
    missing = edit_file(catalogue, "La présente note décrit", f"La présente note {word} décrit")
    yield "catalogue", catalogue, missing, "#fr-introduction-1", f"note {word} décrit"
    yield "broken", good, "figures: [", ".preview", "last good page"
    yield "mended", good, good.read_text("utf-8"), ".preview:not(.old)", "would stop"


def make_steps(sources: Path, turns: int) -> list[dict[str, Any]]:
    """Make the steps of all turns; a catalogue is seen where both languages are."""
    steps = []
    for turn in range(1, turns + 1):
        for name, path, text, selector, seen in list_edits(sources, turn):
            step = {"name": f"{name} {turn}", "file": str(path), "text": text, "selector": selector, "seen": seen}
            at = {"catalogue": "/both", "broken": f"/{NOTE}.en.html"}.get(name) or ("/" if name == "sentence" else "")
            steps.append({**step, "settled": True, "wait": 0, **({"at": at} if at else {})})
    return steps


def main() -> None:
    """Print the times of one run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=3)
    turns = parser.parse_args().turns
    node, chromium = (shutil.which(name) for name in ("node", "chromium"))
    if not node or not chromium:
        sys.exit("Node and Chromium are needed, and the packages of tests/clients: make clients installs them.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "sources", folder / "sources")
        shutil.copy(ROOT / "config.yaml", folder)
        steps = make_steps(folder / f"sources/{NOTE}", turns)
        with start_preview(folder, f"NOTE={NOTE}") as (address, process):
            preview = psutil.Process(process.pid)
            first = preview.memory_info().rss
            seen = drive(node, chromium, address, steps)["seen"]
            last = preview.memory_info().rss
    print(f"from saving to seeing, {NOTE}, {turns} turns, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for kind, aim in AIMS.items():
        times = sorted(seen[f"{kind} {turn}"]["seconds"] for turn in range(1, turns + 1))
        print(f"{kind:<12}{median(times):6.2f} s   from {times[0]:.2f} to {times[-1]:.2f}   aim {aim:.1f}")
    print(f"memory      {first / 1e6:6.0f} MB at first, {last / 1e6:.0f} MB after {len(steps)} edits")


if __name__ == "__main__":
    main()
