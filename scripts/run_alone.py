"""Run a command as the only build of a folder: `run_alone.py <folder> <command> …`; a second one waits for the first.

The lock is the standard input of the command and of all that it starts, so that it ends with the last of them, however
they end: a build that was killed leaves nothing that has to be unlocked by hand.
"""

import fcntl
import os
import shutil
import sys
from pathlib import Path

folder = Path(sys.argv[1])
lock = folder / ".snakemake/build.lock"
try:
    lock.parent.mkdir(exist_ok=True)
    held = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
except OSError as error:
    sys.exit(f"{lock}: {error.strerror}; a build writes into this folder, so make it writable. Nothing was changed.")
try:
    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("Another build is at work in this folder; this one waits until it has ended.", file=sys.stderr, flush=True)
    fcntl.flock(held, fcntl.LOCK_EX)
# What a build that was killed has left; the steps translate and publish write to sources and templates.
places = [folder / name for name in ("outputs", "sources", "templates")]
for left in [left for place in places for left in place.glob("**/.*.[0-9]*.part")]:
    shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
os.dup2(held, 0)
os.execv(sys.argv[2], sys.argv[2:])
