"""Where the values of an indicator come from: a series of a publisher, and how the publisher is asked for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter
from typing import Any

from briefing.formats.yaml_source import find_place
from briefing.problems import Place, Problem, name_nearest
from briefing.sources.note_sources import NoteSources

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
    """Read the origins that figures.yaml gives, in its order; those of publishers that are unknown are left out."""
    file, rows = sources.name("figures.yaml"), sources.figures.get("indicators", {})
    return [
        Origin(
            indicator=name,
            publisher=publishers[row["publisher"]],
            series=row["series"],
            area=row.get("area", sources.note.get("area", "")),
            factor=Decimal(str(row.get("factor", 1))),
            name=row.get("name", ""),
            place=find_place(file, sources.figures, ("indicators", name, "origin")),
            unit=row.get("unit", ""),
        )
        for name, indicator in rows.items()
        if (row := indicator.get("origin")) and row["publisher"] in publishers
    ]


def check_origins(sources: NoteSources, publishers: Mapping[str, Publisher]) -> Iterator[Problem]:
    """Report the origins whose publisher is unknown, or that lack the area that their publisher is asked for."""
    file = sources.name("figures.yaml")
    for name, indicator in sources.figures.get("indicators", {}).items():
        path: tuple[str, ...] = ("indicators", name, "origin")
        if row := indicator.get("origin"):
            if row["publisher"] not in publishers:
                place = find_place(file, sources.figures, (*path, "publisher"))
                nearest = name_nearest(row["publisher"], publishers)
                yield place.report(f'"{row["publisher"]}" is no publisher of sources/{PUBLISHERS}; {nearest}')
            elif "{area}" in publishers[row["publisher"]].address and not row.get("area", sources.note.get("area")):
                remedy = 'add it here, or for all indicators to note.yaml, such as "area: MLI"'
                place = find_place(file, sources.figures, path)
                yield place.report(f"{publishers[row['publisher']].name} is asked by area, and none is given; {remedy}")
