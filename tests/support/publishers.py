"""A publisher on this machine: it answers as the real ones do, or goes wrong as they do."""

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What is answered to a question: a body with its status and headers, after a delay (s); `cut` sends half of it."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    delay: float = 0


@dataclass
class Publisher:
    """A running publisher: its address, and the questions that it was asked, with their headers."""

    address: str
    asked: list[tuple[str, Mapping[str, str]]]


@contextmanager
def publish(replies: Mapping[str, Sequence[Reply]]) -> Iterator[Publisher]:
    """Answer each path with its replies in turn, the last one for ever; other paths are not found."""
    asked: list[tuple[str, Mapping[str, str]]] = []
    counts: dict[str, int] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, dict(self.headers)))
            listed = replies.get(self.path, [Reply(status=404)])
            count = counts[self.path] = counts.get(self.path, -1) + 1
            reply = listed[min(count, len(listed) - 1)]
            body = reply.body.encode("utf-8") if isinstance(reply.body, str) else reply.body
            if (etag := reply.headers.get("ETag")) and self.headers.get("If-None-Match") == etag:
                self.send_response(304)
                self.end_headers()
                return
            time.sleep(reply.delay)
            self.close_connection = reply.cut
            with suppress(ConnectionError):  # who asked may wait no longer
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body[: len(body) // 2] if reply.cut else body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield Publisher(f"http://127.0.0.1:{server.server_port}", asked)
    finally:
        server.shutdown()
        server.server_close()


def write_worldbank(series: str, values: Mapping[str, Any], name: str = "Population, total", **header: Any) -> str:
    """Write an answer as the Indicators API of the World Bank does; statuses stand after a space, as in "7 E"."""
    rows = [
        {
            "indicator": {"id": series, "value": name},
            "country": {"id": "RU", "value": "Ruritania"},
            "countryiso3code": "RUR",
            "date": period,
            "value": value if value is None or not isinstance(value, str) else float(value.split()[0]),
            "unit": "",
            "obs_status": value.split()[1] if isinstance(value, str) else "",
            "decimal": 0,
        }
        for period, value in values.items()
    ]
    pages = {"page": 1, "pages": 1, "per_page": 1000, "total": len(rows), "sourceid": "2", "lastupdated": "2026-07-13"}
    return json.dumps([{**pages, **header}, rows])
