"""One build of a folder at a time: on this machine by a lock of the system, across machines by a file with its holder.

The lock of the system ends with whatever holds it, however that ends. Machines that share a folder may not see each
other's locks; so a build also says, in a file, on which machine it was begun, by whom and when, and takes the file away
as it ends.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import platform
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

LOCK, HOLDER, JOBS = ".snakemake/build.lock", ".snakemake/build.holder", ".snakemake/jobs.lock"
BUILD = "BRIEFNOTE_BUILD"
"""The name of the variable by which a job knows the build that has sent it."""
_BOOT = Path("/proc/sys/kernel/random/boot_id")


class Holder(TypedDict):
    """A build that holds a folder: its machine, by name and by its start (which containers share), and who began it."""

    build: str
    host: str
    boot: str
    user: str
    process: int
    since: str


class FolderError(Exception):
    """A folder cannot be had for a build; the message says why, and what to do."""


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Wait until no other build of this machine is at work in a folder, and hold it by the standard input.

    What the build starts inherits its input, so that the folder is held until the last of them has ended. Raises
    `FolderError` where a build of another machine has it, or where it cannot be written.
    """
    try:
        (folder / LOCK).parent.mkdir(exist_ok=True)
        held = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
        _wait(held, "Another build is at work in this folder; this one waits until it has ended.")
        os.dup2(held, 0)
        os.environ[BUILD] = name_holder(folder / HOLDER)
    except OSError as error:
        remedy = "a build writes into this folder, so make it writable"
        raise FolderError(
            f"{error.filename or folder / LOCK}: {error.strerror}; {remedy}. Nothing was changed."
        ) from None
    try:
        jobs = os.open(folder / JOBS, os.O_RDWR | os.O_CREAT, 0o666)
        _wait(jobs, "Jobs of a build that was killed are still at work in this folder; this one waits.")
        os.close(jobs)
        yield
    finally:
        (folder / HOLDER).unlink(missing_ok=True)


def hold_as_job(folder: Path) -> None:
    """Hold a folder as one of the jobs of a build, until this process ends, so that no other build begins meanwhile.

    A job that begins when its build has ended, as those that wait in a queue do if it was killed, raises `FolderError`.
    """
    with suppress(OSError):  # a file system without locks
        fcntl.flock(os.open(folder / JOBS, os.O_RDWR | os.O_CREAT, 0o666), fcntl.LOCK_SH)
    sent = os.environ.get(BUILD)
    holder = _read_holder(folder / HOLDER)
    if sent and (holder is None or holder["build"] != sent):
        raise FolderError("The build that sent this job has ended; the job does nothing.")


def _wait(lock: int, says: str) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(says, file=sys.stderr, flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)


def name_holder(path: Path) -> str:
    """Write down who holds a folder, once the lock of this machine is had, and give the name of this build.

    What a killed build of this machine has left gives way. Raises `FolderError` where another machine's build has
    written itself down.
    """
    own = describe_holder()
    while True:
        try:
            # Of two machines, one makes the file.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            other = _read_holder(path)
            if other and not {other["host"], other["boot"]} & {own["host"], own["boot"] or own["host"]}:
                raise FolderError(_complain(path, other)) from None
            path.unlink(missing_ok=True)
        else:
            with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
                json.dump(own, stream)
            return own["build"]


def describe_holder() -> Holder:
    """Describe this process as the holder of a folder."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as containers have
        user = str(os.getuid())
    boot = _BOOT.read_text("ascii").strip() if _BOOT.is_file() else ""
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return {
        "build": uuid.uuid4().hex,
        "host": platform.node(),
        "boot": boot,
        "user": user,
        "process": os.getpid(),
        "since": since,
    }


def _read_holder(path: Path) -> Holder | None:
    """Read who holds a folder; None where the file says nothing, since what wrote it was killed in that moment."""
    try:
        holder: Holder = json.loads(path.read_text("utf-8"))
        return holder if holder.keys() >= Holder.__annotations__.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


def _complain(path: Path, other: Holder) -> str:
    return (
        f"{other['user']} has begun a build of this folder on {other['host']} ({other['since']}), and it has not "
        f"ended. Wait for it. If {other['host']} has no process {other['process']} any more, it was killed: remove "
        f"{path}, and begin again. Nothing was changed."
    )
