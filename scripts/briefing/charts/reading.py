"""Read the charts and maps of a note: pydantic holds charts.yaml to the types of `spec.py`.

Each mistake is told once, at its own line and column.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, fields, is_dataclass, make_dataclass
from difflib import get_close_matches
from functools import cache, reduce
from operator import getitem, or_
from typing import Annotated, Any, Literal, get_args, get_type_hints

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from briefing.charts.dates import find_span
from briefing.charts.spec import CONTENTS, Bars, ChartArrow, ChartSpec, Map, Terms, Timeline
from briefing.formats.yaml_source import find_place
from briefing.problems import SourceError, name_nearest, shorten

ID = re.compile(r"[a-z][a-z0-9-]*")
CONFIG = ConfigDict(extra="forbid", str_min_length=1, str_strip_whitespace=True)
UNKNOWN, WRONG_KIND = "unexpected_keyword_argument", "union_tag_invalid"
# What pydantic finds, in the words of editors.
SENTENCES = {
    "missing": "the key `{key}` is missing; add it",
    UNKNOWN: "the key `{key}` is not known here, {nearest}",
    "union_tag_not_found": f"the key `kind` is missing; expected one of {', '.join(CONTENTS)}",
    WRONG_KIND: "{found} is no kind of chart; expected one of {expected_tags}",
    "literal_error": "{found} is not known; expected {expected}",
    "greater_than_equal": "{found} does not fit; expected at least {ge:g}",
    "less_than_equal": "{found} does not fit; expected at most {le:g}",
    "too_short": "expected a list of at least {min_length}, found {actual_length}",
    "too_long": "expected a list of at most {max_length}, found {actual_length}",
    "string_too_short": "this is empty and must not be; write it, or remove the key if it may be left out",
    "string_type": "expected text (dates and years in quotation marks), found {found}",
    "float_type": "expected a number, found {found}",
    "int_type": "expected a whole number, found {found}",
    "tuple_type": "expected a list, found {found}",
    "dict_type": "expected keys and their values, found {found}",
    "dataclass_type": "expected keys and their values, found {found}",
}

Path = tuple[str | int, ...]
Fault = tuple[Path, str, str]  # the way to the value, the key of it that is wrong ("" for the value), what is wrong


def parse_charts(tree: Any, file: str = "charts.yaml") -> tuple[ChartSpec, ...]:
    """Turn what was read of a charts.yaml into charts; this fails with a `SourceError` that lists every mistake."""
    rows = tree.get("charts") if isinstance(tree, Mapping) else None
    if not isinstance(rows, list) or not rows:
        place = find_place(file, tree, ("charts",))
        raise SourceError([place.report("charts: expected a list of charts under the key `charts`")])
    charts: list[ChartSpec] = []
    faults: list[Fault] = [
        ((), str(key), f"the key `{key}` is not known here; expected `charts` alone") for key in tree if key != "charts"
    ]
    ids = [row.get("id") if isinstance(row, Mapping) else None for row in rows]
    for number, row in enumerate(rows):
        name = f"chart {shorten(str(ids[number] or number + 1))}"
        for path, key, what in _read_chart(row, charts, ids[:number]):
            faults.append((("charts", number, *path), key, f"{name}{''.join(map(_name_step, path))}: {what}"))
    if faults:
        raise SourceError(find_place(file, tree, path, key).report(what) for path, key, what in faults)
    return tuple(charts)


def _read_chart(row: Any, charts: list[ChartSpec], before: Sequence[Any]) -> Iterator[Fault]:
    """Add a chart to those read, or give what is wrong with it; `before` are the ids of the charts before it."""
    try:
        charts.append(_parse_chart(row))
        yield from _find_faults(charts[-1])
    except ValidationError as failure:
        yield from _explain(failure.errors(include_url=False), row)
    if isinstance(row, Mapping) and "id" in row and row["id"] in before:
        yield ("id",), "", "this name stands twice; every chart needs one of its own"


def _name_step(step: str | int) -> str:
    return f", item {step + 1}" if isinstance(step, int) else f", key `{step}`"


@cache
def _make_row(kind: str) -> type[Any]:
    """Make the class of what charts.yaml says of a kind of chart: beside each other, what all say and what is drawn."""
    row = []
    for node in (ChartSpec, CONTENTS[kind]):
        hints = {**get_type_hints(node, include_extras=True), "kind": Literal[kind]}
        row += [(own.name, hints[own.name], field(default=own.default)) for own in fields(node)]
    return make_dataclass(kind, [own for own in row if own[0] != "content"], kw_only=True)


@cache
def _make_adapter() -> TypeAdapter[Any]:
    rows: Any = Annotated[reduce(or_, map(_make_row, CONTENTS)), Field(discriminator="kind")]
    return TypeAdapter(rows, config=CONFIG)


def _parse_chart(written: Any) -> ChartSpec:
    # From JSON, pydantic takes lists for tuples; else it converts nothing.
    row = vars(_make_adapter().validate_json(json.dumps(_simplify(written)), strict=True))
    content = CONTENTS[row["kind"]]
    drawn = {own.name: row.pop(own.name) for own in fields(content)}
    return ChartSpec(**row, content=content(**drawn))


def _simplify(value: Any) -> Any:
    """Give what JSON can hold; what is neither text nor a number becomes `false`, which is right nowhere."""
    match value:
        case Mapping():
            return {str(key): _simplify(child) for key, child in value.items()}
        case list():
            return [_simplify(child) for child in value]
        case str():
            return value.encode(errors="replace").decode()  # half a character is told where escapes are checked
        case int() | float():
            return value
        case _:
            return False


def _explain(errors: Sequence[ErrorDetails], row: Any) -> Iterator[Fault]:
    """Say each mistake that pydantic found once; the first step of its path is the kind of the chart."""
    for error in errors:
        kind, path, key = error["type"], error["loc"][1:], ""
        if _is_said(error, errors):
            continue
        said = {**error.get("ctx", {})}
        if kind in ("missing", UNKNOWN):
            path, key = path[:-1], str(path[-1])
            said |= {"key": key, "nearest": name_nearest(key, _list_keys(str(error["loc"][0]), path))}
        elif kind == WRONG_KIND:
            path = ("kind",)
        found = _name(reduce(getitem, path, row))
        yield path, key if kind == UNKNOWN else "", SENTENCES[kind].format(**said, found=found)


def _is_said(error: ErrorDetails, errors: Iterable[ErrorDetails]) -> bool:
    """Tell whether another mistake says it: a list with a bad entry is no shorter, a misspelled key not missing."""
    path = error["loc"]
    others = [(other["loc"], other["type"]) for other in errors if other is not error]
    if error["type"] == "too_short":
        return any(other[: len(path)] == path for other, _ in others)
    beside = [str(other[-1]) for other, kind in others if kind == UNKNOWN and other[:-1] == path[:-1]]
    return error["type"] == "missing" and bool(get_close_matches(str(path[-1]), beside, cutoff=0.5))


def _name(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case Mapping():
            return "keys and their values"
        case list():
            return "a list"
        case bool():
            return str(value).lower()
        case str():
            return f'"{shorten(value)}"'
        case _:
            return shorten(str(value))


def _list_keys(kind: str, path: Path) -> list[str]:
    """List the keys that are known at a place of a chart."""
    node: Any = _make_row(kind)
    for step in path:
        if isinstance(step, str):
            hint = get_type_hints(node)[step]
            node = next(part for part in (hint, *get_args(hint)) if is_dataclass(part))
    return [own.name for own in fields(node)]


# --- What no type can say -----------------------------------------------------------------------------------------


def _find_faults(chart: ChartSpec) -> Iterator[Fault]:
    if not ID.fullmatch(chart.id):
        yield ("id",), "", f'"{shorten(chart.id)}" does not fit; expected a name in small letters and hyphens'
    match chart.content:
        case Timeline() as timeline:
            yield from _find_faults_of_timeline(timeline)
        case Map(window=(west, south, east, north)):
            # One that crosses 180° goes on beyond it.
            if not (-360 <= west < east <= min(360, west + 360) and -90 <= south < north <= 90):
                yield ("window",), "", "this is on no map; expected degrees in the order west, south, east, north"
        case Bars(marks=marks, change=ChartArrow(start=start, end=end)):
            known = [mark.figure for mark in marks]
            yield from _find_unknown(("change", "start"), start, known)
            yield from _find_unknown(("change", "end"), end, known)
        case Terms(terms=terms):
            for number, term in enumerate(terms):
                yield from _find_early(("terms", number, "end"), term.start, term.end)
        case _:
            pass


def _find_faults_of_timeline(timeline: Timeline) -> Iterator[Fault]:
    for number, panel in enumerate(timeline.panels):
        yield from _find_early(("panels", number, "end"), panel.start, panel.end)
    for number, event in enumerate(timeline.events):
        yield from _find_unknown(("events", number, "tone"), event.tone, [tone.id for tone in timeline.tones])
        for position, date in enumerate(event.dates):
            path = ("events", number, "dates", position)
            try:
                year = find_span(date)[0].year
            except ValueError as error:
                yield path, "", str(error)
            else:
                if not any(panel.start <= year <= panel.end for panel in timeline.panels):
                    yield path, "", f"the date {date} lies on no panel; expected one within its `start` and `end`"


def _find_early(path: Path, start: int, end: int) -> Iterator[Fault]:
    if end < start:
        yield path, "", f"{end} lies before the start; expected {start} or later"


def _find_unknown(path: Path, name: str, known: Iterable[str]) -> Iterator[Fault]:
    if name not in (known := list(known)):
        yield path, "", f'"{shorten(name)}" is not known; expected one of {", ".join(known)}'
