"""Tell by contents, not by dates, whether what people write has changed since a step ran.

A file of git may be old, and one from another machine may be dated tomorrow. What people write (sources, templates,
code) therefore reaches Snakemake as a parameter, a hash; its inputs are what other rules have made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from briefing.problems import Problem, SourceError
from briefing.sources.shared_files import is_made_of
from briefing.workflow.files import list_files
from briefing.workflow.imports import list_modules


@cache
def _hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hash_paths(root: Path, paths: Iterable[Path]) -> str:
    """Hash files, each with its path below `root`; a missing one is a `SourceError`."""
    paths = list(paths)
    if missing := [path.relative_to(root).as_posix() for path in paths if not path.is_file()]:
        raise SourceError(Problem(name, 1, 1, "this file is missing; restore it") for name in missing)
    digest = hashlib.sha256()
    for path in paths:
        digest.update(
            path.relative_to(root).as_posix().encode(errors="surrogateescape") + b"\0" + _hash_file(path).encode()
        )
    return digest.hexdigest()


def hash_code(root: Path, *modules: str) -> str:
    """Hash what a step is made of: scripts and modules by path below scripts/, their imports, the locked libraries."""
    scripts = root / "scripts"
    paths = {path for module in modules for path in (scripts / module, *list_modules(scripts / module, scripts))}
    return hash_paths(root, [*sorted(paths), root / "uv.lock"])


def hash_templates(root: Path, names: Iterable[str]) -> str:
    """Hash templates by their paths below templates/."""
    return hash_paths(root, [root / "templates" / name for name in names])


def list_sources(sources: Path, note: str) -> list[Path]:
    """List the source files that a note is made of."""
    paths = [path for folder in (sources / "common", sources / note) for path in list_files(folder)]
    return [path for path in paths if is_made_of(note, path.relative_to(sources).as_posix())]
