"""Encode figures as what JSON can hold, and decode them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypedDict

from briefing.figures.figure import Figure

_TUPLES = ("periods", "sources", "derived_from", "facts")


class EncodedFigure(TypedDict):
    """A figure as JSON holds it: the value exact, as text."""

    id: str
    label: str
    value: str
    unit: str
    periods: list[str]
    sources: list[str]
    known_on: str
    bound: int | None
    status: str
    formula: str
    derived_from: list[str]
    scale: str
    digits: int | None
    note: str
    facts: list[str]
    line: int


def encode_figure(figure: Figure) -> EncodedFigure:
    """Turn a figure into what JSON can hold."""
    lists = {name: list(getattr(figure, name)) for name in _TUPLES}
    fields: dict[str, Any] = {name: getattr(figure, name) for name in Figure.__slots__} | lists
    return EncodedFigure(**{**fields, "value": format(figure.value.normalize(), "f")})  # type: ignore[typeddict-item]


def decode_figure(fields: EncodedFigure) -> Figure:
    """Turn what `encode_figure` made back into the figure."""
    known: dict[str, Any] = {name: value for name, value in fields.items() if name in Figure.__slots__}
    tuples = {name: tuple(known[name]) for name in _TUPLES}
    return Figure(**{**known, **tuples, "value": Decimal(fields["value"])})
