"""Show a note while it is written: `preview.py <folder> NOTE=… LANGUAGE=… PORT=… EDITOR_LINK=…`, as the makefile does.

This is no step of the workflow. It is served to this machine alone; nothing under sources/ and outputs/ is written.
"""

import errno
import signal
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Formatter
from urllib.parse import urlsplit

from briefing.preview.served import name_page
from briefing.problems import SourceError
from briefing.workflow.command_line import read_settings
from briefing.workflow.config import read_project
from briefing.workflow.preview_desk import DeskReader
from briefing.workflow.preview_server import LOOPBACK, Board, PreviewServer
from briefing.workflow.preview_watch import Watcher
from briefing.workflow.requests import RequestError, pick, pick_one

ROOT = Path(__file__).resolve().parents[1]
PORT = 8017
PLACE = ("path", "line", "column")


def main(folder: Path, settings: Mapping[str, str]) -> int:
    """Serve the preview until it is interrupted."""
    try:
        notes = read_project(folder, ROOT)
        note = pick_one(settings, notes)
        language = pick_language(settings, notes[note].languages)
        check_editor(settings["EDITOR_LINK"])
    except (SourceError, RequestError) as error:
        sys.exit(f"{error}\nNothing is served.")
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with tempfile.TemporaryDirectory(prefix="briefnote-") as scratch:
        start = name_page(note, language)
        board = Board(start, asked=start)
        desks = DeskReader(folder, ROOT, note, Path(scratch, "fonts"))
        with take_port(settings["PORT"], board) as server:
            address = f"http://{LOOPBACK}:{server.server_port}/"
            print(f"Reading {note} …", flush=True)
            watcher = Watcher(desks, board, desks.read(), settings["EDITOR_LINK"])
            watcher.follow(ended, lambda said: print(f"{address} {said}", flush=True))
    print("The preview has ended.")
    return 0


def pick_language(settings: Mapping[str, str], languages: Sequence[str]) -> str:
    """Pick the language that is shown first; raises `RequestError` where several are named."""
    picked = pick(settings, "LANGUAGE", languages)
    if settings["LANGUAGE"] and len(picked) > 1:
        named = " or LANGUAGE=".join(picked)
        raise RequestError(f"A preview begins with one language, and leads to the others; name one: LANGUAGE={named}.")
    return picked[0]


def check_editor(link: str) -> None:
    """Refuse what is no address of an editor; in one stand a path, a line and a column, as they are."""
    try:
        parts = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(link) if name is not None]
    except ValueError:  # a brace that stands alone
        parts = [(link, "", None)]
    is_plain = all(name in PLACE and not spec and not conversion for name, spec, conversion in parts)
    if link and not (is_plain and urlsplit(link).scheme and "path" in [name for name, *_ in parts]):
        example = "EDITOR_LINK='vscode://file/{path}:{line}:{column}'"
        raise RequestError(f'EDITOR_LINK="{link}" is no address of a place; expected one such as {example}.')


def take_port(port: str, board: Board) -> PreviewServer:
    """Take a port, or say why not."""
    if port and not (port.isdecimal() and int(port) < 1 << 16):
        sys.exit(f'PORT={port}: expected a number below 65536, such as "PORT={PORT}".')
    try:
        return PreviewServer(int(port or PORT), board)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        why = "is in use" if error.errno == errno.EADDRINUSE else "is not for you to take"
        sys.exit(f"The port {port or PORT} {why}; name another, as PORT={int(port or PORT) + 1} does.")


if __name__ == "__main__":
    folder, settings = read_settings(("NOTE", "NOTES", "LANGUAGE", "PORT", "EDITOR_LINK"))
    sys.exit(main(folder.resolve(), settings))
