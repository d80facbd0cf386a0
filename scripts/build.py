"""Run Snakemake in a folder, alone: `build.py <folder> <what Snakemake is told besides the profile> …`.

A second build of the folder waits for the first. The lock is the standard input of the build and of all that it starts,
so that it ends with the last of them, however they end: what was killed leaves nothing that has to be unlocked by hand.
"""

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from briefing.workflow.delivery import take_up_exchange

ROOT = Path(__file__).resolve().parents[1]


def hold_folder(folder: Path) -> None:
    """Wait until no other build is at work in a folder, and hold it by the standard input."""
    lock = folder / ".snakemake/build.lock"
    try:
        lock.parent.mkdir(exist_ok=True)
        held = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        remedy = "a build writes into this folder, so make it writable"
        sys.exit(f"{lock}: {error.strerror}; {remedy}. Nothing was changed.")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        said = "Another build is at work in this folder; this one waits until it has ended."
        print(said, file=sys.stderr, flush=True)
        fcntl.flock(held, fcntl.LOCK_EX)
    os.dup2(held, 0)


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


def main(folder: Path, arguments: list[str]) -> None:
    """Become Snakemake."""
    hold_folder(folder)
    clear_away(folder)
    # The plugin that prints the progress is found by its name on this path.
    os.environ["PYTHONPATH"] = str(ROOT / "scripts/progress")
    # Compiled modules are kept apart from the sources; without them each step compiles anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / ".cache/python"))
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"), "--directory", str(folder)]
    command += ["--workflow-profile", "none", *read_profile(ROOT / "profiles/default/config.yaml")]
    os.execv(sys.executable, [*command, *arguments])


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
