"""Citations and entries beside those of pandoc's own processor of the same style, in both languages."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import citeproc
import pytest

from briefing.document.walking import get_text
from briefing.sources.citations import CitationPrinter
from briefing.sources.csl_style import STYLE
from briefing.sources.prose_syntax import CitedWork
from briefing.sources.works import read_bibliography
from support.bibliographies import list_languages

TARLEN, SAPT = {"family": "Tarlen", "given": "Fritz"}, {"family": "Sapt", "given": "Jean-Pierre"}
YEAR = {"date-parts": [[2015]]}
WORKS: dict[str, dict[str, Any]] = {
    "report": {"type": "report", "author": [TARLEN, SAPT], "issued": YEAR, "publisher": "Mint", "number": "7"},
    "editor": {"type": "book", "editor": [TARLEN], "issued": YEAR, "publisher": "Mint", "publisher-place": "Zenda"},
    "treaty": {"type": "treaty", "issued": YEAR},
    "chapter": {"type": "chapter", "author": [SAPT], "editor": [TARLEN], "issued": YEAR, "container-title": "Book"},
    "courier": {
        "type": "article-newspaper",
        "author": [TARLEN],
        "container-title": "Courier",
        "issued": {"date-parts": [[2015, 3, 2], [2015, 3, 5]]},
    },
    "years": {"type": "report", "author": [TARLEN], "issued": {"date-parts": [[2015], [2016]]}},
    "review": {
        "type": "article-journal",
        "author": [SAPT],
        "issued": YEAR,
        "container-title": "Review",
        "volume": "3",
        "issue": "2",
        "page": "4-6",
        "DOI": "10.1000/a..b",
    },
    "undated": {"type": "report", "author": [TARLEN], "URL": "https://example.org/a..b"},
    "many": {"type": "report", "author": [TARLEN, SAPT, TARLEN, SAPT], "issued": YEAR},
}


def find_pandoc() -> str:
    if found := shutil.which("pandoc"):
        return found
    pypandoc = pytest.importorskip("pypandoc")
    return str(pypandoc.get_pandoc_path())


def print_with_pandoc(work: dict[str, Any], locale: str, folder: Path) -> list[str]:
    """Give the citation and the entry of a work."""
    (folder / "works.json").write_text(json.dumps([work]), encoding="utf-8")
    command = [find_pandoc(), "--citeproc", "--to=plain", "--wrap=none", f"--metadata=lang:{locale}"]
    command += [f"--csl={citeproc.STYLES_PATH}/{STYLE}.csl", f"--bibliography={folder / 'works.json'}"]
    done = subprocess.run(command, input=f"[@{work['id']}]", capture_output=True, text=True, check=True, timeout=120)
    return [" ".join(line.split()) for line in done.stdout.split("\n") if line.strip()]


@pytest.mark.client
@pytest.mark.parametrize("key", WORKS)
@pytest.mark.parametrize("tag", ["en", "fr"])
def test_pandoc_prints_a_work_the_same_way(tag: str, key: str, tmp_path: Path) -> None:
    work = {"id": key, "title": f"The {key}", "language": tag, **WORKS[key]}
    language = list_languages()[tag]
    expected = [language.apply("citations", line) for line in print_with_pandoc(work, language.locale, tmp_path)]
    printer = CitationPrinter(read_bibliography("b.json", json.dumps([work])), language)
    printed = [get_text(printer.cite([CitedWork(key, "")])), get_text(printer.list_entries([key], "")[0].children)]
    assert [" ".join(line.split()) for line in printed] == expected
