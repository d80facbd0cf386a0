"""Find the versions of a note: the working tree, published editions, and the revisions that git knows."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from pathlib import Path

from briefing.problems import Problem, SourceError
from briefing.sources.shared_files import is_made_of

NOW = "now"
"""The version that stands in the working tree."""


def find_edition(sources: Path, note: str, version: str) -> str:
    """Find the folder of a published edition; nothing if the version is none."""
    folder = sources / note / "editions" / version
    return str(folder) if folder.is_dir() else ""


def object_to_version(sources: Path, note: str, version: str) -> str:
    """Say why a version of a note cannot be taken; nothing if it can."""
    if version == NOW or find_edition(sources, note, version):
        return ""
    if not shutil.which("git"):
        return "this is no published edition, and git, which may know it, is not installed"
    if not _ask_git("rev-parse", "--git-dir"):
        return "this is no published edition, and this folder is in no git repository, which may know it"
    commit = find_commit(sources, note, version)
    if not commit:
        return "neither a published edition nor a revision of git has this name"
    if not _ask_git("ls-tree", "--name-only", commit, "--", f"{sources}/{note}/note.yaml"):
        return f"{sources}/{note} was not there yet"
    return ""


def find_commit(sources: Path, note: str, version: str) -> str:
    """Find the commit that a version names, if it is neither the working tree nor an edition; nothing if it is none."""
    if version == NOW or find_edition(sources, note, version):
        return ""
    return _ask_git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{version}^{{commit}}")


def _ask_git(*command: str) -> str:
    """Give what git answers in the working directory; nothing where it objects."""
    return subprocess.run(["git", *command], capture_output=True, text=True, check=False).stdout.strip()


def read_commit(commit: str, note: str) -> dict[str, bytes]:
    """Read the sources that a note is made of as a commit has them, by path below sources/.

    This fails with a `SourceError` that says what git has to say.
    """
    command = ["git", "archive", "--format=tar", commit, "--", f"sources/{note}", "sources/common"]
    archive = subprocess.run(command, capture_output=True, check=False)
    if archive.returncode:
        said = archive.stderr.decode("utf-8").strip()
        raise SourceError([Problem(commit, 1, 1, f"its sources cannot be read: {said}; compare another revision")])
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        members = {member.name.removeprefix("sources/"): member for member in files.getmembers() if member.isfile()}
        return {name: _read_member(files, member) for name, member in members.items() if is_made_of(note, name)}


def _read_member(files: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = files.extractfile(member)
    return stream.read() if stream else b""
