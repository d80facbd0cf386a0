"""Same sources, same bytes: whatever the folder, clock, locale, home, user or machine, a build makes the same files."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from building import hash_outputs, run_make
from house import make_fonts
from tools.verify import compare
from workflow import ALL_OUTPUTS, make_folder

pytestmark = pytest.mark.workflow

CLOCKS = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
NOBODY = 65534


def allows(*command: str) -> bool:
    """Tell whether this machine allows a way of running a program."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0


def set_clock(day: str) -> dict[str, str]:
    """Give the settings that make a program believe in another day; dates of files stay true."""
    if not CLOCKS:
        return {}
    clock = {"LD_PRELOAD": str(CLOCKS[0]), "FAKETIME": f"@{day} 12:00:00"}
    return {**clock, "NO_FAKE_STAT": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def make_home(folder: Path, fonts: bool) -> Path:
    """Make a home folder; with fonts, some of the note's own names that hold other letters."""
    home = folder / "home"
    (home / ".fonts").mkdir(parents=True)
    if fonts:
        other = make_fonts()["NotoSans-Bold.ttf"]
        for name in ("FiraGO-Regular.ttf", "NotoSans-Regular.ttf"):
            (home / ".fonts" / name).write_bytes(other)
    return home


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, str]]:
    """Build the note once, as it comes."""
    folder = make_folder(tmp_path_factory.mktemp("first"))
    code, said = run_make(folder)
    assert code == 0, said
    return folder, hash_outputs(folder)


def build_otherwise(folder: Path, env: Mapping[str, str], **settings: Any) -> dict[str, str]:
    """Build the note in another folder and world."""
    code, said = run_make(folder, env=dict(env), **settings)
    assert code == 0, said
    return hash_outputs(folder)


def test_another_folder_clock_locale_home_and_umask_give_the_same_bytes(
    first: tuple[Path, Mapping[str, str]], tmp_path: Path
) -> None:
    """Vary: folder, clock (1999), zone, locale (tr_TR), hash seed, home, fonts added, umask, cores, TERM, dates."""
    folder = make_folder(tmp_path / "Été à l’étranger & co")
    for path in folder.rglob("*"):
        os.utime(path, (315_532_800, 315_532_800))
    home = make_home(tmp_path, fonts=True)
    env = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "1",
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "TERM": "dumb",
        "CORES": "1",
        **set_clock("1999-12-31"),
    }
    assert build_otherwise(folder, env, umask=0o077) == first[1]


def test_another_user_without_network_and_fonts_in_another_year_gives_the_same_bytes(
    first: tuple[Path, Mapping[str, str]], tmp_path: Path
) -> None:
    """Vary: network cut off, user, clock (2037), time zone, locale (fr_FR), hash seed, home, umask, TERM, no fonts."""
    folder = make_folder(tmp_path / "second")
    home = make_home(tmp_path, fonts=False)
    env = {
        "TZ": "America/St_Johns",
        "LC_ALL": "fr_FR.UTF-8",
        "LANG": "fr_FR.UTF-8",
        "LANGUAGE": "fr",
        "PYTHONHASHSEED": "4242",
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "FONTCONFIG_FILE": "/dev/null",
        "TERM": "xterm-256color",
        "COLUMNS": "40",
    }
    before = ["unshare", "--map-root-user", "--net"]
    if not allows(*before):
        pytest.skip("this machine allows no cut of the network (unshare)")
    change = ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"]
    # A shell drops what is left of the rights of root, so that it tells what the other user can read.
    reads = ["sh", "-c", f'"{sys.executable}" -c "" && ls "{tmp_path}"']
    if os.geteuid() == 0 and allows(*change, *reads):
        for path in (tmp_path, *tmp_path.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        before = ["unshare", "--net", *change]
    # The clock comes last: its shared memory belongs to the user who starts it.
    clock = ["env", *(f"{name}={value}" for name, value in set_clock("2037-06-30").items())]
    assert build_otherwise(folder, env, umask=0o002, before=[*before, *clock]) == first[1]


def test_make_verify_builds_again_finds_the_same_and_would_see_one_changed_byte(
    first: tuple[Path, Mapping[str, str]], tmp_path: Path
) -> None:
    """Vary once more: folder, time zone, locale (C), hash seed, home, umask, cores, TERM; then change a byte."""
    folder, hashes = first
    code, said = run_make(folder, "verify")
    assert code == 0 and "A second build made the same 8 files, byte for byte." in said, said
    assert hash_outputs(folder) == hashes
    page = folder / "outputs/tiny/tiny.en.html"
    content = page.read_bytes()
    page.write_bytes(content.replace(b"Ruritania", b"Ruritanja", 1))
    differences = list(compare(folder, folder, "tiny"))
    page.write_bytes(content)
    assert differences[0] == "outputs/tiny/tiny.en.html: the file is not the one of the manifest"
    assert list(compare(folder, folder, "tiny")) == []


def test_the_outputs_are_all_that_was_compared(first: tuple[Path, Mapping[str, str]]) -> None:
    assert set(first[1]) == ALL_OUTPUTS
