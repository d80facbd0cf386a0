"""The front door on machines that are not like ours: other homes, other makes, other Pythons."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from support.building import clean_environment, run_make
from support.house import ROOT
from support.workflow import make_folder

pytestmark = pytest.mark.workflow


def ask_make(*words: str) -> subprocess.CompletedProcess[str]:
    """Run make in the project's folder."""
    environment = clean_environment()
    return subprocess.run(["make", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("home", ["/nonexistent", "/proc"])
def test_a_home_that_cannot_be_written_is_done_without(tmp_path: Path, home: str) -> None:
    if home == "/proc" and not os.access("/proc/self", os.R_OK):
        pytest.skip("there is no /proc")
    environment = {"HOME": home, "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": "", "FORMATS": "pdf"}
    folder = make_folder(tmp_path)
    code, said = run_make(folder, env=environment, before=("env", "-u", "XDG_CACHE_HOME", "-u", "XDG_CONFIG_HOME"))
    assert code == 0 and "Traceback" not in said, said


def test_another_make_is_told_in_a_sentence() -> None:
    """What another make reads is written in what all of them read."""
    for request in ([], ["note"], ["review", "BASE=2019-02"]):
        said = ask_make("--file", "Makefile", *request)
        assert said.returncode and "GNU make" in said.stderr and "gmake" in said.stderr
    if bmake := shutil.which("bmake"):
        said = subprocess.run([bmake, "note"], cwd=ROOT, capture_output=True, text=True, check=False)
        assert said.returncode and "GNU make" in said.stderr and len(said.stderr.splitlines()) < 5


def test_a_python_that_is_named_makes_the_environment() -> None:
    assert '--python "$(command -v python3.99)"' in ask_make("--dry-run", "note", "PYTHON=python3.99").stdout
    assert "--python" not in ask_make("--dry-run", "--always-make", ".venv/.ready").stdout


def test_the_help_names_each_target_and_what_can_be_said_beside_it() -> None:
    said = ask_make("help").stdout
    for target in ("note", "translate", "publish", "edition", "changes", "review", "test"):
        assert f"\nmake {target} " in f"\n{said}"
    for setting in ("NOTE", "LANGUAGES", "FORMATS", "VERSION", "BASE", "HEAD"):
        assert setting in said
