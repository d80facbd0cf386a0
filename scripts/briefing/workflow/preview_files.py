"""Follow the files that a note is made of, whatever becomes of them and of the folders that they stand in."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from watchfiles import Change, DefaultFilter, watch

from briefing.workflow.config import CONFIG
from briefing.workflow.files import list_files

# In milliseconds: an editor that writes a file in steps is waited for, and a long row of saves is looked at in between.
QUIET, LONGEST = 15, 150
STOCK_EVERY = 500
Stock: TypeAlias = Mapping[str, tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """The files of a note below sources/ of a folder, those that all notes share, and the configuration.

    The system tells at once of what is saved, but not of all: not of a folder that has taken the place of one that it
    was asked about, nor of what stands behind a link or on another machine. So stock is taken twice a second too.
    """

    folder: Path
    note: str

    @property
    def roots(self) -> tuple[Path, ...]:
        """Give the folders that hold them."""
        return (self.folder / "sources" / "common", self.folder / "sources" / self.note)

    def take_stock(self) -> Stock:
        """Say of each file how it can be told from another one of its name, and from one that it was."""
        paths = [self.folder / CONFIG, *(path for root in self.roots for path in list_files(root))]
        return {str(path): told for path in paths for told in _tell(path)}

    def follow(self, tell: Callable[[], None], ended: threading.Event) -> None:
        """Tell of each change, until the end."""
        known = self.take_stock()
        while not ended.is_set():
            for is_changed in self._watch(ended):
                stock = self.take_stock()
                if is_changed or stock != known:
                    known = stock
                    tell()

    def _watch(self, ended: threading.Event) -> Iterator[bool]:
        """Say whether the system has told of a change, again and again, as long as its folders are what they were."""
        sources = self.folder / "sources"
        watched = [told[:2] for path in (sources, *self.roots) for told in _tell(path)]
        with suppress(OSError, RuntimeError):  # where the system tells nothing, taking stock has to do
            for changes in watch(
                sources,
                watch_filter=_OwnFiles(self.roots),
                debounce=LONGEST,
                step=QUIET,
                stop_event=ended,
                rust_timeout=STOCK_EVERY,
                yield_on_timeout=True,
                raise_interrupt=False,
            ):
                yield bool(changes)
                if watched != [told[:2] for path in (sources, *self.roots) for told in _tell(path)]:
                    return
        if not ended.wait(STOCK_EVERY / 1000):
            yield False


class _OwnFiles(DefaultFilter):
    """Lets through what stands in some folders, but for what editors keep beside it."""

    def __init__(self, roots: tuple[Path, ...]) -> None:
        super().__init__()
        self.roots = tuple(map(str, roots))

    def __call__(self, change: Change, path: str) -> bool:
        """Tell whether a change is let through."""
        root = next((root for root in self.roots if path == root or path.startswith(root + os.sep)), None)
        return root is not None and super().__call__(change, path.removeprefix(root))


def read_configuration(folder: Path) -> bytes:
    """Read the configuration of a folder; nothing where there is none."""
    path = folder / CONFIG
    return path.read_bytes() if path.is_file() else b""


def _tell(path: Path) -> Iterator[tuple[int, int, int, int]]:
    """Tell a file from others, and from what it was; nothing of one that is not there."""
    with suppress(OSError):
        told = path.stat()
        yield told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns
