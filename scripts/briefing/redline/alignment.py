"""Pair the blocks of two versions, or the parts of two blocks: what stayed, what came, what went, what was moved."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from briefing.document.nodes import ReturnToContents
from briefing.document.schema import Role, Trait, find_fields
from briefing.redline.likeness import count_words, measure_likeness, show

_VALUES = Role.CONTENT & ~Role.RUNS
_COUNTED_ID = re.compile(r"(^|-)\d+$")
"""An id that the program counted (`geography-3`) tells nothing: it goes to the next paragraph when one is put in."""
_LIKE, _LIKE_BY_ID, _LIKE_FAR_AWAY = 0.4, 0.25, 0.6
"""How alike two pieces at one place must be to be versions of each other; with the same id; at different places."""
_FEWEST_WORDS = 5
"""How many words a piece must have to be recognised at another place by being alike, not the same."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step through both versions: an old and a new piece that belong together, or one alone; `move` is a name."""

    old: int | None
    new: int | None
    move: int = 0


class _Side:
    """The pieces of a version, with what they are told apart by, found out when it is asked for."""

    def __init__(self, pieces: Sequence[Any]) -> None:
        self.pieces = pieces
        self._shown: dict[int, Hashable] = {}
        self._words: dict[int, Counter[str]] = {}

    def show(self, index: int) -> Hashable:
        """Give what a reader sees of a piece."""
        if index not in self._shown:
            self._shown[index] = show(self.pieces[index])
        return self._shown[index]

    def count_words(self, index: int) -> Counter[str]:
        """Count the words of a piece."""
        if index not in self._words:
            self._words[index] = count_words(self.pieces[index])
        return self._words[index]


def tell_shape(piece: Any) -> Hashable:
    """Tell what two pieces must have in common to be shown as one that was changed."""
    kind: Any = type(piece)
    counts = (len(getattr(piece, name)) for name in find_fields(kind, Role.RUNS, having=Trait.SHAPE))
    values = (show(getattr(piece, name)) for name in find_fields(kind, _VALUES, having=Trait.SHAPE))
    return (kind, *counts, *values)


def align_pieces(old: Sequence[Any], new: Sequence[Any], first_move: int = 1) -> list[Step]:
    """List the steps that lead through both versions, in reading order; moves are named from `first_move` on.

    What went stands before what came in its place.
    """
    one, other = _Side(old), _Side(new)
    pairs = _pair_pieces(one, other)
    kept = _keep_in_order(pairs, one)
    # Nobody moves a way back to the contents: it goes with the sections around it.
    moves = _name_moves({i: j for i, j in pairs.items() if not isinstance(old[i], ReturnToContents)}, kept, first_move)
    return list(_walk_steps(len(old), len(new), pairs, kept, moves))


