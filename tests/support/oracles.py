"""What pandoc and LibreOffice make of a redline in Word: accepting gives the new version, rejecting the old one."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from briefing.document.nodes import Document
from briefing.document.version_names import list_pictures
from briefing.writers.docx.writer import write_docx
from support.docx_file import read_styles
from support.house import read_labels
from support.libreoffice import ACCEPT, LEAVE, REJECT, settle_changes
from support.redlines import find_old_pages, make_both_images, make_pages

EMPTY = re.compile(r"[\s+|=-]*(\d+\.)?\s*")
"""A line that pandoc writes for a row, an item or a table of which nothing is left: it keeps these as empty ones."""


def read_with_pandoc(path: Path, track: str) -> list[str]:
    program = shutil.which("pandoc")
    if program is None:
        pytest.skip("pandoc is not on this machine")
    command = [program, "--from=docx", "--to=plain", "--wrap=none", f"--track-changes={track}"]
    read = subprocess.run(command, input=_drop_names(path), capture_output=True, check=True, timeout=120)
    text = read.stdout.decode("utf-8")
    # An empty item is counted, and a caption goes to the first table, whosoever it is, even beside one that is empty.
    # Captions are numbered by fields, which pandoc does not count anew.
    text = re.sub(r"\b(Chart|Map|Table) \d+\.", r"\1.", text)
    lines = (re.sub(r"^(\d+\.| *-|\[\d+\]| *:( +:)?)\s+", "", line) for line in text.split("\n"))
    found = [" ".join(line.split()) for line in lines if not EMPTY.fullmatch(line)]
    return sorted(found) if "Table." in text else found


def _drop_names(path: Path) -> bytes:
    """Give a Word file without the names of its tables, which pandoc writes even where a table has gone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as file, zipfile.ZipFile(buffer, "w") as bare:
        for name in file.namelist():
            bare.writestr(name, re.sub(rb"<w:tblCaption [^>]*/>", b"", file.read(name)))
    return buffer.getvalue()


def read_lines(text: str) -> list[str]:
    """Read lines; LibreOffice puts an empty one before a table at the start of a file that has tracked changes."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def assert_oracles_agree(old: Document, new: Document, merged: Document, folder: Path) -> None:
    """Write both versions and their redline, and have both programs accept and reject the changes."""
    svg, png = (make_both_images()[f"map-mali.{suffix}"] for suffix in ("svg", "png"))
    names = {name for document in (old, new, merged) for name in list_pictures(document)}
    images = {f"{name}.{suffix}": image for name in names for suffix, image in (("svg", svg), ("png", png))}
    pages = make_pages(old, new)
    old_pages = find_old_pages(merged, pages)
    versions = {"old": (old, old_pages), "new": (new, pages), "redline": (merged, pages)}
    paths = {}
    for name, (document, numbers) in versions.items():
        paths[name] = folder / f"{name}.docx"
        paths[name].write_bytes(write_docx(document, read_labels(), images, {}, read_styles(), numbers))
    assert read_with_pandoc(paths["redline"], "accept") == read_with_pandoc(paths["new"], "accept")
    assert read_with_pandoc(paths["redline"], "reject") == read_with_pandoc(paths["old"], "accept")
    jobs = [(paths["new"], LEAVE), (paths["redline"], ACCEPT), (paths["old"], LEAVE), (paths["redline"], REJECT)]
    texts = [read_lines(text) for text in settle_changes(jobs, folder)]
    assert texts[1] == texts[0]
    assert texts[3] == texts[2]
