"""Hold back what was changed in a sentence whose number gave way to words: one without the other says another thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.returns import items as kinds
from briefing.returns.items import Remark
from briefing.returns.regions import Region
from briefing.returns.tokens import END, Token, tokenise

_ENDS = frozenset(".!?")
_HEDGED = "this hedges the number of this sentence, which was typed over; see to both at once"
_HELD = "the number of this sentence was typed over with words; see to both at once"


def hold_sentences(
    items: Sequence[Remark],
    tokens: Sequence[Token],
    judged: Sequence[tuple[Region, int]],
    says_number: Callable[[str], bool],
    is_hedge: Callable[[str], bool],
) -> None:
    """Leave to a person the words beside a number that was challenged by words: "450 are women", "most are men".

    Beside one that was challenged by a number, that is what hedges it: "460 women or more". `judged` has each region of
    a text with how many items stood before its own. What has a number of its own is kept.
    """
    rows = [(region, items[at]) for region, at in judged if at < len(items)]
    for region, challenge in rows:
        if challenge["kind"] != kinds.DATA:
            continue
        is_worded = not any(says_number(token.text) for token in tokenise(challenge["new"]))
        first, last = _find_sentence(tokens, region)
        for other, item in rows:
            is_inside = first <= other.first and other.last <= last
            is_written = item["kind"] == kinds.TEXT and item["outcome"] == kinds.PATCH and not item["says"]
            if is_inside and is_written and (is_worded or is_hedge(item["old"]) or is_hedge(item["new"])):
                item["outcome"], item["says"] = kinds.HAND, _HELD if is_worded else _HEDGED


def _find_sentence(tokens: Sequence[Token], region: Region) -> tuple[int, int]:
    """Give the first token of the sentence in which a region stands, and that which ends it."""
    first = next((at + 1 for at in reversed(range(region.first)) if _ends(tokens, at)), 0)
    return first, next((at for at in range(region.last, len(tokens)) if _ends(tokens, at)), len(tokens))


def _ends(tokens: Sequence[Token], at: int) -> bool:
    is_last = at + 1 == len(tokens) or tokens[at + 1].space or tokens[at + 1].text == END
    return tokens[at].text == END or (tokens[at].text in _ENDS and is_last)
