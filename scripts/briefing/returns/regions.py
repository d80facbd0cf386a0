"""Find where two readings of a paragraph differ, and what of it is bound: a number, a citation, a footnote."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from briefing.readers.docx.reading import NOBODY, Stamp
from briefing.returns.tokens import END, WORD, Deleted, Token, normalise

Measure = Callable[[str, str], tuple[int, int]]
"""Measures what hedges a number at the end of the text before it, and at the beginning of that after it."""
_PARTS = 4
"""How many words can have lost the spaces between them: "le 1er juin 2013"."""
_TOUCHING = frozenset("+-−±~≈<>≤≥%‰$€£°")
"""Marks that say another number when they are set beside one."""


@dataclass(frozen=True, slots=True)
class Region:
    """Tokens from `first` to `last` of the old reading that gave way to those from `start` to `end` of the new."""

    first: int
    last: int
    start: int
    end: int


def make_end(stamp: Stamp = NOBODY) -> Token:
    """Make the token that stands between two paragraphs."""
    return Token(END, (END, ""), stamp=stamp)


def restore_spaces(
    old: Sequence[Token], new: Sequence[Token], bounds: Sequence[tuple[int, int]]
) -> tuple[list[Token], list[int]]:
    """Take apart what lost a space that nobody types ("20juin", "25pays"); and give where each token stands now.

    Such are those that break no line, those between digits and letters, and those beside what is bound, but for where
    digits would come together: "2012450" says another number. Spaces between words are the reviewer's: "everyday".
    """
    joined = _list_joined(old, bounds)
    restored: list[Token] = []
    starts = []
    for token in new:
        starts.append(len(restored))
        parts = joined.get(token.text, (token.text,))
        restored.append(token if len(parts) == 1 else replace(token, text=parts[0], key=(parts[0], token.key[1])))
        restored += [replace(token, text=part, key=(part, token.key[1]), space=True) for part in parts[1:]]
    return restored, [*starts, len(restored)]


def _list_joined(old: Sequence[Token], bounds: Sequence[tuple[int, int]]) -> dict[str, tuple[str, ...]]:
    """List what tokens would be in one, without the spaces that nobody types, each with its parts."""
    edges = {edge for bound in bounds for edge in bound}
    said = {token.text for token in old}
    joined: dict[str, tuple[str, ...]] = {}
    for first, token in enumerate(old):
        parts = [token.text]
        for number in range(first + 1, min(first + _PARTS, len(old))):
            one, other = parts[-1], old[number]
            are_digits = one[-1].isdigit() and other.text[0].isdigit()
            is_set = other.fixed or number in edges or one[-1].isdigit() != other.text[0].isdigit()
            if not (other.space and other.is_word and one[-1].isalnum() and is_set) or (are_digits and number in edges):
                break
            parts.append(other.text)
            if "".join(parts) not in said:
                joined["".join(parts)] = tuple(parts)
    return joined


def find_regions(old: Sequence[Token], new: Sequence[Token], bounds: Sequence[tuple[int, int]]) -> list[Region]:
    """Find the regions that differ; one that touches what is bound (`bounds`, by their tokens) takes it in whole."""
    columns = list(_list_columns(old, new))
    changed = [i is None or j is None for i, j in columns]
    at = {i: number for number, (i, _) in enumerate(columns) if i is not None}
    for first, last in bounds:
        span = range(at[first], at[last - 1] + 1)
        if any(changed[number] for number in span) or _is_touched(columns, changed, span, new):
            before, after = _reach(columns, changed, span, new)
            for number in range(before, after + 1):
                changed[number] = True
    regions = [region for region in _join_columns(columns, changed) if not says_the_same(old, new, region)]
    return _join_rewritten(old, new, regions, bounds)


def _join_rewritten(
    old: Sequence[Token], new: Sequence[Token], regions: Sequence[Region], bounds: Sequence[tuple[int, int]]
) -> list[Region]:
    """Join regions on both sides of fewer words than either has, one of which was written anew: one thought."""
    joined: list[Region] = []
    for region in regions:
        last = joined[-1] if joined else None
        if last is not None and (_is_rewritten(last) or _is_rewritten(region)):
            kept = range(last.last, region.first)
            is_free = not any(first < region.last and end > last.first for first, end in bounds)
            size = _measure(old, kept)
            least = min(
                max(_measure(old, range(one.first, one.last)), _measure(new, range(one.start, one.end)))
                for one in (last, region)
            )
            tokens = (*old[last.first : region.last], *new[last.start : region.end])
            if is_free and size <= least and END not in {token.text for token in tokens}:
                joined[-1] = Region(last.first, region.last, last.start, region.end)
                continue
        joined.append(region)
    return joined


def _is_rewritten(region: Region) -> bool:
    return region.first < region.last and region.start < region.end


def _measure(tokens: Sequence[Token], numbers: range) -> int:
    return sum(len(tokens[number].text) for number in numbers)


def _list_columns(old: Sequence[Token], new: Sequence[Token]) -> Iterator[tuple[int | None, int | None]]:
    matcher = SequenceMatcher(None, [token.key for token in old], [token.key for token in new], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            yield from ((i, None) for i in range(i1, i2))
            yield from ((None, j) for j in range(j1, j2))


def _reach(
    columns: Sequence[tuple[int | None, int | None]], changed: Sequence[bool], span: range, new: Sequence[Token]
) -> tuple[int, int]:
    """Give the first and the last column of what is bound with all that is written in one with it."""
    before, after = span[0], span[-1]
    while before and columns[before - 1][0] is None and _is_joined(columns, before - 1, before, new):
        before -= 1
    while after + 1 < len(columns) and columns[after + 1][0] is None and _is_joined(columns, after, after + 1, new):
        after += 1
    return before, after


def _is_joined(
    columns: Sequence[tuple[int | None, int | None]], number: int, following: int, new: Sequence[Token]
) -> bool:
    there = columns[following][1]
    return columns[number][1] is not None and there is not None and not new[there].space


def _is_touched(
    columns: Sequence[tuple[int | None, int | None]], changed: Sequence[bool], span: range, new: Sequence[Token]
) -> bool:
    """Tell whether something that came is written in one with what is bound, so that it says another number."""
    before, after = _reach(columns, changed, span, new)
    beside = [columns[number][1] for number in (*range(before, span[0]), *range(span[-1] + 1, after + 1))]
    if any(j is not None and (new[j].is_word or new[j].text in _TOUCHING) for j in beside):
        return True
    # Digits that came before a space: "2 450" is one number.
    came = [columns[number] for number in (before - 1, after + 1) if 0 <= number < len(columns)]
    return any(i is None and j is not None and new[j].text.isdigit() for i, j in came)


def _join_columns(columns: Sequence[tuple[int | None, int | None]], changed: Sequence[bool]) -> Iterator[Region]:
    first = start = 0
    i = j = 0
    is_open = False
    for (old, new), differs in zip(columns, changed, strict=True):
        if differs and not is_open:
            first, start, is_open = i, j, True
        elif not differs and is_open:
            yield Region(first, i, start, j)
            is_open = False
        i += old is not None
        j += new is not None
    if is_open:
        yield Region(first, i, start, j)


def says_the_same(old: Sequence[Token], new: Sequence[Token], region: Region) -> bool:
    """Tell whether only links differ, or how words are joined."""
    before, after = old[region.first : region.last], new[region.start : region.end]
    return [token.text for token in before] == [token.text for token in after]


def split_region(
    old: Sequence[Token],
    new: Sequence[Token],
    region: Region,
    bound: tuple[int, int],
    is_number: Callable[[str], bool],
    measure: Measure,
) -> list[Region]:
    """Split a region around the one thing in it that is bound, where the words beside that were changed too.

    Before and after stand words; what is left between them holds the number as it is wished, with what hedges it on
    either side, as it is written and as it is wished: a hedge is true of its own number alone. A number that has grown
    into words is not taken apart: what is left of these says nothing by itself.
    """
    own = {token.text for token in old[bound[0] : bound[1]]}
    numbers = [j for j in range(region.start, region.end) if new[j].text in own or is_number(new[j].text)]
    if kept := _find_kept(old[bound[0] : bound[1]], new, region, is_number):
        numbers = [*kept]
    tokens = (*old[region.first : region.last], *new[region.start : region.end])
    is_grown = not kept and any(_mixes(new[j].text) and new[j].text not in own for j in numbers)
    if not numbers or END in {token.text for token in tokens} or (is_grown and not any(map(_mixes, own))):
        return [region]
    start, end, first, last = numbers[0], numbers[-1] + 1, *bound
    if not kept:
        before, after = _count_hedges(new[region.start : start], new[end : region.end], measure)
        start, end = start - before, end + after
        before, after = _count_hedges(old[region.first : first], old[last : region.last], measure)
        first, last = first - before, last + after
        start = start if region.first < first else region.start
        end = end if region.last > last else region.end
    return [
        Region(region.first, first, region.start, start),
        Region(first, last, start, end),
        Region(last, region.last, end, region.end),
    ]


def _mixes(word: str) -> bool:
    """Tell whether a word has digits and letters: a number has grown into the words beside it, "with7the"."""
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))


def _count_hedges(before: Sequence[Token], after: Sequence[Token], measure: Measure) -> tuple[int, int]:
    """Count the tokens that hedge a number at the end of those before it, and at the beginning of those after it."""
    (left, starts), (right, others) = map(_write, (before, after))
    ahead, behind = measure(f"{left} ", f" {right}")
    return sum(at >= len(left) + 1 - ahead for at in starts), sum(at + 1 < behind for at in others)


def _write(tokens: Sequence[Token]) -> tuple[str, list[int]]:
    """Write tokens as a text, and tell where each begins in it."""
    text, starts = "", []
    for token in tokens:
        text += " " if token.space and text else ""
        starts.append(len(text))
        text += token.text
    return text, starts


def _find_kept(
    bound: Sequence[Token], new: Sequence[Token], region: Region, is_number: Callable[[str], bool]
) -> range | None:
    """Find what is bound, typed again as it was, with no other number beside it: words apart from it are words."""
    words = [token.text for token in bound]
    for start in range(region.start, region.end - len(words) + 1):
        kept = range(start, start + len(words))
        rest = [new[j].text for j in range(region.start, region.end) if j not in kept]
        is_apart = all(new[j].space for j in (start, kept.stop) if region.start < j < region.end)
        if [new[j].text for j in kept] == words and is_apart and not any(map(is_number, rest)):
            return kept
    return None


def find_stamp(new: Sequence[Token], deleted: Sequence[Deleted], old: Sequence[Token], region: Region) -> Stamp:
    """Find who made a change by tracking it; nobody where it was not tracked."""
    names: dict[str, str] = {}
    for token in new[region.start : region.end]:
        if token.stamp != NOBODY:
            names.setdefault(token.stamp.author, token.stamp.date)
    gone = {token.text for token in old[region.first : region.last]}
    near = [words for words in deleted if gone and region.start <= words.position <= region.end]
    own = [words for words in near if gone.intersection(WORD.findall(normalise(words.text)))]
    for words in own or ([] if names else near):
        names.setdefault(words.stamp.author, words.stamp.date)
    if not names:
        return NOBODY
    return Stamp(", ".join(names), next(iter(names.values())))
