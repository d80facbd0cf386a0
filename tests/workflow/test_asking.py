"""Asking publishers: politely, with every fault told, and without a connection where none is wanted."""

import ast
import dataclasses
import gzip
import os
from collections.abc import Iterator
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path

import pytest

from briefing.problems import Place
from briefing.refresh.answers import AnswerError
from briefing.refresh.origins import Origin
from briefing.refresh.origins import Publisher as Source
from briefing.workflow import asking
from briefing.workflow.asking import Asker, Kept, keep_answers, list_kept
from briefing.workflow.files import replace_folder
from support.house import ROOT
from support.publishers import Publisher, Reply, publish, write_worldbank

PATH = "/POP?page=1"
GOOD = write_worldbank("POP", {"2019": 7})


@pytest.fixture(autouse=True)
def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "BACKOFF", 0)


def make_origin(address: str, series: str = "POP", pause: float = 0) -> Origin:
    source = Source("mint", "Mint", "worldbank", address + "/{series}?page={page}", {}, {}, pause)
    return Origin("population", source, series, "RUR", Decimal(1), "", Place("figures.yaml", 3))


def make_asker(folder: Path, day: str = "2026-11-26", offline: bool = False) -> Asker:
    return Asker(day, "note@example.org", Kept(tuple(list_kept(folder))), folder, offline)


def keep(asker: Asker, folder: Path) -> None:
    replace_folder(folder / asker.day / "answers", keep_answers(asker.given.values()))


def test_a_busy_publisher_is_asked_again_and_told_who_asks(tmp_path: Path) -> None:
    busy = [Reply(status=429, headers={"Retry-After": "0"}), Reply(status=502), Reply(GOOD)]
    with publish({PATH: busy}) as publisher:
        assert make_asker(tmp_path).ask(make_origin(publisher.address)) == [GOOD.encode()]
    assert len(publisher.asked) == 3
    assert {headers["User-Agent"] for _, headers in publisher.asked} == {"Briefnote (note@example.org)"}


def test_all_pages_are_asked_for_with_a_pause_after_each(tmp_path: Path) -> None:
    pages = {f"/POP?page={number}": [Reply(write_worldbank("POP", {"2019": 7}, pages=3))] for number in (1, 2, 3)}
    asker, waited = make_asker(tmp_path), list[float]()
    asker.sleep = waited.append
    with publish(pages) as publisher:
        assert len(asker.ask(make_origin(publisher.address, pause=2))) == 3
    assert waited == [2, 2, 2] and [path for path, _ in publisher.asked] == list(pages)


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(status=404), "404"),
        (Reply(status=403), "403"),
        (Reply(status=502), "502 again and again"),
        (Reply(status=429), "429 again and again"),
        (Reply(status=429, headers={"Retry-After": "3600"}), "asks to wait 3600 seconds"),
        (Reply(GOOD, cut=True), "breaks off"),
        (Reply(status=302, headers={"Location": PATH}), "leads from one address to the next"),
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "no address of the web"),
        (Reply(GOOD, headers={"Content-Encoding": "gzip"}), "cannot be unpacked"),
        (Reply(status=429, headers={"Retry-After": "soon"}), "429 again and again"),
    ],
)
def test_what_a_publisher_does_wrong_is_told_in_a_sentence(reply: Reply, says: str, tmp_path: Path) -> None:
    with publish({PATH: [reply]}) as publisher, pytest.raises(AnswerError) as failed:
        make_asker(tmp_path).ask(make_origin(publisher.address))
    assert says in str(failed.value) and "127.0.0.1" not in str(failed.value)


@pytest.mark.parametrize("is_packed", [False, True])
def test_an_answer_of_any_size_is_read_up_to_a_limit(
    is_packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "LARGEST", size := 2 * asking.PART)
    for more in (0, 1):
        body = (size + more) * b" "
        headers = {"Content-Encoding": "gzip"} if is_packed else {}
        with publish({"/table": [Reply(gzip.compress(body) if is_packed else body, headers=headers)]}) as publisher:
            source = Source("mint", "Mint", "csv", f"{publisher.address}/table", {}, {})
            origin = dataclasses.replace(make_origin(""), publisher=source)
            with pytest.raises(AnswerError, match="more than 0 MB") if more else nullcontext():
                assert make_asker(tmp_path).ask(origin) == [body]


def test_an_answer_that_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LONGEST", -1)
    with publish({PATH: [Reply(GOOD)]}) as publisher, pytest.raises(AnswerError, match="goes on for more than"):
        make_asker(tmp_path).ask(make_origin(publisher.address))


def test_a_publisher_that_is_not_there_or_says_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with publish({}) as publisher:
        address = publisher.address
    with pytest.raises(AnswerError, match=r"no connection|again and again"):
        make_asker(tmp_path).ask(make_origin(address))
    monkeypatch.setattr(asking, "TIMEOUT", 0.001)
    with publish({PATH: [Reply(GOOD)]}) as slow, pytest.raises(AnswerError, match="try again later"):
        make_asker(tmp_path).ask(make_origin(slow.address.replace("127.0.0.1", "10.255.255.1")))


def ask_on(day: str, publisher: Publisher, folder: Path, offline: bool = False) -> Asker:
    asker = make_asker(folder, day, offline)
    asker.ask(make_origin(publisher.address))
    keep(asker, folder)
    return asker


