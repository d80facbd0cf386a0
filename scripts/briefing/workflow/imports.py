"""List what a step imports, so that an edit of a module reruns the steps that use it and no others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = "briefing"


def list_modules(step: Path, root: Path) -> list[Path]:
    """List the modules of the package below `root` that a script or a module imports, itself or through others.

    Snakemake reruns a rule when its script changes, but does not see what the script imports.
    """
    found: set[Path] = set()
    waiting = [step]
    while waiting:
        for module in _list_imports(waiting.pop(), root):
            if module not in found:
                found.add(module)
                waiting.append(module)
    return sorted(found)


@cache
def _list_imports(path: Path, root: Path) -> tuple[Path, ...]:
    """List the files of the modules that one file imports; a name imported from a package may be a module too."""
    names = set(_list_names(ast.parse(path.read_text("utf-8"))))
    files = (root.joinpath(*name.split(".")).with_suffix(".py") for name in names if name.split(".")[0] == PACKAGE)
    return tuple(sorted(file for file in files if file.is_file()))


def _list_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
