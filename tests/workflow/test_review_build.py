"""Publishing and comparing through the workflow: editions, git revisions, and what they leave alone."""

import json
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from support.workflow import Run, edit_source, make_folder, run_workflow

pytestmark = pytest.mark.workflow

REVIEW = "build/tiny/review"


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=An Editor", "-c", "user.email=editor@example.org")
    done = subprocess.run(["git", *identity, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the tiny note in a git repository, its first edition published and committed."""
    if not shutil.which("git"):
        pytest.skip("git is missing")
    folder = make_folder(tmp_path_factory.mktemp("review"), "en, fr")
    (folder / ".gitignore").write_text("build/\noutputs/\n.snakemake/\n", "utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "First")
    git(folder, "tag", "first")
    published = run_workflow(folder, "publish")
    assert published.code == 0, published.said
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "Publish")
    return folder


def read_changes(folder: Path, versions: str) -> dict[str, object]:
    changes: dict[str, object] = json.loads((folder / REVIEW / versions / "changes.json").read_text("utf-8"))
    return changes


@pytest.fixture(scope="module")
def unchanged_run(folder: Path) -> Run:
    """Compare the edition with the working tree right after it was published."""
    return run_workflow(folder, "changes", "BASE=2019-02", "HEAD=now")


@pytest.fixture(scope="module")
def changed_run(folder: Path, unchanged_run: Run) -> Run:
    """Compare again after a revision, in all formats."""
    edit_source(folder, "observations.csv", "women_guards,2018,450", "women_guards,2018,460")
    git(folder, "commit", "--quiet", "--all", "--message", "Revise")
    return run_workflow(folder, "review", "BASE=2019-02", "HEAD=now", "LANGUAGES=fr", "FORMATS=docx")


def test_a_published_edition_holds_its_documents_its_data_and_a_manifest_of_hashes(folder: Path) -> None:
    edition = folder / "sources/tiny/editions/2019-02"
    manifest = json.loads((edition / "manifest.json").read_text("utf-8"))
    assert manifest["edition"] == "2019-02"
    assert {"en.json", "fr.json", "derived.json", "sources/tiny/observations.csv"} <= set(manifest["files"])
    assert {path.relative_to(edition).as_posix() for path in edition.rglob("*") if path.is_file()} == {
        *manifest["files"],
        "manifest.json",
    }


def test_an_edition_with_problems_or_gaps_in_its_translation_is_not_published(tmp_path: Path) -> None:
    edits = [
        ("text/01-guards.md", "over 2900", "over 3900", "nothing was rendered"),
        (
            "text/02-help.md",
            "- money.",
            "- money and books.",
            "messages are not translated; translate them first",
        ),
    ]
    folder = make_folder(tmp_path, "en, fr")
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8") + "translation: draft\n", "utf-8")
    for name, old, new, said in edits:
        edit_source(folder, name, old, new)
        run = run_workflow(folder, "publish")
        assert run.code != 0 and said in run.said and "Traceback" not in run.said
        assert not (folder / "sources/tiny/editions").exists()
        edit_source(folder, name, new, old)


def test_nothing_has_changed_right_after_publishing(unchanged_run: Run, folder: Path) -> None:
    assert unchanged_run.code == 0, unchanged_run.said
    assert "Nothing has changed. More in " in unchanged_run.said
    changes = read_changes(folder, "2019-02..now")
    assert changes["figures"] == [] and changes["changes"] == {"en": [], "fr": []}
    redline = (folder / REVIEW / "2019-02..now/redline.fr.json").read_text("utf-8")
    assert '"Insertion"' not in redline and '"Deletion"' not in redline and '"kind": "inserted"' not in redline


def test_a_published_edition_is_rendered_again_from_its_frozen_documents(unchanged_run: Run, folder: Path) -> None:
    for request in ("note", "edition"):
        run = run_workflow(folder, request, "LANGUAGES=fr", "FORMATS=pdf", "VERSION=2019-02")
        assert run.code == 0, run.said
    frozen = folder / "build/tiny/editions/2019-02/tiny.fr.pdf"
    assert frozen.read_bytes() == (folder / "build/tiny/tiny.fr.pdf").read_bytes()


def test_a_revision_is_listed_with_its_cause_in_both_languages(changed_run: Run, folder: Path) -> None:
    assert changed_run.code == 0, changed_run.said
    # The verdict is there before the redlines are.
    steps = [line for line in changed_run.said.splitlines() if line.startswith(("[", "Must mend: "))]
    assert steps.index("Must mend: 0. Must read: 2. Follows by itself: 2. More in "
                       f"{REVIEW}/2019-02..now/changes.html") < len(steps) - 1  # fmt: skip
    changes = read_changes(folder, "2019-02..now")
    figures = changes["figures"]
    assert isinstance(figures, list)
    assert [(row["figure"], row["old"], row["new"], row["cause"]) for row in figures] == [
        ("women_guards", "450", "460", "data")
    ]
    assert isinstance(changes["changes"], dict)
    assert {row["cause"] for rows in changes["changes"].values() for row in rows} == {"data"}
    assert "| Women in the guard |" in (folder / REVIEW / "2019-02..now/changes.md").read_text("utf-8")
    assert (folder / REVIEW / "2019-02..now/redline.fr.docx").stat().st_size > 10_000


def test_pages_of_both_versions_are_set_side_by_side(changed_run: Run, folder: Path) -> None:
    run = run_workflow(folder, "review", "BASE=2019-02", "HEAD=now", "LANGUAGES=en", "FORMATS=pages")
    assert run.code == 0, run.said
    with pikepdf.open(folder / REVIEW / "2019-02..now/pages.en.pdf") as pdf, pdf.open_outline() as outline:
        texts = {child.title for sheet in outline.root for child in sheet.children}
    assert {"450", "460"} <= texts


def test_comparing_two_revisions_leaves_the_working_tree_and_its_index_alone(changed_run: Run, folder: Path) -> None:
    text = folder / "sources/tiny/text/02-help.md"
    good = text.read_text("utf-8")
    text.write_text(good + "\nHalf a thought {{ and\n", "utf-8")
    paths = [
        path for path in sorted(folder.rglob("*")) if path.is_file() and not {"outputs", ".snakemake"} & {*path.parts}
    ]
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in paths}
    run = run_workflow(folder, "changes", "BASE=first", "HEAD=HEAD")
    assert run.code == 0, run.said
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in paths} == before
    assert git(folder, "status", "--porcelain") == "M sources/tiny/text/02-help.md"
    figures = read_changes(folder, "first..HEAD")["figures"]
    assert isinstance(figures, list) and [row["figure"] for row in figures] == ["women_guards"]
    text.write_text(good, "utf-8")


def test_an_edition_is_never_published_twice_with_other_content(changed_run: Run, folder: Path) -> None:
    before = (folder / "sources/tiny/editions/2019-02/manifest.json").read_bytes()
    run = run_workflow(folder, "publish")
    assert run.code != 0 and "published with other content" in run.said and "Traceback" not in run.said
    assert (folder / "sources/tiny/editions/2019-02/manifest.json").read_bytes() == before
