"""Build again in a second folder and compare with the manifests: `verify.py <folder>`, run by `make verify`.

The second folder has a space and an accent in its name; its build has another home, time zone, locale, hash seed,
umask and number of cores. Exit code 0: every output of every note is the same, byte for byte; 1: it lists the others.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

ROOT = Path(__file__).resolve().parents[2]
OTHERWISE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "4711", "TERM": "dumb"}


def build_again(folder: Path, second: Path) -> None:
    """Build what the configuration of a folder names, from a copy of its sources."""
    for name in ("config.yaml", "sources"):
        copy = shutil.copytree if (folder / name).is_dir() else shutil.copy
        copy(folder / name, second / name)
    home = second / "home"
    home.mkdir()
    command = [sys.executable, str(ROOT / "scripts/build.py"), str(second), "note", "--cores", "1"]
    subprocess.run(command, check=True, env={**os.environ, **OTHERWISE, "HOME": str(home)}, umask=0o077)


def compare(folder: Path, second: Path, note: str) -> Iterator[str]:
    """List the outputs of a note that differ from its manifest, in the folder or in the second one."""
    made = folder / "outputs" / note
    manifest = json.loads((made / "manifest.json").read_text("utf-8"))
    again = second / "outputs" / note
    if json.loads((again / "manifest.json").read_text("utf-8")) != manifest:
        yield f"outputs/{note}/manifest.json: the second build has another"
    for name, entry in manifest["outputs"].items():
        for where, path in (
            ("the file is not the one of the manifest", made / name),
            ("the second build made another", again / name),
        ):
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
                yield f"outputs/{note}/{name}: {where}"


if __name__ == "__main__":
    folder = Path(sys.argv[1]).resolve()
    notes = yaml.safe_load((folder / "config.yaml").read_text("utf-8"))["notes"]
    with TemporaryDirectory(prefix="une vérification ") as second:
        build_again(folder, Path(second))
        differences = [line for note in notes for line in compare(folder, Path(second), note)]
        count = sum(
            len(json.loads((folder / "outputs" / note / "manifest.json").read_text("utf-8"))["outputs"])
            for note in notes
        )
    if differences:
        print(*differences, sep="\n", file=sys.stderr)
        sys.exit(1)
    print(f"A second build made the same {count} files, byte for byte.")
