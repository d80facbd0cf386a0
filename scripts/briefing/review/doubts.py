"""Find the wordings of a version that are not true of its figures, say what would be, and mark them in a redline.

A wording that is true may have gone slack ("over 16 million" where the value is 22 million), or come close to its
limit. Both are told only of wordings that changed, or whose figure did.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from briefing.document.nodes import Document, FigureUse
from briefing.document.schema import Role, find_fields
from briefing.document.version_names import is_deleted
from briefing.document.walking import walk_nodes
from briefing.figures.figure import Figure
from briefing.language.number_formatting import Language, print_figure
from briefing.language.wordings import Wording, WordingError, is_true, read_form, suggest_wordings
from briefing.review.states import State, has_moved

NEAR = Decimal("0.02")  # a wording whose limit is nearer to the value than this share of it may break soon
SLACK = Decimal("0.10")  # one whose limit is farther than this, and was nearer before, says less than it could
OFFERED = 2  # how many true wordings a reader is offered
Statement = tuple[str, str]
"""A figure, and the form in which a text states it."""

_Node = TypeVar("_Node")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A wording that is not true: how it is printed, what it says, and forms that would be true, as an editor types."""

    text: str
    wording: Wording
    figure: Figure
    offers: tuple[str, ...]


def find_doubts(document: Document, figures: Mapping[str, Figure], language: Language) -> dict[Statement, Doubt]:
    """Find what a version states with a wording that is not true."""
    doubts = {}
    for use, figure, wording in _list_wordings(document, figures, language):
        if not is_true(wording, figure):
            offers = tuple(suggest_wordings(wording, figure, language)[:OFFERED])
            doubts[use.figure, use.form] = Doubt(use.text, wording, figure, offers)
    return doubts


def _list_wordings(
    document: Document, figures: Mapping[str, Figure], language: Language
) -> Iterator[tuple[FigureUse, Figure, Wording]]:
    """List what a document states with a wording, each once."""
    uses = {(node.figure, node.form): node for node in walk_nodes(document.blocks) if isinstance(node, FigureUse)}
    for use in uses.values():
        figure = figures.get(use.figure)
        try:
            wording = read_form(use.form, figure, language) if figure else None
        except WordingError:  # told by the checks
            continue
        if figure and wording:
            yield use, figure, wording


def describe_doubt(doubt: Doubt, labels: Mapping[str, str], label: str, language: Language) -> str:
    """Say what is not true of a figure, and what would be, in the words of a language."""
    said = labels["doubt"].format(figure=label, value=print_figure(doubt.figure, language, "numeral"))
    offers = f" {labels['or']} ".join(print_offers(doubt, language))
    return said + (labels["doubt_offers"].format(offers=offers) if offers else "")


def print_offers(doubt: Doubt, language: Language) -> list[str]:
    """Print the wordings that would be true as a text would have them, in quotes."""
    quotes = language.quotes
    printed = (read_form(offer, doubt.figure, language) for offer in doubt.offers)
    return [f"{quotes[0]}{wording.text}{quotes[1]}" for wording in printed if wording]


def mark_doubts(node: _Node, doubts: Mapping[Statement, str]) -> _Node:
    """Mark in a redline what its new version states or draws and is not true."""
    marked: _Node = _mark(node, doubts)
    return marked


def _mark(node: Any, doubts: Mapping[Statement, str]) -> Any:
    if isinstance(node, tuple):
        return tuple(_mark(child, doubts) for child in node)
    if isinstance(node, FigureUse):
        doubt = doubts.get((node.figure, node.form))
        return dataclasses.replace(node, doubt=doubt) if doubt else node
    if not dataclasses.is_dataclass(node) or isinstance(node, type) or is_deleted(node):
        return node
    changed = {name: _mark(getattr(node, name), doubts) for name in find_fields(type(node), Role.NODES)}
    mark = getattr(node, "mark", None)
    if mark is not None and mark.edit is not None:
        changed["mark"] = dataclasses.replace(mark, edit=_mark(mark.edit, doubts))
    return dataclasses.replace(node, **changed)


@dataclass(frozen=True, slots=True)
class Distance:
    """How far the value of a figure is from the limit of a wording that holds, as a share of the value."""

    use: FigureUse
    figure: Figure
    share: Decimal
    is_slack: bool


def list_distances(old: State, new: State, documents: tuple[Document, Document], language: Language) -> list[Distance]:
    """List the wordings that hold and have come close to their limit, or gone slack, since the old version."""
    before = {(use.figure, use.form): _measure(wording, figure)
              for use, figure, wording in _list_wordings(documents[0], old.figures, language)}  # fmt: skip
    found = []
    for use, figure, wording in _list_wordings(documents[1], new.figures, language):
        was = before.get((use.figure, use.form))
        is_same = was is not None and not has_moved(old.figures.get(use.figure), figure)
        if is_same or not figure.value or not wording.typed or not is_true(wording, figure):
            continue
        share = _measure(wording, figure)
        is_slack = wording.relation in ("above", "at_least", "below", "at_most") and share > SLACK
        is_near = share <= NEAR and figure.bound == 0
        if is_near or (is_slack and was is not None and share > was):
            found.append(Distance(use, figure, share, is_slack))
    return sorted(found, key=lambda distance: distance.share)


def _measure(wording: Wording, figure: Figure) -> Decimal:
    """Measure how far a value is from the nearest limit of a wording, as a share of the value."""
    limits = [wording.quantity]
    if wording.relation in ("near", "just_above", "just_below"):
        margin = abs(wording.quantity) * wording.tolerance
        limits = [wording.quantity - margin, wording.quantity + margin]
    return min(abs(figure.value - limit) / (abs(figure.value) or 1) for limit in limits)
