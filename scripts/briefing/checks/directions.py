"""Hold what the prose says of two figures against their values: that one rises or falls to the other, or exceeds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from briefing.document.nodes import Block, FigureUse, Inlines, Note
from briefing.document.schema import Trait
from briefing.document.walking import list_runs, list_texts, walk_nodes, walk_pieces
from briefing.figures.figure import Figure
from briefing.language.number_formatting import Language
from briefing.language.wordings import say_value
from briefing.problems import Place, Problem

FIGURE = "\0"
"""What stands for a figure in the text that is searched."""
NEAR = rf"[^.;:{FIGURE}]{{0,60}}?"
FEW_WORDS = r"\s*(?:[\w’'-]+\s+){0,4}?"


def find_false_directions(
    blocks: Iterable[Block], figures: Mapping[str, Figure], language: Language, places: Mapping[str, Place]
) -> Iterator[Problem]:
    """Find where the first of two figures is said to be lower (or higher) than the second, and is not."""
    patterns = [*_make_patterns(language.grammar.get("directions", {}))]
    for block in blocks if patterns else ():
        for piece in walk_pieces((block,)):
            place = places.get(piece.id) or places.get(block.id) or Place("text", 1)
            for passage in (passage for run in list_runs(piece) for passage in _list_passages(run)):
                nodes = list(walk_nodes(passage, without=Trait.ASIDE))
                uses = [figures[node.figure] for node in nodes if _states_value(node)]
                texts = ([FIGURE] if _states_value(node) else list_texts(node, Trait.ASIDE) for node in nodes)
                text = "".join(chain.from_iterable(texts))
                for sign, pattern in patterns:
                    for found in pattern.finditer(text):
                        at = text.count(FIGURE, 0, found.start())
                        first, second = uses[at : at + 2]
                        if _is_false(sign, first, second):
                            yield place.report(_explain(found["words"], first, second, language), "wording")


def _make_patterns(table: Mapping[str, Any]) -> Iterator[tuple[int, re.Pattern[str]]]:
    """Make what finds each claim, with the sign of the difference that makes it true: second less first."""
    compile_ = partial(re.compile, flags=re.IGNORECASE)
    for key, sign in (("up", 1), ("down", -1)):
        if words := table.get(key):
            start, end = (rf"(?<!\w){_join(table[name])}{FEW_WORDS}{FIGURE}" for name in ("from", "to"))
            yield sign, compile_(rf"(?<!\w)(?P<words>{_join(words)})(?!\w){NEAR}{start}{NEAR}{end}")
    for key, sign in (("above", -1), ("below", 1)):
        if words := table.get(key):
            yield sign, compile_(rf"{FIGURE}{NEAR}(?<!\w)(?P<words>{_join(words)})(?!\w){FEW_WORDS}{FIGURE}")


def _join(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"


def _list_passages(run: Inlines) -> Iterator[Inlines]:
    """List a run, and what each of its notes says."""
    yield run
    yield from (node.children for node in walk_nodes(run) if isinstance(node, Note))


def _states_value(node: object) -> bool:
    return isinstance(node, FigureUse) and node.form != "period"


def _is_false(sign: int, first: Figure, second: Figure) -> bool:
    """Tell whether a claim is false whatever lies within the bounds; figures of unlike units are not compared."""
    if first.unit != second.unit or None in (first.bound, second.bound):
        return False
    may_differ = first.bound == -sign or second.bound == sign
    return (second.value - first.value) * sign <= 0 and not may_differ


def _explain(words: str, first: Figure, second: Figure, language: Language) -> str:
    values = " and ".join(f"{figure.id} is {say_value(figure, language)}" for figure in (first, second))
    remedy = "say what is true, or exchange the figures if they stand the wrong way round"
    return f"“{words}” is false: {values}; {remedy}"
