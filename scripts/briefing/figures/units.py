"""Units of measure as dimensions, so that a formula cannot add people to dollars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Dimension = tuple[tuple[str, int], ...]
TIMES = ("calendar", "year", "month", "week", "day")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its dimension (names with exponents, sorted) and the factor that turns a value into base units."""

    name: str
    dimension: Dimension
    factor: Decimal


def read_units(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Unit]:
    """Read the table of units: name → {dimension: {name: exponent}, factor}."""
    return {
        name: Unit(name, as_dimension(row.get("dimension", {})), Decimal(str(row.get("factor", 1))))
        for name, row in table.items()
    }


def is_time(unit: Mapping[str, Any]) -> bool:
    """Tell whether a row of the table of units measures time: a date, or how long something lasts."""
    return any(unit.get("dimension") == {name: 1} for name in TIMES)


def as_dimension(exponents: Mapping[str, int]) -> Dimension:
    """Put exponents into their one canonical form: sorted, without zeros."""
    return tuple(sorted((name, power) for name, power in exponents.items() if power))


def combine_dimensions(left: Dimension, right: Dimension, sign: int) -> Dimension:
    """Multiply (`sign` 1) or divide (`sign` -1) two dimensions."""
    exponents = dict(left)
    for name, power in right:
        exponents[name] = exponents.get(name, 0) + sign * power
    return as_dimension(exponents)


def describe_dimension(dimension: Dimension) -> str:
    """Say a dimension in words: "person/km2"."""
    above = "·".join(name for name, power in dimension for _ in range(power))
    below = "".join(f"/{name}" for name, power in dimension for _ in range(-power))
    return (above or "1") + below if dimension else "a plain number"
