"""Same sources, same bytes: whatever the folder, clock, locale, home, user or machine, a build makes the same files."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from briefing.workflow.cache import CACHE
from support.building import BUILT, NOTE, hash_files, run_make
from support.house import make_fonts
from support.workflow import IN_BOTH, make_folder
from tools.verify import compare

pytestmark = pytest.mark.workflow

CLOCKS = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
NOBODY = 65534
CHANGE_USER = ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"]
CUT_NETWORK = ["unshare", "--map-root-user", "--net"]
BOTH = "en, fr"
CHARTS = {f"charts.{tag}/guards.{kind}" for tag in ("en", "fr") for kind in ("png", "svg")}
DEFINITIONS = Path("/usr/share/i18n/locales")


def allows(*command: str) -> bool:
    """Tell whether this machine allows a way of running a program."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0


def hash_made(folder: Path) -> dict[str, str]:
    """Hash the outputs of the note in both languages, and the pictures in them."""
    made = hash_files(folder, NOTE, BUILT)
    outputs = {name: made.get(f"{NOTE}/{name}", "") for name in IN_BOTH}
    return outputs | {name: made.get(f"{BUILT}/{name}", "") for name in CHARTS}


def set_clock(day: str) -> dict[str, str]:
    """Give the settings that make a program believe in another day; dates of files stay true."""
    if not CLOCKS:
        return {}
    clock = {"LD_PRELOAD": str(CLOCKS[0]), "FAKETIME": f"@{day} 12:00:00"}
    return {**clock, "NO_FAKE_STAT": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def set_locale(name: str, folder: Path) -> dict[str, str]:
    """Give the settings of a locale, compiled into the folder where the machine has not installed it."""
    settings = {"LC_ALL": f"{name}.UTF-8", "LANG": f"{name}.UTF-8"}
    if is_installed(name) or not can_compile(name):
        return settings
    target = folder / "locales" / f"{name}.UTF-8"
    target.parent.mkdir()
    subprocess.run(["localedef", "-i", name, "-f", "UTF-8", str(target)], check=True, capture_output=True)
    return {**settings, "LOCPATH": str(target.parent)}


def is_installed(locale: str) -> bool:
    listed = subprocess.run(["locale", "-a"], check=False, capture_output=True, text=True)
    return f"{locale}.utf8" in listed.stdout.split()


def can_compile(locale: str) -> bool:
    return (DEFINITIONS / locale).is_file() and shutil.which("localedef") is not None


def can_change_user(folder: Path) -> bool:
    """Tell whether the tests can become another user, who can read Python and a folder."""
    # A shell drops what is left of the rights of root, so that it tells what the other user can read.
    reads = ["sh", "-c", f'"{sys.executable}" -c "" && ls "{folder}"']
    return os.geteuid() == 0 and allows(*CHANGE_USER, *reads)


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
    """Build the note once in both languages, as it comes."""
    folder = make_folder(tmp_path_factory.mktemp("first"), BOTH)
    code, said = run_make(folder)
    assert code == 0, said
    return folder, hash_made(folder)


def build_otherwise(folder: Path, env: Mapping[str, str], **settings: Any) -> dict[str, str]:
    """Build the note in another folder and world."""
    # The fonts are cut and the charts are drawn anew, in that world.
    code, said = run_make(folder, env={**env, CACHE: str(folder.parent / "cache")}, **settings)
    assert code == 0, said
    return hash_made(folder)


def test_another_folder_clock_locale_home_and_umask_give_the_same_bytes(
    first: tuple[Path, Mapping[str, str]], tmp_path: Path
) -> None:
    """Vary: folder, clock (1999), zone, locale (tr_TR), hash seed, home, fonts added, umask, cores, TERM, dates."""
    folder = make_folder(tmp_path / "Été à l’étranger & co", BOTH)
    for path in folder.rglob("*"):
        os.utime(path, (315_532_800, 315_532_800))
    home = make_home(tmp_path, fonts=True)
    env = {
        "TZ": "Pacific/Kiritimati",
        **set_locale("tr_TR", tmp_path),
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
    folder = make_folder(tmp_path / "second", BOTH)
    home = make_home(tmp_path, fonts=False)
    env = {
        "TZ": "America/St_Johns",
        **set_locale("fr_FR", tmp_path),
        "LANGUAGE": "fr",
        "PYTHONHASHSEED": "4242",
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "FONTCONFIG_FILE": "/dev/null",
        "TERM": "xterm-256color",
        "COLUMNS": "40",
    }
    before = CUT_NETWORK if allows(*CUT_NETWORK) else []
    if can_change_user(tmp_path):
        for path in (tmp_path, *tmp_path.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        before = [*(["unshare", "--net"] if before else []), *CHANGE_USER]
    # The clock comes last: its shared memory belongs to the user who starts it.
    clock = ["env", *(f"{name}={value}" for name, value in set_clock("2037-06-30").items())]
    assert build_otherwise(folder, env, umask=0o002, before=[*before, *clock]) == first[1]


def test_make_verify_builds_again_finds_the_same_and_would_see_one_changed_byte(
    first: tuple[Path, Mapping[str, str]], tmp_path: Path
) -> None:
    """Vary once more: folder, time zone, locale (C), hash seed, home, umask, cores, TERM; then change a byte."""
    folder, hashes = first
    code, said = run_make(folder, "verify")
    assert code == 0 and "A second build made the same 12 files, byte for byte." in said, said
    assert hash_made(folder) == hashes
    page = folder / "outputs/tiny/tiny.en.html"
    content = page.read_bytes()
    page.write_bytes(content.replace(b"Ruritania", b"Ruritanja", 1))
    differences = list(compare(folder, folder, "tiny"))
    page.write_bytes(content)
    assert differences[0] == "outputs/tiny/tiny.en.html: the file is not the one of the manifest"
    assert list(compare(folder, folder, "tiny")) == []


@pytest.mark.parametrize("what", ["clock", "network", "user", "fr_FR", "tr_TR"])
def test_this_machine_can_vary(what: str, tmp_path: Path) -> None:
    """Name what the builds above could not vary here, so that it is missed by someone."""
    can, lacking = {
        "clock": (bool(CLOCKS), "faketime is missing"),
        "network": (allows(*CUT_NETWORK), "this machine allows no cut of the network (unshare)"),
        "user": (can_change_user(tmp_path), "the tests do not run as root, or another user cannot read Python"),
    }.get(what, (is_installed(what) or can_compile(what), f"{what} is not installed, and no localedef to compile it"))
    if not can:
        pytest.skip(lacking)


def test_the_outputs_are_all_that_was_compared(first: tuple[Path, Mapping[str, str]]) -> None:
    assert set(first[1]) == IN_BOTH | CHARTS and all(first[1].values())
