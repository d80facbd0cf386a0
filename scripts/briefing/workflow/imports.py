"""List what a step imports, so that an edit of a module reruns the steps that use it and no others."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

# A statement of the package's own modules, as the formatter writes it, on one line or in parentheses. A parser of
# Python takes ten times as long, in every build; a test holds this against it.
IMPORT = re.compile(r"^[ \t]*(?:from|import)[ ]+(briefing[\w.]*)(?:[ ]+import[ ]+(\([^)]*\)|[^\n#]*))?", re.MULTILINE)
NAME = re.compile(r"\w+")


def list_modules(step: Path, root: Path) -> list[Path]:
    """List the modules of the package below `root` that a script or a module imports, itself or through others.

    Snakemake reruns a rule when its script changes, but does not see what the script imports.
    """
    found: set[Path] = set()
    waiting = [step]
    while waiting:
        for module in list_imports(waiting.pop(), root):
            if module not in found:
                found.add(module)
                waiting.append(module)
    return sorted(found)


@cache
def list_imports(path: Path, root: Path) -> tuple[Path, ...]:
    """List the files of the modules that one file imports; a name imported from a package may be a module too."""
    names: set[str] = set()
    for module, imported in IMPORT.findall(path.read_text("utf-8")):
        names |= {module, *(f"{module}.{name}" for name in NAME.findall(imported))}
    files = (root.joinpath(*name.split(".")).with_suffix(".py") for name in names)
    return tuple(sorted(file for file in files if file.is_file()))
