"""Read what publishers answer: the values of a series by period, and every reason to doubt them.

Three ways of writing are known: World Bank Indicators (JSON in pages), SDMX-CSV, and tables in CSV, whose periods stand
in a column or in the names of columns. What is no whole answer is refused, in words that name the reason.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from briefing.problems import shorten
from briefing.refresh.origins import Origin

PERIOD = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
STATUSES = {"": "A", "A": "A", "E": "E", "P": "E", "F": "E", "U": "U", "D": "A", "B": "A"}
"""The codes of an observation's status in SDMX (CL_OBS_STATUS), and those that a note has for them."""
PAGES = 50
"""Pages that a series has at most; one who says more is not believed."""
MAGNITUDE = 30
"""Digits before or after the point that a value has at most."""
NAME = 200
"""Characters that the name of a series or of its unit has at most; the rest is cut off."""
DOUBTFUL = {
    "E": "is an estimate",
    "P": "is provisional",
    "F": "is a forecast",
    "U": "is of low reliability",
    "B": "begins a new series, so that earlier values may not compare",
    "D": "follows a definition of its own",
}


class AnswerError(ValueError):
    """An answer that holds no series; the message says why."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A published value: its period, the value as published, and its status in the codes of SDMX."""

    period: str
    value: Decimal
    status: str = "A"


@dataclass(frozen=True, slots=True)
class Series:
    """What an answer holds of a series; `updated` is the day that the publisher gives, and of what."""

    readings: tuple[Reading, ...]
    name: str = ""
    unit: str = ""
    updated: str = ""
    doubts: tuple[str, ...] = ()


def read_answer(bodies: Sequence[bytes], origin: Origin) -> Series:
    """Read the pages of an answer; this fails with an `AnswerError`."""
    texts = [_decode(body) for body in bodies]
    try:
        series = READERS[origin.publisher.kind](texts, origin)
    except (KeyError, TypeError, AttributeError):
        raise AnswerError("its parts are of other kinds than this publisher's were; look at the address") from None
    series = _leave_out_other_periods(series)
    periods = [reading.period for reading in series.readings]
    if twice := sorted({period for period in periods if periods.count(period) > 1}):
        raise AnswerError(f"{', '.join(twice)} has several values; say in the series which one is meant")
    if not periods:
        raise AnswerError("it holds no value of the series; look whether its code or area has changed")
    return series


def count_pages(body: bytes, origin: Origin) -> int:
    """Say how many pages an answer has, by its first one."""
    if origin.publisher.kind != "worldbank":
        return 1
    pages = _read_count(_read_page(_decode(body))[0].get("pages", 1))
    if pages > PAGES:
        raise AnswerError(f"it says that it has {pages} pages, where {PAGES} would be many; look at the address")
    return pages


def _leave_out_other_periods(series: Series) -> Series:
    """Leave out the periods that no note can have, and say so."""
    kept = tuple(reading for reading in series.readings if PERIOD.fullmatch(reading.period))
    others = [reading.period for reading in series.readings if reading not in kept]
    doubts = (f"{period} is no year or month, and was left out" for period in others)
    return replace(series, readings=kept, doubts=(*series.doubts, *doubts))


def _decode(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AnswerError("it is no text in UTF-8; look at the address in a browser") from None
    if re.match(r"\s*<(!doctype|html|\?xml)", text, re.IGNORECASE):
        raise AnswerError("it is a web page and no data; look at the address in a browser")
    if not text.strip():
        raise AnswerError("it is empty; try again later")
    return text


# --- World Bank Indicators ---------------------------------------------------------------------------------------


def _read_worldbank(texts: Sequence[str], origin: Origin) -> Series:
    pages = [_read_page(text) for text in texts]
    header, rows = pages[0][0], [row for _, found in pages for row in found]
    if len(rows) != _read_count(header.get("total", len(rows))):
        raise AnswerError(f"it has {len(rows)} of {header['total']} values; try again later")
    for row in rows:
        if row.get("countryiso3code") not in (origin.area, "") or row["indicator"]["id"] != origin.series:
            raise AnswerError(f"it holds {row['indicator']['id']} of {row.get('countryiso3code')}, which was not asked")
    readings = [
        Reading(str(row["date"]), _read_number(row["value"], row["date"]), str(row.get("obs_status") or "A"))
        for row in rows
        if row["value"] is not None
    ]
    named = rows[0] if rows else {"indicator": {}}
    return Series(
        tuple(readings),
        name=shorten(str(named["indicator"].get("value", "")), NAME),
        unit=shorten(str(named.get("unit", "")), NAME),
        updated=f"{day} (the whole database)" if (day := header.get("lastupdated")) else "",
    )


def _read_page(text: str) -> tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]:
    """Read a page of an answer: its header and its rows."""
    try:
        content = json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise AnswerError(f"it is no whole JSON, and breaks off or goes wrong at {where}; try again later") from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, AnswerError):
            raise
        raise AnswerError("it has a number or a list that is too long to be one; look at the address") from None
    if isinstance(content, list) and content and isinstance(content[0], dict) and "message" in content[0]:
        raise AnswerError(f"the publisher says: {_read_message(content[0]['message'])}")
    if not (isinstance(content, list) and len(content) == 2 and isinstance(content[0], dict)):
        raise AnswerError("it has another shape than the answers of this publisher had; look at the address")
    rows = content[1] or []
    keys = {"indicator", "date", "value"}
    if not (isinstance(rows, list) and all(isinstance(row, dict) and keys <= row.keys() for row in rows)):
        raise AnswerError("its rows have other keys than those of this publisher had; look at the address")
    return content[0], rows


