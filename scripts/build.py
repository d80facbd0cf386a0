"""Run Snakemake in a folder, alone, for what a person asks for: `build.py <folder> <request> …`, as the makefile does.

A second build of the folder waits for the first, and what was killed on this machine leaves nothing that has to be
unlocked by hand (`folder_lock.py`).
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from briefing.problems import SourceError, name_nearest
from briefing.workflow.config import check_templates, read_project
from briefing.workflow.delivery import take_up_exchange
from briefing.workflow.folder_lock import FolderError, hold_folder
from briefing.workflow.requests import REQUESTS, Request, RequestError, read_request, read_verdict
from briefing.workflow.shelf import forget_complaints, write_shelf

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = "default"
SHOWN = ("note", "publish")
"""The requests after which the page of all notes is written anew."""
SETTINGS = ("NOTE", "NOTES", "LANGUAGES", "FORMATS", "VERSION", "BASE", "HEAD", "PROFILE")


def clear_away(folder: Path) -> None:
    """Remove what a build that was killed has left beside final names; some steps write to sources and templates."""
    for place in ("outputs", "sources", "templates"):
        for left in [*(folder / place).glob("**/.*.[0-9]*.part")]:
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
    for old in [*(folder / "outputs").glob("**/.*.old")]:
        take_up_exchange(old.with_name(old.name.removeprefix(".").removesuffix(".old")))


def read_profile(path: Path) -> Iterator[str]:
    """Read a profile as arguments; Snakemake itself, told of it, would begin every build with a line about it."""
    for name, value in yaml.safe_load(path.read_text("utf-8")).items():
        yield f"--{name}"
        yield from [] if value is True else map(str, value) if isinstance(value, list) else [str(value)]


def set_up() -> None:
    """Set what Snakemake and the steps that it starts find by their surroundings."""
    # The plugin that prints the progress is found by its name on this path.
    sys.path.insert(0, str(ROOT / "scripts/progress"))
    # Compiled modules are kept apart from the sources; without them each step compiles anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / ".cache/python"))


def find_profile(name: str) -> Path:
    """Find a profile that is used beside the default one; raises `RequestError` where there is none of the name."""
    known = sorted(
        path.parent.name for path in (ROOT / "profiles").glob("*/config.yaml") if path.parent.name != DEFAULT
    )
    if name not in known:
        raise RequestError(f'PROFILE={name}: there is no "profiles/{name}/config.yaml"; {name_nearest(name, known)}')
    return ROOT / "profiles" / name / "config.yaml"


def run_snakemake(request: Request, *arguments: str) -> int:
    """Run Snakemake in the working directory, and give its exit code."""
    from snakemake.cli import main as snakemake  # slow to load, and not asked for where a request is refused

    command = ["--snakefile", str(ROOT / "Snakefile"), "--workflow-profile", "none", *arguments]
    command += [*read_profile(ROOT / "profiles" / DEFAULT / "config.yaml")]
    command += ["--forcerun", request.forced] if request.forced else []
    try:
        snakemake([*command, "--", *request.targets])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def tell_time(path: str) -> int:
    """Tell when a file was written; 0 where there is none."""
    return Path(path).stat().st_mtime_ns if Path(path).is_file() else 0


def main(folder: Path, name: str, settings: Mapping[str, Any], *arguments: str) -> int:
    """Answer a request once the folder is held for it alone."""
    try:
        with hold_folder(folder):
            return answer(folder, name, settings, *arguments)
    except FolderError as error:
        sys.exit(str(error))


def answer(folder: Path, name: str, settings: Mapping[str, Any], *arguments: str) -> int:
    """Answer a request: say what is wrong with it, or let Snakemake make it and say what was made."""
    clear_away(folder)
    os.chdir(folder)
    try:
        notes = read_project(Path(), ROOT)
        request = read_request(name, settings, notes)
        asked = [notes[note] for note in request.notes]
        arguments += tuple(read_profile(find_profile(settings["PROFILE"]))) if settings["PROFILE"] else ()
        check_templates(asked, ROOT / "templates", with_catalogues=name != "translate")
    except (SourceError, RequestError) as error:
        sys.exit(f"{error}\nNothing was made.")
    if name == "note":
        forget_complaints(Path(), request.notes)
    written = {page: tell_time(page) for page in request.verdicts}
    if not (code := run_snakemake(request, *arguments)):
        for page, time in written.items():
            if time == tell_time(page):
                print(read_verdict(Path(page).read_text("utf-8")))
        print(*request.made, sep="\n", end="\n" if request.made else "")
    if name in SHOWN:
        write_shelf(Path(), ROOT / "templates", notes)
    return code


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("request", choices=REQUESTS)
    parser.add_argument("settings", nargs="*", metavar="NAME=value", help=", ".join(SETTINGS))
    options, others = parser.parse_known_args()
    given = dict(setting.split("=", 1) for setting in options.settings)
    set_up()
    sys.exit(main(options.folder.resolve(), options.request, {**dict.fromkeys(SETTINGS, ""), **given}, *others))
