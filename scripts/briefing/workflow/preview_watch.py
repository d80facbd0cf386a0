"""Follow the sources of a note, and look at them whenever one was saved."""

from __future__ import annotations

import gc
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

from watchfiles import watch

from briefing.preview.served import name_page, serve_sight
from briefing.preview.session import Desk, PreviewSession, Sight
from briefing.problems import Problem, SourceError
from briefing.workflow.config import CONFIG
from briefing.workflow.parsed_sources import read_raw_sources
from briefing.workflow.preview_desk import DeskReader
from briefing.workflow.preview_errands import Errands, State
from briefing.workflow.preview_server import SOURCE, Board

# In milliseconds: an editor that writes a file in steps is waited for, and a long row of saves is looked at in between.
QUIET, LONGEST = 15, 150
CONFIG_EVERY = 500


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
    _changed: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.errands = Errands(self.desks.folder / "sources", self.get_state)
        self.board.answer = self.errands.answer

    def get_state(self) -> State | None:
        """Give the desk, the sources and what was seen of them, once all of it was."""
        return (self.desk, self._seen[1], self.sight) if self._seen and self.sight else None

    def follow(self, ended: threading.Event, say: Callable[[str], None]) -> None:
        """Look, and look again after each change, until the end."""
        gc.disable()  # nothing that is composed is garbage; it is looked for once the page stands
        threading.Thread(target=self._watch, args=(ended,), daemon=True).start()
        self.look(say)
        import_module("briefing.charts.drawing")  # slow to load, and a chart may change at any time
        gc.freeze()
        while not ended.is_set():
            if self._changed.wait(0.5):
                self._changed.clear()
                self.look(say)
        self.errands.end()

    def _watch(self, ended: threading.Event) -> None:
        """Note that something was saved; the configuration stands in a folder that is not watched, and is asked for."""
        sources = self.desks.folder / "sources"
        paths = [path for path in (sources / "common", sources / self.desks.note) if path.is_dir()]
        config = self._read_config()
        for changes in watch(*paths, debounce=LONGEST, step=QUIET, stop_event=ended, rust_timeout=CONFIG_EVERY,
                             yield_on_timeout=True, raise_interrupt=False):  # fmt: skip
            if changes or config != self._read_config():
                config = self._read_config()
                self._changed.set()

    def _read_config(self) -> bytes:
        path = self.desks.folder / CONFIG
        return path.read_bytes() if path.is_file() else b""

    def look(self, say: Callable[[str], None] = lambda _: None) -> None:
        """Look at the sources as they stand, and put up what is seen; what is wrong ends nothing."""
        try:
            self._look(say)
        except SourceError as error:
            self._put(self.session.keep(error.problems), {})
        except OSError as error:  # some editors take a file away before they write it anew, which is seen in its turn
            message = f"this could not be read ({error.strerror}); save it again"
            place = Path(error.filename or self.desks.note).name
            self._put(self.session.keep([Problem(place, 1, 1, message)]), {})
        except Exception:
            traceback.print_exc()
            message = "the preview failed over what was saved; its terminal says where. This is a slip of the program"
            self._put(self.session.keep([Problem(f"sources/{self.desks.note}", 1, 1, message)]), {})
        if not self._changed.is_set():
            gc.collect()

    def _look(self, say: Callable[[str], None]) -> None:
        note, config = self.desks.note, self._read_config()
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
        self.errands.note_seen()
        say(describe(sight))

    def _put(self, sight: Sight, sources: Mapping[str, bytes]) -> None:
        self.number += 1
        self.sight = sight
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
    state = "" if all(proof.is_current for proof in sight.proofs.values()) else "; the last good page stays"
    counts = {"problem": sight.errors, "warning": len(sight.problems) - sight.errors}
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts.items()) + state
