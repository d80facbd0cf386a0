"""Run the whole workflow on the tiny note, in a folder whose name has a space and an accent, as `make note` does."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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
    """A run of the workflow: its exit code, all that it said, and the outputs after it (their hashes, by path)."""

    code: int
    said: str
    outputs: dict[str, str]
    texts: dict[str, str]

    @property
    def steps(self) -> list[str]:
        """List the steps that were begun, as the progress names them."""
        return re.findall(r"^\[ ?\d+/\d+\] (.*)$", self.said, re.MULTILINE)


def make_folder(parent: Path, languages: str = "en") -> Path:
    """Make a folder that holds the tiny note and what all notes share."""
    folder = parent / "a note for Ségou"
    shutil.copytree(TINY, folder)
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("languages: [en]", f"languages: [{languages}]"), "utf-8")
    shutil.copytree(ROOT / "sources/common", folder / "sources/common")
    return folder


def run_workflow(folder: Path, target: str = "all") -> Run:
    """Run the workflow in a folder until it ends, for all outputs or for one."""
    command = [
        str(Path(sys.executable).with_name("snakemake")),
        *("--snakefile", str(ROOT / "Snakefile")),
        *("--directory", str(folder)),
        *("--cores", "2", "--logger", "briefnote", "--quiet", "all", "--", target),
    ]
    compiled = os.environ.get("PYTHONPYCACHEPREFIX", str(ROOT / ".cache/python"))
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**inherited, "PYTHONPYCACHEPREFIX": compiled, "PYTHONPATH": str(ROOT / "scripts/progress")}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=170, check=False)
    outputs = folder / "outputs/tiny"
    paths = sorted(path for path in outputs.rglob("*") if path.is_file())
    read = [path for path in paths if path.suffix in (".json", ".html")]
    return Run(
        ended.returncode,
        ended.stdout + ended.stderr,
        {path.relative_to(outputs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths},
        {path.relative_to(outputs).as_posix(): path.read_text("utf-8") for path in read},
    )


def edit_source(folder: Path, name: str, old: str, new: str) -> None:
    """Change a source of the note as an editor would; what is to be replaced must stand there once."""
    path = folder / "sources/tiny" / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (name, old)
    path.write_text(text.replace(old, new), "utf-8")
