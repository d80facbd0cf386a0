"""What the progress says of steps that failed: last, by note, and each thing once."""

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from support.house import ROOT

SOURCE = "sources/{}/note.yaml:1:1: this is wrong; mend it\n\n1 problem; nothing was written.\n"


@pytest.fixture(name="handler")
def make_handler(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Make the handler as Snakemake does."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts/progress"))
    from snakemake_logger_plugin_briefnote import LogHandler

    yield LogHandler(SimpleNamespace(), None)
    sys.modules.pop("snakemake_logger_plugin_briefnote")


def tell(handler: Any, event: str, **fields: Any) -> None:
    record = logging.LogRecord("snakemake", logging.ERROR, "", 0, "", (), None)
    vars(record).update(event=event, **fields)
    handler.emit(record)


def fail(handler: Any, job: int, note: str, log: Path, said: str, event: str = "job_error") -> None:
    """Begin a step of a note, which says something and fails."""
    log.write_text(said, "utf-8")
    tell(handler, "job_info", jobid=job, rule_name="validate", rule_msg=f"Step {job}", wildcards={"note": note})
    tell(handler, event, jobid=job, rule_name="validate", log=[str(log)])


def test_what_is_wrong_is_said_at_the_end_by_note_and_once(handler: Any, tmp_path: Path, capsys: Any) -> None:
    for job, note in enumerate(("arden", "zenda", "arden")):
        fail(handler, job, note, tmp_path / f"{job}.txt", SOURCE.format(note))
    assert "note.yaml" not in capsys.readouterr().err
    handler.close()
    said = capsys.readouterr().err
    assert said.count("sources/arden/") == said.count("sources/zenda/") == 1
    assert said.index("arden: Step 0") < said.index("sources/arden/") < said.index("zenda: Step 1")
    handler.close()
    assert not capsys.readouterr().err


def test_steps_that_could_not_begin_are_passed_over_where_the_reason_is_told(
    handler: Any, tmp_path: Path, capsys: Any
) -> None:
    """Some clusters tell of all jobs of a group that they failed, where one did."""
    fail(handler, 0, "arden", tmp_path / "0.txt", "")
    fail(handler, 1, "arden", tmp_path / "1.txt", SOURCE.format("arden"))
    handler.close()
    said = capsys.readouterr().err
    assert "sources/arden/" in said and "without a word" not in said and "arden: " not in said


def test_a_step_that_was_killed_is_named(handler: Any, tmp_path: Path, capsys: Any) -> None:
    fail(handler, 0, "arden", tmp_path / "0.txt", "")
    handler.close()
    assert "Step 0: this ended without a word" in capsys.readouterr().err


def test_of_a_group_what_earlier_builds_have_said_is_not_told(handler: Any, tmp_path: Path, capsys: Any) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text("sources/arden/old.csv:1:1: long mended\n", "utf-8")
    os.utime(old, (0, 0))
    new.write_text(SOURCE.format("arden"), "utf-8")
    jobs = [{"jobid": n, "rule_name": "derive", "log": [str(log)]} for n, log in enumerate((old, new))]
    tell(handler, "group_error", job_error_info=jobs)
    handler.close()
    said = capsys.readouterr().err
    assert "sources/arden/note.yaml" in said and "long mended" not in said and "without a word" not in said
