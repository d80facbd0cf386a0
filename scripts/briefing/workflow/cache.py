"""Keep what is slow to make beside the environment, so that it is made once for all folders, versions and tests."""

from __future__ import annotations

import hashlib
import io
import os
import time
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from briefing.fonts import cut_fonts
from briefing.workflow.files import write_atomically
from briefing.workflow.fingerprints import hash_code

CACHE = "BRIEFNOTE_CACHE"
"""The name of the variable that leads to another folder than the project's .cache."""

_Make: TypeAlias = Callable[[], Mapping[str, bytes]]
_MONTH = 30 * 24 * 60 * 60


def keep_files(root: Path, kind: str, digest: str, make: _Make) -> Mapping[str, bytes]:
    """Give files of a kind by name, made now or before; `digest` is the hash of all that they depend on.

    What is damaged is made anew, and what nobody asked for in a month is forgotten. A cache that cannot be written is
    done without.
    """
    archive = Path(os.environ.get(CACHE, root / ".cache"), f"{kind}-{digest}.zip")
    with suppress(OSError, zipfile.BadZipFile):
        return _read_archive(archive)
    files = make()
    with suppress(OSError, SystemExit):
        write_atomically(archive, _write_archive(files))
        for other in archive.parent.glob(f"{kind}-*.zip"):
            if other.stat().st_mtime < time.time() - _MONTH:
                other.unlink()
    return files


def keep_fonts(root: Path) -> Mapping[str, bytes]:
    """Give the faces of the fonts by file name, cut now or before; for what waits for no build that cuts them."""
    return keep_files(root, "fonts", hash_code(root, "cut_fonts.py"), cut_fonts)


def make_keeper(root: Path, hand: str, fonts: Mapping[str, bytes]) -> Callable[[object, _Make], Mapping[str, bytes]]:
    """Make what keeps charts: given all that one shows and what draws it, it draws it unless that was done before.

    `hand` names the code and the style that draw.
    """
    drawn_by = hashlib.sha256(hand.encode())
    for _, font in sorted(fonts.items()):
        drawn_by.update(font)

    def keep(shown: object, draw: _Make) -> Mapping[str, bytes]:
        what = drawn_by.copy()
        what.update(repr(shown).encode())
        return keep_files(root, "chart", what.hexdigest(), draw)

    return keep


def _read_archive(path: Path) -> Mapping[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with suppress(OSError):
        os.utime(path)
    return files


def _write_archive(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)  # without a date, which a clock may have wrong
    return buffer.getvalue()
