"""Mutation: a random edit of a good source gives a located error, or a note whose changed figures are all listed."""

import random
import re

import pytest

from briefing.problems import Problem
from briefing.report.content import list_figure_changes, list_figure_rows
from support.badinputs import try_sources
from support.editions import Edition, make_edition, read_raw
from support.writing import draw_charts, write_word

pytestmark = pytest.mark.many

EDITS = 300
PARTS = 6  # so that two workers can share them
WRITTEN = 3  # every so many of the notes that still build are drawn, and written as a Word file
# Schemas are code, and reviewed as such; the tiny note has no map.
OF_NOTE = [name for name in read_raw("tiny") if not name.startswith(("common/schemas/", "common/map/"))]
WORDS = (
    "",
    "-",
    "0",
    "7",
    ".",
    ",",
    ";",
    ":",
    '"',
    "'",
    "{",
    "}",
    "{{",
    "[",
    "]",
    "|",
    "#",
    "&",
    "*",
    "<b>",
    "é",
    "\n",
    "\t",
    "=",
)
FIELDS = ("value", "unit", "text", "period", "status", "bound")


def edit(text: str, chance: random.Random) -> str:
    """Make one small edit, such as a hurried editor makes."""
    lines = text.split("\n")
    number, position = chance.randrange(len(lines)), chance.randrange(len(text))
    digits = [match.span() for match in re.finditer(r"\d+", text)]
    words = [match.span() for match in re.finditer(r"\w+", text)]
    start, end = chance.choice(digits or words)
    match chance.randrange(8):
        case 0:
            return text[:position] + text[position + 1 :]
        case 1:
            return text[:position] + chance.choice(WORDS) + text[position:]
        case 2:
            return "\n".join([*lines[:number], *lines[number + 1 :]])
        case 3:
            return "\n".join([*lines[: number + 1], *lines[number:]])
        case 4:
            return text[:start] + str(chance.randrange(10 ** chance.randrange(1, 8))) + text[end:]
        case 5:
            other = chance.randrange(len(lines))
            lines[number], lines[other] = lines[other], lines[number]
            return "\n".join(lines)
        case 6:
            start, end = chance.choice(words)
            first, last = chance.choice(words)
            return text[:start] + text[first:last] + text[end:]
        case _:
            return text[:position] + text[position : position + 1].swapcase() + text[position + 1 :]


def find_changed(old: Edition, new: Edition) -> set[str]:
    """Find the figures that are not what they were, by the rows that the note hands out."""

    def index(edition: Edition) -> dict[str, dict[str, object]]:
        rows = list_figure_rows(edition.figures, {}, "2019-02-11", edition.language)
        return {row["id"]: {field: row[field] for field in FIELDS} for row in rows}

    before, now = index(old), index(new)
    return {name for name in now if name in before and now[name] != before[name]}


def is_located(problem: Problem) -> bool:
    return problem.line >= 1 and problem.column >= 1 and problem.file.startswith("sources/")


@pytest.mark.parametrize("part", range(PARTS))
def test_an_edit_is_told_with_its_place_or_its_figures_are_in_the_change_list(part: int) -> None:
    good = make_edition("tiny")
    told = built = changed = 0
    for number in range(part, EDITS, PARTS):
        chance = random.Random(number)
        name = chance.choice(OF_NOTE)
        text = edit(read_raw("tiny")[name].decode("utf-8"), chance)
        problems, edition = try_sources({**read_raw("tiny"), name: text.encode("utf-8")})
        assert all(is_located(problem) for problem in problems), (number, name, problems)
        errors = [problem for problem in problems if problem.severity == "error"]
        told += bool(errors)
        assert errors or edition is not None, (number, name)
        if edition is not None:
            built += 1
            listed = {row["figure"] for row in list_figure_changes(good.figures, edition.figures, {}, edition.language)}
            found = find_changed(good, edition)
            assert found <= listed, (number, name, found - listed)
            changed += bool(found)
            if built % WRITTEN == 0 and not errors:
                write_word(edition, draw_charts(edition))
    assert told >= 10 and built >= 5
