"""The way of a file through the front door: which version it is of, what is written where, and what is refused."""

import importlib.util
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.problems import SourceError
from briefing.steps.import_file import write_remarks_page
from support.house import ROOT, read_page_templates
from support.returned import DAY, bring_back, send_out
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
    done, said = run(folder, FILE="Review of it.docx", APPLY="1")
    assert done and "Changed: sources/tiny/text/01-guards.md" in said
    assert git(folder, "diff", "--numstat").split() == ["1", "1", "sources/tiny/text/01-guards.md"]
    git(folder, "commit", "--quiet", "--all", "--message=Taken")
    done, said = run(folder, FILE="Review of it.docx")  # its version is found in git
    assert done and (place / "sources.patch").read_text("utf-8") == "", said
    assert json.loads((place / "proposal.json").read_text("utf-8"))["items"][0]["outcome"] == "patch"


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
    assert not done and "which neither the sources nor git has; fetch the whole history" in said, said
    done, said = run(folder, FILE="Review of it.docx", BASE="now")
    assert done and "Conflicts" not in said, said


def test_the_page_says_all_items_and_holds_nothing_that_a_reviewer_could_run() -> None:
    file = WordFile(send_out("tiny"), "<img src=x>")
    file.replace(file.find("guards_1"), "covers", "<script>alert(1)</script>")
    file.comment(file.find("number_1"), "450", "</article><b>Why?")
    found = bring_back(file.save())
    page = write_remarks_page(found.proposal, read_page_templates(), {})
    assert page.count("<article") == 2 and page.count("<script>") == 1 and "<img" not in page and "<b>" not in page
    assert "&lt;script&gt;alert(1)" in page and "sources/tiny/text/01-guards.md:4" in page
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
