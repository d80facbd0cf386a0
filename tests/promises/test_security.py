"""Security: what a stranger types into a source is told as a problem or printed as text; nothing is run or fetched."""

import functools
import io
import json
import os
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import pypdf
import pytest
import yaml

from briefing.document.nodes import Link
from briefing.document.walking import walk_nodes
from briefing.fonts import WEB_FACES
from briefing.formats.characters import check_characters
from briefing.formats.safe_csv import guard_cell, write_figure_table
from briefing.problems import Problem, SourceError
from briefing.steps.validate import check_sources
from briefing.workflow.parsed_sources import read_snapshot_file, write_snapshot_file
from briefing.writers.html.page import find_charts, write_html
from briefing.writers.pdf.layout import write_pdf
from support.badinputs import try_sources
from support.documents import make_sample_images
from support.editions import Edition, change_raw, make_edition, read_raw, read_source, translate_edition
from support.house import ROOT, make_font_folder, read_labels, read_templates
from support.reading import W
from support.writing import write_word

pytestmark = pytest.mark.many

PAYLOADS = [
    (kind, text)
    for kind, texts in yaml.safe_load((ROOT / "tests/payloads.yaml").read_text("utf-8")).items()
    for text in texts
]
OUTSIDE = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ctypes.dlopen", "urllib.")
SCHEMES = {"https", "http", "mailto", ""}
FONTS = {f"{face}.woff2": b"" for face in WEB_FACES}
TITLE = "Les gardes d’un petit pays"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'

_seen: list[str] | None = None
_payload = ""


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    """Note what a checked source makes Python do to the world outside."""
    if _seen is None:
        return
    if event.startswith(OUTSIDE):
        _seen.append(f"{event} {arguments}")
    elif event == "open" and isinstance(arguments[0], int):
        pass  # a descriptor that is open already, of whoever runs the tests: no file is reached by it
    elif event == "open" and not str(arguments[0]).startswith((str(ROOT), sys.prefix, sys.base_prefix, "/usr/")):
        _seen.append(f"open {arguments[0]}")
    elif event == "compile" and _payload in str(arguments[0]) and arguments[1] != "<unknown>":  # of ast.parse
        _seen.append(f"compile {arguments[0]!r}")


sys.addaudithook(_listen)


@contextmanager
def listening(payload: str) -> Iterator[list[str]]:
    """Collect what happens to the world outside while sources are read and composed."""
    global _seen, _payload
    _seen, _payload = [], payload
    try:
        yield _seen
    finally:
        _seen = None


def try_changes(changes: dict[str, str], payload: str) -> tuple[list[Problem], Edition | None]:
    make_edition("tiny")  # what a first run imports and reads is not the payload's doing
    with listening(payload) as seen:
        problems, edition = try_sources(change_raw("tiny", changes))
    assert seen == []
    return problems, edition


def put_into_prose(text: str) -> dict[str, str]:
    prose = read_source("tiny", "text/02-help.md")
    return {
        "text/02-help.md": prose.replace("The United Nations (UN) offers", f"{text}\n\nThe United Nations (UN) offers")
    }


def put_into_tables(text: str) -> dict[str, str]:
    """Put a text wherever a table or a settings file takes one, quoted as that file quotes."""
    quoted, cell = json.dumps(text), '"' + text.replace('"', '""') + '"'
    return {
        "note.yaml": read_source("tiny", "note.yaml").replace("The guards of a small country", quoted),
        "figures.yaml": read_source("tiny", "figures.yaml").replace("label: Area", f"label: {quoted}"),
        "observations.csv": read_source("tiny", "observations.csv").replace("The source says over", cell),
        "acronyms.csv": read_source("tiny", "acronyms.csv").replace("réforme du secteur de la sécurité", cell),
        "bibliography.json": read_source("tiny", "bibliography.json").replace('"The Census of Ruritania"', quoted),
    }


