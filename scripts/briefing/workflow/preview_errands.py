"""Run what takes long in a process beside the preview: pages of the PDF, and what changed since an edition."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

from briefing.document.nodes import Document
from briefing.preview.paper import lay_out, plan_layout
from briefing.preview.served import name_page
from briefing.preview.session import Desk, Proof, Sight
from briefing.preview.since import list_since, plan_since
from briefing.problems import SourceError
from briefing.workflow.files import read_folder
from briefing.workflow.preview_server import Reply

State: TypeAlias = tuple[Desk, Mapping[str, bytes], Sight]
TEXT = "text/plain; charset=utf-8"
UNSEEN = b"The sources cannot be read as they stand, or are being read; reload this page once they were.\n"
CHANGES, PAGES = "/changes", "/pages"


@dataclass
class Errands:
    """Runs errands over what was seen last; a layout that was asked for once is made anew when the note has changed.

    `state` gives what there is to work on: the desk, the sources, what was seen.
    """

    sources: Path
    state: Callable[[], State | None]
    _pool: ProcessPoolExecutor | None = None
    _begun: dict[str, Document] = field(default_factory=dict)
    _layouts: dict[str, tuple[Proof, Future[tuple[bytes, int]]]] = field(default_factory=dict)
    _lock: Any = field(default_factory=Lock)

    def list_ways(self, desk: Desk) -> dict[str, str]:
        """List the addresses that errands answer to, by their names."""
        ways = {f"PDF ({target.tag})": f"{PAGES}.{target.tag}" for target in desk.targets if "pdf" in desk.formats}
        edition = self.find_edition(desk.note)
        return ways | ({f"Changes since {edition}": CHANGES} if edition else {})

    def find_edition(self, note: str) -> str:
        """Find the edition that was published last; nothing where there is none."""
        names = [path.name for path in (self.sources / note / "editions").glob("*") if path.is_dir()]
        return max(names, default="")

    def note_seen(self) -> None:
        """Note what was seen, and begin the layouts that were asked for before."""
        if state := self.state():
            for tag, proof in state[2].proofs.items():
                self._begun.setdefault(tag, proof.document)
            for tag in [tag for tag, (_, future) in self._layouts.items() if future.done()]:
                self._begin(tag)

    def answer(self, path: str) -> Reply | None:
        """Reply for an address, once the errand is done; nothing where there is none of this name."""
        state = self.state()
        if state is None:
            return Reply(UNSEEN, TEXT) if path == CHANGES or path.startswith(PAGES) else None
        desk, raw, sight = state
        edition = self.find_edition(desk.note)
        try:
            if path == CHANGES and edition:
                files = read_folder(self.sources / desk.note / "editions" / edition)
                return Reply(self._run(list_since, plan_since(desk, raw, edition, files)).result())
            for tag in sight.proofs:
                if path in (f"{PAGES}.{tag}", name_page(desk.note, tag, "pdf")):
                    pdf, page = self._begin(tag).result()
                    is_way = path.startswith(PAGES)
                    place = f"{name_page(desk.note, tag, 'pdf')}#page={page}"
                    return Reply(location=place) if is_way else Reply(pdf, "application/pdf")
        except SourceError as error:
            return Reply("\n".join(map(str, error.problems)).encode(), TEXT)
        except ValueError as error:  # the layout program objects
            return Reply(str(error).encode(), TEXT)
        return None

    def _begin(self, tag: str) -> Future[tuple[bytes, int]]:
        """Begin the layout of a language, unless that of its last proof has begun."""
        with self._lock:
            state = self.state()
            assert state is not None
            desk, raw, sight = state
            proof = sight.proofs[tag]
            laid_out = self._layouts.get(tag)
            if laid_out is None or laid_out[0].page != proof.page:
                before = laid_out[0].document if laid_out else self._begun.get(tag)
                future = self._run(lay_out, plan_layout(desk, raw, tag, proof, before))
                self._layouts[tag] = (proof, future)
            return self._layouts[tag][1]

    def _run(self, work: Callable[[Any], Any], given: object) -> Future[Any]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, context, initializer=_step_back)
        return self._pool.submit(work, given)

    def end(self) -> None:
        """End the process that runs errands, whatever it is at."""
        if self._pool is not None:
            running = list(self._pool._processes.values())
            self._pool.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.terminate()


def _step_back() -> None:
    """Leave an interrupt to the preview, and the processor to what an editor waits for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(10)
