"""Build the tiny note as people do, by `make note`, in a folder of its own; and know what a build should have made."""

import hashlib
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from support.house import ROOT
from support.workflow import ALL_OUTPUTS, make_folder

NOTE, BUILT = "outputs/tiny", "build/tiny"
GUARDS, MORE_GUARDS = "women_guards,2018,450", "women_guards,2018,1230"


def start_make(folder: Path, target: str = "note", **settings: Any) -> subprocess.Popen[str]:
    """Start `make note` in a folder, as a process group of its own, with its output in one pipe."""
    environment = {**clean_environment(), **settings.pop("env", {})}
    command = ["make", "--no-print-directory", "-C", str(ROOT), target, f"FOLDER={folder}"]
    return subprocess.Popen(
        [*settings.pop("before", ()), *command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        **settings,
    )


def clean_environment() -> dict[str, str]:
    """Give the environment without what make and coverage leave for their children."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTHON"))}


def run_make(folder: Path, target: str = "note", **settings: Any) -> tuple[int, str]:
    """Run `make note` to its end; give its exit code and all that it said."""
    process = start_make(folder, target, **settings)
    try:
        said, _ = process.communicate(timeout=240)
    except subprocess.TimeoutExpired:
        kill_group(process)
        raise
    return process.returncode, said


def kill_group(process: subprocess.Popen[str]) -> None:
    """Kill a build with all that it has started, at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def hash_outputs(folder: Path) -> dict[str, str]:
    """Hash what stands under the final names of a note's outputs."""
    paths = {name: folder / NOTE / name for name in ALL_OUTPUTS}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in paths.items() if path.is_file()}


def hash_files(folder: Path, *parts: str) -> dict[str, str]:
    """Hash all files below some parts of a folder."""
    paths = [path for part in parts for path in sorted((folder / part).rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def change_source(folder: Path, old: str, new: str) -> None:
    """Change an observation in place."""
    path = folder / "sources/tiny/observations.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def build_first(parent: Path) -> tuple[Path, Mapping[str, str], Mapping[str, str]]:
    """Build the tiny note, then with more guards, then as it was; give the folder and what both builds made."""
    folder = make_folder(parent)
    made = []
    for old, new in ((GUARDS, MORE_GUARDS), (MORE_GUARDS, GUARDS)):
        change_source(folder, old, new)
        code, said = run_make(folder)
        assert code == 0, said
        made.append(hash_outputs(folder))
    assert set(made[0]) == set(made[1]) == ALL_OUTPUTS
    return folder, made[1], made[0]


def copy_folder(folder: Path, parent: Path) -> Path:
    """Copy a folder with its builds and their dates, so that nothing has to be done in it."""
    copy = parent / folder.name
    shutil.copytree(folder, copy, symlinks=True)
    return copy
