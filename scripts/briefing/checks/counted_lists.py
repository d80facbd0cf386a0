"""Check that a figure that only counts a list of the text says so, and counts it right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from briefing.document.nodes import Block, FigureUse, List, Paragraph
from briefing.document.walking import get_text, walk_nodes
from briefing.figures.figure import COUNT, Figure
from briefing.figures.figure_specs import FigureSpec
from briefing.problems import Place, Problem, name_nearest


def check_counted_lists(
    blocks: Iterable[Block],
    figures: Mapping[str, Figure],
    specs: Mapping[str, FigureSpec],
    places: Mapping[str, Place],
) -> Iterator[Problem]:
    """Check the figures that count a list against it, and that no other only repeats how many items a list has.

    A list of a source is often open (“such as”), and its count is then no number of the source.
    """
    blocks = tuple(blocks)
    lists = {block.id: block for block in blocks if isinstance(block, List)}
    for spec in specs.values():
        if spec.counts:
            yield from _check_count(spec, lists, places)
    for before, block in pairwise(blocks):
        if isinstance(before, Paragraph) and isinstance(block, List) and _announces(before):
            place = places.get(before.id, Place("text", 1))
            for name in _find_bare_counts(before, figures, len(block.items)):
                counts = f"counts: {{list: {block.id}, items: {len(block.items)}}}"
                message = f"figure {name} says no more than how many items the list below it has"
                remedy = f"leave the number out, or give the figure {counts} in figures.yaml"
                yield place.report(f"{message}; {remedy}", "consistency")


def _check_count(spec: FigureSpec, lists: Mapping[str, List], places: Mapping[str, Place]) -> Iterator[Problem]:
    if spec.counts not in lists:
        message = f'figure {spec.id} counts the list "{spec.counts}", which the text does not have'
        yield spec.place.report(f"{message}; {name_nearest(spec.counts, lists)}", "consistency")
    elif len(lists[spec.counts].items) != spec.items:
        place, found = places.get(spec.counts, Place("text", 1)), len(lists[spec.counts].items)
        where = f"{place.file}:{place.line}"
        message = f"figure {spec.id} counts {spec.items} items, the list {spec.counts} at {where} has {found}"
        yield spec.place.report(f"{message}; write items: {found}, or mend the list", "consistency")


def _announces(paragraph: Paragraph) -> bool:
    return get_text(paragraph.children).rstrip().endswith(":")


def _find_bare_counts(paragraph: Paragraph, figures: Mapping[str, Figure], items: int) -> Iterator[str]:
    """Find the figures of a paragraph that count something, are observed, and equal how many items follow."""
    uses = (node for node in walk_nodes(paragraph) if isinstance(node, FigureUse) and node.figure in figures)
    for use in uses:
        figure = figures[use.figure]
        if figure.unit == COUNT and not figure.formula and not figure.counts and figure.value == items:
            yield use.figure
