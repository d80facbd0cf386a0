"""Edits of keys and cells: whatever is lost, misspelt or of another kind is told with its place, and never crashes.

Each key of each YAML and JSON source, and each column of each table, is edited in every way; `EVERY_KEY_EDIT=1` tries
them all (some thousands), else a sample is tried.
"""

import copy
import csv
import io
import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import yaml

from briefing.problems import Problem, SourceError
from support.badinputs import try_sources
from support.editions import read_raw
from support.writing import draw_charts

pytestmark = pytest.mark.many

SAMPLE = None if os.environ.get("EVERY_KEY_EDIT") else 480
PARTS = 6  # so that two workers can share them
LONG = "x" * 5000
MAP = {
    "id": "locator", "kind": "map", "title": "Ruritania", "source": "the survey", "alternative": "A map.",
    "width": 100, "height": 80, "window": [0, 0, 10, 8], "inset": [2, 2, 20, 20], "country": "901", "scale_km": 100,
    "countries": [{"id": "901", "label": "Ruritania", "at": [5, 4]}],
    "places": [{"id": "strelsau", "label": "Strelsau", "side": "left"}],
}  # fmt: skip
SQUARE = [[[[0, 0], [10, 0], [10, 8], [0, 8], [0, 0]]]]
FEATURES = [
    {"properties": {"layer": "country", "id": "901", "name": "Ruritania"}, "geometry": {"coordinates": SQUARE}},
    {"properties": {"layer": "outline", "id": "002", "name": "Africa"}, "geometry": {"coordinates": SQUARE}},
    {
        "properties": {"layer": "place", "id": "strelsau", "name": "Strelsau", "role": "capital"},
        "geometry": {"coordinates": [1, 1]},
    },
]

Path = tuple[str | int, ...]


def read_good() -> dict[str, bytes]:
    """Read the sources of the tiny note, with a map of its country put into its text."""
    raw = dict(read_raw("tiny"))
    charts = yaml.safe_load(raw["tiny/charts.yaml"])
    charts["charts"].append(MAP)
    raw["tiny/charts.yaml"] = dump(charts)
    raw["tiny/text/02-help.md"] += b"\n![](chart:locator)\n"
    raw["common/map/tiny.geojson"] = json.dumps({"type": "FeatureCollection", "features": FEATURES}).encode()
    return raw


def dump(tree: Any) -> bytes:
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode("utf-8")


# --- Edits of trees ----------------------------------------------------------------------------------------------

VALUES: dict[str, Callable[[Any], Any]] = {
    "empty": lambda value: "",
    "nothing": lambda value: None,
    "in a list": lambda value: [value],
    "in a mapping": lambda value: {"a": value},
    "empty list": lambda value: [],
    "empty mapping": lambda value: {},
    "true": lambda value: True,
    "minus one": lambda value: -1,
    "huge": lambda value: 10**40,
    "fraction": lambda value: 0.5,
    "not a number": lambda value: float("nan"),
    "text": lambda value: "quite another thing",
    "long": lambda value: LONG,
    "braces": lambda value: "{{ guards | over",
    "first of a list": lambda value: value[0] if isinstance(value, list) and value else "0",
    "list of lists": lambda value: [[value]],
}


def list_paths(tree: Any, path: Path = ()) -> Iterator[Path]:
    """List the ways to all values of a tree."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from list_paths(value, (*path, key))


def edit_tree(tree: Any, path: Path, way: str) -> Any:
    """Give a tree with one of its values edited, or its key."""
    edited = copy.deepcopy(tree)
    holder = edited
    for step in path[:-1]:
        holder = holder[step]
    last = path[-1]
    if way == "lost":
        del holder[last]
    elif way == "misspelt" and isinstance(holder, dict):
        holder[f"{str(last)[:-1]}x"] = holder.pop(last)
    elif way == "twice" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[last]))
    elif way in VALUES:
        holder[last] = VALUES[way](holder[last])
    return edited


# --- Edits of tables ---------------------------------------------------------------------------------------------


def edit_table(rows: list[list[str]], column: int, way: str) -> list[list[str]]:
    """Give a table with one of its columns, or the cell of it in the second row, edited."""
    edited = copy.deepcopy(rows)
    if way == "lost":
        return [row[:column] + row[column + 1 :] for row in edited]
    if way == "twice":
        return [[*row, row[column]] for row in edited]
    if way == "misspelt":
        edited[0][column] = f"{edited[0][column][:-1]}x"
    elif way == "no name":
        edited[0][column] = ""
    elif way == "cell lost":
        del edited[1][column]
    elif way == "cell too many":
        edited[1].insert(column, "more")
    else:
        edited[1][column] = way
    return edited


COLUMN_WAYS = ("lost", "twice", "misspelt", "no name", "cell lost", "cell too many", "", "text", "-1", "0218", "{{")


def list_edits(good: dict[str, bytes]) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """List the edits: the file, what is done to it, and what makes it."""
    for name, content in good.items():
        if name.startswith("common/schemas/"):
            continue
        if name.endswith((".yaml", ".json")):
            tree = yaml.safe_load(content)
            write = dump if name.endswith(".yaml") else (lambda tree: json.dumps(tree, ensure_ascii=False).encode())
            for path in list_paths(tree):
                for way in ("lost", "misspelt", "twice", *VALUES):
                    yield name, f"{path} {way}", lambda t=tree, p=path, w=way, to=write: to(edit_tree(t, p, w))
        elif name.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            for column, title in enumerate(rows[0]):
                for way in COLUMN_WAYS:
                    yield name, f"{title} {way}", lambda r=rows, c=column, w=way: write_table(edit_table(r, c, w))


def write_table(rows: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode("utf-8")


def is_located(problem: Problem) -> bool:
    return problem.line >= 1 and problem.column >= 1 and problem.file.startswith("sources/")


GOOD = read_good()
EDITS = sorted(list_edits(GOOD), key=lambda edit: edit[:2])
CHOSEN = EDITS if SAMPLE is None else random.Random(20190211).sample(EDITS, SAMPLE)


def test_the_sources_that_are_edited_have_no_problem_themselves() -> None:
    problems, edition = try_sources(GOOD)
    assert edition is not None and [problem for problem in problems if problem.severity == "error"] == []
    assert len(EDITS) > 2000


@pytest.mark.parametrize("part", range(PARTS))
def test_an_edit_of_a_key_or_a_column_is_told_with_its_place_or_does_no_harm(part: int) -> None:
    crashed = []
    for name, what, make in CHOSEN[part::PARTS]:
        content = make()
        if content == GOOD[name]:
            continue
        try:
            problems, edition = try_sources({**GOOD, name: content})
            assert all(map(is_located, problems)), [problem for problem in problems if not is_located(problem)]
            errors = [problem for problem in problems if problem.severity == "error"]
            assert errors or edition is not None
            if edition is not None and not errors and name == "tiny/charts.yaml":
                with suppress(SourceError):  # told at the chart
                    draw_charts(edition, GOOD["common/map/tiny.geojson"].decode())
        except Exception as error:  # what is looked for is any crash at all
            crashed.append(f"{name} {what[:100]}: {type(error).__name__}: {str(error)[:200]}")
    assert not crashed, "\n".join(crashed)
