"""Snapshots: the version id is that of the contents, and everything wrong with the sources is told at once."""

import pytest

from briefing.problems import SourceError
from briefing.sources.note_sources import check_names
from briefing.sources.shared_use import TABLES
from briefing.sources.snapshot import FOR_CHECKS, describe_snapshot, read_snapshot
from briefing.sources.version_id import compute_version
from briefing.steps.validate import check_sources
from support.editions import change_raw, read_raw, read_source


def fail(**changes: str) -> list[str]:
    """List what is told of the tiny note with some files changed (`a__b_c` names the file a/b.c)."""
    names = {name.replace("__", "/").replace("_", "."): text for name, text in changes.items()}
    with pytest.raises(SourceError) as failure:
        check_names(read_snapshot("tiny", change_raw("tiny", names)).sources)
    return [str(problem).removeprefix("sources/tiny/") for problem in failure.value.problems]


def test_the_tiny_note_has_no_problem() -> None:
    check_names(read_snapshot("tiny", read_raw("tiny")).sources)


def test_the_version_id_changes_with_every_byte_and_name_and_with_nothing_else() -> None:
    raw = dict(read_raw("tiny"))
    version = compute_version(raw)
    assert compute_version(dict(reversed(raw.items()))) == version and len(version) == 12
    assert compute_version({**raw, "tiny/note.yaml": raw["tiny/note.yaml"] + b"\n"}) != version
    moved = {name if name != "tiny/note.yaml" else "tiny/note.yml": content for name, content in raw.items()}
    assert compute_version(moved) != version


def test_a_snapshot_is_described_with_the_hash_of_every_file_of_its_own() -> None:
    described = describe_snapshot("tiny", read_raw("tiny"))
    assert described["version"] == compute_version(read_raw("tiny"))
    own = {name for name in read_raw("tiny") if not name.startswith("common/")}
    assert set(described["sources"]) == {f"sources/{name}" for name in own}
    hashes = [*described["sources"].values(), *(part["sha256"] for part in described["shared"].values())]
    assert all(len(digest) == 64 for digest in hashes) and len(described["shared"]) == len(TABLES)


def test_problems_in_yaml_json_and_prose_are_told_together() -> None:
    problems = fail(
        note_yaml=read_source("tiny", "note.yaml").replace("publisher:", "publsher:"),
        figures_yaml=read_source("tiny", "figures.yaml").replace("label: Area", "label: 7"),
        bibliography_json="[",
        text__02_md="# Two\n\n<b>Three</b> {{ four\n",
    )
    files = [problem.split(":")[0] for problem in problems]
    assert files == ["bibliography.json", "figures.yaml", "note.yaml", "note.yaml", *["text/02.md"] * 4]
    assert any('"publsher" is not known here, did you mean "publisher"?' in problem for problem in problems)


def test_all_missing_files_are_told_together() -> None:
    raw = {
        name: text
        for name, text in read_raw("tiny").items()
        if "observations" not in name and "datapackage" not in name
    }
    with pytest.raises(SourceError) as failure:
        read_snapshot("tiny", raw)
    missing = [str(problem) for problem in failure.value.problems]
    assert missing == [
        f"sources/tiny/{name}:1:1: this file is missing; every note needs one"
        for name in ("datapackage.yaml", "observations.csv")
    ]


def test_a_revision_from_before_there_were_bounds_is_read_and_the_checks_ask_for_them() -> None:
    raw = {name: content for name, content in read_raw("tiny").items() if name not in FOR_CHECKS}
    assert read_snapshot("tiny", raw).bounds == {}
    missing = [str(problem) for problem in check_sources("tiny", raw)]
    assert missing == [f"sources/{name}:1:1: this file is missing; all notes share it" for name in sorted(FOR_CHECKS)]


def test_a_source_that_is_not_utf_8_is_told_with_its_place() -> None:
    raw = {**read_raw("tiny"), "tiny/acronyms.csv": b"acronym\n\xe9"}
    with pytest.raises(SourceError, match=r"acronyms.csv:2:1: this is not UTF-8"):
        read_snapshot("tiny", raw)
