"""Write files so that no half-made one ever stands under its final name."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from briefing.problems import Problem, SourceError


def write_atomically(path: str | Path, content: str | bytes) -> None:
    """Write text (as UTF-8) or bytes to a temporary name beside `path`, flush it, and rename it.

    What stood under the final name stays as it was when the disk is full or the folder cannot be written; then the step
    ends with a sentence that says so.
    """
    write_together({path: content})


def write_together(files: Mapping[str | Path, str | bytes]) -> None:
    """Write files as `write_atomically` does, all or none: the first one is renamed when the last one is flushed.

    Where a name cannot be taken then, those that were get back what stood there.
    """
    staged = {Path(path): Path(path).with_name(f".{Path(path).name}.{os.getpid()}.part") for path in files}
    before: dict[Path, bytes | None] = {}
    target = Path()
    try:
        for (target, temporary), content in zip(staged.items(), files.values(), strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            with open(temporary, "wb") as stream:
                stream.write(content.encode("utf-8") if isinstance(content, str) else content)
                stream.flush()
                os.fsync(stream.fileno())
        for target, temporary in staged.items():
            old = target.read_bytes() if len(staged) > 1 and target.is_file() else None
            temporary.replace(target)
            before[target] = old
    except OSError as error:
        for path, old in before.items():
            path.unlink() if old is None else path.write_bytes(old)
        remedy = "make room, or make the folder writable, and run make again"
        kept = (
            f"None of these {len(staged)} files was changed" if len(staged) > 1 else "What stood there stands as it was"
        )
        sys.exit(f"{target}: {error.strerror}; {remedy}. {kept}.")
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def replace_folder(path: str | Path, files: Mapping[str, str | bytes]) -> None:
    """Write files, by path within it, to a folder beside `path`, and put that in the place of what stood there."""
    target = Path(path)
    fresh = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        fresh.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_atomically(fresh / name, content)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def list_files(folder: str | Path) -> list[Path]:
    """List all files below a folder, in order, but for what editors hide or keep as a copy (".a.swp", "a.md~")."""
    paths = Path(folder).rglob("*")
    return sorted(p for p in paths if p.is_file() and not p.name.startswith((".", "~")) and not p.name.endswith("~"))


def read_folder(folder: str | Path) -> dict[str, bytes]:
    """Read the files of `list_files`: their bytes by path within the folder.

    This fails with a `SourceError` for a link that leads out of the folder, a file that cannot be read, and a name that
    cannot be printed.
    """
    paths = list_files(folder)
    if problems := [Problem(_spell(path), 1, 1, message) for path in paths if (message := _object(path, Path(folder)))]:
        raise SourceError(problems)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _object(path: Path, folder: Path) -> str:
    """Say what is wrong with a file of a folder; nothing where it can be read."""
    if _spell(path) != str(path):
        return "the name of this file cannot be printed, and is spelt here with \\; rename it, with letters and digits"
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):  # links to folders are not followed
        return "this is a link to a file outside the sources; put the file itself here"
    return "" if os.access(path, os.R_OK) else "this file cannot be read by you; mend its rights"


def _spell(path: Path) -> str:
    """Spell a path with escapes for what cannot be printed: ends of lines, and bytes that are no UTF-8."""
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in str(path))


def read_below(folder: str | Path, paths: Iterable[str | Path]) -> dict[str, bytes]:
    """Read some files below a folder: their bytes by path within the folder."""
    return {Path(path).relative_to(folder).as_posix(): Path(path).read_bytes() for path in paths}


def print_problems(problems: Sequence[Problem], outcome: str) -> None:
    """Print problems to standard error, a line each, then how many they are and what came of it."""
    plural = "" if len(problems) == 1 else "s"
    print("", *problems, f"\n{len(problems)} problem{plural}; {outcome}", sep="\n", file=sys.stderr)


@contextmanager
def telling_problems() -> Iterator[None]:
    """Print the problems of the sources, a line each, and stop with exit code 1 instead of a traceback."""
    try:
        yield
    except SourceError as error:
        print_problems(error.problems, "nothing was written. What was made before stands as it was.")
        sys.exit(1)
