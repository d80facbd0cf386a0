"""Whatever has become of the sources, every address answers, and what is wrong is told with its place."""

import html
import re
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from briefing.preview.paper import lay_out
from briefing.workflow.files import list_files
from briefing.workflow.preview_desk import DeskReader
from briefing.workflow.preview_errands import Errands
from briefing.workflow.preview_server import Board
from briefing.workflow.preview_watch import Watcher
from support.editions import read_raw
from support.house import ROOT, make_font_folder
from support.previewing import TINY, make_desk, publish
from support.workflow import make_folder

START, EDITION = f"/{TINY}.en.html", f"sources/{TINY}/editions/2019-01"
FROZEN = (f"{EDITION}/derived.json", f"{EDITION}/manifest.json")
PAGES = {START: "/pages.en", f"/{TINY}.fr.html": "/pages.fr", "/both": "/changes"}
"""The addresses of pages that follow the sources, each with one that asks for what it shows."""
OTHERS = ("/", f"/{TINY}.en.pdf", f"/{TINY}.fr.pdf")
LOCATED = re.compile(r"(?:sources/[\w./-]+|config\.yaml):\d+:\d+")
DISPENSABLE = (
    "sources/common/datapackage.yaml", "sources/common/glossary.csv", "sources/common/publishers.yaml",
    f"sources/{TINY}/note.yaml", f"sources/{TINY}/text/01-guards.md", f"sources/{TINY}/translations/fr.words.txt",
    FROZEN[-1],
)  # fmt: skip
"""What this note can do without, and what makes a note or an edition: of a folder without it, another file tells."""


def spoil(path: Path, state: str) -> None:
    """Make something else of a file that was taken away."""
    if state == "empty":
        path.touch()
    elif state == "broken":
        path.write_bytes(b"\xff{[\0")
    elif state == "folder":
        path.mkdir()


KINDS = re.compile(r"config\.yaml|/(?:note\.yaml|observations\.csv|bibliography\.json|01-guards\.md|fr\.po)$")
"""One file of each kind that is read."""


def make_watcher(folder: Path) -> Watcher:
    desks, board = DeskReader(folder, ROOT, TINY, Path(make_font_folder())), Board(START, asked=START)
    return Watcher(desks, board, desks.read())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the tiny note in two languages, one edition of which is published."""
    folder = make_folder(tmp_path_factory.mktemp("states"), "en, fr")
    for name, content in publish(make_desk(), read_raw(TINY)).items():
        path = folder / EDITION / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what a process beside would do of sources that could be read, and looking for garbage."""

    def run(_: Errands, work: object, given: object) -> "Future[object]":
        done: Future[object] = Future()
        done.set_result((b"%PDF", 1) if work is lay_out else b"<p>")
        return done

    monkeypatch.setattr(Errands, "_run", run)
    monkeypatch.setattr("gc.collect", lambda: 0)


def list_states(folder: Path) -> Iterator[tuple[str, str]]:
    """List what may have become of the configuration, of the files of the note and its edition, of what notes share.

    Each is broken, and missing; one of each kind, and those of the edition, are empty, and a folder, too.
    """
    own = [path.relative_to(folder).as_posix() for path in list_files(folder / "sources" / TINY)]
    shared = [path.relative_to(folder).as_posix() for path in sorted(folder.glob("sources/common/*.*"))]
    kinds = [path for path in own if not path.startswith(EDITION) and not re.search("/text/0[2-9]", path)]
    yield from product(("config.yaml", *kinds, *FROZEN), ("missing", "broken"))
    yield from product((*filter(KINDS.search, ("config.yaml", *kinds)), *FROZEN), ("empty", "folder"))
    yield from product(shared, ("missing", "broken"))


def hold(watcher: Watcher) -> list[str]:
    """Ask for every address: none may fail, and each says what is wrong with its place; give these places."""
    told = watcher.board.served.told
    places = [row["place"] for row in told["problems"] if row["severity"] == "error"]
    assert all(map(LOCATED.fullmatch, places)), places
    assert all(ask(watcher, route) for route in OTHERS)
    for page, way in PAGES.items():
        followed, asked = ask(watcher, page), ask(watcher, way).decode()
        assert b"EventSource" in followed and told["pages"][page]["is_made"] == (not places), page
        assert told["pages"][page]["is_current"] or {*places} <= {*LOCATED.findall(asked)}, way
    for row in told["problems"]:
        assert row["message"].partition('"')[0] in html.unescape(ask(watcher, row["href"].partition("#")[0]).decode())
    return places


def ask(watcher: Watcher, route: str) -> bytes:
    """Ask for an address; give what is answered, or where it leads."""
    reply = watcher.board.find(route)
    assert reply is not None, route
    return reply.content or reply.location.encode()


