"""Order what must be read by section: each sentence once, with what moved it, who wrote it, and its translations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from briefing.document.walking import walk_nodes
from briefing.language.tags import name_language
from briefing.redline.changes import ListedChange
from briefing.review.causes import is_spacing
from briefing.review.comparison import Comparison
from briefing.review.items import ItemMaker, name_departure
from briefing.review.rows import Group, ReviewItem

TEXTS = ("text", "translation", "wording")
Spot = tuple[str, str, str]
"""The ids of a heading, of a block below it, and of a part of that, the same in all languages; each may be empty."""
Author = tuple[str, str]
"""Who wrote a text, and the commit in which it was written."""


class PassageList:
    """The passages that must be read, in the order in which they were found, and how much each author wrote."""

    def __init__(self, source: ItemMaker, moved: Mapping[int, str], shown: Mapping[int, ReviewItem]) -> None:
        self.source = source
        self.moved = moved
        self.shown = dict(shown)
        self.authors: dict[Author, Counter[str]] = defaultdict(Counter)
        self._items: dict[str, list[tuple[Spot, ReviewItem]]] = defaultdict(list)

    def add_moved(self) -> None:
        """Add the sentences that data moved; those that stand elsewhere are told there what moved them."""
        for sentence in self.source.sentences:
            if (root := self.moved.get(id(sentence))) is None:
                continue
            if id(sentence) not in self.shown:
                item = self.shown[id(sentence)] = self.source.make_from_sentence(sentence)
                self._items[self.source.tag].append((("", sentence.block, sentence.part), item))
            self.shown[id(sentence)]["by"].append(root)

    def add_texts(self, maker: ItemMaker) -> None:
        """Add the texts that somebody changed in a language, each sentence once."""
        for change in maker.changes:
            if not is_read(change, maker) or follows_source(change, maker, self.source):
                continue
            name, commit = _name_author(change)
            self.authors[name, commit][maker.language] += 1
            item = self._find_item(change, maker)
            if name and (by := f"{name}, {commit.partition(':')[0]}") not in item["by"]:
                item["by"].append(by)

    def _find_item(self, change: ListedChange, maker: ItemMaker) -> ReviewItem:
        """Find the item that shows a change, or make one."""
        sentence = next((maker.of_marks[id(node)] for node in change.nodes if id(node) in maker.of_marks), None)
        for key in (*map(id, change.nodes), id(sentence)):
            if key in self.shown:
                return self.shown[key]
        if sentence is None:
            item = maker.make_from_change(change, _say_kind(change, maker))
            self._items[maker.tag].append(((change.section, change.block, change.part), item))
        else:
            item = self.shown[id(sentence)] = maker.make_from_sentence(sentence)
            self._items[maker.tag].append((("", sentence.block, sentence.part), item))
        return item

    def list_groups(self) -> list[Group]:
        """List a group for each author, and for each section what must be read there."""
        groups = [
            Group(kind="author", title=name, summary=f"{commit} ({_count_places(counts)})", items=[])
            for (name, commit), counts in self.authors.items()
            if name
        ]
        by_section: dict[str, list[ReviewItem]] = defaultdict(list)
        for spot, item in self._pair_languages():
            by_section[self._name_section(spot, item)].append(item)
        groups += [Group(kind="section", title=title, summary="", items=items) for title, items in by_section.items()]
        return groups

    def _pair_languages(self) -> list[tuple[Spot, ReviewItem]]:
        """Put what changed in a translation beside what changed there in the source, all in reading order."""
        first = _join_alike(self._items.pop(self.source.tag, []))
        others = map(_join_alike, self._items.values())
        beside = _group_by_spot(first)
        alone = []
        for found in others:
            for spot, items in _group_by_spot(found).items():
                sources = [item for _, item in beside.get(spot, [])]
                if not sources:
                    alone += items
                # As many sentences changed in both languages, or it is not known which belongs to which.
                partners = sources if len(sources) == len(items) else sources[-1:] * len(items)
                for partner, (_, item) in zip(partners, items, strict=bool(sources)):
                    partner["translations"].append(item)
        order = {
            node.id: n for n, node in enumerate(walk_nodes(self.source.redline.blocks), 1) if getattr(node, "id", "")
        }

        def find_order(found: tuple[Spot, ReviewItem]) -> int:
            return next((order[name] for name in found[0][::-1] if name in order), 0)

        return sorted([*first, *alone], key=find_order)

    def _name_section(self, spot: Spot, item: ReviewItem) -> str:
        """Name a section as the new version of the source does, where it has one."""
        return next(filter(None, map(self.source.find_section, spot)), item["section"])


def _group_by_spot(found: Sequence[tuple[Spot, ReviewItem]]) -> dict[tuple[str, str], list[tuple[Spot, ReviewItem]]]:
    """Group items by block and part."""
    groups: dict[tuple[str, str], list[tuple[Spot, ReviewItem]]] = defaultdict(list)
    for spot, item in found:
        groups[spot[1:]].append((spot, item))
    return groups


def _join_alike(found: Sequence[tuple[Spot, ReviewItem]]) -> list[tuple[Spot, ReviewItem]]:
    """Show what differs in the same words at several places once, and say at how many others."""
    alike: dict[str, list[tuple[Spot, ReviewItem]]] = defaultdict(list)
    for spot, item in found:
        alike[repr((item["says"], item["runs"]))].append((spot, item))
    for (_, first), *others in alike.values():
        if others:
            first["says"] = f"{first['says']}\nThe same at {count_things(len(others), 'other place')}.".strip()
    return [first for first, *_ in alike.values()]


def _name_author(change: ListedChange) -> Author:
    """Name who made a change, and in which commit; where no commit says so, nobody."""
    cause = change.cause
    return (cause.author, cause.comment.split("\n")[0]) if cause.day else ("", "")


def is_read(change: ListedChange, maker: ItemMaker) -> bool:
    """Tell whether a change is one of words, which a reviewer reads, and not in a part that follows from others."""
    is_made = change.block in maker.made and change.kind != "replaced"
    if change.cause.kind not in TEXTS or change.cause.rule or is_made:
        return False
    return change.kind == "moved" or not is_spacing(change.old, change.new)


def follows_source(change: ListedChange, maker: ItemMaker, source: ItemMaker) -> bool:
    """Tell whether something was moved or removed in a translation as in its source, and so is read there."""
    return maker is not source and name_departure(change) in source.gone


def _say_kind(change: ListedChange, maker: ItemMaker) -> str:
    match change.kind:
        case "inserted":
            return "Added."
        case "deleted":
            return "Removed."
        case "moved":
            return maker.say_move(change)
    return f"Changed: {change.attribute.replace('_', ' ')}." if change.attribute else ""


def count_things(number: int, word: str) -> str:
    """Count in words: "1 place", "2 places"."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def _count_places(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count_things(count, 'place')} in {language}" for language, count in counts.items())


def list_needs(compared: Comparison, mend: Sequence[Group], read: Sequence[Group]) -> Iterator[str]:
    """Say of each language beside that of the sources how much of it must be mended or read, and where it is shown."""
    items = [item for group in read for item in group["items"]]
    beside = Counter(other["language"] for item in items for other in item["translations"])
    alone = Counter(item["language"] for item in items)
    stale = Counter(item["language"] for group in mend for item in group["items"])
    for tag in compared.redlines:
        if tag == compared.source or not (items or stale):
            continue
        parts = [f"{count_things(stale[tag], 'text')} to translate anew" if stale[tag] else "nothing to translate anew"]
        if beside[tag]:
            parts.append(f"{count_things(beside[tag], 'change')} beside the text that changed with it")
        if alone[tag]:
            parts.append(f"{count_things(alone[tag], 'change')} on its own")
        yield f"{name_language(tag, 'en')}: {'; '.join(parts)}."
