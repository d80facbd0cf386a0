"""Keep the texts that reviewers want beside those that the sources have, and write what comes of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.returns import items as kinds
from briefing.returns.homes import FileKey
from briefing.returns.items import Remark, Wordings, make_item
from briefing.returns.merging import Clash, find_clash, list_word_changes, merge, widen_clash
from briefing.returns.message_source import list_translations, rewrite_translations
from briefing.returns.splices import Splice, apply_splices

Texts = Mapping[FileKey, str]


@dataclass(frozen=True, slots=True)
class Wish:
    """The texts as a reviewer would have them, with what writes that; `items` are those that the splices name, from 1.

    `base` are the texts that the reviewer's file was made from.
    """

    texts: Texts
    base: Texts
    splices: Sequence[Splice]
    items: Sequence[Remark]


def list_own_texts(texts: Mapping[str, str]) -> dict[FileKey, str]:
    """List the texts that edits are written into: prose files whole, of catalogues each translation."""
    listed: dict[FileKey, str] = {}
    for path, text in texts.items():
        if path.endswith(".md"):
            listed[(path,)] = text
        elif path.endswith(".po"):
            listed |= {(path, *key): said for key, (_, said) in list_translations(text).items()}
    return listed


def make_wish(base: Texts, now: Texts, splices: Sequence[Splice], items: Sequence[Remark]) -> Wish:
    """Merge what a file changes with the texts as they are now; items that clash say so, and write nothing.

    An item is taken whole or not at all: what clashes is left out, and the rest is merged again.
    """
    texts = dict(now)
    there = [splice for splice in splices if _stands(splice, base, now)]
    splices = [splice for splice in splices if splice not in there]
    left = {number for splice in splices for number in splice.items}
    for item in _find_items([splice for splice in there if left.isdisjoint(splice.items)], items):
        item["outcome"] = kinds.TAKEN
    for key in dict.fromkeys(splice.file for splice in splices):
        own = [splice for splice in splices if splice.file == key]
        if key not in now:
            for item in _find_items(own, items):
                item["outcome"], item["says"] = kinds.HAND, "what this changes is no longer in the sources"
            continue
        changes = list_word_changes(base[key], now[key])
        for splice in own:
            if clash := find_clash(base[key], splice.start, splice.end, splice.text, changes):
                _mark([splice], items, (clash.base, clash.now, clash.reviewed), _CHANGED)
        is_settled = False
        while not is_settled:
            active = [splice for splice in own if not _is_in_conflict(splice, items)]
            reviewed = apply_splices(base[key], active)
            texts[key], clashes = merge(base[key], now[key], reviewed)
            is_settled = True
            for clash in clashes:
                said = widen_clash(clash, active, base[key], now[key], reviewed)
                is_settled &= not _mark(_find_touched(active, clash), items, said, _CHANGED)
    for number in dict.fromkeys(number for splice in splices for number in splice.items):
        own = [splice for splice in splices if number in splice.items]
        if items[number - 1]["outcome"] == kinds.PATCH and all(
            _is_taken(row, splices, base, now, texts, items) for row in own
        ):
            items[number - 1]["outcome"] = kinds.TAKEN
    return Wish(texts, base, splices, items)


def _stands(splice: Splice, base: Texts, now: Texts) -> bool:
    """Tell whether a paragraph that a reviewer put in has been put in already, wherever what is around it has gone."""
    said = f"\n\n{splice.text.strip()}\n"
    is_paragraph = splice.start == splice.end and splice.text.startswith("\n\n") and bool(splice.text.strip())
    return is_paragraph and said in now.get(splice.file, "") and said not in base[splice.file]


def _is_taken(
    splice: Splice, splices: Sequence[Splice], base: Texts, now: Texts, texts: Texts, items: Sequence[Remark]
) -> bool:
    """Tell whether a text would be the same without what a splice writes, for the sources have it already."""
    key = splice.file
    if base[key] == now[key] or texts[key] == now[key]:
        return base[key] != now[key]
    others = [row for row in splices if row.file == key and row != splice and not _is_in_conflict(row, items)]
    return merge(base[key], now[key], apply_splices(base[key], others)) == (texts[key], [])


_CHANGED = "the sources have changed here since"
_DIFFER = "another reviewer has this otherwise; neither is taken"


def join_wishes(now: Texts, wishes: Sequence[Wish]) -> tuple[Texts, list[Remark]]:
    """Join what several reviewers want; where two clash neither is taken, so that their order is no matter.

    Clashes that are none of a reviewer's own items are given as items without a number.
    """
    while True:
        joined: Texts = wishes[0].texts
        others, is_blamed = [], False
        for number, wish in enumerate(wishes[1:], 1):
            texts = dict(joined)
            for key, text in now.items():
                theirs, own = joined[key], wish.texts[key]
                texts[key], clashes = merge(text, theirs, own, keep_base=True)
                splices = [row for one in wishes[: number + 1] for row in _list_active(one, key, text)]
                for clash in clashes:
                    base, now_said, reviewed = widen_clash(clash, splices, text, theirs, own)
                    said, turned = (base, now_said, reviewed), (base, reviewed, now_said)
                    earlier = [_blame(one, key, text, clash, turned) for one in wishes[:number]]
                    if _blame(wish, key, text, clash, said) or any(earlier):
                        is_blamed = True
                    else:
                        wordings = Wordings(base=clash.base, now=clash.now, reviewed=clash.reviewed)
                        others.append(make_item(0, kinds.CONFLICT, place=key[0], wordings=wordings, says=_DIFFER))
            joined = texts
        if not is_blamed:
            return joined, others
        wishes = [make_wish(wish.base, now, wish.splices, wish.items) for wish in wishes]


def _blame(wish: Wish, key: FileKey, text: str, clash: Clash, said: tuple[str, str, str]) -> bool:
    """Mark the items of a reviewer by which a clash came about, as far as that can be told."""
    return _mark(_find_touched(_list_active(wish, key, text), clash), wish.items, said, _DIFFER)


def _list_active(wish: Wish, key: FileKey, text: str) -> list[Splice]:
    """List what a reviewer writes into a text, if the reviewer's file was made from that."""
    if wish.base.get(key) != text:
        return []
    return [splice for splice in wish.splices if splice.file == key and not _is_in_conflict(splice, wish.items)]


