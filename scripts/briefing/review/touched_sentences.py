"""Find the sentences of a redline that figures have changed, and the section in which a block stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from briefing.document.changes import CauseKind
from briefing.document.nodes import (
    Deletion,
    Document,
    Heading,
    Inline,
    Inlines,
    Insertion,
    KeyPoints,
    KeyStatistics,
    is_made,
)
from briefing.document.schema import Trait
from briefing.document.versions import take_version
from briefing.document.walking import get_text, list_children, list_parts, list_runs, walk_nodes
from briefing.review.rows import Run, TouchedSentence

BY_FIGURES: frozenset[CauseKind] = frozenset({"data", "as-of", "formula", "wording"})
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ“«]|$)")


def name_sections(document: Document) -> dict[str, str]:
    """Name the section of each block, and of each item, line and row, by its id: "4.1", or a title without a number."""
    names: dict[str, str] = {}
    section = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            section = block.number or get_text(block.children)
        match block:
            case KeyStatistics(title=title):
                place = title
            case KeyPoints(title=run):
                place = get_text(run)
            case _:
                place = section
        names |= {node.id: place for node in walk_nodes(block) if getattr(node, "id", "")}
    return names


def list_touched_sentences(redline: Document) -> list[TouchedSentence]:
    """List the sentences of the prose in which a figure or its wording changed, as runs, with their section."""
    sections = name_sections(take_version(redline, "new"))
    return [
        {"section": sections.get(piece.id, ""), "block": piece.id, "runs": sentence}
        for piece in _walk_versions(redline.blocks)
        for run in list_runs(piece, without=Trait.APART)
        if not piece.mark and _is_touched(run)
        for sentence in _split_sentences(_list_runs(run))
        if any(kind for kind, _ in sentence)
    ]


def _walk_versions(pieces: Iterable[Any]) -> Iterator[Any]:
    """Yield blocks and their parts that people write, what was moved and changed as it was changed."""
    for piece in pieces:
        written = piece.mark.edit if piece.mark and piece.mark.edit else piece
        if not is_made(written):
            yield written
            yield from _walk_versions(list_parts(written))


def _is_touched(run: Inlines) -> bool:
    """Tell whether a figure changed in a run."""
    marks = (node for node in walk_nodes(run) if isinstance(node, Insertion | Deletion))
    return any(mark.cause.kind in BY_FIGURES for mark in marks)


def _list_runs(inlines: Iterable[Inline]) -> Iterator[Run]:
    for inline in inlines:
        match inline:
            case Deletion(children=children):
                yield ("deleted", get_text(children))
            case Insertion(children=children):
                yield ("inserted", get_text(children))
            case _ if children := list_children(inline):
                yield from _list_runs(children)
            case _:
                yield ("", get_text(inline))


def _split_sentences(runs: Iterable[Run]) -> list[list[Run]]:
    """Split runs into sentences; neighbouring runs of one version are joined."""
    joined: list[Run] = []
    for run in runs:
        _add_run(joined, run)
    sentences: list[list[Run]] = [[]]
    for kind, text in joined:
        first, *rest = _SENTENCE_END.split(text) if not kind else [text]
        _add_run(sentences[-1], (kind, first))
        sentences += [[("", part)] for part in rest]
    return sentences


def _add_run(sentence: list[Run], run: Run) -> None:
    if sentence and sentence[-1][0] == run[0]:
        sentence[-1] = (run[0], sentence[-1][1] + run[1])
    elif run[1]:
        sentence.append(run)
