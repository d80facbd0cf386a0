"""List what a step imports, so that an edit of a module reruns the steps that use it and no others."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

# The package is imported in one way only: "from briefing.<module> import …".
IMPORT = re.compile(r"^\s*from briefing\.(\w+) import", re.MULTILINE)


def list_modules(step: Path) -> list[Path]:
    """List the modules of the package that a script imports, itself or through others.

    Snakemake reruns a rule when its script changes, but does not see what the script imports.
    """
    package = step.parent / "briefing"
    found: set[Path] = set()
    waiting = [step]
    while waiting:
        for name in _list_names(waiting.pop()):
            module = package / f"{name}.py"
            if module not in found:
                found.add(module)
                waiting.append(module)
    return sorted(found)


@cache
def _list_names(path: Path) -> tuple[str, ...]:
    return tuple(sorted(set(IMPORT.findall(path.read_text("utf-8")))))
