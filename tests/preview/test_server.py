"""The server of a preview: it answers this machine alone, with the note alone, and lives through everything."""

import http.client
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import quote

import pytest

from briefing.formats.characters import MAX_BYTES
from briefing.preview.served import Served
from briefing.problems import Problem
from briefing.workflow.files import list_files
from briefing.workflow.preview_desk import DeskReader
from briefing.workflow.preview_server import LOOPBACK, Board, PreviewServer, Reply
from briefing.workflow.preview_watch import Watcher
from briefing.workflow.requests import RequestError
from preview import check_editor, pick_language, take_port
from support.badinputs import list_cases
from support.house import ROOT, make_font_folder
from support.workflow import make_folder

START = "/tiny.en.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("preview"))


def make_watcher(folder: Path, board: Board) -> Watcher:
    desks = DeskReader(folder, ROOT, "tiny", Path(make_font_folder()))
    return Watcher(desks, board, desks.read())


@pytest.fixture(scope="module")
def watcher(folder: Path) -> Watcher:
    """Give what has looked at the tiny note once."""
    board = Board(START, asked=START)
    watcher = make_watcher(folder, board)
    watcher.look()
    return watcher


@pytest.fixture(scope="module")
def server(watcher: Watcher) -> Iterator[PreviewServer]:
    with PreviewServer(0, watcher.board) as server:
        yield server


def ask(server: PreviewServer, path: str, host: str = "") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(LOOPBACK, server.server_port, timeout=10)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host or f"{LOOPBACK}:{server.server_port}")
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_the_page_is_that_of_the_note_but_for_the_script_that_follows_it(
    server: PreviewServer, watcher: Watcher
) -> None:
    assert watcher.sight is not None
    status, served = ask(server, START)
    page = watcher.sight.proofs["en"].page.decode()
    assert status == 200
    script = (ROOT / "templates/preview.js").read_text("utf-8")
    style = (ROOT / "templates/preview.css").read_text("utf-8")
    left = served.decode().replace(f"<script>{script}</script>\n", "").replace(f"<style>\n{style}</style>\n", "")
    head, _, rest = left.partition('<meta name="preview-version"')
    left = head + rest.partition(">\n")[2]
    policy, _, rest = left.partition(" 'sha256-")
    first, _, rest = rest.partition(" 'sha256-")
    own, _, rest = rest.partition("; connect-src 'self'")
    assert policy + " 'sha256-" + first + rest == page and own


@pytest.mark.parametrize(
    "host", ["briefnote.example", "localhost", f"{LOOPBACK}:1", "evil.example:{port}", "[::1]:{port}"]
)
def test_another_host_is_refused(server: PreviewServer, host: str) -> None:
    assert ask(server, START, host.format(port=server.server_port))[0] == 403
    assert ask(server, START, f"localhost:{server.server_port}")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../config.yaml", "/source/../../etc/passwd", "/source//etc/passwd", "/source/%2e%2e/%2e%2e/etc/passwd",
        "/source/sources/tiny/../../config.yaml", "/sources/tiny/note.yaml", "/source/templates/screen.css",
        "/source/sources/other/note.yaml", "/tiny.de.html", "/favicon.ico", "/source/", "/outputs/tiny/tiny.en.pdf",
    ],
)  # fmt: skip
def test_nothing_but_the_note_is_served(server: PreviewServer, path: str) -> None:
    assert ask(server, path)[0] == 404


def test_the_place_of_a_problem_is_a_line_of_a_page_or_an_address_of_an_editor(
    server: PreviewServer, watcher: Watcher
) -> None:
    problem = Problem("sources/tiny/text/01-guards.md", 4, 7, "wrong")
    path, _, line = watcher.make_link(problem).partition("#")
    status, page = ask(server, path)
    assert status == 200 and f'id="{line}"'.encode() in page and line == "L4"
    editor = Watcher(watcher.desks, watcher.board, watcher.desk, "vscode://file/{path}:{line}:{column}")
    place = quote((watcher.desks.folder / problem.file).resolve().as_posix())
    assert " " in str(watcher.desks.folder) and " " not in place
    assert editor.make_link(problem) == f"vscode://file/{place}:4:7"


