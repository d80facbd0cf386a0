"""Read what make hands to a script that is no step: a folder, and settings as NAME=value."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path


def read_settings(names: Sequence[str]) -> tuple[Path, dict[str, str]]:
    """Read the folder and the settings of the command line; those that are not given are ""."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("settings", nargs="*", metavar="NAME=value", help=", ".join(names))
    options = parser.parse_args()
    return options.folder, {**dict.fromkeys(names, ""), **dict(setting.split("=", 1) for setting in options.settings)}
