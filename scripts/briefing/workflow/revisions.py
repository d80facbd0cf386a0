"""Find the versions of a note: the working tree, published editions, and the revisions that git knows."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from briefing.document.edition_names import order_editions
from briefing.problems import Problem, SourceError
from briefing.review.commits import ALL, Commit
from briefing.sources.shared_files import is_made_of
from briefing.sources.version_id import LENGTH, list_version_ids

_SHORT = 7
_DESCRIPTION = "%H%x1f%as%x1f%an%x1f%s"
_BLAMED = re.compile(rf"\^?([0-9a-f]{{{_SHORT}}})[0-9a-f]* +(?:\S+ +)?(\d+)\)")
VERSION_ID = re.compile(rf"[0-9a-f]{{{LENGTH}}}")
NOW = "now"
"""The version that stands in the working tree."""


def list_editions(sources: Path, note: str) -> list[str]:
    """List the published editions of a note, the first one first; a folder without a manifest is none."""
    return order_editions(path.parent.name for path in (sources / note / "editions").glob("*/manifest.json"))


def find_edition(sources: Path, note: str, version: str) -> str:
    """Find the folder of a published edition; nothing if the version is none."""
    return str(sources / note / "editions" / version) if version in list_editions(sources, note) else ""


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
    """Give what git answers in the working directory; nothing where it objects, or is not installed."""
    if not shutil.which("git"):
        return ""
    return subprocess.run(["git", *command], capture_output=True, text=True, check=False).stdout.strip()


def describe_commit(commit: str) -> Commit | None:
    """Describe a commit by its hash: its day, author and message; nothing where none is named."""
    if not commit:
        return None
    return _read_description(_ask_git("show", "--no-patch", f"--format={_DESCRIPTION}", commit))


def _read_description(line: str) -> Commit:
    long, day, author, message = line.split("\x1f")
    return Commit(long[:_SHORT], day, author, message)


def list_authors(base: str, head: str, paths: Iterable[str]) -> dict[tuple[str, int], Commit]:
    """Tell which commit after `base` wrote each line of some files (by path, and number from 1) as `head` has them.

    Both are commits, or "" for what no commit is known of: without a base all lines are told, without a head those of
    the working tree, whose own changes nobody has signed yet. Outside of a repository nothing is told. Where one commit
    alone lies between two that are known, it stands under `ALL` too.
    """
    span = f"--format={_DESCRIPTION}", f"{base}..{head or 'HEAD'}" if base else head or "HEAD"
    described = (_read_description(line) for line in _ask_git("log", *span).splitlines())
    commits = {commit.hash: commit for commit in described}
    written: dict[tuple[str, int], Commit] = (
        {ALL: next(iter(commits.values()))} if base and head and len(commits) == 1 else {}
    )
    for path in paths if commits else ():
        # Each line begins with the hash of its commit, and has the line's number before a parenthesis that ends.
        for line in _ask_git("blame", "-s", "-l", "-w", *([head] if head else []), "--", path).splitlines():
            found = _BLAMED.match(line)
            if found and found[1] in commits:
                written[path, int(found[2])] = commits[found[1]]
    return written


def find_version_id(sources: Path, note: str, version_id: str) -> str:
    """Find what has a version id, as a file that was handed out bears it: an edition, or a commit; nothing if none has.

    Ids of earlier days are known too. The newest commit is taken, of those that changed what the note may be made of.
    """
    if not VERSION_ID.fullmatch(version_id):
        return ""
    return find_edition_of(sources, note, version_id) or find_version_commit(sources, note, version_id)


def find_edition_of(sources: Path, note: str, version_id: str) -> str:
    """Find the published edition that has a version id; nothing if none has."""
    for edition in list_editions(sources, note):
        manifest = sources / note / "editions" / edition / "manifest.json"
        if json.loads(manifest.read_text("utf-8")).get("version") == version_id:
            return edition
    return ""


def find_version_commit(sources: Path, note: str, version_id: str) -> str:
    """Find the newest commit whose sources have a version id, of those that changed them; nothing if none has."""
    paths = [f"{sources}/{note}", f"{sources}/common"]
    for commit in _ask_git("log", "--format=%H", "--", *paths).split():
        with suppress(SourceError):  # of a day before there was the note
            if version_id in list_version_ids(note, _read_archive(commit, note)):
                return commit[:LENGTH]
    return ""


def read_commit(commit: str, note: str) -> dict[str, bytes]:
    """Read the sources that a note is made of as a commit has them, by path below sources/.

    This fails with a `SourceError` that says what git has to say.
    """
    return {name: content for name, content in _read_archive(commit, note).items() if is_made_of(note, name)}


def _read_archive(commit: str, note: str) -> dict[str, bytes]:
    command = ["git", "archive", "--format=tar", commit, "--", f"sources/{note}", "sources/common"]
    archive = subprocess.run(command, capture_output=True, check=False)
    if archive.returncode:
        said = archive.stderr.decode("utf-8").strip()
        raise SourceError([Problem(commit, 1, 1, f"its sources cannot be read: {said}; compare another revision")])
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        members = {member.name.removeprefix("sources/"): member for member in files.getmembers() if member.isfile()}
        return {name: _read_member(files, member) for name, member in members.items()}


def _read_member(files: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = files.extractfile(member)
    return stream.read() if stream else b""
