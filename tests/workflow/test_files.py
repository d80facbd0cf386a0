"""Files appear whole or not at all, and problems end a step without a traceback."""

import os
from pathlib import Path

import pytest

from briefing.problems import Problem, SourceError
from briefing.workflow.files import read_folder, replace_folder, telling_problems, write_atomically, write_together
from briefing.workflow.fingerprints import hash_paths
from briefing.workflow.parsed_sources import read_raw_sources


def test_a_file_is_written_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "é note.json"
    write_atomically(target, "é\n")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert [path.name for path in target.parent.iterdir()] == ["é note.json"]


def test_files_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    old, fresh, last = (tmp_path / name for name in ("old", "fresh", "last"))
    write_atomically(old, "old")
    last.mkdir()  # its name can be taken by no file
    with pytest.raises(SystemExit, match="None of these 3 files was changed"):
        write_together({old: "new", fresh: "new", last: b"new"})
    assert sorted(tmp_path.iterdir()) == [last, old] and old.read_text("utf-8") == "old"
    last.rmdir()
    write_together({old: "new", fresh: "é", last: b"new"})
    assert [path.read_text("utf-8") for path in (old, fresh, last)] == ["new", "é", "new"]


def test_a_failed_write_leaves_what_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "note.pdf"
    write_atomically(target, "old")

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(SystemExit, match=r"note\.pdf: No space left on device; make room"):
        write_atomically(target, "new")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["note.pdf"]


def test_a_folder_is_read_in_order_without_hidden_and_lock_files(tmp_path: Path) -> None:
    for name in ("b.csv", "a/c.md", ".b.csv.swp", "~$b.csv"):
        write_atomically(tmp_path / name, name)
    assert read_folder(tmp_path) == {"a/c.md": b"a/c.md", "b.csv": b"b.csv"}


def test_a_link_out_of_the_folder_is_refused_and_one_within_is_read(tmp_path: Path) -> None:
    (tmp_path / "note").mkdir()
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "note/a.md").write_text("a")
    (tmp_path / "note/b.md").symlink_to("a.md")
    assert read_folder(tmp_path / "note") == {"a.md": b"a", "b.md": b"a"}
    (tmp_path / "note/c.md").symlink_to(tmp_path / "secret")
    with pytest.raises(SourceError, match=r"c.md:1:1: this is a link to a file outside the sources"):
        read_folder(tmp_path / "note")


@pytest.mark.parametrize(("name", "told"), [(b"a\nb.md", r"a\nb.md:1:1"), (b"\xff.md", r"\udcff.md:1:1")])
def test_a_name_that_cannot_be_printed_is_told_in_one_line_and_stops_no_hash(
    tmp_path: Path, name: bytes, told: str
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.touch()
    assert hash_paths(tmp_path, [path])
    with pytest.raises(SourceError) as error:
        read_folder(tmp_path)
    (problem,) = error.value.problems
    assert f"{told}: the name of this file cannot be printed" in str(problem) and str(problem).isprintable()


def test_all_files_of_a_note_and_of_what_notes_share_that_cannot_be_read_are_told_at_once(tmp_path: Path) -> None:
    for part in ("common", "arden"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "a.md").symlink_to("/etc/passwd")
    with pytest.raises(SourceError) as error:
        read_raw_sources(tmp_path, "arden")
    assert [problem.file for problem in error.value.problems] == [
        f"{tmp_path}/{name}/a.md" for name in ("arden", "common")
    ]


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    replace_folder(tmp_path / "charts", {"a.svg": "1", "b.svg": "2"})
    replace_folder(tmp_path / "charts", {"a.svg": b"3"})
    assert read_folder(tmp_path) == {"charts/a.svg": b"3"} and [p.name for p in tmp_path.iterdir()] == ["charts"]


def test_problems_are_printed_and_end_with_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end, telling_problems():
        raise SourceError([Problem("a.md", 3, 4, "bad; mend it"), Problem("b.csv", 1, 1, "worse")])
    said = capsys.readouterr().err
    assert end.value.code == 1
    assert "a.md:3:4: bad; mend it\nb.csv:1:1: worse\n" in said
    assert "2 problems; nothing was written." in said and "Traceback" not in said


def test_a_folder_of_no_files_is_a_folder(tmp_path: Path) -> None:
    replace_folder(tmp_path / "charts", {})
    assert (tmp_path / "charts").is_dir() and list(tmp_path.iterdir()) == [tmp_path / "charts"]