def write_page(edition: Edition) -> str:
    document = edition.composition.document
    images = {f"{chart.image}.svg": SVG for chart in find_charts(document)}
    return write_html(document, read_labels(), images, FONTS, read_templates())


@functools.cache
def make_pictures() -> dict[str, bytes]:
    """Give a grey picture for each chart of the tiny note."""
    pictures = make_sample_images()
    svg, png = (next(image for name, image in pictures.items() if name.endswith(kind)) for kind in (".svg", ".png"))
    charts = find_charts(make_edition("tiny").composition.document)
    return {f"{chart.image}.{kind}": image for chart in charts for kind, image in (("svg", svg), ("png", png))}


def read_word(edition: Edition) -> tuple[str, list[str], set[str]]:
    """Read a Word file back: its text, what its fields ask for, and the addresses that it leads to."""
    archive = zipfile.ZipFile(io.BytesIO(write_word(edition, make_pictures())))
    parts = [
        lxml.etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))
    ]
    text = "".join(node.text or "" for part in parts for node in part.iter(f"{W}t"))
    fields = [node.text or "" for part in parts for node in part.iter(f"{W}instrText")]
    leads = {node.get("Target") for part in parts for node in part.iter("{*}Relationship") if node.get("TargetMode")}
    return text, fields, leads


def check_word(edition: Edition) -> None:
    """Check that a Word file holds the title as text, no field but the house's, and no address that is not allowed."""
    text, fields, leads = read_word(edition)
    assert edition.composition.document.metadata.title in text
    assert fields == read_word(make_edition("tiny"))[1]
    assert all(urlsplit(lead).scheme in SCHEMES for lead in leads), leads


def check_page(page: str) -> None:
    """Check that a page holds no script but the house's own, no handler, and no address but those that are allowed."""
    root = lxml.html.document_fromstring(page)
    good = lxml.html.document_fromstring(write_page(make_edition("tiny")))
    for tag in ("script", "style", "iframe", "object", "embed", "form", "base", "link", "meta", "img", "svg"):
        assert len(root.findall(f".//{tag}")) == len(good.findall(f".//{tag}")), tag
    assert [e.text for e in root.iter("script")] == [e.text for e in good.iter("script")]
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (name, value)
            if name in ("href", "src", "action", "data", "srcset"):
                assert urlsplit(value).scheme in (SCHEMES if name == "href" else {"data"}), (name, value)


@pytest.mark.parametrize(("kind", "text"), PAYLOADS)
def test_a_payload_in_the_prose_is_told_or_is_plain_text(kind: str, text: str) -> None:
    problems, edition = try_changes(put_into_prose(text), text)
    assert edition is not None or problems
    assert all(problem.line >= 1 and "Traceback" not in problem.message for problem in problems)
    if edition is not None:
        for link in (node for node in walk_nodes(edition.composition.document.blocks) if isinstance(node, Link)):
            assert link.target.startswith(("https://", "http://", "mailto:", "#")), link.target
        check_page(write_page(edition))
        check_word(edition)


@pytest.mark.parametrize(("kind", "text"), PAYLOADS)
def test_a_payload_in_tables_and_settings_is_told_or_is_plain_text(kind: str, text: str) -> None:
    problems, edition = try_changes(put_into_tables(text), text)
    assert edition is not None or problems
    if edition is not None:
        check_page(write_page(edition))
        check_word(edition)


def put_into_charts_and_shared_tables(text: str) -> dict[str, bytes]:
    """Put a text into the labels of charts, the units and the glossary, as sources by path below sources/."""
    quoted, cell, raw = json.dumps(text), '"' + text.replace('"', '""') + '"', read_raw("tiny")
    charts, units = raw["tiny/charts.yaml"].decode("utf-8"), raw["common/units.yaml"].decode("utf-8")
    area = r'en: "{number}\_km²"'
    assert "label: Women}" in charts and area in units
    return {
        **raw,
        "tiny/charts.yaml": charts.replace("label: Women}", f"label: {quoted}}}").encode("utf-8"),
        "common/units.yaml": units.replace(area, f"en: {json.dumps('{number} ' + text)}").encode("utf-8"),
        "common/glossary.csv": raw["common/glossary.csv"] + f"guard,{cell}\n".encode(),
    }


