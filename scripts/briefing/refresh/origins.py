"""Where the values of an indicator come from: a series of a publisher, and how the publisher is asked for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter
from typing import Any

from briefing.formats.yaml_source import find_place
from briefing.problems import Place, Problem, name_nearest
from briefing.sources.indicators import list_indicators
from briefing.sources.note_sources import NoteSources
from briefing.sources.shared_use import INDICATORS

PUBLISHERS = "common/publishers.yaml"
FIELDS = {"series", "area", "page"}
"""The fields that an address has."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher: how it is asked, how its answers are written, and the work that its values are cited from.

    `address` has {series}, {area} and, where answers come in pages, {page}; without a scheme it is a path below the
    note's folder of sources. `columns` names those of a table; `pause` is in seconds.
    """

    id: str
    name: str
    kind: str
    address: str
    columns: Mapping[str, str]
    work: Mapping[str, Any]
    pause: float = 0

    @property
    def by_area(self) -> bool:
        """Tell whether it is asked for an area."""
        return "{area}" in self.address


@dataclass(frozen=True, slots=True)
class Origin:
    """The series that an indicator is taken from; a value of the note is the published one times `factor`.

    `name` and `unit` are what the publisher called the series and its unit when the origin was written; "" for unsaid.
    """

    indicator: str
    publisher: Publisher
    series: str
    area: str
    factor: Decimal
    name: str
    place: Place
    unit: str = ""

    def write_address(self, page: int = 1) -> str:
        """Write the address of the series, or of a page of it."""
        return self.publisher.address.format(series=self.series, area=self.area, page=page)


def read_publishers(table: Mapping[str, Any]) -> dict[str, Publisher]:
    """Read publishers.yaml, already held against its schema."""
    return {
        key: Publisher(
            id=key,
            name=row["name"],
            kind=row["kind"],
            address=row["address"],
            columns=row.get("columns", {}),
            work=row["work"],
            pause=float(row.get("pause", 0)),
        )
        for key, row in table.items()
    }


def check_publishers(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Report the addresses that have other fields than {series}, {area} and {page}, and tables without columns."""
    for key, row in table.items():
        place = find_place(f"sources/{PUBLISHERS}", table, (key, "address"))
        try:
            fields = {name for _, name, *_ in Formatter().parse(row["address"]) if name is not None}
        except ValueError:
            fields = {""}
        if others := sorted(fields - FIELDS):
            found = ", ".join(f"{{{name}}}" for name in others)
            yield place.report(f"the address has {found}; expected no fields but {{series}}, {{area}} and {{page}}")
        columns = row.get("columns", {})
        if row["kind"] == "csv" and ("value" not in columns or not columns.keys() & _find_periods(columns)):
            expected = 'expected columns: {area: iso3, value: "{series}_{period}"}, or {period: year, value: value}'
            yield place.report(f"a table needs the names of its columns, and one that tells the period; {expected}")


def _find_periods(columns: Mapping[str, str]) -> set[str]:
    """Find which column of a table tells its periods."""
    return {"value"} if "{period}" in columns["value"] else {"period"}


def read_origins(sources: NoteSources, publishers: Mapping[str, Publisher]) -> list[Origin]:
    """Read the origins of the indicators of a note, in the order of figures.yaml.

    Those of publishers that are unknown are left out, and shared ones that are asked by area where the note has none.
    """
    return [
        Origin(
            indicator=name,
            publisher=publisher,
            series=row["series"],
            area=_find_area(row, sources),
            factor=Decimal(str(row.get("factor", 1))),
            name=row.get("name", ""),
            place=_locate(name, sources),
            unit=row.get("unit", ""),
        )
        for name, indicator in list_indicators(sources).items()
        if (row := indicator.get("origin"))
        and (publisher := publishers.get(row["publisher"]))
        and (_find_area(row, sources) or not publisher.by_area)
    ]


def _find_area(origin: Mapping[str, Any], sources: NoteSources) -> str:
    return str(origin.get("area", sources.note.get("area", "")))


def _locate(indicator: str, sources: NoteSources, *keys: str) -> Place:
    """Find where the origin of an indicator stands: in figures.yaml, else among what all notes share."""
    if "origin" in sources.figures.get("indicators", {}).get(indicator, {}):
        return find_place(sources.name("figures.yaml"), sources.figures, ("indicators", indicator, "origin", *keys))
    return find_place(f"sources/{INDICATORS}", sources.shared_indicators, (indicator, "origin", *keys))


def check_origins(sources: NoteSources, publishers: Mapping[str, Publisher]) -> Iterator[Problem]:
    """Report the origins whose publisher is unknown, and those of the note that lack the area to ask for."""
    own = sources.figures.get("indicators", {})
    for name, indicator in list_indicators(sources).items():
        if row := indicator.get("origin"):
            publisher = publishers.get(row["publisher"])
            if publisher is None:
                nearest = name_nearest(row["publisher"], publishers)
                what = f'"{row["publisher"]}" is no publisher of sources/{PUBLISHERS}; {nearest}'
                yield _locate(name, sources, "publisher").report(what)
            elif publisher.by_area and not _find_area(row, sources) and "origin" in own.get(name, {}):
                remedy = 'add it here, or for all indicators to note.yaml, such as "area: MLI"'
                yield _locate(name, sources).report(f"{publisher.name} is asked by area, and none is given; {remedy}")
