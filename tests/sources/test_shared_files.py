"""A note is made of its own files and of what it can use, by every way in which sources are read."""

import subprocess
from pathlib import Path

import pytest

from briefing.sources.shared_files import is_made_of
from briefing.sources.version_id import compute_version
from briefing.workflow.fingerprints import list_sources
from briefing.workflow.parsed_sources import read_raw_sources
from briefing.workflow.revisions import read_commit

FOREIGN = [
    "common/map/niger.geojson",
    "common/map/ORIGIN.md",
    "niger/note.yaml",
    "tiny/editions/2019-02/manifest.json",
]
OWN = [
    "tiny/note.yaml",
    "tiny/text/editions.md",
    "common/map/tiny.geojson",
    "common/units.yaml",
    "common/glossary.csv",
]
RULES = ["common/schemas/note.yaml", "common/publishers.yaml"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [*OWN, *RULES]:
        write(tmp_path / "sources" / name, "en,note\nfirst,\n" if name.endswith(".csv") else "first")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "sources"


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


def name_state(sources: Path) -> tuple[str, list[Path]]:
    """Give the version id of the note, and the files whose hash Snakemake compares."""
    return compute_version(read_raw_sources(sources, "tiny")), list_sources(sources, "tiny")


@pytest.mark.parametrize("name", FOREIGN)
def test_what_a_note_does_not_use_leaves_its_version_as_it_is(folder: Path, name: str) -> None:
    before = name_state(folder)
    write(folder / name, "of another")
    assert name_state(folder) == before and not is_made_of("tiny", name)


@pytest.mark.parametrize("name", OWN)
def test_what_a_note_uses_changes_its_version(folder: Path, name: str) -> None:
    before, _ = name_state(folder)
    write(folder / name, "en,fr,note\nfirst,premier,\n" if name.endswith(".csv") else "first, second")
    assert name_state(folder)[0] != before and folder / name in list_sources(folder, "tiny")


@pytest.mark.parametrize("name", RULES)
def test_what_the_house_allows_is_read_with_the_note_and_is_no_part_of_its_version(folder: Path, name: str) -> None:
    before, _ = name_state(folder)
    write(folder / name, "second")
    assert name_state(folder)[0] == before and folder / name in list_sources(folder, "tiny")


def test_a_commit_is_read_as_the_working_tree_is(folder: Path) -> None:
    for name in FOREIGN:
        write(folder / name, "of another")
    person = ["-c", "user.name=a", "-c", "user.email=a@b.example"]
    for command in (["init", "-q"], ["add", "."], [*person, "commit", "-qm", "first"]):
        subprocess.run(["git", *command], check=True)
    assert read_commit("HEAD", "tiny") == read_raw_sources(folder, "tiny")
    assert set(read_commit("HEAD", "tiny")) == {*OWN, *RULES}
