"""Keep the cut fonts beside the environment, so that they are cut once for all folders and tests."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from briefing.workflow.files import read_folder, replace_folder

CACHE = "BRIEFNOTE_CACHE"
"""The name of the variable that leads to another folder than the project's .cache."""


def get_fonts(root: Path, digest: str) -> dict[str, bytes]:
    """Give the cut fonts by file name; `digest` is the hash of the code and the libraries that cut them.

    A cache that cannot be written is done without.
    """
    folder = Path(os.environ.get(CACHE, root / ".cache"), f"fonts-{digest[:16]}")
    if folder.is_dir():
        return read_folder(folder)
    from briefing.fonts import cut_fonts  # slow to load, and rarely asked for

    fonts = cut_fonts()
    with suppress(OSError, SystemExit):
        replace_folder(folder, {**fonts})
    return fonts