def test_events_tell_what_is_seen_and_then_what_has_changed(
    server: PreviewServer, watcher: Watcher, folder: Path
) -> None:
    connection = http.client.HTTPConnection(LOOPBACK, server.server_port, timeout=30)
    connection.request("GET", "/events")
    answer = connection.getresponse()

    def read() -> dict[str, object]:
        line = answer.readline()
        assert answer.readline() == b"\n"
        told: dict[str, object] = json.loads(line.removeprefix(b"data: "))
        return told

    first = read()
    source = folder / "sources/tiny/text/01-guards.md"
    written = source.read_text("utf-8")
    source.write_text(written.replace("| over 2900", "| over 5000"), "utf-8")
    threading.Thread(target=watcher.look).start()
    told = read()
    source.write_text(written, "utf-8")
    watcher.look()
    assert first["problems"] == [] and first["pages"] != told["pages"]
    (problem,) = (row for row in told["problems"] if "is false" in row["message"])  # type: ignore[attr-defined]
    assert problem["place"].startswith("sources/tiny/text/01-guards.md:11:") and problem["severity"] == "error"
    assert problem["blocks"] == {START: "number-1", "/both": "number-1"}
    connection.close()


def test_a_configuration_that_is_wrong_is_told_and_the_last_good_page_stays(
    server: PreviewServer, watcher: Watcher, folder: Path
) -> None:
    config = folder / "config.yaml"
    written = config.read_bytes()
    good = ask(server, START)[1]
    for case in [case for case in list_cases() if case.replaces == "config.yaml" and case.must == "fail"][::3]:
        config.write_bytes(case.path.read_bytes())
        watcher.look()
        assert watcher.sight is not None and case.is_told(list(watcher.sight.problems)), case.name
        assert ask(server, START)[1] == good
        assert not watcher.board.served.told["pages"][START]["is_current"]
    config.write_bytes(written)
    watcher.look()
    assert watcher.sight is not None and watcher.sight.problems == ()
    assert watcher.board.served.told["pages"][START]["is_current"]


def test_a_note_that_cannot_be_read_at_first_has_a_page_that_says_so(folder: Path, tmp_path: Path) -> None:
    source = folder / "sources/tiny/figures.yaml"
    written = source.read_bytes()
    source.write_bytes(b"figures: [")
    board = Board(START, asked=START)
    watcher = make_watcher(folder, board)
    watcher.look()
    bare = board.served.pages[START].content
    source.write_bytes(written)
    watcher.look()
    assert b"cannot be read yet" in bare and b"'none' 'sha256" not in bare and b"EventSource" in bare
    assert b"Ruritania" in board.served.pages[START].content