def _pair_pieces(old: _Side, new: _Side) -> dict[int, int]:
    """Pair pieces, those that are sure first; gives the new index of each old one that has a partner."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for candidates in (_find_same, _find_unique, _find_named, _find_alike_nearby, _find_alike_anywhere):
        for i, j in candidates(old, new, pairs, taken):
            if i not in pairs and j not in taken:
                pairs[i] = j
                taken.add(j)
    return pairs


def _find_same(old: _Side, new: _Side, pairs: dict[int, int], taken: set[int]) -> Iterator[tuple[int, int]]:
    """Find pieces that show the same under the same id."""
    places: dict[str, list[int]] = defaultdict(list)
    for j, piece in enumerate(new.pieces):
        places[piece.id].append(j)
    for i, piece in enumerate(old.pieces):
        for j in places.get(piece.id, ()):
            if j not in taken and (piece == new.pieces[j] or old.show(i) == new.show(j)):
                yield i, j
                break


def _find_unique(old: _Side, new: _Side, pairs: dict[int, int], taken: set[int]) -> Iterator[tuple[int, int]]:
    """Find pieces that show the same, where that stands once in each version."""
    found: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i in range(len(old.pieces)):
        if i not in pairs:
            found[old.show(i)][0].append(i)
    for j in range(len(new.pieces)):
        if j not in taken:
            found[new.show(j)][1].append(j)
    for places, others in found.values():
        if len(places) == len(others) == 1:
            yield places[0], others[0]


def _find_named(old: _Side, new: _Side, pairs: dict[int, int], taken: set[int]) -> Iterator[tuple[int, int]]:
    """Find pieces of the same kind that people or sources gave the same name."""
    places = {new.pieces[j].id: j for j in reversed(range(len(new.pieces))) if j not in taken}
    for i, piece in enumerate(old.pieces):
        j = places.get(piece.id)
        if (
            j is not None
            and piece.id
            and not _COUNTED_ID.search(piece.id)
            and tell_shape(piece) == tell_shape(new.pieces[j])
        ):
            yield i, j


def _find_alike_nearby(old: _Side, new: _Side, pairs: dict[int, int], taken: set[int]) -> list[tuple[int, int]]:
    """Find pieces that are alike and stand between the same neighbours."""
    kept = _keep_in_order(pairs, old)
    ends = [*sorted(kept), len(old.pieces)]
    found: list[tuple[int, int]] = []
    start = other_start = 0
    for end in ends:
        other_end = pairs[end] if end < len(old.pieces) else len(new.pieces)
        rows = [i for i in range(start, end) if i not in pairs]
        columns = [j for j in range(other_start, other_end) if j not in taken]
        found += _match_in_order(rows, columns, old, new)
        start, other_start = end + 1, other_end + 1
    return found


def _match_in_order(rows: list[int], columns: list[int], old: _Side, new: _Side) -> Iterable[tuple[int, int]]:
    """Match pieces so that the sum of their likeness is the greatest that leaves them in order (Needleman–Wunsch)."""
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    scores = [[_score(i, j, old, new) for j in columns] for i in rows]
    for a in reversed(range(len(rows))):
        for b in reversed(range(len(columns))):
            match = scores[a][b] + best[a + 1][b + 1] if scores[a][b] else 0.0
            best[a][b] = max(match, best[a + 1][b], best[a][b + 1])
    a = b = 0
    while a < len(rows) and b < len(columns):
        if best[a][b] == best[a + 1][b]:
            a += 1
        elif best[a][b] == best[a][b + 1]:
            b += 1
        else:
            yield rows[a], columns[b]
            a, b = a + 1, b + 1


def _score(i: int, j: int, old: _Side, new: _Side) -> float:
    """Score how well two pieces would be versions of each other; 0 if they would not."""
    if tell_shape(old.pieces[i]) != tell_shape(new.pieces[j]):
        return 0.0
    likeness = measure_likeness(old.count_words(i), new.count_words(j))
    is_same_id = old.pieces[i].id == new.pieces[j].id
    return likeness if likeness >= (_LIKE_BY_ID if is_same_id else _LIKE) else 0.0


def _find_alike_anywhere(old: _Side, new: _Side, pairs: dict[int, int], taken: set[int]) -> list[tuple[int, int]]:
    """Find pieces that were both moved and changed."""
    rows = [i for i in range(len(old.pieces)) if i not in pairs and old.count_words(i).total() >= _FEWEST_WORDS]
    columns = [j for j in range(len(new.pieces)) if j not in taken and new.count_words(j).total() >= _FEWEST_WORDS]
    scores = ((_score(i, j, old, new), i, j) for i in rows for j in columns)
    found = [(-score, i, j) for score, i, j in scores if score >= _LIKE_FAR_AWAY]
    return [(i, j) for _, i, j in sorted(found)]


def _keep_in_order(pairs: dict[int, int], old: _Side) -> set[int]:
    """Choose the pairs that stay where they are: the heaviest, in words, of those that are in order in both versions.

    Returns their old indices.
    """
    order = sorted(pairs)
    if all(pairs[i] < pairs[j] for i, j in pairwise(order)):
        return set(order)
    # Heaviest increasing subsequence: of each new index that a chain may end with, the weight of the best one.
    ends: list[int] = []
    weights: list[int] = []
    lasts: list[int] = []
    previous: dict[int, int | None] = {}
    for i in order:
        place = bisect_right(ends, pairs[i])
        weight = (weights[place - 1] if place else 0) + old.count_words(i).total() + 1
        previous[i] = lasts[place - 1] if place else None
        following = place
        while following < len(ends) and weights[following] <= weight:
            following += 1
        ends[place:following], weights[place:following], lasts[place:following] = [pairs[i]], [weight], [i]
    kept: set[int] = set()
    last = lasts[-1] if lasts else None
    while last is not None:
        kept.add(last)
        last = previous[last]
    return kept


def _name_moves(pairs: dict[int, int], kept: set[int], first: int) -> dict[int, int]:
    """Name the moves by old index; pieces that were moved together have one name."""
    moves: dict[int, int] = {}
    for i in sorted(pairs):
        if i not in kept:
            is_next = i - 1 in moves and pairs[i - 1] == pairs[i] - 1
            moves[i] = moves[i - 1] if is_next else first
            first += not is_next
    return moves


def _walk_steps(
    old_count: int, new_count: int, pairs: dict[int, int], kept: set[int], moves: dict[int, int]
) -> Iterator[Step]:
    arrivals = {pairs[i]: move for i, move in moves.items()}
    start = other_start = 0
    for anchor in [*sorted(kept), None]:
        end = old_count if anchor is None else anchor
        other_end = new_count if anchor is None else pairs[anchor]
        yield from (Step(i, None, moves.get(i, 0)) for i in range(start, end))
        yield from (Step(None, j, arrivals.get(j, 0)) for j in range(other_start, other_end))
        if anchor is not None:
            yield Step(anchor, pairs[anchor])
        start, other_start = end + 1, other_end + 1
