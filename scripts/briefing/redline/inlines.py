"""Compare two runs of inlines word by word; the answer is one run that holds both."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from briefing.document.changes import Attribute, Cause
from briefing.document.inlines import read_value
from briefing.document.nodes import Cite, Deletion, Emphasis, FigureUse, Inline, Inlines, Insertion, Span, Strong, Text
from briefing.document.schema import Role, find_fields
from briefing.document.versions import take_version
from briefing.redline.likeness import count_words, is_silent, measure_likeness, show

FindCause: TypeAlias = Callable[[Inlines, Inlines], Cause]

# A number with its groups and the end of an ordinal, a word with its hyphens and apostrophes, white space, or one sign.
_PIECE = re.compile(
    r"\d+(?:[.,\u00a0\u202f]\d+)*(?:er?|re|st|nd|rd|th)?\b|\d+|\w+(?:[’'\u2010\u2011-]\w+)*|\s+|.", re.DOTALL
)
_SENTENCE_END = re.compile(r"[.!?]\s")
_LONGEST_BRIDGE = 3
"""How many words that both versions have may stand within one change, for a reader sees phrases."""
_LIKE_ENOUGH = 0.5
"""How alike two emphases must be to be compared within."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, a sign or a space of a text; another inline whole; or the place where one text meets the next."""

    key: Hashable
    node: Inline | None = None

    @property
    def is_word(self) -> bool:
        """Tell whether this is what a reader counts as a word."""
        return self.node is not None or (isinstance(self.key, str) and self.key[0].isalnum())


@dataclass(slots=True)
class _Stretch:
    """A stretch of both runs, which are the same in it or not."""

    old: Sequence[_Token]
    new: Sequence[_Token]
    same: bool


_BORDER = _Token(None)


def compare_inlines(old: Inlines, new: Inlines, find_cause: FindCause) -> Inlines:
    """Compare two runs of inlines; `find_cause` is asked for each change. Taking a version out gives it exactly."""
    if old == new or show(old) == show(new):
        restated: Inlines = restate(old, new)
        return restated
    merged = tuple(_merge_stretches(_find_stretches(_split(old), _split(new)), find_cause))
    if take_version(merged, "old") == old and take_version(merged, "new") == new:
        return merged
    # Empty texts and texts that meet at a mark's edge cannot be told apart once they are joined.
    return tuple(_write_change(old, new, find_cause))


def restate(old: Any, new: Any) -> Any:
    """Give the new one of two nodes that look the same, with what the old one says otherwise and nobody sees."""
    if old == new:
        return new
    if isinstance(new, tuple):
        return tuple(restate(one, other) for one, other in zip(old, new, strict=True))
    changed: dict[str, Any] = {}
    before = []
    for name in find_fields(type(new), Role.CONTENT):
        one, other = getattr(old, name), getattr(new, name)
        if is_silent(new, name) or read_value(new, name) is not other:  # the same sentence may have another number
            before += [Attribute(name, one)] if one != other else []
        else:
            changed[name] = restate(one, other)
    return dataclasses.replace(new, **changed, **({"before": tuple(before)} if before else {}))


def _split(inlines: Inlines) -> list[_Token]:
    tokens: list[_Token] = []
    for index, inline in enumerate(inlines):
        if not isinstance(inline, Text):
            tokens.append(_Token(_name_unit(inline), inline))
            continue
        if index and isinstance(inlines[index - 1], Text):
            tokens.append(_BORDER)
        tokens += [_Token(piece) for piece in _PIECE.findall(inline.text)]
    return tokens


def _name_unit(inline: Inline) -> Hashable:
    # A number is the same one whatever it shows: it is compared with itself, not with what stands about it.
    return (FigureUse, inline.figure, inline.form) if isinstance(inline, FigureUse) else show(inline)


def _find_stretches(old: list[_Token], new: list[_Token]) -> list[_Stretch]:
    """Cut two runs into stretches that are the same and those that are not; short bridges between changes are none."""
    keys, others = [token.key for token in old], [token.key for token in new]
    start = _count_common(keys, others)
    end = _count_common(keys[start:][::-1], others[start:][::-1])
    matcher = SequenceMatcher(
        _is_space, keys[start : len(keys) - end], others[start : len(others) - end], autojunk=False
    )
    stretches = [_Stretch(old[:start], new[:start], same=True)]
    for kind, i, j, k, m in matcher.get_opcodes():
        stretches.append(_Stretch(old[start + i : start + j], new[start + k : start + m], same=kind == "equal"))
    stretches.append(_Stretch(old[len(old) - end :], new[len(new) - end :], same=True))
    return _join_changes([stretch for stretch in stretches if stretch.old or stretch.new])


def _is_space(key: Hashable) -> bool:
    return isinstance(key, str) and key.isspace()


