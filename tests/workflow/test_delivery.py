"""A set of files comes into its place whole, takes nothing with it that is somebody else's, and is taken up again."""

import ctypes
import errno
from pathlib import Path

import pytest

from briefing.workflow import delivery
from briefing.workflow.delivery import RECORD, deliver_files, is_disturbed, take_up_exchange


def make_set(folder: Path, **texts: str) -> dict[str, Path]:
    """Write a set of files, and give it by the names that it has in its place."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return {name: folder / name for name in texts}


def read_place(place: Path) -> dict[str, str]:
    paths = [path for path in place.rglob("*") if path.is_file() and path.name != RECORD]
    return {path.relative_to(place).as_posix(): path.read_text("utf-8") for path in paths}


@pytest.fixture(params=["exchange", "renames"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Deliver on a system that can exchange two folders, and on one that cannot."""
    if request.param == "renames":
        monkeypatch.setattr(delivery, "_exchange_at_once", lambda one, other: False)
    return str(request.param)


def test_a_delivery_replaces_the_one_before_and_what_it_no_longer_has(system: str, tmp_path: Path) -> None:
    place = tmp_path / "outputs/tiny"
    deliver_files(make_set(tmp_path / "a", pdf="one", docx="one"), place)
    deliver_files(make_set(tmp_path / "b", pdf="two"), place)
    assert read_place(place) == {"pdf": "two"}
    assert [path.name for path in place.parent.iterdir()] == ["tiny"]


def test_what_somebody_else_has_put_there_stays(system: str, tmp_path: Path) -> None:
    place = tmp_path / "outputs/tiny"
    deliver_files(make_set(tmp_path / "a", pdf="one"), place)
    (place / "review/a..b").mkdir(parents=True)
    (place / "review/a..b/changes.md").write_text("changes", "utf-8")
    (place / "my notes.txt").write_text("mine", "utf-8")
    deliver_files(make_set(tmp_path / "b", pdf="two"), place)
    assert read_place(place) == {"pdf": "two", "my notes.txt": "mine", "review/a..b/changes.md": "changes"}


def test_a_file_that_was_changed_by_hand_is_kept_under_another_name_and_named(
    system: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "outputs/tiny"
    deliver_files(make_set(tmp_path / "a", **{"note.docx": "one", "note.pdf": "one"}), place)
    (place / "note.docx").write_text("my comments", "utf-8")
    deliver_files(make_set(tmp_path / "b", **{"note.docx": "two", "note.pdf": "two"}), place)
    (kept,) = place.glob("note.edited-*.docx")
    assert read_place(place) == {"note.docx": "two", "note.pdf": "two", kept.name: "my comments"}
    assert kept.name in capsys.readouterr().err
    deliver_files(make_set(tmp_path / "c", **{"note.docx": "three"}), place)
    assert read_place(place) == {"note.docx": "three", kept.name: "my comments"}


def test_the_same_edit_made_twice_and_a_file_of_a_name_that_comes_later_are_kept(system: str, tmp_path: Path) -> None:
    place = tmp_path / "outputs/tiny"
    for text in ("one", "two", "three"):
        deliver_files(make_set(tmp_path / "a", **{"note.pdf": text}), place)
        (place / "note.pdf").write_text("by hand", "utf-8")
    (place / "note.html").write_text("my own page", "utf-8")
    deliver_files(make_set(tmp_path / "b", **{"note.pdf": "four", "note.html": "new"}), place)
    assert sorted(read_place(place).values()) == ["by hand", "four", "my own page", "new"]


def test_a_delivery_is_disturbed_when_a_file_of_it_is_gone_or_changed_and_not_otherwise(tmp_path: Path) -> None:
    place = tmp_path / "outputs/tiny"
    delivered = deliver_files(make_set(tmp_path / "a", pdf="one", docx="one"), place)
    (place / "my notes.txt").write_text("mine", "utf-8")
    assert not is_disturbed(place, delivered)
    (place / "pdf").write_text("other", "utf-8")
    assert is_disturbed(place, delivered)
    (place / "pdf").write_text("one", "utf-8")
    assert not is_disturbed(place, delivered)
    (place / "docx").unlink()
    assert is_disturbed(place, delivered)


def test_a_delivery_that_cannot_be_written_leaves_the_place_as_it_was_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "outputs/tiny"
    deliver_files(make_set(tmp_path / "a", pdf="one", docx="one"), place)

    def fill_disk(source: Path, target: Path) -> None:
        if target.name == "docx":
            raise OSError(errno.ENOSPC, "No space left on device")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())

    monkeypatch.setattr(delivery, "_copy", fill_disk)
    with pytest.raises(SystemExit, match="No space left on device; make room"):
        deliver_files(make_set(tmp_path / "b", pdf="two", docx="two"), place)
    assert read_place(place) == {"pdf": "one", "docx": "one"}
    assert [path.name for path in place.parent.iterdir()] == ["tiny"]


def test_a_delivery_that_was_killed_between_two_renames_is_taken_back(tmp_path: Path) -> None:
    place = tmp_path / "outputs/tiny"
    deliver_files(make_set(tmp_path / "a", pdf="one"), place)
    place.rename(place.with_name(".tiny.old"))
    take_up_exchange(place)
    assert read_place(place) == {"pdf": "one"}
    take_up_exchange(place)
    assert read_place(place) == {"pdf": "one"}


def test_this_system_exchanges_folders_at_once(tmp_path: Path) -> None:
    """The promise that a stopped build leaves all formats of one state rests on it."""
    if not hasattr(ctypes.CDLL(None), "renameat2"):
        pytest.skip("this system has no renameat2")
    for name in ("one", "other"):
        make_set(tmp_path / name, text=name)
    assert delivery._exchange_at_once(tmp_path / "one", tmp_path / "other")
    assert read_place(tmp_path / "one") == {"text": "other"} and read_place(tmp_path / "other") == {"text": "one"}