def _read_message(message: Any) -> str:
    """Read what a publisher says in place of values: texts with keys, or whatever it is."""
    parts = message if isinstance(message, list) else [message]
    return "; ".join(str((part.get("value") or part.get("key")) if isinstance(part, dict) else part) for part in parts)


def _refuse(constant: str) -> Any:
    raise AnswerError(f"it has {constant} for a value, which is no number")


# --- Tables ------------------------------------------------------------------------------------------------------


def _read_sdmx(texts: Sequence[str], origin: Origin) -> Series:
    """Read SDMX-CSV, in which each row is an observation (SDMX 3.0, section on SDMX-CSV)."""
    readings, units, updated = [], set(), set()
    for row in _read_rows(texts, ("TIME_PERIOD", "OBS_VALUE")):
        if row["OBS_VALUE"].strip() in ("", "NaN"):
            continue
        period, status = row["TIME_PERIOD"], row.get("OBS_STATUS") or "A"
        multiplier = _read_count(row.get("UNIT_MULT") or 0)
        readings.append(Reading(period, _read_number(row["OBS_VALUE"], period, multiplier), status))
        units.add(row.get("UNIT_MEASURE") or row.get("UNIT") or "")
        updated.add(row.get("UPDATED") or row.get("LAST_UPDATE") or "")
    if len(units) > 1:
        raise AnswerError(
            f"its values have several units: {', '.join(sorted(units))}; say in the series which is meant"
        )
    return Series(tuple(readings), unit="".join(units), updated=max(updated, default=""))


def _read_table(texts: Sequence[str], origin: Origin) -> Series:
    """Read a table with a row for each period, or with a row for each area and a column for each period."""
    columns = origin.publisher.columns
    value = columns["value"].replace("{series}", origin.series)
    area = columns.get("area", "")
    if "{period}" not in value:
        period = columns["period"]
        rows = list(_read_rows(texts, [name for name in (area, period, value) if name]))
        found = [(row[period], row[value]) for row in rows if not area or row[area] == origin.area]
    else:
        pattern = re.compile(re.escape(value).replace(r"\{period\}", r"(\d{4})"))
        rows = [row for row in _read_rows(texts, [area]) if row[area] == origin.area]
        if len(rows) != 1:
            raise AnswerError(f'it has {len(rows)} rows whose column "{area}" is {origin.area}; expected one')
        found = [(match[1], cell) for name, cell in rows[0].items() if (match := pattern.fullmatch(name))]
    return Series(
        tuple(Reading(period, _read_number(cell, period)) for period, cell in found if cell.strip() not in ("", ".."))
    )


def _read_rows(texts: Sequence[str], wanted: Sequence[str]) -> Iterator[dict[str, str]]:
    for text in texts:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        if missing := [name for name in wanted if name not in (reader.fieldnames or ())]:
            raise AnswerError(f"it lacks the column {' and '.join(missing)}; look at the address")
        if twice := [name for name in wanted if [*(reader.fieldnames or ())].count(name) > 1]:
            raise AnswerError(f"it has the column {' and '.join(twice)} twice; look at the address")
        try:
            for row in reader:
                if None in row or None in row.values():
                    raise AnswerError(f"it breaks off or goes wrong in line {reader.line_num}; try again later")
                yield row
        except csv.Error as error:
            raise AnswerError(f"it is no whole table: {error} in line {reader.line_num}; try again later") from None


def _read_number(value: object, period: object, multiplier: int = 0) -> Decimal:
    """Read the value of a period, of which a power of ten may stand beside it."""
    text = str(value).strip()
    if isinstance(value, bool) or not NUMBER.fullmatch(text):
        raise AnswerError(f'its value of {period} is "{shorten(text)}", which is no number')
    number = Decimal(text)
    if number and abs(number.adjusted() + multiplier) > MAGNITUDE:
        raise AnswerError(f"its value of {period} is {number:.2e}, which nothing is; look at the address")
    return number.scaleb(multiplier)


def _read_count(value: object) -> int:
    """Read how many pages, values or zeros there are."""
    if not re.fullmatch(r"-?\d{1,6}", str(value)):
        raise AnswerError(f'it counts "{str(value)[:40]}", which is no whole number; look at the address')
    return int(str(value))


READERS: Mapping[str, Callable[[Sequence[str], Origin], Series]] = {
    "worldbank": _read_worldbank,
    "sdmx-csv": _read_sdmx,
    "csv": _read_table,
}
