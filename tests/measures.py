"""Figures, languages and units at hand for tests, as the tables that all notes share have them."""

import functools
from decimal import Decimal
from typing import Any

import yaml
from house import ROOT

from briefing.figures import Figure
from briefing.printing import Language
from briefing.units import Unit, read_units


@functools.cache
def read_common(name: str) -> Any:
    """Read a table that all notes share."""
    return yaml.safe_load((ROOT / "sources/common" / f"{name}.yaml").read_text("utf-8"))


@functools.cache
def make_language() -> Language:
    """Make the English of the house."""
    return Language("en", "en-GB", read_common("hedges"), read_common("units"))


@functools.cache
def make_units() -> dict[str, Unit]:
    """Read the units of the house."""
    return read_units(read_common("units"))


def make_figure(value: str | Decimal, unit: str = "persons", **fields: Any) -> Figure:
    """Make an observed figure."""
    given = {"periods": ("2017",), "sources": ("worldbank2017",), "known_on": "2019-02-11", "bound": 0, **fields}
    return Figure(id="figure", label="A figure", value=Decimal(value), unit=unit, **given)