def _count_common(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """Count the keys that two sequences begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _join_changes(stretches: list[_Stretch]) -> list[_Stretch]:
    joined: list[_Stretch] = []
    for stretch in stretches:
        if not stretch.same and len(joined) > 1 and joined[-1].same and _is_bridge(joined[-2], joined[-1], stretch):
            bridge, first = joined.pop(), joined.pop()
            old, new = ([*first.old, *bridge.old, *stretch.old], [*first.new, *bridge.new, *stretch.new])
            joined.append(_Stretch(old, new, same=False))
        else:
            joined.append(stretch)
    return joined


def _is_bridge(before: _Stretch, between: _Stretch, after: _Stretch) -> bool:
    """Tell whether what stands between two changes is too short to part them."""
    if any(token.node is not None or token is _BORDER for token in between.new):
        return False
    if _SENTENCE_END.search("".join(str(token.key) for token in between.new)):
        return False
    words = _count_words(between.new)
    around = sum(max(_count_words(stretch.old), _count_words(stretch.new)) for stretch in (before, after))
    return words <= _LONGEST_BRIDGE and 2 * words <= around


def _count_words(tokens: Sequence[_Token]) -> int:
    return sum(token.is_word for token in tokens)


def _merge_stretches(stretches: list[_Stretch], find_cause: FindCause) -> Iterator[Inline]:
    for stretch in stretches:
        if stretch.same:
            yield from _merge_same(stretch, find_cause)
        else:
            yield from _merge_different(stretch, find_cause)


def _merge_same(stretch: _Stretch, find_cause: FindCause) -> Iterator[Inline]:
    """Merge a stretch of the same words, in which numbers may show other values."""
    held: list[_Token] = []
    for one, other in zip(stretch.old, stretch.new, strict=True):
        if isinstance(one.node, FigureUse) and one.node != other.node:
            yield from _join_tokens(held)
            held = []
            yield from _merge_units(one, other, find_cause)
        elif one.node is not None and other.node is not None:
            held.append(_Token(other.key, restate(one.node, other.node)))
        else:
            held.append(other)
    yield from _join_tokens(held)


def _merge_different(stretch: _Stretch, find_cause: FindCause) -> Iterator[Inline]:
    """Merge a stretch of other words; numbers, citations and emphases in it that belong together are set apart."""
    start = other_start = 0
    for i, j in [*_pair_units(stretch.old, stretch.new), (len(stretch.old), len(stretch.new))]:
        words = (tuple(_join_tokens(stretch.old[start:i])), tuple(_join_tokens(stretch.new[other_start:j])))
        yield from _write_change(*words, find_cause)
        if i < len(stretch.old):
            yield from _merge_units(stretch.old[i], stretch.new[j], find_cause)
        start, other_start = i + 1, j + 1


def _pair_units(old: Sequence[_Token], new: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    """Pair the inlines of two stretches that say the same thing otherwise, in order."""
    start = 0
    for i, token in enumerate(old):
        if token.node is not None:
            j = next((j for j in range(start, len(new)) if _belong_together(token.node, new[j].node)), None)
            if j is not None:
                start = j + 1
                yield i, j


def _belong_together(old: Inline, new: Inline | None) -> bool:
    match old, new:
        case FigureUse(), FigureUse():
            return old.figure == new.figure
        case Cite(), Cite():
            return not {part.key for part in old.parts}.isdisjoint(part.key for part in new.parts)
        case (Emphasis(), Emphasis()) | (Strong(), Strong()) | (Span(), Span()):
            same_language = getattr(old, "language", "") == getattr(new, "language", "")
            return same_language and measure_likeness(count_words(old), count_words(new)) >= _LIKE_ENOUGH
    return False


def _merge_units(old: _Token, new: _Token, find_cause: FindCause) -> Iterator[Inline]:
    """Merge two inlines that belong together: emphases within, all others as one whole for another."""
    assert old.node is not None and new.node is not None
    if isinstance(old.node, Emphasis | Strong | Span) and isinstance(new.node, Emphasis | Strong | Span):
        children = compare_inlines(old.node.children, new.node.children, find_cause)
        yield dataclasses.replace(new.node, children=children)
    elif show(old.node) == show(new.node):
        yield restate(old.node, new.node)
    else:
        yield from _write_change((old.node,), (new.node,), find_cause)


def _write_change(old: Inlines, new: Inlines, find_cause: FindCause) -> Iterator[Inline]:
    """Write a change as what is taken out and what is put in."""
    if not old and not new:
        return
    cause = find_cause(old, new)
    if old:
        yield Deletion(old, cause)
    if new:
        yield Insertion(new, cause)


def _join_tokens(tokens: Sequence[_Token]) -> Iterator[Inline]:
    """Join the words of a text again."""
    text = ""
    for token in tokens:
        if isinstance(token.key, str) and token.node is None:
            text += token.key
            continue
        if text:
            yield Text(text)
        text = ""
        if token.node is not None:
            yield token.node
    if text:
        yield Text(text)
