"""Look at the sources of a note whenever one was saved, and put up what is seen."""

from __future__ import annotations

import gc
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

from briefing.preview.served import name_page, serve_sight
from briefing.preview.session import Desk, PreviewSession, Sight
from briefing.problems import Problem, SourceError
from briefing.workflow.config import CONFIG
from briefing.workflow.parsed_sources import read_raw_sources
from briefing.workflow.preview_desk import DeskReader
from briefing.workflow.preview_errands import Errands, State
from briefing.workflow.preview_files import SourceFiles, read_configuration
from briefing.workflow.preview_server import SOURCE, Board


@dataclass
class Watcher:
    """Looks at the sources of a note and puts up what it sees, first of all the language that was asked for last."""

    desks: DeskReader
    board: Board
    desk: Desk
    editor: str = ""
    session: PreviewSession = field(default_factory=PreviewSession)
    number: int = 0
    sight: Sight | None = None
    _seen: tuple[bytes, Mapping[str, bytes]] | None = None
    _whole: State | None = None
    _changed: threading.Event = field(default_factory=threading.Event)
    _looking: Any = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.board.look = self.desk.write_look()
        self.errands = Errands(self.desks.folder, self.get_state, self.make_link, self.board.look)
        self.board.answer = self.errands.answer

    def get_state(self) -> State | None:
        """Give the desk and what was seen last, once a look that is under way has ended; nothing before the first."""
        with self._looking:
            return self._whole

    def follow(self, ended: threading.Event, say: Callable[[str], None]) -> None:
        """Look, and look again after each change, until the end."""
        gc.disable()  # nothing that is composed is garbage; it is looked for once the page stands
        files = SourceFiles(self.desks.folder, self.desks.note)
        threading.Thread(target=files.follow, args=(self._changed.set, ended), daemon=True).start()
        self.look(say)
        import_module("briefing.charts.drawing")  # slow to load, and a chart may change at any time
        gc.freeze()
        while not ended.is_set():
            if self._changed.wait(0.5):
                self._changed.clear()
                self.look(say)
        self.errands.end()

    def look(self, say: Callable[[str], None] = lambda _: None) -> None:
        """Look at the sources as they stand, and put up what is seen; what is wrong ends nothing."""
        with self._looking:
            try:
                self._look(say)
            except SourceError as error:
                self._keep([replace(row, file=self._name(row.file)) for row in error.problems], say)
            except OSError as error:  # some editors take a file away before they write it anew: that is seen next
                message = f"this could not be read ({error.strerror}); save it again"
                self._keep([Problem(self._name(error.filename or ""), 1, 1, message)], say)
            except Exception:
                traceback.print_exc()
                message = "the preview failed over what was saved; its terminal says where. It is a slip of the program"
                self._keep([Problem(f"sources/{self.desks.note}", 1, 1, message)], say)
        if not self._changed.is_set():
            gc.collect()

    def _name(self, path: str) -> str:
        """Name a file as the build does, from the folder of the project on."""
        return Path(path).relative_to(self.desks.folder).as_posix() if Path(path).is_absolute() else path

    def _look(self, say: Callable[[str], None]) -> None:
        note, config = self.desks.note, read_configuration(self.desks.folder)
        seen, self._seen = self._seen, None  # whatever fails on the way, nothing was seen
        raw = read_raw_sources(self.desks.folder / "sources", note)
        if seen == (config, raw):
            self._seen = seen
            return
        before = seen[1] if seen else {}
        changed = {name for name, content in raw.items() if before.get(name) != content} if before else set()
        self.desk = self.desks.read()
        tags = [target.tag for target in self.desk.targets]
        asked = next((tag for tag in tags if self.board.asked == name_page(note, tag)), "")
        asked = asked or next((tag for tag in tags if f"{note}/translations/{tag}.po" in changed), tags[0])
        for sight in self.session.look(self.desk, raw, asked):
            self._put(sight, {f"sources/{name}": content for name, content in raw.items()} | {CONFIG: config})
            if self._changed.is_set() and not sight.is_whole:
                return
        self._seen = (config, raw)
        self.errands.note_seen(self.desk, sight)
        say(describe(sight))

    def _keep(self, problems: Sequence[Problem], say: Callable[[str], None]) -> None:
        """Keep what was seen last, over which nothing can be said but some problems."""
        sight = self.session.keep(problems)
        self._put(sight, {})
        say(describe(sight))

    def _put(self, sight: Sight, sources: Mapping[str, bytes]) -> None:
        self.number += 1
        self.sight = sight
        if sight.is_whole:
            self._whole = (self.desk, sight)
        ways = self.errands.list_ways(self.desk)
        served = serve_sight(self.desk, self.number, sight, self.make_link, ways)
        self.board.put(served, sources or self.board.sources)

    def make_link(self, problem: Problem) -> str:
        """Make the link that opens a place in the editor, or, where none is named, in a page of the preview."""
        if not self.editor:
            return f"{SOURCE}{problem.file}#L{problem.line}"
        path = Path(self.desks.folder, problem.file).resolve()
        return self.editor.format(path=quote(path.as_posix()), line=problem.line, column=problem.column)


def describe(sight: Sight) -> str:
    """Say in a line what was seen."""
    is_current = all(proof.is_current for proof in sight.proofs.values())
    state = ("; make note would stop" if sight.errors else "") if is_current else "; the last good page stays"
    counts = {"problem": sight.errors, "warning": len(sight.problems) - sight.errors}
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts.items()) + state
