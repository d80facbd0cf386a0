"""Read the paragraphs of a group as one text on either side, with what is bound in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from briefing.returns.draft import Draft
from briefing.returns.homes import Home
from briefing.returns.pairing import ParagraphGroup
from briefing.returns.regions import Region, make_end, restore_spaces
from briefing.returns.source_tokens import Bound
from briefing.returns.tokens import Deleted, Token


@dataclass
class GroupText:
    """The tokens of a group, old and new, with an end between two paragraphs.

    `starts` are the first old tokens of its paragraphs, `homes` what these are; `deleted` are words that tracked
    changes took out. `has_heading` tells whether a paragraph is a heading that was none.
    """

    homes: list[Home]
    has_heading: bool = False
    starts: list[int] = field(default_factory=list)
    old: list[Token] = field(default_factory=list)
    new: list[Token] = field(default_factory=list)
    deleted: list[Deleted] = field(default_factory=list)

    def list_bounds(self) -> list[tuple[int, int]]:
        """List the first old token of each thing that is bound, and that after its last one."""
        return [
            (start + home.lead + bound.first, start + home.lead + bound.last)
            for start, home in zip(self.starts, self.homes, strict=True)
            for bound in home.bounds
        ]

    def find_home(self, region: Region) -> tuple[Home, int]:
        """Find the paragraph in which a region begins, and the number of its first token."""
        number = max((n for n, start in enumerate(self.starts) if start <= region.first), default=0)
        return self.homes[number], self.starts[number]

    def find_bounds(self, region: Region) -> list[Bound]:
        """Find what is bound in a region."""
        found = []
        for start, home in zip(self.starts, self.homes, strict=True):
            for bound in home.bounds:
                first = start + home.lead + bound.first
                if region.first <= first < region.last:
                    found.append(bound)
        return found


def read_group(draft: Draft, group: ParagraphGroup) -> GroupText:
    """Read a group of paragraphs; spaces that nobody types are put back where they were lost."""
    text = GroupText([draft.homes[number] for number in group.old])
    styles = {draft.old[number].style for number in group.old}
    fresh = {draft.new[number].style for number in group.new} - styles
    text.has_heading = any(style.startswith("heading") for style in fresh)
    for home in text.homes:
        text.old += [make_end()] if text.starts else []
        text.starts.append(len(text.old))
        text.old += home.tokens
    new: list[Token] = []
    deleted: list[Deleted] = []
    for at, number in enumerate(group.new):
        if new:
            new.append(make_end(draft.new[group.new[at - 1]].end))
        run = draft.runs[number]
        deleted += [Deleted(len(new) + row.position, row.text, row.stamp) for row in run.deleted]
        new += run.tokens
    text.new, places = restore_spaces(text.old, new, text.list_bounds())
    text.deleted = [replace(row, position=places[row.position]) for row in deleted]
    return text
