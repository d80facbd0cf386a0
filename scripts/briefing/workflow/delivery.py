"""Put a finished set of files in its place as a whole, so that no reader meets the halves of two states.

The set is copied beside its place and the two folders are exchanged in one call of the system. What somebody else has
put into the place stays there; so does, under another name, a file that was changed by hand since it was delivered.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)
RECORD = ".delivered.json"
"""The name, within a place, of the list of what was delivered there: the sha256 of each file."""


def hash_file(path: Path) -> str:
    """Give the sha256 of a file, in hex digits; nothing where there is no such file."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def deliver_files(files: Mapping[str, Path], place: Path) -> dict[str, str]:
    """Deliver files, by their names in the place; gives the sha256 of each.

    A file that is not as the delivery before this one left it was changed by hand. What cannot be written ends the step
    with a sentence, and leaves the place as it was.
    """
    fresh = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        for name, path in files.items():
            _copy(path, fresh / name)
        hashes = {name: hash_file(fresh / name) for name in files}
        for path, kept in _list_kept(place, hashes):
            _link(path, fresh / kept)
        (fresh / RECORD).write_text(json.dumps(hashes, indent=1) + "\n", "utf-8")
        _exchange(fresh, place)
    except OSError as error:
        remedy = "make room, or make the folder writable, and run make again"
        sys.exit(f"{place}: {error.strerror}; {remedy}. What stood there stands as it was.")
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return hashes


def is_disturbed(place: Path, delivered: Mapping[str, str]) -> bool:
    """Tell whether a file of a delivery is gone, or is not as it was delivered."""
    return any(hash_file(place / name) != digest for name, digest in delivered.items())


def take_up_exchange(place: Path) -> None:
    """Give a place back what stood there, where a delivery was killed on a system that cannot exchange folders."""
    old = _name_old(place)
    if old.is_dir() and not place.exists():
        old.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _list_kept(place: Path, hashes: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """List what stands in the place and is no part of a delivery, with the name under which it stays."""
    record = place / RECORD
    before: dict[str, str] = json.loads(record.read_text("utf-8")) if record.is_file() else {}
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if name == RECORD or (path.is_dir() and not path.is_symlink()):
            continue
        if name not in hashes and name not in before:
            yield path, name
        elif (found := hash_file(path)) not in (before.get(name), hashes.get(name)):
            kept = f"{name.removesuffix(path.suffix)}.edited-{found[:6]}{path.suffix}"
            print(f"{path} was changed by hand; it is kept as {place / kept}.", file=sys.stderr)
            yield path, kept


def _copy(source: Path, target: Path) -> None:
    """Copy a file, and flush it: the exchange must not come to the disk before what it delivers."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(source, "rb") as reader, open(target, "wb") as writer:
        shutil.copyfileobj(reader, writer)
        writer.flush()
        os.fsync(writer.fileno())


def _link(source: Path, target: Path) -> None:
    """Give a file a second name, unless it has that already; where the system has no second names, a copy."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.EXDEV):
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def _exchange(fresh: Path, place: Path) -> None:
    """Exchange two folders at once; the second need not be there."""
    if not place.exists():
        fresh.rename(place)
    elif not _exchange_at_once(fresh, place):
        old = _name_old(place)
        place.rename(old)
        fresh.rename(place)
        old.rename(fresh)


def _exchange_at_once(one: Path, other: Path) -> bool:
    """Exchange two paths by the system's own call; false where it has none, or none for this file system."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    if ctypes.get_errno() in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _name_old(place: Path) -> Path:
    return place.with_name(f".{place.name}.old")
