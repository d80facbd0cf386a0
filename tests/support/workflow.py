"""Run the whole workflow on the tiny note, in a folder whose name has a space and an accent, as `make note` does."""

import hashlib
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from briefing.workflow.delivery import RECORD
from support.house import ROOT

TINY = ROOT / "tests/notes/tiny"
ALL_OUTPUTS = {
    "figures.csv",
    "figures.json",
    "manifest.json",
    "report.html",
    "report.json",
    "tiny.en.docx",
    "tiny.en.html",
    "tiny.en.json",
    "tiny.en.pdf",
}


IN_BOTH = ALL_OUTPUTS | {f"tiny.fr.{kind}" for kind in ("docx", "html", "json", "pdf")}


@dataclass(frozen=True)
class Run:
    """A run of the workflow: its exit code, all that it said, and the outputs after it (their hashes, by path).

    `texts` has the JSON and HTML among the outputs, `built` those in the build folder, finished or not.
    """

    code: int
    said: str
    outputs: dict[str, str]
    texts: dict[str, str]
    built: dict[str, str]

    @property
    def steps(self) -> list[str]:
        """List the steps that were begun, as the progress names them."""
        return re.findall(r"^\[ ?\d+/\d+\] (.*)$", self.said, re.MULTILINE)


def make_folder(parent: Path, languages: str = "en", formats: str = "pdf, docx, html") -> Path:
    """Make a folder that holds the tiny note and what all notes share."""
    folder = parent / "a note for Ségou"
    shutil.copytree(TINY, folder)
    config = folder / "config.yaml"
    text = config.read_text("utf-8").replace("languages: [en]", f"languages: [{languages}]")
    config.write_text(text.replace("formats: [pdf, docx, html]", f"formats: [{formats}]"), "utf-8")
    shutil.copytree(ROOT / "sources/common", folder / "sources/common")
    return folder


def run_workflow(folder: Path, request: str = "note", *settings: str) -> Run:
    """Run the workflow in a folder until it ends, for all outputs or for what is asked for."""
    command = [sys.executable, str(ROOT / "scripts/build.py"), str(folder), request, *settings, "--cores", "2"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=170, check=False)
    outputs = folder / "outputs/tiny"
    paths = sorted(path for path in outputs.rglob("*") if path.is_file() and path.name != RECORD)
    hashes = {path.relative_to(outputs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    texts, built = (read_texts(folder / root / "tiny") for root in ("outputs", "build"))
    return Run(ended.returncode, ended.stdout + ended.stderr, hashes, texts, built)


def read_texts(folder: Path) -> dict[str, str]:
    """Read the JSON and HTML in a folder, by path within it."""
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in (".json", ".html") and path.name != RECORD]
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


def edit_source(folder: Path, name: str, old: str, new: str) -> None:
    """Change a source of the note as an editor would; what is to be replaced must stand there once."""
    path = folder / "sources/tiny" / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (name, old)
    path.write_text(text.replace(old, new), "utf-8")
