"""Run what takes long in a process beside the preview: pages of the PDF, and what changed since an edition."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

from briefing.document.nodes import Document
from briefing.preview.paper import lay_out, plan_layout
from briefing.preview.served import name_page
from briefing.preview.session import Desk, Proof, Sight
from briefing.preview.shell import write_told_page
from briefing.preview.since import list_since, plan_since
from briefing.problems import Problem, SourceError
from briefing.workflow.files import read_folder
from briefing.workflow.preview_server import Reply
from briefing.workflow.revisions import list_editions

State: TypeAlias = tuple[Desk, Sight]
Pages: TypeAlias = Future[tuple[bytes, int]]
CHANGES, PAGES = "/changes", "/pages"
UNREAD = "The sources cannot be read as they stand. Reload this page once what follows is mended."
UNMADE = "This cannot be made. Reload this page once what follows is mended."
BEING_READ = "The sources are being read. Reload this page in a moment."
ENDED = "The process that makes this was ended by somebody else. Reload this page, and it is started again."
UNPUBLISHED = "No edition of this note was published yet, with which it could be compared; make publish freezes one."
GOOD = "The last good pages"


@dataclass
class Errands:
    """Runs errands over what was seen last; a layout that was asked for once is made anew when the note has changed.

    `state` gives what there is to work on, once a look that is under way has ended: the desk and what was seen.
    `make_link` makes the address that opens the place of a problem; `look` is the style of what is told.
    """

    folder: Path
    state: Callable[[], State | None]
    make_link: Callable[[Problem], str]
    look: str = ""
    _pool: ProcessPoolExecutor | None = None
    _begun: dict[str, Document] = field(default_factory=dict)
    _layouts: dict[str, tuple[Proof, Pages]] = field(default_factory=dict)
    _lock: Any = field(default_factory=Lock)

    def list_ways(self, desk: Desk) -> dict[str, str]:
        """List the addresses that errands answer to, by their names."""
        ways = {f"PDF ({target.tag})": f"{PAGES}.{target.tag}" for target in desk.targets if "pdf" in desk.formats}
        edition = self.find_edition(desk.note)
        return ways | ({f"Changes since {edition}": CHANGES} if edition else {})

    def find_edition(self, note: str) -> str:
        """Find the edition that was published last; nothing where there is none."""
        return next(reversed(list_editions(self.folder / "sources", note)), "")

    def note_seen(self, desk: Desk, sight: Sight) -> None:
        """Note what was seen, and begin the layouts that were asked for before."""
        for tag, proof in sight.proofs.items():
            self._begun.setdefault(tag, proof.document)
            if tag in self._layouts and self._layouts[tag][1].done():
                self._begin(desk, tag, proof)

    def answer(self, path: str) -> Reply | None:
        """Reply for an address, once the errand is done; nothing where there is none of this name."""
        if path != CHANGES and not path.startswith(PAGES) and not path.endswith(".pdf"):
            return None
        if (state := self.state()) is None:
            return self._tell(path, BEING_READ)
        desk, sight = state
        try:
            if path == CHANGES:
                return self._list_changes(desk, sight)
            for target in desk.targets:
                pdf = name_page(desk.note, target.tag, "pdf")
                if path in (f"{PAGES}.{target.tag}", pdf):
                    return self._show_pages(desk, sight, target.tag, path, pdf)
        except SourceError as error:
            return self._tell(path, UNMADE, error.problems)
        except BrokenExecutor:
            return self._tell(path, ENDED)
        return None

    def _tell(self, path: str, said: str, problems: Sequence[Problem] = (), *ways: tuple[str, str]) -> Reply:
        return Reply(write_told_page(path.removeprefix("/"), said, problems, self.make_link, self.look, *ways))

    def _list_changes(self, desk: Desk, sight: Sight) -> Reply:
        if not (edition := self.find_edition(desk.note)):
            return self._tell(CHANGES, UNPUBLISHED)
        if not sight.is_read(target.tag for target in desk.targets):
            return self._tell(CHANGES, UNREAD, sight.list_errors())
        files = read_folder(self.folder / "sources" / desk.note / "editions" / edition)
        raw = sight.proofs[desk.targets[0].tag].raw
        return Reply(self._run(list_since, plan_since(desk, raw, edition, files)).result())

    def _show_pages(self, desk: Desk, sight: Sight, tag: str, path: str, pdf: str) -> Reply:
        """Lead to the PDF, or give it; of sources that cannot be read, only who asks for the last good one gets it."""
        proof = sight.proofs.get(tag)
        if proof is None or (path != pdf and not proof.is_current):
            return self._tell(path, UNREAD, sight.list_errors(), *([(GOOD, pdf)] if proof else []))
        try:
            content, page = self._begin(desk, tag, proof).result()
        except ValueError as error:  # the layout program objects
            raise SourceError([Problem(f"sources/{desk.note}", 1, 1, str(error))]) from None
        return Reply(content, "application/pdf") if path == pdf else Reply(location=f"{pdf}#page={page}")

    def _begin(self, desk: Desk, tag: str, proof: Proof) -> Pages:
        """Begin the layout of a language, unless that of this proof has begun and goes on or went well."""
        with self._lock:
            before, future = self._layouts.get(tag, (None, None))
            if before is None or future is None or before.page != proof.page or _has_broken(future):
                was = before.document if before else self._begun.get(tag)
                future = self._run(lay_out, plan_layout(desk, tag, proof, was))
                self._layouts[tag] = (proof, future)
            return future

    def _run(self, work: Callable[[Any], Any], given: object) -> Future[Any]:
        """Have something done by the process beside; one that was ended from without is started again."""
        with suppress(BrokenExecutor):
            if self._pool is not None:
                return self._pool.submit(work, given)
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(1, context, initializer=_step_back)
        return self._pool.submit(work, given)

    def end(self) -> None:
        """End the process that runs errands, whatever it is at."""
        if self._pool is not None:
            running = list((self._pool._processes or {}).values())
            self._pool.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.terminate()


def _has_broken(future: Pages) -> bool:
    return future.done() and isinstance(future.exception(), BrokenExecutor)


def _step_back() -> None:
    """Leave an interrupt to the preview, and the processor to what an editor waits for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(10)