def test_every_address_answers_in_every_state_of_the_sources(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    watcher, untold = make_watcher(folder), set()
    watcher.look()
    assert hold(watcher) == []
    for name, state in list_states(folder):
        path, kept = folder / name, tmp_path / "kept"
        path.rename(kept)
        spoil(path, state)
        watcher.look()
        told = [*hold(watcher), *LOCATED.findall(ask(watcher, "/changes").decode())]
        if f"{name}:1:1" not in told:
            untold.add((name, state))
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        kept.rename(path)
    watcher.look()
    assert hold(watcher) == [] and capsys.readouterr().err == ""
    assert {name for name, _ in untold} == set(DISPENSABLE) and "broken" not in {state for _, state in untold}


def test_what_could_never_be_read_is_told_at_every_address_until_it_is_mended(folder: Path) -> None:
    source = folder / f"sources/{TINY}/figures.yaml"
    written = source.read_bytes()
    source.write_bytes(b"figures: [")
    watcher = make_watcher(folder)
    watcher.look()
    (place,) = hold(watcher)
    assert place.startswith(f"sources/{TINY}/figures.yaml:1:")
    for page in PAGES:
        assert b"cannot be read yet" in ask(watcher, page) and b"'none' 'sha256" not in ask(watcher, page)
    assert b"last good" not in ask(watcher, "/pages.en") and place.encode() in ask(watcher, f"/{TINY}.en.pdf")
    source.write_bytes(written)
    watcher.look()
    assert hold(watcher) == [] and all(b"Ruritania" in ask(watcher, page) for page in (START, "/both"))


def test_a_language_without_its_catalogue_leaves_the_other_current_and_made_by_no_build(folder: Path) -> None:
    watcher, french = make_watcher(folder), f"/{TINY}.fr.html"
    watcher.look()
    catalogue = folder / f"sources/{TINY}/translations/fr.po"
    written = catalogue.read_bytes()
    fuzzy = written.replace(b'msgctxt "number"', b'#, fuzzy\nmsgctxt "number"', 1)
    catalogue.write_bytes(fuzzy)
    watcher.look()
    assert any("is fuzzy" in row["message"] for row in watcher.board.served.told["problems"])
    catalogue.unlink()
    said: list[str] = []
    watcher.look(said.append)
    catalogue.write_bytes(written)
    told = watcher.board.served.told
    # Nothing is told of the catalogue that is gone but that it is: this is what a build tells.
    assert [row["place"] for row in told["problems"]] == [f"sources/{TINY}/translations/fr.po:1:1"]
    states = {page: (told["pages"][page]["is_current"], told["pages"][page]["is_made"]) for page in (START, french)}
    assert states == {START: (True, False), french: (False, False)} and not told["pages"]["/both"]["is_current"]
    assert said == ["1 problem, 0 warnings; the last good page stays"]
    assert b"fr.po:1:1" in ask(watcher, "/pages.fr") and b"last good pages" in ask(watcher, "/pages.fr")
    assert ask(watcher, "/pages.en").endswith(b"#page=1") and ask(watcher, f"/{TINY}.fr.pdf") == b"%PDF"
    assert b"fr.po:1:1" in ask(watcher, "/changes")


def test_a_note_that_the_configuration_names_no_more_is_told(folder: Path) -> None:
    watcher, config = make_watcher(folder), folder / "config.yaml"
    written = config.read_bytes()
    (folder / "sources/other").mkdir()
    (folder / "sources/other/note.yaml").touch()
    config.write_bytes(written.replace(b"[tiny]", b"[other]"))
    watcher.look()
    config.write_bytes(written)
    shutil.rmtree(folder / "sources/other")
    (problem,) = watcher.board.served.problems
    assert "is not among them any more" in str(problem) and str(problem).startswith("config.yaml:2:8: ")


def test_an_errand_waits_for_the_look_that_is_under_way(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watcher = make_watcher(folder)
    watcher.look()
    begun, may_end = threading.Event(), threading.Event()
    source = folder / f"sources/{TINY}/text/01-guards.md"
    written = source.read_text("utf-8")
    put = watcher.errands.list_ways

    def pause(*given: Any) -> dict[str, str]:
        begun.set()
        assert may_end.wait(20)
        return put(*given)

    monkeypatch.setattr(watcher.errands, "list_ways", pause)
    source.write_text(written.replace("has not begun", "has just begun"), "utf-8")
    look = threading.Thread(target=watcher.look)
    look.start()
    assert begun.wait(20)
    answers: list[bytes] = []
    errand = threading.Thread(target=lambda: answers.append(ask(watcher, "/pages.en")))
    errand.start()
    errand.join(0.1)
    assert answers == []
    may_end.set()
    look.join(20)
    errand.join(20)
    source.write_text(written, "utf-8")
    assert answers == [f"/{TINY}.en.pdf#page=1".encode()]
    assert b"just begun" in watcher.errands._layouts["en"][0].page