@pytest.mark.parametrize(("kind", "text"), PAYLOADS)
def test_a_payload_in_charts_units_and_glossary_is_told_or_is_plain_text(kind: str, text: str) -> None:
    make_edition("tiny")
    with listening(text) as seen:
        problems, edition = try_sources(put_into_charts_and_shared_tables(text))
    assert seen == [] and (edition is not None or problems)
    if edition is not None:
        check_page(write_page(edition))
        check_word(edition)


@pytest.mark.parametrize(("kind", "text"), PAYLOADS)
def test_a_payload_in_a_translation_is_told_or_is_plain_text(kind: str, text: str) -> None:
    good = read_source("tiny", "translations/fr.po")
    assert TITLE in good
    translation = json.dumps(text, ensure_ascii=False).replace("\\u0001", "\x01")
    catalogue = good.replace(f'"{TITLE}"', translation)
    translate_edition("tiny", good)
    if check_characters("fr.po", catalogue):
        return  # told when the sources are checked, before anything is composed
    with listening(text) as seen:
        try:
            edition, _ = translate_edition("tiny", catalogue)
        except SourceError as error:
            assert error.problems[0].line > 1
            return
        finally:
            assert seen == []
    check_page(write_page(edition))
    check_word(edition)


def test_a_pdf_prints_payloads_as_text_and_runs_and_carries_nothing(tmp_path: Path) -> None:
    text = "<script>alert(1)</script> <img src=x onerror=alert(1)> <link rel=attachment href=file:///etc/passwd>"
    _, edition = try_changes({"note.yaml": put_into_tables(text)["note.yaml"]}, text)
    assert edition is not None
    images = {name: image for name, image in make_pictures().items() if name.endswith(".svg")}
    document = edition.composition.document
    pdf = pypdf.PdfReader(
        io.BytesIO(write_pdf(document, read_labels(), images, make_font_folder(), read_templates(), {}))
    )
    printed = re.sub(r"\s", "", pdf.pages[0].extract_text())
    assert re.sub(r"\s", "", text) in printed and pdf.attachments == {}
    names = {str(key) for number in range(1, len(pdf.xref[0]) + 1) for key in _list_keys(pdf.get_object(number))}
    assert "/Type" in names and not names & {"/JS", "/JavaScript", "/Launch", "/AA", "/OpenAction", "/EmbeddedFiles"}


def _list_keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from (key, *_list_keys(value))
    elif isinstance(node, list):
        for child in node:
            yield from _list_keys(child)


@pytest.mark.parametrize(("kind", "text"), PAYLOADS)
def test_a_payload_as_a_formula_is_refused_and_not_run(kind: str, text: str) -> None:
    formula = read_source("tiny", "figures.yaml").replace("population / area", json.dumps(text))
    problems, edition = try_changes({"figures.yaml": formula}, text)
    assert edition is None and problems, text


def test_there_are_sixty_payloads_and_none_has_left_a_trace() -> None:
    assert len(PAYLOADS) >= 60 and len({text for _, text in PAYLOADS}) == len(PAYLOADS)
    assert not Path("/tmp/owned").exists()


@pytest.mark.parametrize("cell", [text for kind, text in PAYLOADS if kind == "sheets"])
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(cell: str) -> None:
    assert guard_cell(cell) == f"'{cell}"
    table = write_figure_table([{"id": "a", "label": cell, "value": "-3.5", "where_used": ["b", "c"]}])
    assert "'" + cell.split('"')[0][:4] in table and ",-3.5,b c" in table


