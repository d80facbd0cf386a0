"""Say what a node needs to know of the page around it: labels, pictures, and where its links lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from briefing.document.changes import Mark, Versioned
from briefing.document.nodes import Bibliography, Document, Note
from briefing.document.walking import walk_nodes
from briefing.writers.paper import FigureTarget, find_figure_rows, find_paper_targets

Variant = Literal["screen", "pdf"]


@dataclass(frozen=True)
class Surroundings:
    """What a node needs to know of the page around it.

    `works` gives the id of each citation key's entry, `figures` where each number leads, `images` what `src` says
    of each picture, `drawings` the SVGs of each that stand in the page itself. Within a link nothing else is `linked`:
    HTML has no links in links. `changes` gives the numbers of a redline's changes by the identity of the node that
    begins each, `note_marks` the marks of its footnotes. Two versions of a chart stand side by side, each `is_narrow`.
    """

    variant: Variant
    labels: Mapping[str, str]
    images: Mapping[str, str] = field(default_factory=dict)
    drawings: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    works: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, FigureTarget] = field(default_factory=dict)
    linked: bool = True
    changes: Mapping[int, int] = field(default_factory=dict)
    note_marks: Mapping[int, Mark] = field(default_factory=dict)
    is_narrow: bool = False
    is_redline: bool = False


def describe_surroundings(
    document: Document, variant: Variant, labels: Mapping[str, str], images: Mapping[str, str]
) -> Surroundings:
    """Find what a document's citations and numbers lead to."""
    entries = [entry for block in document.blocks if isinstance(block, Bibliography) for entry in block.entries]
    # What only the old version has comes first, so that the new version's own takes its place.
    works = {entry.key: entry.id for entry in sorted(entries, key=_is_living)}
    on_screen = {name: FigureTarget(row.id) for name, row in find_figure_rows(document).items()}
    figures = on_screen if variant == "screen" else find_paper_targets(document)
    redline = document.is_redline
    return Surroundings(variant, labels, images, works=works, figures=figures, is_redline=redline)


def _is_living(node: Versioned) -> bool:
    return node.mark is None or node.mark.kind == "inserted"


def find_notes(document: Document) -> list[Note]:
    """Find the footnotes of a document, in the order of their marks."""
    return [node for node in walk_nodes(document.blocks) if isinstance(node, Note)]