def _is_in_conflict(splice: Splice, items: Sequence[Remark]) -> bool:
    return any(item["kind"] == kinds.CONFLICT for item in _find_items([splice], items))


def _find_touched(splices: Sequence[Splice], clash: Clash) -> list[Splice]:
    return [splice for splice in splices if splice.start <= clash.end and clash.start <= splice.end]


def _find_items(splices: Sequence[Splice], items: Sequence[Remark]) -> list[Remark]:
    numbers = dict.fromkeys(number for splice in splices for number in splice.items)
    return [items[number - 1] for number in numbers]


def _mark(splices: Sequence[Splice], items: Sequence[Remark], said: tuple[str, str, str], says: str) -> bool:
    """Mark items as in conflict, with the three wordings of a clash; tell whether there are any."""
    found = _find_items(splices, items)
    for item in found:
        base, now, reviewed = said
        if before := item["wordings"]:
            base, now, reviewed = (
                f"{one} … {other}"
                for one, other in ((before["base"], base), (before["now"], now), (before["reviewed"], reviewed))
            )
        item["kind"], item["outcome"], item["says"] = kinds.CONFLICT, kinds.KEPT, says
        item["wordings"] = Wordings(base=base, now=now, reviewed=reviewed)
    return bool(found)


def write_texts(texts: Mapping[str, str], wished: Texts) -> dict[str, str]:
    """Write the files that change, by path."""
    changed = {}
    for path, text in texts.items():
        written = wished.get((path,), text)
        if path.endswith(".po"):
            rows = ((line, said, wished[(path, *key)]) for key, (line, said) in list_translations(text).items())
            written = rewrite_translations(text, {line: fresh for line, said, fresh in rows if fresh != said})
        if written != text:
            changed[path] = written
    return changed
