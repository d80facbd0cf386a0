"""The whole workflow, as an analyst meets it: what it makes, what it rebuilds, and how it stops."""

import hashlib
import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import lxml.html
import pypdf
import pytest

from briefing.sources.shared_files import is_made_of
from briefing.workflow.files import list_files
from support.reading import read_docx, read_html, read_pdf, show_difference, squeeze
from support.workflow import ALL_OUTPUTS, Run, edit_source, make_folder, run_workflow

pytestmark = pytest.mark.workflow


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the tiny note."""
    return make_folder(tmp_path_factory.mktemp("workflow"))


@pytest.fixture(scope="module")
def first_run(tiny_folder: Path) -> Run:
    """Build the tiny note for the first time."""
    return run_workflow(tiny_folder)


@pytest.fixture(scope="module")
def first_outputs(tiny_folder: Path, first_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the first build's outputs, with its sources and charts beside them: later runs do not touch the copy."""
    copy = tmp_path_factory.mktemp("first") / "outputs"
    shutil.copytree(tiny_folder / "outputs", copy)
    shutil.copytree(tiny_folder / "sources", copy.parent / "sources")
    shutil.copytree(tiny_folder / "build/tiny/charts.en", copy.parent / "charts.en")
    return copy / "tiny"


@pytest.fixture(scope="module")
def second_run(first_outputs: Path, tiny_folder: Path) -> Run:
    """Run again with nothing changed."""
    return run_workflow(tiny_folder)


@pytest.fixture(scope="module")
def changed_run(second_run: Run, tiny_folder: Path) -> Run:
    """Run with another number of women, in a file whose date is older than that of the build."""
    edit_source(tiny_folder, "observations.csv", "women_guards,2018,450", "women_guards,2018,1230")
    os.utime(tiny_folder / "sources/tiny/observations.csv", (0, 0))
    return run_workflow(tiny_folder)


@pytest.fixture(scope="module")
def broken_run(changed_run: Run, tiny_folder: Path) -> Run:
    """Run with a strength of the guard of which the wordings are no longer true."""
    edit_source(
        tiny_folder,
        "observations.csv",
        "guards,2018,3000,persons,watch,2019-02-11,L",
        "guards,2018,2850,persons,watch,2019-02-11,L",
    )
    return run_workflow(tiny_folder)


@pytest.fixture(scope="module")
def wrong_run(broken_run: Run, tiny_folder: Path) -> Run:
    """Run with mistakes in CSV, YAML, JSON and Markdown at once."""
    edit_source(tiny_folder, "observations.csv", "area,undated,41000,km2", "area,undated,NaN,acres")
    edit_source(tiny_folder, "figures.yaml", "label: Area", "lable: Area")
    edit_source(tiny_folder, "bibliography.json", '"id": "watch"', '"id": "census2018"')
    edit_source(tiny_folder, "text/02-help.md", "- money.", "- <b>money</b> {{ and")
    return run_workflow(tiny_folder)


def test_one_command_makes_all_outputs(first_run: Run) -> None:
    assert first_run.code == 0, first_run.said
    assert set(first_run.outputs) >= ALL_OUTPUTS
    assert "Check the sources of tiny" in first_run.steps and "Traceback" not in first_run.said


def test_the_end_of_a_run_says_what_was_made(first_run: Run) -> None:
    for name in ALL_OUTPUTS - {"manifest.json"}:
        assert re.search(rf"outputs/tiny/{re.escape(name)} +[\d,]+ kB", first_run.said), name
    assert json.loads(first_run.texts["manifest.json"])["version"] in first_run.said


def test_no_half_made_file_is_left(first_run: Run, wrong_run: Run) -> None:
    assert not [name for run in (first_run, wrong_run) for name in run.outputs if name.endswith(".part")]


def test_the_report_of_a_good_note_counts_no_problem(first_run: Run) -> None:
    counts = json.loads(first_run.texts["report.json"])["counts"]
    assert {name: count for name, count in counts.items() if "problems" in name or "unbound" in name} == {
        "problems": 0,
        "unbound_numbers": 0,
        "wording_problems": 0,
        "acronym_problems": 0,
        "citation_problems": 0,
        "consistency_problems": 0,
        "plausibility_problems": 0,
        "staleness_problems": 0,
        "translation_problems": 0,
        "glossary_problems": 0,
        "parity_problems": 0,
    }


