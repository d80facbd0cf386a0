"""What the tests of the writers share: the house's templates, labels and fonts, read or made once a run."""

import atexit
import functools
import tempfile
from pathlib import Path

import yaml

from briefing.fonts import cut_fonts, write_font_configuration

ROOT = Path(__file__).parents[1]
TEMPLATES = (
    "note.html.j2",
    "screen.css",
    "print.css",
    "pdf.css",
    "popover.js",
    "redline.css",
    "redline-screen.css",
    "redline-pdf.css",
)


@functools.cache
def read_templates() -> dict[str, str]:
    """Read the templates of HTML and PDF, by file name."""
    return {name: (ROOT / "templates" / name).read_text(encoding="utf-8") for name in TEMPLATES}


@functools.cache
def read_labels(language: str = "en") -> dict[str, str]:
    """Read the house texts of a language."""
    labels: dict[str, str] = yaml.safe_load(
        (ROOT / "templates" / f"labels.{language}.yaml").read_text(encoding="utf-8")
    )
    return labels


@functools.cache
def make_fonts() -> dict[str, bytes]:
    """Cut the fonts to the characters that notes may use, by file name."""
    return cut_fonts()


@functools.cache
def make_font_folder() -> str:
    """Write the cut fonts and their fonts.conf to a folder that goes when the run ends."""
    folder = tempfile.TemporaryDirectory(prefix="fonts-")
    atexit.register(folder.cleanup)
    for name, font in make_fonts().items():
        (Path(folder.name) / name).write_bytes(font)
    (Path(folder.name) / "fonts.conf").write_text(write_font_configuration(), encoding="utf-8")
    return folder.name