@pytest.mark.parametrize("cell", ["-3.5", "-3", "0", "12.4", "population - area", "", "−5"])
def test_numbers_and_plain_text_stay_what_they_are(cell: str) -> None:
    assert guard_cell(cell) == cell


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("observations.csv", b"indicator\n" + b"x\n" * 1_100_000, "bytes, expected 2,000,000 at most"),
        ("text/01-guards.md", b"a" * 20_000, "expected 10,000 at most"),
        ("note.yaml", b"a: " + b"[" * 5000, "nested deeper than 20"),
        ("figures.yaml", b"".join(b" " * n + b"a:\n" for n in range(300)), "nested deeper than 20"),
        ("bibliography.json", b"[" * 100_000, "nested deeper than 20"),
        ("text/02-help.md", b"# A {#a}\n\n" + b"> " * 3000 + b"deep\n", "has no place in a note"),
        ("text/02-help.md", b"# A {#a}\n\n" + b"[" * 9000 + b"\n", ""),
        ("text/02-help.md", b"# A {#a}\n\n" + b"*a_" * 3000 + b"\n", ""),
    ],
)
def test_size_and_nesting_have_limits_and_take_no_time(name: str, content: bytes, words: str) -> None:
    raw = {**change_raw("tiny", {}), f"tiny/{name}": content}
    problems = check_sources("tiny", raw)
    assert not words or any(words in problem.message for problem in problems), problems[:3]


def test_more_files_than_a_note_can_have_are_refused() -> None:
    raw = {**change_raw("tiny", {}), **{f"tiny/text/{number:04}.md": b"a\n" for number in range(600)}}
    (problem,) = check_sources("tiny", raw)
    assert "expected 500 at most" in problem.message


def test_no_step_starts_a_shell_or_evaluates_text() -> None:
    for path in sorted((ROOT / "scripts").rglob("*.py")):
        if path.parent.name == "tools":
            continue  # not part of the build
        code = path.read_text("utf-8")
        calls = (
            r"(?<!def )\b(?:eval|exec|os\.system|os\.popen|yaml\.load|yaml\.unsafe_load)\("
            r"|import (?:subprocess|pickle)"
        )
        found = re.findall(calls, code)
        if path.name in ("revisions.py", "branches.py"):  # ask git, by a list of arguments
            assert "shell=" not in code
            found.remove("import subprocess")
        if path.name == "parsed_sources.py":  # hands on what was read, by a reader that knows no other types
            found.remove("import pickle")
            assert not re.search(r"pickle\.loads?\(", code)
        assert found == [], path
    for path in (ROOT / "Snakefile", *(ROOT / "rules").glob("*.smk")):
        assert "shell:" not in path.read_text("utf-8")


@pytest.mark.parametrize("call", [os.system, subprocess.run, eval, getattr, Path.unlink])
def test_the_snapshot_of_a_build_is_read_without_running_anything(call: Any, tmp_path: Path) -> None:
    class Payload:
        def __reduce__(self) -> tuple[Any, tuple[str]]:
            return call, ("true",)

    path = tmp_path / "snapshot.pickle"
    path.write_bytes(pickle.dumps(Payload()))
    with pytest.raises(SystemExit, match=r"is no part of a snapshot.*remove it and run make again"):
        read_snapshot_file(path)


def test_what_a_module_of_ours_imports_is_no_part_of_a_snapshot(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.pickle"
    # Protocol 4 reads dotted names: STACK_GLOBAL of briefing.workflow.files and shutil.rmtree.
    path.write_bytes(b"\x80\x04\x8c\x17briefing.workflow.files\x8c\x0dshutil.rmtree\x93.")
    with pytest.raises(SystemExit, match=r"is no part of a snapshot.*remove it and run make again"):
        read_snapshot_file(path)


def test_a_snapshot_is_handed_on_as_it_was_read(tmp_path: Path) -> None:
    snapshot = make_edition("mali").snapshot
    write_snapshot_file(tmp_path / "snapshot.pickle", snapshot)
    assert read_snapshot_file(tmp_path / "snapshot.pickle") == snapshot