def test_what_is_the_same_is_not_sent_again_and_keeps_its_day(tmp_path: Path) -> None:
    with publish({PATH: [Reply(GOOD, headers={"ETag": '"7"'})]}) as publisher:
        first = ask_on("2026-11-25", publisher, tmp_path)
        second = ask_on("2026-11-26", publisher, tmp_path)
    assert publisher.asked[1][1]["If-None-Match"] == '"7"'
    assert first.given == second.given and next(iter(second.given.values())).retrieved == "2026-11-25"


def test_without_a_connection_the_newest_kept_answer_stands_in(tmp_path: Path) -> None:
    newer = write_worldbank("POP", {"2020": 8})
    with publish({PATH: [Reply(GOOD), Reply(newer)]}) as publisher:
        ask_on("2026-11-25", publisher, tmp_path)
        ask_on("2026-11-26", publisher, tmp_path)
    offline = make_asker(tmp_path, "2026-12-01", offline=True)
    assert offline.ask(make_origin(publisher.address)) == [newer.encode()]
    with pytest.raises(AnswerError, match="without OFFLINE=1"):
        offline.ask(make_origin(publisher.address, "GDP"))


def test_a_kept_answer_that_was_changed_by_hand_is_none(tmp_path: Path) -> None:
    with publish({PATH: [Reply(GOOD)]}) as publisher:
        asker = ask_on("2026-11-25", publisher, tmp_path)
    (answer,) = asker.given.values()
    (tmp_path / "2026-11-25/answers" / answer.sha256[:12]).write_text("[]", "utf-8")
    with pytest.raises(AnswerError, match="OFFLINE"):
        make_asker(tmp_path, offline=True).ask(make_origin(publisher.address))


@pytest.mark.parametrize("index", ["", "{", "7", '{"a": 1}', '["a"]', '[{"address": 7}]', '[{"address": "x"}]'])
def test_a_damaged_index_keeps_nothing_and_an_older_good_answer_stands_in(tmp_path: Path, index: str) -> None:
    with publish({PATH: [Reply(GOOD)]}) as publisher:
        ask_on("2026-11-25", publisher, tmp_path)
    newer = tmp_path / "2026-11-26/answers"
    newer.mkdir(parents=True)
    (newer / "answers.json").write_text(index, "utf-8")
    asker = make_asker(tmp_path, offline=True)
    assert asker.ask(make_origin(publisher.address)) == [GOOD.encode()]
    older = tmp_path / "2026-11-25/answers/answers.json"
    (newer / "answers.json").write_text(older.read_text("utf-8"), "utf-8")  # without the bytes that it names
    assert make_asker(tmp_path, offline=True).ask(make_origin(publisher.address)) == [GOOD.encode()]


def test_a_publisher_that_stops_in_mid_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "TIMEOUT", 0.05)
    with publish({PATH: [Reply(GOOD, delay=0.3)]}) as slow, pytest.raises(AnswerError, match=r"does not answer within"):
        make_asker(tmp_path).ask(make_origin(slow.address))


def test_a_table_that_a_publisher_has_only_as_a_file_is_read_from_the_sources(tmp_path: Path) -> None:
    source = Source("mint", "Mint", "csv", "published/{series}.csv", {}, {})
    origin = Origin("rank", source, "cpi", "RUR", Decimal(1), "", Place("figures.yaml", 3))
    with pytest.raises(AnswerError, match=r"published/cpi\.csv.*save the publisher's table there"):
        make_asker(tmp_path).ask(origin)
    (tmp_path / "published").mkdir()
    (tmp_path / "published/cpi.csv").write_text("year,rank\n2019,7\n", "utf-8")
    assert make_asker(tmp_path, offline=True).ask(origin) == [b"year,rank\n2019,7\n"]
    os.mkfifo(tmp_path / "published/pipe.csv")
    with pytest.raises(AnswerError, match=r"pipe\.csv: this is no file"):
        make_asker(tmp_path).ask(dataclasses.replace(origin, series="pipe"))
    for series in ("../../out", "../published/../../out"):
        with pytest.raises(AnswerError, match="leads out of"):
            make_asker(tmp_path).ask(dataclasses.replace(origin, series=series))


CONNECTING = ("requests", "socket", "urllib.request", "urllib3", "http.client", "httpx", "aiohttp", "ftplib", "smtplib",
              "telnetlib", "xmlrpc", "asyncio")  # fmt: skip


def list_imports(code: str) -> Iterator[str]:
    """List the modules, and what is taken from them, that some code imports anywhere."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_connecting(name: str) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in CONNECTING)


def test_nothing_else_opens_a_connection() -> None:
    assert [*map(is_connecting, list_imports("from urllib import request, parse\nimport http.client"))] == [
        True,
        False,
        True,
    ]
    connecting = {
        path.name
        for path in sorted((ROOT / "scripts").rglob("*.py"))
        if path.parent.name != "tools" and any(map(is_connecting, list_imports(path.read_text("utf-8"))))
    }
    assert connecting == {"asking.py"}
    for path in [ROOT / "Snakefile", *sorted((ROOT / "rules").iterdir())]:
        assert not [name for name in CONNECTING if f"import {name}" in path.read_text("utf-8")], path
