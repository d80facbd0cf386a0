"""What is followed: each file of a note is, whatever becomes of it and of the folders above it, and nothing else."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

from briefing.workflow.preview_files import SourceFiles

SOON, NEVER = 10.0, 0.25


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("arden", "common", "other"):
        (tmp_path / "sources" / name / "text").mkdir(parents=True)
        (tmp_path / "sources" / name / "text/01.md").write_text("# One\n", "utf-8")
    (tmp_path / "config.yaml").write_text("notes: [arden]\n", "utf-8")
    return tmp_path


@pytest.fixture(params=["told", "untold"])
def changes(folder: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator["Queue[int]"]:
    """Follow the files of a note, where the system tells of changes and where it cannot."""
    monkeypatch.setattr("briefing.workflow.preview_files.STOCK_EVERY", 80)
    told: Queue[int] = Queue()
    ended = threading.Event()
    if request.param == "untold":

        def refuse(*_: object, **__: object) -> None:
            raise OSError(28, "inotify watch limit reached")

        monkeypatch.setattr("briefing.workflow.preview_files.watch", refuse)
    thread = threading.Thread(target=SourceFiles(folder, "arden").follow, args=(lambda: told.put(1), ended))
    thread.start()
    probe(folder, told)
    yield told
    ended.set()
    thread.join(SOON)
    assert not thread.is_alive()


def probe(folder: Path, told: "Queue[int]") -> None:
    """Wait until a file that is written is told of, and then until all is quiet."""
    path, number = folder / "sources/arden/text/02.md", 0
    while True:
        path.write_text(f"# {(number := number + 1)}\n", "utf-8")
        try:
            told.get(timeout=0.3)
            break
        except Empty:
            assert number < SOON / 0.3
    settle(told)


def settle(told: "Queue[int]") -> None:
    """Wait until nothing more is told."""
    while True:
        try:
            told.get(timeout=NEVER)
        except Empty:
            return


def replace_folder(sources: Path) -> None:
    shutil.copytree(sources / "arden", sources / "copy")
    shutil.rmtree(sources / "arden")
    (sources / "copy").rename(sources / "arden")


def exchange_link(sources: Path) -> None:
    for name in ("first", "second"):
        shutil.copytree(sources / "other", sources.parent / name)
    shutil.rmtree(sources / "arden")
    (sources / "arden").symlink_to(sources.parent / "first")
    (sources / "link").symlink_to(sources.parent / "second")
    (sources / "link").rename(sources / "arden")


def move_sources(sources: Path) -> None:
    sources.rename(sources.with_name("old"))
    shutil.copytree(sources.with_name("old"), sources)


def rename_and_back(sources: Path) -> None:
    (sources / "arden").rename(sources / "ardenne")
    (sources / "ardenne").rename(sources / "arden")


def test_a_folder_that_took_the_place_of_another_is_followed(folder: Path, changes: "Queue[int]") -> None:
    for become in (replace_folder, rename_and_back, move_sources, exchange_link):
        become(folder / "sources")
        settle(changes)
        probe(folder, changes)


def test_a_save_by_renaming_and_the_configuration_are_followed_and_other_notes_are_not(
    folder: Path, changes: "Queue[int]"
) -> None:
    part = folder / "sources/common/text/.01.md.part"
    part.write_text("# Two\n", "utf-8")
    part.rename(folder / "sources/common/text/01.md")
    assert changes.get(timeout=SOON)
    settle(changes)
    (folder / "config.yaml").write_text("notes: [other]\n", "utf-8")
    assert changes.get(timeout=SOON)
    settle(changes)
    (folder / "sources/other/text/01.md").write_text("# Two\n", "utf-8")
    with pytest.raises(Empty):
        changes.get(timeout=2 * NEVER)
