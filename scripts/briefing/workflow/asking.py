"""Ask publishers for answers, politely, and keep what they said; nothing else in the project opens a connection.

One question at a time and a pause after each; an answer that is still the same is not sent again (ETag); a publisher
that asks to wait is waited for (Retry-After), unless it asks for minutes.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from briefing.refresh.answers import AnswerError, count_pages
from briefing.refresh.origins import Origin

INDEX = "answers.json"
KEPT = ("address", "sha256", "retrieved", "etag")
"""What an index says of an answer beside its file."""
PATIENCE = 60  # seconds
TIMEOUT = 20  # seconds, to connect and between two parts of an answer
LONGEST = 300  # seconds, for all parts of an answer
LARGEST = 64 << 20  # bytes of an answer, once it is unpacked
PART = 1 << 16  # bytes that are read at once
RETRIED = (429, 500, 502, 503, 504)
BACKOFF = 1  # seconds before the second try after an error, doubled with each more


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: its bytes, their hash (SHA-256), the day, and the publisher's mark of them (ETag)."""

    address: str
    body: bytes
    sha256: str
    retrieved: str
    etag: str = ""


@dataclass
class Kept:
    """Answers of earlier days by their address, the newest first; they are read when they are asked for."""

    folders: tuple[Path, ...]
    _rows: dict[str, list[tuple[Path, dict[str, str]]]] | None = None

    def find(self, address: str) -> Answer | None:
        """Find the newest answer of an address whose bytes are still what they were."""
        if self._rows is None:
            self._rows = {}
            for folder in self.folders:
                for row in _read_index(folder):
                    self._rows.setdefault(row["address"], []).append((folder, row))
        return next(
            (answer for folder, row in self._rows.get(address, []) if (answer := _read_kept(folder, row))), None
        )


def read_answers(folder: Path) -> dict[str, Answer]:
    """Read the answers that a folder keeps, by their address; those whose bytes have changed are left out."""
    return {answer.address: answer for row in _read_index(folder) if (answer := _read_kept(folder, row))}


def _read_kept(folder: Path, row: Mapping[str, str]) -> Answer | None:
    """Read an answer that a folder keeps, if its bytes are still what they were."""
    path = folder / row["file"]
    body = path.read_bytes() if path.is_file() else b""
    return Answer(body=body, **{key: row[key] for key in KEPT}) if hash_body(body) == row["sha256"] else None


def _read_index(folder: Path) -> list[dict[str, str]]:
    """Read what a folder keeps; rows that are no whole ones any more are left out."""
    path = folder / INDEX
    try:
        rows = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    wanted = {*KEPT, "file"}
    rows = rows if isinstance(rows, list) else []
    return [row for row in rows if isinstance(row, dict) and all(isinstance(row.get(key), str) for key in wanted)]


@dataclass
class Asker:
    """Asks the addresses of publishers, or, `offline`, only what is kept; `given` collects all answers of this day."""

    day: str
    contact: str
    kept: Kept
    folder: Path
    offline: bool = False
    sleep: Callable[[float], None] = time.sleep
    given: dict[str, Answer] = field(default_factory=dict)
    _session: Any = None

    def ask(self, origin: Origin) -> list[bytes]:
        """Ask for all pages of a series; this fails with an `AnswerError` that says what went wrong."""
        first = self._ask_once(origin.write_address(), origin)
        pages = count_pages(first, origin)
        return [first, *(self._ask_once(origin.write_address(page), origin) for page in range(2, pages + 1))]

    def _ask_once(self, address: str, origin: Origin) -> bytes:
        if "://" not in address:
            return self._read_table(address)
        if address not in self.given:
            kept = self.kept.find(address)
            if self.offline:
                if kept is None:
                    raise AnswerError("no earlier answer of it is kept; ask again without OFFLINE=1")
                self.given[address] = kept
            else:
                self.given[address] = self._fetch(address, kept)
                self.sleep(origin.publisher.pause)
        return self.given[address].body

    def _read_table(self, name: str) -> bytes:
        path = self.folder / name
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise AnswerError(f"{name} leads out of {self.folder}; save the publisher's table in there")
        try:
            _hold_size(path.stat().st_size)
            if not path.is_file():
                raise AnswerError(f"{path}: this is no file; save the publisher's table there")
            return path.read_bytes()
        except OSError as error:
            raise AnswerError(f"{path}: {error.strerror}; save the publisher's table there") from None

    def _fetch(self, address: str, kept: Answer | None) -> Answer:
        from requests import RequestException  # slow to load, and of no use offline

        headers = {"If-None-Match": kept.etag} if kept and kept.etag else {}
        session = self._session = self._session or make_session(self.contact)
        try:
            with session.get(address, headers=headers, timeout=TIMEOUT, stream=True) as reply:
                body = _read_body(reply)
        except (RequestException, _TooLongError) as error:
            raise AnswerError(_explain(error)) from None
        if reply.status_code == 304 and kept:
            return kept
        if reply.status_code != 200:
            raise AnswerError(
                f"it is answered with {reply.status_code} {reply.reason}; look at the address in a browser"
            )
        return Answer(address, body, hash_body(body), self.day, reply.headers.get("ETag", ""))