def test_a_slip_of_the_program_is_told_and_the_next_look_sees_the_note(
    watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(type(watcher.session), "look", lambda *_: 1 / 0)
        watcher._seen = None  # else it would see that nothing has changed
        watcher.look()
        assert watcher.sight is not None and "It is a slip of the program" in watcher.sight.problems[0].message
        assert "ZeroDivisionError" in capsys.readouterr().err
    watcher.look()
    assert watcher.sight.problems == ()


def test_a_file_that_is_taken_away_while_it_is_read_is_told_and_seen_when_it_is_back(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as between:
        gone = FileNotFoundError(2, "No such file or directory", "sources/tiny/note.yaml")
        between.setattr("briefing.workflow.preview_watch.read_raw_sources", Mock(side_effect=gone))
        watcher.look()
        assert watcher.sight is not None
        assert str(watcher.sight.problems[0]).startswith("sources/tiny/note.yaml:1:1: this could not be read")
    watcher.look()
    assert watcher.sight.problems == ()


def test_nothing_of_the_folder_is_written(watcher: Watcher, folder: Path) -> None:
    names = {path.relative_to(folder).parts[0] for path in list_files(folder)}
    assert names == {"config.yaml", "sources"}


def test_a_port_in_use_and_an_editor_that_cannot_be_asked_are_told_in_a_sentence(server: PreviewServer) -> None:
    with pytest.raises(SystemExit, match=rf"The port {server.server_port} is in use; name another"):
        take_port(str(server.server_port), server.board)
    with pytest.raises(SystemExit, match="expected a number"):
        take_port("http", server.board)
    with pytest.raises(RequestError, match="is no address of a place"):
        check_editor("code --goto {file}")
    check_editor("vscode://file/{path}:{line}:{column}")


@pytest.mark.parametrize("part", ["find", "wait"])
def test_a_slip_of_the_program_over_a_page_is_told_there_and_on_the_terminal_and_the_server_lives(
    server: PreviewServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], part: str
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(server.board, part, Mock(side_effect=KeyError("observations.csv")))
        status, said = ask(server, START)
    assert status == 500 and b"slip of the program" in said
    assert "KeyError: 'observations.csv'" in capsys.readouterr().err
    assert ask(server, START)[0] == 200


def test_a_browser_that_goes_leaves_nothing_on_the_terminal(
    server: PreviewServer, capsys: pytest.CaptureFixture[str]
) -> None:
    for error in (BrokenPipeError(), ValueError("told")):
        try:
            raise error
        except (OSError, ValueError):
            server.handle_error(None, ("127.0.0.1", 1))
    said = capsys.readouterr().err
    assert "ValueError: told" in said and "BrokenPipeError" not in said


@pytest.mark.parametrize(
    "link", ["vscode://{path.x}", "vscode://{path}:{line!r}", "vscode://{path}:{line:>{column}}", "vscode://{0}",
             "vscode://{path[0]}", "vscode://{", "vscode://file", "{path}:{line}", "vscode://{path}}"],
)  # fmt: skip
def test_only_a_path_a_line_and_a_column_stand_in_the_link_of_an_editor(link: str) -> None:
    with pytest.raises(RequestError, match="is no address of a place; expected one such as EDITOR_LINK="):
        check_editor(link)


def test_a_preview_begins_with_one_language() -> None:
    with pytest.raises(RequestError, match=r"name one: LANGUAGE=fr or LANGUAGE=en\.$"):
        pick_language({"LANGUAGE": "fr en"}, ["en", "fr"])
    assert [pick_language({"LANGUAGE": tag}, ["en", "fr"]) for tag in ("fr", "")] == ["fr", "en"]


def test_what_is_wrong_with_a_source_stands_above_its_lines_and_one_that_cannot_be_shown_has_a_page_too() -> None:
    board, problem = Board(START), Problem("sources/tiny/figures.yaml", 2, 3, "wrong")
    gone = replace(problem, file="sources/tiny/gone.csv", message="missing")
    board.put(Served({START: Mock()}, {"number": 1}, (problem, gone)), {problem.file: b"a\nb\n"})
    pages = [board.find(f"/source/{row.file}") for row in (problem, gone)]
    assert all(pages) and board.find("/source/sources/tiny/other.csv") is None
    shown, missing = (page.content for page in pages if page)
    assert b'<a href="#L2"><code>2:3</code></a> wrong' in shown and b'<li id="L2">' in shown
    assert b"missing" in missing and b"not there to be shown" in missing
    board.put(board.served, {problem.file: b"\n" * (MAX_BYTES + 1)})
    assert (large := board.find(f"/source/{problem.file}")) and b"too large to be shown" in large.content


def test_the_address_of_the_preview_leads_to_a_page_that_there_is(watcher: Watcher) -> None:
    board = Board("/tiny.de.html")
    board.put(watcher.board.served, {})
    assert board.find("/") == Reply(location=START)
