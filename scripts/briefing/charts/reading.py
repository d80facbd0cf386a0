"""Read the charts and maps of a note from the tree of its charts.yaml; every mistake names the chart and the key."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable
from typing import Any, get_args, get_type_hints

from briefing.charts.spec import CONTENTS, Bars, Change, ChartSpec, Map, Prose, Terms, Timeline

YEARS = (1000, 2200)
MAX_SCALE = 5000
SIDES = ("right", "left", "above", "below", "below-right")


def parse_charts(tree: Any) -> tuple[ChartSpec, ...]:
    """Turn the mapping of a charts.yaml into charts; a `ValueError` has a sentence a line, with chart and key."""
    rows = tree.get("charts") if isinstance(tree, dict) else None
    if not isinstance(rows, list) or not rows:
        raise ValueError("charts: expected a list of charts under the key `charts`.")
    charts: list[ChartSpec] = []
    problems: list[str] = []
    for number, row in enumerate(rows, 1):
        try:
            charts.append(_parse_chart(row, number))
        except ValueError as error:
            problems.append(str(error))
    ids = [chart.id for chart in charts]
    problems += [f"chart {name}: the key `id` stands twice; every chart needs one of its own." for name in _repeat(ids)]
    if problems:
        raise ValueError("\n".join(problems))
    return tuple(charts)


def _repeat(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _parse_chart(row: Any, number: int) -> ChartSpec:
    where = f"chart {row.get('id', number) if isinstance(row, dict) else number}"
    if not isinstance(row, dict):
        raise ValueError(f"{where}: expected a mapping of keys, found {row!r}.")
    kind = row.get("kind")
    if kind not in CONTENTS:
        raise ValueError(f"{where}: the key `kind` is {kind!r}; expected one of {', '.join(CONTENTS)}.")
    own = {field.name for field in dataclasses.fields(CONTENTS[kind])}
    content = _build(CONTENTS[kind], {key: value for key, value in row.items() if key in own}, where)
    common = {key: value for key, value in row.items() if key not in own}
    chart: ChartSpec = _build(ChartSpec, common, where, allowed=own, content=content)
    _check_content(chart, where)
    return chart


def _build(node: type[Any], row: Any, where: str, allowed: set[str] | None = None, **given: Any) -> Any:
    """Build a dataclass from a mapping whose keys are its fields."""
    if not isinstance(row, dict):
        raise ValueError(f"{where}: expected a mapping of keys, found {row!r}.")
    types = {name: kind for name, kind in get_type_hints(node).items() if name not in given}
    fields = {field.name: field for field in dataclasses.fields(node) if field.name not in given}
    for key in row:
        if key not in fields:
            known = ", ".join(sorted({*fields, *(allowed or set())}))
            raise ValueError(f"{where}: the key `{key}` is not known here; expected {known}.")
    for name, field in fields.items():
        if name not in row and field.default is dataclasses.MISSING:
            raise ValueError(f"{where}: the key `{name}` is missing.")
    values = {key: _convert(types[key], value, f"{where}, key `{key}`") for key, value in row.items()}
    return node(**values, **given)


def _convert(kind: Any, value: Any, where: str) -> Any:
    """Convert a value of the YAML file to the type of its field."""
    arguments = get_args(kind)
    if type(None) in arguments:
        return _convert(arguments[0], value, where)
    if arguments:
        if not isinstance(value, list):
            raise ValueError(f"{where}: expected a list, found {value!r}.")
        return tuple(_convert(arguments[0], item, f"{where}, item {number}") for number, item in enumerate(value, 1))
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _build(kind, value, where)
    if kind in (float, int):
        if isinstance(value, bool) or not isinstance(value, int if kind is int else (int, float)):
            raise ValueError(f"{where}: expected a number, found {value!r}.")
    elif not isinstance(value, str) or not value.strip():
        raise ValueError(f"{where}: expected text (dates and years in quotation marks), found {value!r}.")
    return kind(" ".join(value.split()) if kind is Prose else value)


def _check_content(chart: ChartSpec, where: str) -> None:
    """Check what the types of the fields cannot say."""
    match chart.content:
        case Timeline() as timeline:
            _check_timeline(timeline, where)
        case Map(places=places, window=window, inset=inset, scale_km=scale):
            if len(window) != 4 or len(inset) not in (0, 4):
                raise ValueError(f"{where}: `window` (west, south, east, north) and `inset` need four numbers each.")
            west, south, east, north = window
            if not (-180 <= west < east <= 180 and -90 <= south < north <= 90 and 0 < scale <= MAX_SCALE):
                wanted = f"degrees in the order west, south, east, north, and up to {MAX_SCALE} for `scale_km`"
                raise ValueError(f"{where}: `window` or `scale_km` is on no map; expected {wanted}.")
            for place in places:
                _check_name(place.side, SIDES, f"{where}: the side of a place")
        case Bars(marks=marks, change=Change(start=start, end=end)):
            for name in (start, end):
                _check_name(name, [mark.figure for mark in marks], f"{where}: an end of the `change`")
        case Terms(terms=terms):
            for term in terms:
                _check_years(term.start, term.end, where)
                if term.end < term.start:
                    raise ValueError(f"{where}: a term ends in {term.end}, before it starts in {term.start}.")
        case _:
            pass


def _check_years(start: int, end: int, where: str) -> None:
    if not (YEARS[0] <= start <= YEARS[1] and YEARS[0] <= end <= YEARS[1]):
        raise ValueError(f"{where}: {start} to {end} are no years; expected years from {YEARS[0]} to {YEARS[1]}.")


def _check_timeline(timeline: Timeline, where: str) -> None:
    for panel in timeline.panels:
        _check_years(panel.start, panel.end, where)
        if panel.end < panel.start or panel.step < 1:
            raise ValueError(f"{where}: a panel needs an `end` after its `start`, and a `step` of 1 year or more.")
    for event in timeline.events:
        _check_name(event.tone, [tone.id for tone in timeline.tones], f"{where}: the tone of an event")
        for date in event.dates:
            start, _ = find_span(date, where)
            if not any(panel.start <= start.year <= panel.end for panel in timeline.panels):
                raise ValueError(f"{where}: the date {date} of an event lies on no panel.")


def _check_name(name: str, known: Iterable[str], what: str) -> None:
    if name not in (known := list(known)):
        raise ValueError(f"{what} is {name!r}; expected one of {', '.join(known)}.")


def find_span(date: str, where: str = "chart") -> tuple[datetime.date, datetime.date]:
    """Give the first day of a date or interval of ISO 8601, and the day after its last."""
    first, _, last = date.partition("/")
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", first)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in match.groups())
        start = datetime.date(year, month or 1, day or 1)
        if last:
            return start, find_span(last, where)[1]
        if day:
            return start, start + datetime.timedelta(days=1)
        return start, datetime.date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    except ValueError:
        problem = f"{where}: {date!r} is no date; expected a year, month or day (2013, 2013-01, 2013-07-01)."
        raise ValueError(problem) from None