def _read_body(reply: Any) -> bytes:
    """Read what is answered, unpacked, as long as it is no more and lasts no longer than an answer can."""
    body, begun = bytearray(), time.monotonic()
    for part in reply.iter_content(PART):
        body += part
        _hold_size(len(body))
        if time.monotonic() - begun > LONGEST:
            raise AnswerError(f"its answer goes on for more than {LONGEST} seconds; try again later")
    return bytes(body)


def _hold_size(size: int) -> None:
    if size > LARGEST:
        raise AnswerError(f"it has more than {LARGEST >> 20} MB, where no series has; look at the address in a browser")


class _TooLongError(Exception):
    """A publisher that asks to wait longer than anybody would."""


def make_session(contact: str) -> Any:
    """Make a session that says who asks, and asks again, ever more slowly, where a server is busy."""
    from requests import Session
    from requests.adapters import HTTPAdapter
    from urllib3.exceptions import InvalidHeader
    from urllib3.util import Retry

    class Patience(Retry):
        """Waits as long as a server asks for, up to `PATIENCE`."""

        def get_retry_after(self, response: Any) -> float | None:
            try:
                asked = super().get_retry_after(response)
            except InvalidHeader:  # no time that can be read
                return None
            if asked and asked > PATIENCE:
                raise _TooLongError(f"the publisher asks to wait {asked:.0f} seconds; try again later")
            return asked

    retry = Patience(total=4, backoff_factor=BACKOFF, status_forcelist=RETRIED, allowed_methods=("GET",))
    session = Session()
    session.headers["User-Agent"] = f"Briefnote ({contact})".encode("ascii", "replace").decode("ascii")
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


def _explain(error: Exception) -> str:
    """Say in a sentence why nothing came, of an error whose own text has addresses and names of classes."""
    if isinstance(error, _TooLongError):
        return str(error)
    name, said = type(error).__name__, str(error)
    if "Retry" in name or "too many" in said:
        codes = [code for code in RETRIED if str(code) in said]
        return f"it is answered with {codes[0] if codes else 'errors'} again and again; try again later"
    if "timed out" in said:
        return f"it does not answer within {TIMEOUT} seconds; try again later"
    reasons = {
        "ConnectTimeout": "it does not answer",
        "ReadTimeout": "it stopped in the middle of its answer",
        "ChunkedEncodingError": "its answer breaks off",
        "SSLError": "its certificate cannot be trusted",
        "TooManyRedirects": "it leads from one address to the next, and to no answer",
        "InvalidSchema": "it leads to what is no address of the web",
        "ContentDecodingError": "its answer cannot be unpacked",
    }
    return f"{reasons.get(name, 'no connection could be made')}; try again later"


def hash_body(body: bytes) -> str:
    """Hash the bytes of an answer (SHA-256, in hexadecimal digits)."""
    return hashlib.sha256(body).hexdigest()


def keep_answers(answers: Iterable[Answer]) -> dict[str, bytes]:
    """Give the files that keep answers: their bytes by their hash, and an index of addresses and days."""
    answers = sorted(answers, key=lambda answer: answer.address)
    rows = [{**_describe(answer), "file": answer.sha256[:12]} for answer in answers]
    files = {answer.sha256[:12]: answer.body for answer in answers}
    return {**files, INDEX: (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8")}


def _describe(answer: Answer) -> Mapping[str, str]:
    fields = asdict(answer)
    fields.pop("body")
    return fields


def list_kept(folder: Path) -> Iterator[Path]:
    """List the folders of kept answers below that of a note's refreshes, the newest day first."""
    yield from (path.parent for path in sorted(folder.glob(f"*/answers/{INDEX}"), reverse=True))
