"""Interruption: whatever stops a build, no file is half-made, what was good is there, and `make note` just works."""

import json
import os
import random
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from support.building import (
    GUARDS,
    MORE_GUARDS,
    build_first,
    change_source,
    copy_folder,
    hash_outputs,
    kill_group,
    run_make,
    start_make,
)
from support.house import ROOT

pytestmark = pytest.mark.workflow

KILLS = int(os.environ.get("KILLS", 10))
LONGEST = 5.0  # seconds until a kill; a build of the tiny note takes somewhat longer
FULL_DISK = ROOT / "tests/full_disk.sh"


class Built(NamedTuple):
    """A folder in which both states of the note were built, and the hashes of what each build made."""

    folder: Path
    few: Mapping[str, str]
    many: Mapping[str, str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(*build_first(tmp_path_factory.mktemp("interruption")))


def check_whole(folder: Path, built: Built) -> None:
    """Check that every output is there, and that all are of one of the two states that whole builds have made."""
    assert hash_outputs(folder) in (built.few, built.many), "an output has gone, or is of another state"


def test_a_build_killed_at_any_moment_leaves_whole_files_and_is_taken_up_again(built: Built, tmp_path: Path) -> None:
    folder, chance = copy_folder(built.folder, tmp_path), random.Random(20190211)
    states = [(GUARDS, MORE_GUARDS, built.many), (MORE_GUARDS, GUARDS, built.few)]
    wanted: Mapping[str, str] = built.few
    hits = number = 0
    while hits < KILLS:
        number += 1
        assert number <= 3 * KILLS, "too many kills came after the build had ended"
        if hash_outputs(folder) == wanted:  # the last build came to its end before it was killed
            old, new, wanted = states[0]
            states.reverse()
            change_source(folder, old, new)
        build = start_make(folder)
        time.sleep(chance.uniform(0.2, LONGEST))
        if build.poll() is not None:  # it came too late, and is tried again
            assert build.returncode == 0, build.communicate()[0]
            check_whole(folder, built)
            continue
        hits += 1
        if number % 3 == 2:  # the head alone, so that a step goes on without it
            for process in psutil.Process(build.pid).children():
                process.kill()
            assert build.wait() == 2  # of make, whose command was killed
        else:
            kill_group(build)
            assert build.returncode == -9, build.communicate()[0]
        check_whole(folder, built)
    code, said = run_make(folder)
    assert code == 0 and "Traceback" not in said, said
    assert hash_outputs(folder) == wanted
    assert list(folder.glob("outputs/**/.*.part")) == []


def test_publishing_that_was_killed_leaves_no_edition_by_halves_and_is_taken_up_again(
    built: Built, tmp_path: Path
) -> None:
    folder, left = copy_folder(built.folder, tmp_path), "sources/tiny/editions/.2019-02.1.part"
    edition = folder / "sources/tiny/editions/2019-02"
    build = start_make(folder, "publish", env={"NOTE": "tiny"})
    while build.poll() is None and not list(folder.glob("sources/tiny/editions/.*.part")):
        time.sleep(0.001)
    kill_group(build)
    assert build.returncode == -9, "the kill came after the end"
    assert not edition.exists() or (edition / "manifest.json").is_file()
    # Whichever moment it was, a folder half-made must not be taken for an edition, or stay.
    (folder / left).mkdir(parents=True)
    (folder / left / "en.json").write_text("{", "utf-8")
    (folder / "sources/tiny/translations/.fr.po.1.part").write_text("msg", "utf-8")
    code, said = run_make(folder, "publish", env={"NOTE": "tiny"})
    assert code == 0 and "Traceback" not in said, said
    manifest = json.loads((edition / "manifest.json").read_text("utf-8"))
    assert {path.relative_to(edition).as_posix() for path in edition.rglob("*") if path.is_file()} == {
        *manifest["files"],
        "manifest.json",
    }
    assert list(folder.glob("sources/**/.*.part")) == []


def test_two_builds_at_once_do_the_work_once_and_both_end_well(built: Built, tmp_path: Path) -> None:
    folder = copy_folder(built.folder, tmp_path)
    change_source(folder, GUARDS, MORE_GUARDS)
    builds = [start_make(folder), start_make(folder)]
    said = [build.communicate(timeout=200)[0] for build in builds]
    assert [build.returncode for build in builds] == [0, 0], said
    assert sum("Another build is at work" in text for text in said) == 1
    assert hash_outputs(folder) == built.many


def test_a_source_edited_in_mid_build_is_not_mixed_in_and_is_seen_by_the_next_build(
    built: Built, tmp_path: Path
) -> None:
    folder = copy_folder(built.folder, tmp_path)
    change_source(folder, GUARDS, MORE_GUARDS)
    build = start_make(folder)
    assert build.stdout is not None
    for line in build.stdout:
        if "Derive the figures" in line:
            change_source(folder, MORE_GUARDS, GUARDS)
            break
    said = build.communicate(timeout=200)[0]
    assert build.returncode == 0, said
    assert hash_outputs(folder) == built.many
    # A date that is still to come must neither hide the edit nor break the build.
    os.utime(folder / "sources/tiny/observations.csv", (2_114_380_800, 2_114_380_800))  # in 2037
    assert run_make(folder)[0] == 0 and hash_outputs(folder) == built.few


def test_a_full_disk_and_a_folder_that_cannot_be_written_leave_what_was_good(built: Built, tmp_path: Path) -> None:
    if subprocess.run(["unshare", "--map-root-user", "--mount", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine allows no mount of a small file system")
    ended = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", str(FULL_DISK), str(built.folder), str(ROOT), str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    said = {name: (tmp_path / name).read_text("utf-8") for name in ("full.log", "locked.log", "after.log")}
    codes = {name: int((tmp_path / name.replace(".log", ".code")).read_text()) for name in said}
    assert codes == {"full.log": 2, "locked.log": 2, "after.log": 0}, said
    assert "No space left on device" in said["full.log"] and "Traceback" not in said["full.log"]
    assert "Read-only file system" in said["locked.log"] and "Traceback" not in said["locked.log"]
    for state in ("full", "locked"):
        check_whole(tmp_path / state, built)
    assert hash_outputs(tmp_path / "after") == built.many
    shutil.rmtree(tmp_path / "full")
