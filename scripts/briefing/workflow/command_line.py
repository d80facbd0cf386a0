"""Read what make hands to a script that is no step: a folder, settings as NAME=value, and the day."""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path


def read_settings(names: Sequence[str]) -> tuple[Path, dict[str, str]]:
    """Read the folder and the settings of the command line; those that are not given are ""."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("settings", nargs="*", metavar="NAME=value", help=", ".join(names))
    options = parser.parse_args()
    return options.folder, {**dict.fromkeys(names, ""), **dict(setting.split("=", 1) for setting in options.settings)}


def read_day() -> str:
    """Read which day it is (UTC), as `SOURCE_DATE_EPOCH` says it (reproducible-builds.org) or else the clock."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if said and not re.fullmatch(r"\d{1,11}", said):
        sys.exit(f"SOURCE_DATE_EPOCH={said}: expected seconds since 1970, such as 1795780800.")
    return datetime.fromtimestamp(int(said or time.time()), UTC).date().isoformat()
