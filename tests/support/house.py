"""What the tests of the writers share: the house's templates, labels and fonts, read or made once a run."""

import atexit
import functools
import tempfile
from pathlib import Path

from briefing.fonts import cut_fonts, write_font_configuration
from briefing.language.house_texts import House, read_house
from briefing.refresh import TEMPLATES as REFRESH_TEMPLATES
from briefing.report import SHELF_TEMPLATES
from briefing.report import TEMPLATES as REPORT_TEMPLATES
from briefing.returns import TEMPLATES as RETURN_TEMPLATES
from briefing.review import TEMPLATES as REVIEW_TEMPLATES
from briefing.workflow.cache import keep_files
from briefing.workflow.files import list_files, read_below
from briefing.workflow.fingerprints import hash_code

ROOT = Path(__file__).parents[2]
TEMPLATES = (
    "note.html.j2",
    "house.css",
    "screen.css",
    "print.css",
    "pdf.css",
    "popover.js",
    "causes.css",
    "redline.css",
    "redline-screen.css",
    "redline-pdf.css",
    "page-boxes.css",
    "page-pairs.html.j2",
)


@functools.cache
def read_templates() -> dict[str, str]:
    """Read the templates of HTML and PDF, by file name."""
    return {name: (ROOT / "templates" / name).read_text(encoding="utf-8") for name in TEMPLATES}


@functools.cache
def read_page_templates() -> dict[str, str]:
    """Read the templates of all pages for editors, by file name."""
    names = {*REPORT_TEMPLATES, *SHELF_TEMPLATES, *REVIEW_TEMPLATES, *REFRESH_TEMPLATES, *RETURN_TEMPLATES}
    return {name: (ROOT / "templates" / name).read_text(encoding="utf-8") for name in sorted(names)}


@functools.cache
def read_house_files() -> dict[str, bytes]:
    """Read the house's texts, by path below templates/."""
    folder = ROOT / "templates"
    return read_below(folder, [path for path in list_files(folder) if path.suffix in (".yaml", ".po")])


@functools.cache
def get_house(language: str = "en") -> House:
    """Give the house's texts in a language."""
    return read_house(language, read_house_files())


def read_labels(language: str = "en") -> dict[str, str]:
    """Read the labels of a language."""
    return dict(get_house(language).labels)


@functools.cache
def make_fonts() -> dict[str, bytes]:
    """Give the fonts as the workflow cuts them, by file name."""
    return dict(keep_files(ROOT, "fonts", hash_code(ROOT, "cut_fonts.py"), cut_fonts))


@functools.cache
def make_font_folder() -> str:
    """Write the cut fonts and their fonts.conf to a folder that goes when the run ends."""
    folder = tempfile.TemporaryDirectory(prefix="fonts-")
    atexit.register(folder.cleanup)
    for name, font in make_fonts().items():
        (Path(folder.name) / name).write_bytes(font)
    (Path(folder.name) / "fonts.conf").write_text(write_font_configuration(), encoding="utf-8")
    return folder.name
