"""What is known of a version of a note, and what its annex says of each figure in the words of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.compose.findings import Findings
from briefing.document.nodes import BibliographyEntry, Cite, Document, Link, Table
from briefing.document.walking import get_text, walk_nodes
from briefing.figures.figure import Figure
from briefing.review.commits import Commit, Places

ObservationRow = tuple[str, str, str, str]  # indicator, period, value and vintage of an observation


@dataclass(frozen=True, slots=True)
class State:
    """What a version knew: its figures, its as-of date, all rows of its observations, and the names of its sources."""

    as_of: str
    figures: Mapping[str, Figure]
    rows: frozenset[ObservationRow]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NoteVersion:
    """A version of a note: how it is called, what it knew, its documents by language, and what was found in each.

    `problems` are those of the figures, `commit` is that which the version names, and `lines` say who wrote its sources
    since the version that it is compared with. `tables` are those of hedges and units, where the version has them.
    """

    name: str
    state: State
    documents: Mapping[str, Document]
    findings: Mapping[str, Findings]
    problems: tuple[Any, ...] = ()
    commit: Commit | None = None
    lines: Places = field(default_factory=dict)
    tables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """What the annex says of a figure: its label, value, period, and source or formula."""

    label: str
    value: str
    period: str
    origin: str


def list_stated(document: Document) -> dict[str, StatedFigure]:
    """List what the annex of a document says, by figure."""
    tables = (block for block in document.blocks if isinstance(block, Table) and block.role == "figures")
    stated = {}
    for row in (row for table in tables for row in table.rows):
        label, value, period, origin = row.cells
        links = [node for node in walk_nodes(origin) if isinstance(node, Link) and node.target.startswith("#ref-")]
        source = "; ".join(map(get_text, links)) if links else get_text(origin).split(". ")[0]
        name = row.id.removeprefix("figure-")
        stated[name] = StatedFigure(get_text(label), get_text(value), get_text(period), source)
    return stated


def name_works(document: Document) -> dict[str, str]:
    """Name the works that a document cites, by their keys: "World Bank, 2017"."""
    cites = (node for node in walk_nodes(document.blocks) if isinstance(node, Cite))
    names = {part.key: part.text for cite in cites for part in cite.parts if not part.locator}
    links = (node for node in walk_nodes(document.blocks) if isinstance(node, Link) and node.target.startswith("#ref-"))
    return names | {link.target.removeprefix("#ref-"): get_text(link) for link in links}


def list_works(document: Document) -> dict[str, str]:
    """List the works of a document by their keys, each as it is printed."""
    return {node.key: get_text(node) for node in walk_nodes(document.blocks) if isinstance(node, BibliographyEntry)}


def has_moved(before: Figure | None, after: Figure | None) -> bool:
    """Tell whether a figure has another value, period or bound, or is in one version alone."""
    if before is None or after is None:
        return before is not after
    return (before.value, before.periods, before.bound) != (after.value, after.periods, after.bound)


def find_roots(name: str, old: State, new: State) -> list[str]:
    """Find the figures that moved by themselves and have moved this one: itself, unless inputs of it moved."""
    after = new.figures.get(name)
    inputs = [used for used in (after.derived_from if after else ()) if _has_changed(used, old, new)]
    return list(dict.fromkeys(root for used in inputs for root in find_roots(used, old, new))) or [name]


def _has_changed(name: str, old: State, new: State) -> bool:
    return has_moved(old.figures.get(name), new.figures.get(name))


def was_computed(before: Figure | None, after: Figure | None) -> bool:
    """Tell whether a figure was computed and is observed now, or the other way round."""
    return bool(before and after) and bool(before.derived_from) != bool(after.derived_from)  # type: ignore[union-attr]


def was_overwritten(before: Figure | None, after: Figure | None) -> bool:
    """Tell whether the published row of an observation was changed in place: same period and day, another value."""
    if before is None or after is None or before.derived_from or after.derived_from or before.value == after.value:
        return False
    return (before.periods, before.known_on) == (after.periods, after.known_on)
