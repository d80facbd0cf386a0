"""Say what each chart and map shows: which figures, which labels, which dates; nothing here draws.

The types of the fields say what charts.yaml may hold (`reading.py` holds it against them).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from annotated_types import Interval, Len, MinLen


class ChartError(ValueError):
    """A chart cannot be drawn as the sources have it; the message says why."""


class Prose(str):
    """Text in the grammar of the prose: it is translated, and its numbers are bound figures."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, read: Any) -> Any:
        """Tell pydantic, which is loaded only where charts are read, that this is text in one line."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(lambda text: cls(" ".join(text.split())), read(str))


T = TypeVar("T")
Some = Annotated[tuple[T, ...], MinLen(1)]
Year = Annotated[int, Interval(ge=1000, le=2200)]
Box = Annotated[tuple[float, ...], Len(4, 4)]
Size = Annotated[float, Interval(ge=20, le=240)]  # millimetres, within a page
ToneName = Literal["strong", "second", "soft", "alert"]
Bound = Literal["lower", "upper"]
"""A value that is only a bound: what is drawn has an open end, an arrow towards where the true value may lie."""
EMPTY = Prose()
CONTINENT = "002"
"""The continent that a small map shows, by its number of the United Nations: Africa."""


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A part of a mark, drawn within it: the women of a force."""

    figure: str
    value: Prose


@dataclass(frozen=True, slots=True)
class ChartMark:
    """A figure drawn as a length; `value` is what stands at its end (else the figure as the note prints it)."""

    figure: str
    label: Prose
    value: Prose = EMPTY
    group: Prose = EMPTY
    tone: ToneName = "strong"
    part: ChartPart | None = None
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A line across the bars at the value of a figure."""

    figure: str
    label: Prose


@dataclass(frozen=True, slots=True)
class ChartArrow:
    """An arrow from the end of one bar to the end of the next, with what it means."""

    start: str
    end: str
    label: Prose


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars from zero, in groups, with an optional reference line or change."""

    marks: Some[ChartMark]
    reference: Reference | None = None
    change: ChartArrow | None = None


@dataclass(frozen=True, slots=True)
class StackedBar:
    """A whole as one bar, divided into its parts."""

    whole: Reference
    marks: Some[ChartMark]


@dataclass(frozen=True, slots=True)
class Units:
    """Headcounts as squares, each for `unit` people, those of a mark's part in another tone; `key` says so."""

    marks: Some[ChartMark]
    unit: Annotated[int, Interval(ge=1)]
    key: Prose


@dataclass(frozen=True, slots=True)
class Dots:
    """Values as dots on one scale from zero, a row for each group, sorted by its last mark; that one alone is full."""

    marks: Some[ChartMark]


@dataclass(frozen=True, slots=True)
class Term:
    """A sum spread evenly over whole years, `start` to `end`; `yearly` is its yearly average."""

    figure: str
    yearly: str
    start: Year
    end: Year
    label: Prose
    value: Prose
    average: Prose
    tone: ToneName = "strong"
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Sums spread over years, as columns that stand on each other; each area is proportional to its sum."""

    terms: Some[Term]


@dataclass(frozen=True, slots=True)
class Panel:
    """A stretch of whole years of a timeline; its line is dashed where events are more than `step` years apart."""

    start: Year
    end: Year
    label: Prose
    step: Annotated[int, Interval(ge=1)] = 1


@dataclass(frozen=True, slots=True)
class Tone:
    """A kind of event and how it is named in the key; events of the kind `alert` have a sign of their own."""

    id: ToneName
    label: Prose


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a timeline; each date is a year, month or day of ISO 8601, or an interval; `when` prints it."""

    dates: Some[str]
    when: Prose
    label: Prose
    tone: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in order of time along one line, under a heading for each panel."""

    panels: Some[Panel]
    tones: tuple[Tone, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place of the base map, its name, and the side of its dot on which the name stands."""

    id: str
    label: Prose
    side: Literal["right", "left", "above", "below", "above-left", "below-right"] = "right"


@dataclass(frozen=True, slots=True)
class Country:
    """A country of the base map (ISO 3166-1 number), its name, and where the name stands (degrees east and north)."""

    id: str
    label: Prose
    at: Annotated[tuple[float, ...], Len(2, 2)]


@dataclass(frozen=True, slots=True)
class River:
    """A river of the base map, its name, and where the name stands (degrees east and north)."""

    id: str
    label: Prose
    at: Annotated[tuple[float, ...], Len(2, 2)]


@dataclass(frozen=True, slots=True)
class MapKey:
    """What the signs of the places mean."""

    capital: Prose
    place: Prose


@dataclass(frozen=True, slots=True)
class Map:
    """A map: one country set off among others, its rivers and places, and a small map of the continent.

    The window is in degrees (west, south, east, north), the inset in millimetres (left, top, width, height).
    """

    window: Box
    country: str
    countries: tuple[Country, ...]
    places: tuple[MapPlace, ...]
    scale_km: Annotated[int, Interval(ge=1, le=5000)]
    inset: Box = ()
    rivers: tuple[River, ...] = ()
    key: MapKey | None = None


Content = Bars | StackedBar | Units | Dots | Terms | Timeline | Map
CONTENTS: dict[str, type[Any]] = {
    "bars": Bars,
    "composition": StackedBar,
    "units": Units,
    "dots": Dots,
    "terms": Terms,
    "timeline": Timeline,
    "map": Map,
}


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart or map of a note; width and height in millimetres.

    Title, source, alternative and disclaimer stand around the picture, as text; only the content is drawn.
    """

    id: str
    kind: str
    title: Prose
    source: Prose
    alternative: Prose
    width: Size
    height: Size
    content: Content
    disclaimer: Prose = EMPTY
    facts: tuple[str, ...] = ()
