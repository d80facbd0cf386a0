"""Gather what a reviewer mends or reads: in groups, each sentence once, with all that is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from briefing.review.items import ItemMaker
from briefing.review.outdated import Remnant
from briefing.review.rows import Group, ReviewItem
from briefing.review.sentences import Sentence


class Gathering:
    """Gathers items by the title of their group; of a sentence that is there, more is said where it stands."""

    def __init__(self, maker: ItemMaker) -> None:
        self.maker = maker
        self.items: dict[int, ReviewItem] = {}
        """The items of sentences, by the identity of the sentence."""
        self._groups: dict[str, list[ReviewItem]] = {}

    def add(self, title: str, items: Iterable[ReviewItem]) -> None:
        """Add items to a group."""
        self._groups.setdefault(title, []).extend(items)

    def add_sentence(self, title: str, sentence: Sentence, says: str) -> None:
        """Add what is said of a sentence."""
        if id(sentence) not in self.items:
            self.items[id(sentence)] = self.maker.make_from_sentence(sentence)
            self.add(title, [self.items[id(sentence)]])
        item = self.items[id(sentence)]
        item["says"] = f"{item['says']}\n{says}".strip()

    def add_remnant(self, title: str, remnant: Remnant) -> None:
        """Add what new data has left behind."""
        if remnant.sentence:
            self.add_sentence(title, remnant.sentence, remnant.says)
        else:
            self.add(title, [self.maker.make_from_text(remnant.says, remnant.place, remnant.quoted)])

    def list_groups(self, kind: Literal["mend", "doubt"]) -> list[Group]:
        """List the groups that hold anything, in the order in which they were begun."""
        return [
            Group(kind=kind, title=title, summary="", items=items) for title, items in self._groups.items() if items
        ]
