"""What a report and the list of figures say, as JSON holds it."""

from __future__ import annotations

from typing import TypedDict

from briefing.figures.derived import CheckRow
from briefing.figures.observations import LaterRow
from briefing.problems import EncodedProblem


class FigureRow(TypedDict):
    """A figure with its provenance and the ids of the blocks that print it; `value` is exact, in `unit`.

    Figures of the same `indicator` say the same in every note that shares it.
    """

    id: str
    indicator: str
    label: str
    value: str
    unit: str
    text: str
    period: str
    as_of: str
    source: str
    known_on: str
    status: str
    bound: str
    derived_from: list[str]
    formula: str
    where_used: list[str]


class FigureChange(TypedDict):
    """A figure that is not what it was on the baseline date, as the note prints both; the change is in per cent."""

    figure: str
    label: str
    old: str
    old_period: str
    new: str
    new_period: str
    change_percent: float | None
    known_on: str
    derived_from: list[str]
    where_used: list[str]


class Mixture(TypedDict):
    """A derived figure that joins values of different periods or vintages."""

    figure: str
    label: str
    periods: str
    vintages: list[str]
    formula: str


class Age(TypedDict):
    """An observed figure with the age of its data on the as-of date, in whole years."""

    figure: str
    label: str
    period: str
    years: int


class Citations(TypedDict):
    """The keys of the works that are cited, listed, and known in part only."""

    cited: list[str]
    listed: list[str]
    probable: list[str]


class Coverage(TypedDict):
    """How many messages there are, and in which state; `percent` is the share that is translated."""

    messages: int
    translated: int
    percent: float
    fuzzy: int
    untranslated: int
    glossary_problems: int


class SectionCoverage(Coverage):
    """The coverage of a section, by its id and title."""

    section: str
    title: str


class Translation(Coverage):
    """The coverage of a language, whole and by section."""

    locale: str
    parity_problems: int
    sections: list[SectionCoverage]


class Report(TypedDict):
    """What was checked of a note, and what was found; `facts` leads from a fact to the ids of what carries it."""

    note: str
    title: str
    edition: str
    as_of: str
    version: str
    counts: dict[str, int]
    problems: list[EncodedProblem]
    warnings: list[EncodedProblem]
    changes: list[FigureChange]
    baseline: str
    later: list[LaterRow]
    checks: list[CheckRow]
    mixtures: list[Mixture]
    unused_figures: list[str]
    age: list[Age]
    acronyms: dict[str, str]
    citations: Citations
    translations: dict[str, Translation]
    facts: dict[str, list[str]]
