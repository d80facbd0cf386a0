"""The way of a file through the front door: which version it is of, what is written where, and what is refused."""

import importlib.util
import json
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest

from briefing.problems import SourceError
from briefing.readers.docx.reader import read_docx
from briefing.steps.import_file import write_remarks_page
from briefing.steps.take_version import make_version
from briefing.workflow.requests import RequestError
from briefing.workflow.returned import list_paths
from support.editions import read_raw
from support.house import ROOT, read_house_files, read_page_templates
from support.returned import DAY, TARGETS, bring_back, send_out
from support.reviewing import W, WordFile, replace_parts
from support.workflow import make_folder

PROPOSAL = {"proposal.html", "proposal.json", "proposal.md", "sources.patch"}
BLANK = dict.fromkeys(("FILE", "NOTE", "BASE", "APPLY"), "")
Import = Callable[..., tuple[bool, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Import:
    """Run the importer from the folder above a project; give whether it did it, and all that it said."""
    spec = importlib.util.spec_from_file_location("front", ROOT / "scripts/import_file.py")
    assert spec is not None and spec.loader is not None
    front = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(front)

    def run_front(folder: Path, **settings: str) -> tuple[bool, str]:
        monkeypatch.chdir(folder.parent)
        said = ""
        try:
            done = front.main(folder, {**BLANK, **settings}, DAY) == 0
        except SystemExit as ended:
            done, said = False, str(ended.code)
        printed = capsys.readouterr()
        return done, printed.out + printed.err + said

    return run_front


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a project with the tiny note, in git, and a file beside it that a reviewer has edited."""
    made = make_folder(tmp_path, "en, fr")
    git(made, "init", "--quiet")
    git(made, "add", ".")
    git(made, "commit", "--quiet", "--message=First")
    file = WordFile(send_out("tiny"), "Ada")
    file.replace(file.find("guards_1"), "covers", "has")
    file.replace(file.find("number_1"), "450", "460")
    (tmp_path / "Review of it.docx").write_bytes(file.save())
    return made


def git(folder: Path, *command: str) -> str:
    named = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    return subprocess.run(["git", *named, *command], cwd=folder, capture_output=True, text=True, check=True).stdout


def test_a_proposal_is_written_and_the_sources_change_where_that_is_asked_for(folder: Path, run: Import) -> None:
    done, said = run(folder, FILE="Review of it.docx")
    place = folder / "outputs/tiny/import/Review-of-it"
    assert done and {path.name for path in place.iterdir()} == PROPOSAL, said
    assert "Figures that are challenged: 1; Text: 1. Of 2 words that were put in, 2 are listed." in said
    assert git(folder, "status", "--porcelain", "--", "sources") == ""
    git(folder, "apply", "--check", str(place / "sources.patch"))
    assert run(folder, FILE="Review of it.docx", APPLY="no")[0]
    assert "APPLY=maybe says neither yes nor no" in run(folder, FILE="Review of it.docx", APPLY="maybe")[1]
    assert git(folder, "status", "--porcelain", "--", "sources") == ""
    done, said = run(folder, FILE="Review of it.docx", APPLY="Yes")
    assert done and "Changed: sources/tiny/text/01-guards.md" in said
    assert git(folder, "diff", "--numstat").split() == ["1", "1", "sources/tiny/text/01-guards.md"]
    assert 'sources/tiny/translations/fr.po: not translated, under "guards": Ruritania had {population} inhab' in said
    assert "make translate brings these into the catalogue" in said
    git(folder, "commit", "--quiet", "--all", "--message=Taken")
    done, said = run(folder, FILE="Review of it.docx")  # its version is found in git
    assert done and (place / "sources.patch").read_text("utf-8") == "", said
    assert json.loads((place / "proposal.json").read_text("utf-8"))["items"][0]["outcome"] == "taken"
    assert "The sources have 1 of these already." in said and "nothing more can be written by itself" in said


def test_what_cannot_be_imported_is_said_in_a_sentence(folder: Path, run: Import) -> None:
    parent = folder.parent
    (parent / "x.docx").write_bytes(b"%PDF-1.7")
    file = WordFile(send_out("tiny"))
    custom = file.parts["docProps/custom.xml"].replace(b">tiny<", b">other<")
    (parent / "other.docx").write_bytes(replace_parts(send_out("tiny"), {"docProps/custom.xml": custom}))
    for name, words in {
        "": "Say which file has come back",
        "none.docx": "there is no file none.docx",
        "x.docx": "x.docx:1:1: this is a PDF",
        "other.docx": 'holds the note "other", which config.yaml does not name',
    }.items():
        done, said = run(folder, FILE=name)
        assert not done and words in said, said
    (folder / "sources/tiny/text/02-help.md").write_text("# Help {#help}\n\nNone.\n", "utf-8")
    git(folder, "commit", "--quiet", "--all", "--amend", "--message=Other")
    done, said = run(folder, FILE="Review of it.docx")
    assert not done and "which the sources, their editions and git do not have; fetch the whole history" in said, said
    done, said = run(folder, FILE="Review of it.docx", BASE="now")
    assert done and "Conflicts" not in said, said


def test_a_version_that_only_an_edition_keeps_is_read_beside_it(folder: Path, run: Import) -> None:
    edition = folder / "sources/tiny/editions/2019-02"
    for name, content in make_version("tiny", read_raw("tiny"), read_house_files(), TARGETS).items():
        (edition / name).parent.mkdir(parents=True, exist_ok=True)
        (edition / name).write_bytes(content)
    version = read_docx("x", send_out("tiny")).properties["version"]
    (edition / "manifest.json").write_text(json.dumps({"version": version}), "utf-8")
    text = folder / "sources/tiny/text/01-guards.md"
    moved = text.read_text("utf-8").replace("## Their", "A new paragraph stands here.\n\n## Their")
    text.write_text(moved.replace("The guard has", "The guard now has"), "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--all", "--amend", "--message=Other")
    file = WordFile(folder.parent.joinpath("Review of it.docx").read_bytes(), "Ada")
    file.replace(file.find("number_1"), "members", "soldiers")
    file.remove(file.find("number_1"))
    folder.parent.joinpath("a.docx").write_bytes(file.save())
    for base in ("", "2019-02"):
        done, said = run(folder, FILE="a.docx", BASE=base)
        assert done and "read beside the edition 2019-02" in said, said
        items = json.loads((folder / "outputs/tiny/import/a/proposal.json").read_text("utf-8"))["items"]
        # What the edition says as the sources do is written; the paragraph that says something else today is left.
        assert [(item["new"], item["outcome"]) for item in items] == [("has", "patch"), ("", "hand")], items
    patch = (folder / "outputs/tiny/import/a/sources.patch").read_text("utf-8")
    assert "+Ruritania had" in patch and "-The guard" not in patch


def test_files_are_named_as_people_and_shells_name_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    names = ["a b.docx", "c.docx", "it's $HOME (2).docx"]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "folder").mkdir()
    for said, wanted in {
        "a b.docx c.docx": names[:2],
        "c.docx a b.docx c.docx ./c.docx": names[1::-1],
        "'a b.docx' c.docx": names[:2],
        "a\\ b.docx": names[:1],
        "it's $HOME (2).docx": names[2:],
        '"a b.docx" "it\'s $HOME (2).docx"': [names[0], names[2]],
        "~/c.docx": ["c.docx"],
    }.items():
        assert [path.name for path in list_paths(said)] == wanted, said
    for said, words in {
        "folder": "folder is a folder; name the file in it",
        "c.docx d e.docx f.docx": "there is no file d e.docx;",
        "'c.docx": "there is no file 'c.docx; names may hold spaces as they are",
    }.items():
        with pytest.raises(RequestError, match=words):
            list_paths(said)


def test_make_hands_on_what_it_was_given_as_it_was_given(tmp_path: Path) -> None:
    said = r"""it's "a" $HOME $(shell echo no) `id` \ # b.docx"""
    command = ["make", "--dry-run", "--no-print-directory", "import", f"FILE={said}", f"NOTE={said}"]
    recipe = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    assert {f"FILE={said}", f"NOTE={said}"} < {*shlex.split(recipe)}


def test_the_page_says_all_items_and_holds_nothing_that_a_reviewer_could_run() -> None:
    file = WordFile(send_out("tiny"), "<img src=x>")
    file.replace(file.find("guards_1"), "covers", "<script>alert(1)</script>")
    file.comment(file.find("number_1"), "450", "</article><b>Why?")
    found = bring_back(file.save())
    page = write_remarks_page(found.proposal, read_page_templates(), {})
    assert page.count("<article") == 2 and page.count("<script>") == 1 and "<img" not in page and "<b>" not in page
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(" in page
    assert "sources/tiny/text/01-guards.md:4" in lxml.html.document_fromstring(page).text_content()
    assert "\\<script\\>" in found.files["proposal.md"]


def test_a_file_that_is_not_the_notes_is_refused_before_anything_is_compared() -> None:
    empty, long = WordFile(send_out("tiny")), WordFile(send_out("tiny"))
    body = empty.root().find(f"{W}body")
    for child in list(body)[:-1]:
        body.remove(child)
    start = long.find("help_1")
    for number in range(520):
        long.add(start, f"Line {number}.")
    for file, words in ((empty, "so it is another document, or a part"), (long, "paragraphs, and the note")):
        with pytest.raises(SourceError, match=words):
            bring_back(file.save())
