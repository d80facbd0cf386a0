"""Serve what a preview shows, on this machine and to it alone: the note's pages, its sources, and what has happened."""

from __future__ import annotations

import json
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from briefing.preview.served import Served
from briefing.preview.shell import write_source_page, write_told_page

LOOPBACK = "127.0.0.1"
FAILED = "The preview failed over this page; its terminal says where. This is a slip of the program."
BUSY = "The sources are still being read. Reload this page in a moment."
EVENTS, SOURCE = "/events", "/source/"
PULSE = 15.0
"""After so many seconds without news a browser is told that there are none, which finds out those that have gone."""
FIRST = 60.0
"""A browser that comes before anything was seen waits as many seconds."""
HTML = "text/html; charset=utf-8"
POLICY = b"Content-Security-Policy"
STRICT = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The policy of a page that names none of its own."""
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered: content of a kind, or the address of another page, within which a place may be named."""

    content: bytes = b""
    kind: str = HTML
    location: str = ""


@dataclass
class Board:
    """Where the preview puts what it sees, and browsers look; `sources` are those that a page may show, by path.

    `answer` is asked for what is not there, and may take its time; `asked` is the page that was asked for last, `look`
    the style of pages that are not the note's own.
    """

    start: str
    served: Served = field(default_factory=Served)
    sources: Mapping[str, bytes] = field(default_factory=dict)
    asked: str = ""
    look: str = ""
    answer: Callable[[str], Reply | None] = lambda _: None
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def put(self, served: Served, sources: Mapping[str, bytes]) -> None:
        """Put up what is seen now, and wake all who wait for it."""
        with self._changed:
            self.served, self.sources = served, sources
            self._changed.notify_all()

    def find(self, path: str) -> Reply | None:
        """Find what is answered to an address, once anything was seen; nothing where there is no such page."""
        self.wait(0, FIRST)
        served, sources = self.served, self.sources
        if path == "/":
            return Reply(location=self.start if self.start in served.pages else next(iter(served.pages), self.start))
        if page := served.pages.get(path):
            self.asked = path
            return Reply(page.content)
        if path.startswith(SOURCE):
            name = path.removeprefix(SOURCE)
            problems = [problem for problem in served.problems if problem.file == name]
            if name in sources or problems:
                return Reply(write_source_page(name, sources.get(name), problems, self.look))
        return self.answer(path)

    def wait(self, number: int, seconds: float) -> Mapping[str, Any]:
        """Wait for something with another number; give what is told then, which after the time is the same."""
        with self._changed:
            self._changed.wait_for(lambda: self.served.told.get("number", 0) != number, seconds)
            return self.served.told


class PreviewHandler(BaseHTTPRequestHandler):
    """Answers a browser."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Reply, unless the address that was asked by is not that of the preview; what goes wrong over it is told."""
        if self.headers.get("Host", "") not in self.server.hosts:
            said = b"This preview answers to its own address alone.\n"
            return self._send(HTTPStatus.FORBIDDEN, said, {"Content-Type": "text/plain; charset=utf-8"})
        try:
            path = unquote(urlsplit(self.path).path)
            if path == EVENTS:
                return self._tell_events()
            answer = self.server.board.find(path)
        except ConnectionError:  # the browser has gone
            raise
        except Exception:
            traceback.print_exc()
            return self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, FAILED)
        if answer:
            return self._give(answer)
        if not self.server.board.served.pages:
            return self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
        return self._refuse(HTTPStatus.NOT_FOUND, "The preview has no such page.")

    def _give(self, answer: Reply) -> None:
        if answer.location:
            self._send(HTTPStatus.FOUND, b"", {"Location": answer.location})
        else:
            policy = {} if answer.kind != HTML or POLICY in answer.content else {POLICY.decode(): STRICT}
            self._send(HTTPStatus.OK, answer.content, {"Content-Type": answer.kind, **policy})

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        page = write_told_page(status.phrase, message, (), str, self.server.board.look, ("The note", "/"))
        self._send(status, page, {"Content-Type": HTML})

    def _send(self, status: HTTPStatus, content: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**HEADERS, **headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _tell_events(self) -> None:
        """Tell what is seen, now and whenever it changes, until the browser goes or the preview ends."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        for name, value in {**HEADERS, "Content-Type": "text/event-stream"}.items():
            self.send_header(name, value)
        self.end_headers()
        number = 0
        while not self.server.is_ending:
            told = self.server.board.wait(number, PULSE)
            news = f"data: {json.dumps(told, ensure_ascii=False)}\n\n" if told.get("number", 0) != number else ":\n\n"
            self.wfile.write(news.encode("utf-8"))
            self.wfile.flush()
            number = told.get("number", 0)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of what was asked."""


class PreviewServer(ThreadingHTTPServer):
    """A server that only this machine reaches."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, board: Board) -> None:
        """Take the port; this fails with an `OSError` where another program has it."""
        super().__init__((LOOPBACK, port), PreviewHandler)
        self.board, self.is_ending = board, False
        self.hosts = {f"{host}:{self.server_port}" for host in (LOOPBACK, "localhost")}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that has gone while it was told something; anything else is printed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def __enter__(self) -> PreviewServer:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_ending = True
        self.shutdown()
        self.server_close()
