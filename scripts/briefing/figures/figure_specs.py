"""What figures.yaml says of each figure: where its value comes from, what it is called, how it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.formats.yaml_source import find_place
from briefing.problems import Place, SourceError

UNLABELLED = (
    "figures.{}: the key label is missing; add it, or name an indicator of sources/common/indicators.yaml, whose "
    "label a figure of its latest period has"
)


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """What figures.yaml says of a figure: where its value comes from and how it is printed."""

    id: str
    label: str
    place: Place
    key_places: Mapping[str, Place] = field(default_factory=dict)
    indicator: str = ""
    period: str = ""
    formula: str = ""
    unit: str = ""
    scale: str = ""
    digits: int | None = None
    note: str = ""
    facts: tuple[str, ...] = ()
    counts: str = ""
    items: int = 0

    @property
    def measures(self) -> str:
        """Name the indicator that the figure is of, observed or computed: its own name, unless it says another."""
        return self.indicator or self.id

    def find_key(self, key: str) -> Place:
        """Find where a key of the figure stands; the figure itself where it has no such key."""
        return self.key_places.get(key, self.place)


def read_figure_specs(
    file: str, content: Mapping[str, Any], indicators: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, FigureSpec]:
    """Read the `figures` of figures.yaml, already held against its schema; `indicators` have what each is called.

    This fails with a `SourceError` that lists all figures that have no label.
    """
    specs, problems = {}, []
    for name, row in content["figures"].items():
        label = row.get("label") or _find_label(row.get("indicator", name), row, indicators or {})
        if not label:
            problems.append(find_place(file, content, ("figures", name)).report(UNLABELLED.format(name)))
        form, counted = row.get("format", {}), row.get("counts", {})
        specs[name] = FigureSpec(
            id=name,
            label=label,
            place=find_place(file, content, ("figures", name)),
            key_places={key: find_place(file, content, ("figures", name, key)) for key in row},
            indicator=row.get("indicator", "" if "formula" in row or counted else name),
            period=row.get("period", ""),
            formula=row.get("formula", ""),
            unit=row.get("unit", ""),
            scale=form.get("scale", ""),
            digits=form.get("digits"),
            note=row.get("note", ""),
            facts=tuple(row.get("facts", ())),
            counts=counted.get("list", ""),
            items=counted.get("items", 0),
        )
    if problems:
        raise SourceError(problems)
    return specs


def _find_label(indicator: str, row: Mapping[str, Any], indicators: Mapping[str, Mapping[str, Any]]) -> str:
    """Find what the indicator of a figure is called; a figure of one period is called otherwise than the latest."""
    return "" if "period" in row else str(indicators.get(indicator, {}).get("label", ""))
