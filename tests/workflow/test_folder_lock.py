"""A folder that machines share: whose build has it is written down, and told where no lock can be seen."""

import json
from pathlib import Path

import pytest

from briefing.workflow.folder_lock import (
    BUILD,
    HOLDER,
    FolderError,
    describe_holder,
    hold_as_job,
    hold_folder,
    name_holder,
)
from support.workflow import make_folder, run_workflow

ELSEWHERE = {
    "build": "0",
    "host": "node7",
    "boot": "1-2",
    "user": "ada",
    "process": 4711,
    "since": "2026-11-27 08:15 UTC",
}


@pytest.fixture(name="path")
def make_path(tmp_path: Path) -> Path:
    (tmp_path / HOLDER).parent.mkdir()
    return tmp_path / HOLDER


def test_a_holder_says_on_which_machine_it_is_who_began_it_and_when(path: Path) -> None:
    name_holder(path)
    written = json.loads(path.read_text("utf-8"))
    assert (
        written == {**describe_holder(), "since": written["since"], "build": written["build"]}
        and written["host"]
        and written["user"]
    )


@pytest.mark.parametrize("same", ["host", "boot"])
def test_what_a_killed_build_of_this_machine_left_gives_way(path: Path, same: str) -> None:
    """A container has another name at every start, on a machine that was started once."""
    path.write_text(json.dumps({**ELSEWHERE, same: describe_holder()[same]}), "utf-8")  # type: ignore[literal-required]
    name_holder(path)
    assert json.loads(path.read_text("utf-8"))["process"] == describe_holder()["process"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"host": "node7"}'])
def test_a_file_that_was_cut_off_holds_nothing(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    name_holder(path)
    assert json.loads(path.read_text("utf-8"))["host"] == describe_holder()["host"]


def test_two_machines_without_a_name_for_their_start_are_two(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.workflow.folder_lock._BOOT", path.parent / "none")
    path.write_text(json.dumps({**ELSEWHERE, "boot": ""}), "utf-8")
    with pytest.raises(FolderError, match="node7"):
        name_holder(path)


def test_a_job_whose_build_has_ended_does_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = path.parents[1]
    monkeypatch.setenv(BUILD, name_holder(path))
    hold_as_job(folder)
    path.unlink()
    for _ in range(2):  # it has ended, and then another has begun
        with pytest.raises(FolderError, match="the job does nothing"):
            hold_as_job(folder)
        name_holder(path)


@pytest.mark.workflow
def test_a_build_begun_elsewhere_is_told_with_what_to_do_and_nothing_is_touched(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    path = folder / HOLDER
    path.parent.mkdir()
    path.write_text(json.dumps(ELSEWHERE), "utf-8")
    before = sorted(folder.rglob("*"))
    run = run_workflow(folder)
    assert run.code != 0 and "Traceback" not in run.said, run.said
    assert "ada has begun a build of this folder on node7 (2026-11-27 08:15 UTC)" in run.said
    assert f"If node7 has no process 4711 any more, it was killed: remove {path}, and begin again." in run.said
    assert json.loads(path.read_text("utf-8")) == ELSEWHERE
    assert sorted(folder.rglob("*")) == sorted([*before, folder / ".snakemake/build.lock"])
    path.unlink()  # what was told to do
    assert "Nothing was made." in run_workflow(folder, "note", "NOTE=x").said and not path.exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / ".snakemake").touch()
    with pytest.raises(FolderError, match="so make it writable"), hold_folder(tmp_path):
        pass
