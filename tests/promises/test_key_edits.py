"""Edits of keys and cells: whatever is lost, misspelt or of another kind is told with its place, and never crashes.

Each key of each YAML and JSON source, and each cell of each table, is edited in every way (`support/slips.py`), and
taken through the steps of the workflow up to the drawn charts. A sample is tried; `KEY_EDITS=5000` tries more.
"""

import functools
import os
import random

import pytest

from briefing.problems import Problem
from support.editions import FOLDERS
from support.slips import list_slips
from support.steps import read_whole, take_steps

pytestmark = pytest.mark.many

COUNT = int(os.environ.get("KEY_EDITS", 0))
SAMPLES = {"tiny": COUNT or 240}  # the other notes are longer, and much the same
PARTS = 6  # so that two workers can share them
REMEDIES = ("; ", "expected ", "did you mean", "the known names are")  # a message goes on to say what to do


@functools.cache
def list_edits(note: str) -> list[tuple[str, str, str]]:
    """List the edits of a note: the file, what is done to it, and what it holds then; schemas are code."""
    raw = read_whole(note)
    own = [name for name in raw if name.endswith((".yaml", ".json", ".csv")) and not name.startswith("common/schemas/")]
    base_map = [name for name in raw if name.endswith(f"/{note}.geojson")] if note == "tiny" else []
    edits = [
        (name, what, text)
        for name in sorted([*own, *base_map])
        if note == "tiny" or not name.startswith("common/")
        for what, text in list_slips(name, raw[name].decode("utf-8"))
    ]
    return random.Random(20190211).sample(edits, min(SAMPLES.get(note, COUNT or 60), len(edits)))


def is_told_well(problem: Problem) -> bool:
    """Tell whether a problem has its place, says what to do, and does not speak Python."""
    return (
        min(problem.line, problem.column) >= 1
        and problem.file.startswith(("sources/", "templates/"))
        and any(remedy in problem.message for remedy in REMEDIES)
        and "None" not in problem.message
    )


def test_the_sources_that_are_edited_have_no_problem_themselves() -> None:
    assert [problem for problem in take_steps("tiny", read_whole("tiny"), ("en",)) if problem.severity == "error"] == []


@pytest.mark.filterwarnings("ignore::UserWarning")  # citeproc says what keys it does not know
@pytest.mark.parametrize("note", FOLDERS)
@pytest.mark.parametrize("part", range(PARTS))
def test_an_edit_of_a_key_or_a_cell_is_told_with_its_place_or_does_no_harm(note: str, part: int) -> None:
    failed = []
    for name, what, text in list_edits(note)[part::PARTS]:
        try:
            problems = take_steps(note, {**read_whole(note), name: text.encode("utf-8")})
            failed += [f"{name} {what[:100]}: {problem}" for problem in problems if not is_told_well(problem)]
        except Exception as error:  # what is looked for is any crash at all
            failed.append(f"{name} {what[:100]}: {type(error).__name__}: {str(error)[:200]}")
    assert not failed, "\n".join(failed)