def test_one_version_id_stands_in_every_format_and_in_the_manifest(first_outputs: Path) -> None:
    manifest = json.loads((first_outputs / "manifest.json").read_text("utf-8"))
    document = json.loads((first_outputs / "tiny.en.json").read_text("utf-8"))
    page = (first_outputs / "tiny.en.html").read_text("utf-8")
    html = re.search(r'<meta name="dcterms.identifier" content="(.*?)">', page)
    core = zipfile.ZipFile(first_outputs / "tiny.en.docx").read("docProps/core.xml").decode()
    docx = re.search(r"<dc:identifier>(.*?)</dc:identifier>", core)
    metadata = pypdf.PdfReader(first_outputs / "tiny.en.pdf").metadata or {}
    versions = [
        manifest["version"],
        json.loads((first_outputs / "report.json").read_text("utf-8"))["version"],
        document["metadata"]["version"],
        html and html[1],
        docx and docx[1],
        next(value for key, value in metadata.items() if "identifier" in key),
    ]
    assert set(versions) == {manifest["version"]} and re.fullmatch("[0-9a-f]{12}", manifest["version"])


def test_the_hashes_of_the_manifest_are_those_of_the_files(first_outputs: Path) -> None:
    manifest = json.loads((first_outputs / "manifest.json").read_text("utf-8"))
    assert set(manifest["outputs"]) == ALL_OUTPUTS - {"manifest.json"}
    for name, entry in manifest["outputs"].items():
        content = (first_outputs / name).read_bytes()
        assert entry == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    folder = first_outputs.parents[1]
    paths = {path.relative_to(folder).as_posix() for path in list_files(folder / "sources")}
    own = {path for path in paths if path.startswith("sources/tiny/")}
    assert set(manifest["sources"]) == {path for path in own if is_made_of("tiny", path.removeprefix("sources/"))}
    for name, digest in manifest["sources"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_no_path_of_the_machine_is_in_what_is_handed_out(first_outputs: Path, tiny_folder: Path) -> None:
    for name in ALL_OUTPUTS:
        content = (first_outputs / name).read_bytes()
        assert str(tiny_folder.parent).encode() not in content, name


def test_what_was_built_says_the_same_in_every_format(first_outputs: Path) -> None:
    page = (first_outputs / "tiny.en.html").read_text("utf-8")
    docx, html = read_docx((first_outputs / "tiny.en.docx").read_bytes()), read_html(page, False, "docx")
    assert show_difference(docx.body, html.body) == "" and docx.notes == html.notes
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is missing (poppler-utils)")
    html = read_html(page, True, "pdf")
    pdf = read_pdf(first_outputs / "tiny.en.pdf", html)
    # The words in the pictures are text in the page too, but drawn twice there, for a page and for a phone.
    picture = (first_outputs.parents[1] / "charts.en/guards.text.svg").read_text("utf-8")
    drawn = squeeze("".join(re.findall("<text[^>]*>([^<]*)", picture))).casefold()
    assert pdf.body.casefold().count(drawn) == 1
    assert show_difference(pdf.body.casefold().replace(drawn, ""), html.body.casefold()) == ""
    assert pdf.notes == html.notes


def test_a_second_run_does_nothing_and_says_so(second_run: Run, first_run: Run) -> None:
    assert second_run.code == 0 and second_run.steps == []
    assert "Nothing has changed since the last build" in second_run.said
    assert second_run.outputs == first_run.outputs


def test_a_changed_observation_is_followed_by_text_table_and_page_even_if_its_file_looks_older(
    changed_run: Run,
) -> None:
    assert changed_run.code == 0, changed_run.said
    figures = {row["id"]: row for row in json.loads(changed_run.texts["figures.json"])}
    assert figures["women_guards"]["value"] == "1230" and figures["women_guards"]["text"] == "1,230"
    for name in ("tiny.en.json", "tiny.en.html"):
        assert "1,230" in changed_run.texts[name] and "450" not in re.sub(
            r"base64,[^)\"']*", "", changed_run.texts[name]
        )
    assert "of whom 1,230 are women" in re.sub(r"<[^>]+>", "", changed_run.texts["tiny.en.html"])


def test_a_changed_observation_rebuilds_what_depends_on_it_and_no_more(changed_run: Run, first_run: Run) -> None:
    assert "Cut the fonts" not in changed_run.steps
    assert {"Derive the figures of tiny", "Compose tiny (en)", "Write tiny.en.pdf"} <= set(changed_run.steps)
    assert all(changed_run.outputs[name] != first_run.outputs[name] for name in ALL_OUTPUTS)


def test_a_false_wording_stops_the_build_and_says_where_what_and_what_would_be_true(broken_run: Run) -> None:
    assert broken_run.code != 0
    (line,) = [
        line for line in broken_run.said.splitlines() if line.startswith("sources/tiny/text/01-guards.md:11:15: ")
    ]
    assert '"over 2,900" is false: guards is now 2,850 (a lower bound)' in line
    assert "true would be: " in line and '"over 2800"' in line
    assert "The guard has {{ guards | over 2900 }} members" in line
    assert "nothing was rendered" in broken_run.said and "Traceback" not in broken_run.said


def test_a_false_wording_is_in_the_report_and_leaves_the_earlier_note_as_it_was(
    broken_run: Run, changed_run: Run
) -> None:
    report = json.loads(broken_run.built["report.json"])
    assert report["counts"]["wording_problems"] == report["counts"]["problems"] >= 3
    assert any(problem["file"] == "sources/tiny/text/01-guards.md" for problem in report["problems"])
    words = lxml.html.fromstring(broken_run.built["report.html"]).text_content()
    assert "is now 2,850" in " ".join(words.split())
    assert broken_run.outputs == changed_run.outputs


def test_mistakes_of_all_kinds_of_sources_are_told_in_one_run(wrong_run: Run) -> None:
    assert wrong_run.code != 0 and "Traceback" not in wrong_run.said
    places = set(re.findall(r"^sources/tiny/([\w./-]+):\d+:\d+: ", wrong_run.said, re.MULTILINE))
    assert places == {"observations.csv", "figures.yaml", "bibliography.json", "text/02-help.md"}
    assert 'the key "lable" is not known here, did you mean "label"?' in wrong_run.said
    assert 'column unit: "acres"' in wrong_run.said and 'column value: "NaN"' in wrong_run.said
    assert 'the id "census2018" stands twice' in wrong_run.said
    assert "sources/tiny/text/02-help.md:7:3: raw HTML (<b>) has no place in a note" in wrong_run.said
    assert re.search(r"\d+ problems; nothing was written\.", wrong_run.said)


def test_nothing_is_written_while_the_sources_are_wrong(wrong_run: Run, broken_run: Run) -> None:
    assert wrong_run.outputs == broken_run.outputs and set(wrong_run.outputs) == ALL_OUTPUTS


def test_a_failed_run_is_short_to_read(wrong_run: Run, broken_run: Run) -> None:
    for run in (wrong_run, broken_run):
        assert not re.search(r"Exception|CalledProcessError|rule \w+:|snakemake --", run.said), run.said
        assert len(run.said.splitlines()) < 30


def test_a_note_in_markdown_stands_beside_the_pictures_that_it_names(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, formats="md")
    run = run_workflow(folder)
    assert run.code == 0, run.said
    text = (folder / "outputs/tiny/tiny.en.md").read_text("utf-8")
    pictures = re.findall(r"\]\((charts\.\S+)\)", text)
    assert pictures and all((folder / "outputs/tiny" / name).is_file() for name in pictures)
    assert not [name for name in run.outputs if name.endswith((".pdf", ".docx", ".html")) and name != "report.html"]


def test_a_build_that_failed_is_never_up_to_date_until_it_is_mended(wrong_run: Run, tiny_folder: Path) -> None:
    again = run_workflow(tiny_folder)
    assert again.code != 0 and "Nothing has changed" not in again.said
    assert 'column unit: "acres"' in again.said and again.outputs == wrong_run.outputs
