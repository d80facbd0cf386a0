"""Judge what was changed within paragraphs: words go into the sources, numbers and citations are challenged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from briefing.language.typed_hedges import is_hedge, measure_hedges
from briefing.readers.docx.reading import MARK, RUNNING, Stamp
from briefing.returns import items as kinds
from briefing.returns.breaks import judge_break
from briefing.returns.draft import Draft, show_around
from briefing.returns.group_text import read_group
from briefing.returns.homes import CHART, CONTENTS, HOUSE, ROW, STATISTIC, TEXT, WORK, Home, MovedBound
from briefing.returns.line_starts import escape_starts
from briefing.returns.numbers import is_number
from briefing.returns.pairing import ParagraphGroup
from briefing.returns.regions import (
    Region,
    find_regions,
    find_stamp,
    says_the_same,
    split_region,
)
from briefing.returns.sentences import hold_sentences
from briefing.returns.source_tokens import CITE_KIND, FIGURE_KIND, LINK_KIND, NOTE_KIND, Bound
from briefing.returns.splices import find_moved, splice_region
from briefing.returns.tokens import END, count_typed, tokenise, write_tokens
from briefing.sources.version_id import LENGTH

_PAGE, _VERSION = re.compile(r"\d+"), re.compile(rf"[0-9a-f]{{{LENGTH}}}")
BY_HAND = {
    CHART: "the words of a chart stand in charts.yaml; change them there",
    STATISTIC: "the box is made from figures.yaml; change it there",
    ROW: "this table is made from tables of the sources; change it there",
    WORK: "works are listed as bibliography.json has them; change it there",
    CONTENTS: "the contents are made from the headings; change these",
    RUNNING: "headers and footers are made by the house",
    HOUSE: "the house prints this; it stands in note.yaml or in the templates",
}
"""Where what cannot be written is changed, by the kind of its home."""


def _measure_nothing(_before: str, _after: str) -> tuple[int, int]:
    return 0, 0


class GroupJudge:
    """Judges the paragraphs of a group, read as one text on either side."""

    def __init__(self, draft: Draft, group: ParagraphGroup) -> None:
        self.draft, self.speech = draft, draft.speech
        self.says_number = partial(is_number, language=draft.speech.tag)
        self.text = read_group(draft, group)
        self.homes, self.starts, self.old, self.new = self.text.homes, self.text.starts, self.text.old, self.text.new

    def judge(self) -> None:
        """Add an item for each change, and what it writes."""
        bounds = self.text.list_bounds()
        already = len(self.draft.splices)
        regions = find_regions(self.old, self.new, bounds)
        self._find_moved(regions)
        judged = []
        for region in regions:
            inside = [bound for bound in bounds if region.first <= bound[0] and bound[1] <= region.last]
            parts = [region]
            if len(inside) == 1 and (kind := self.text.find_bounds(region)[0].kind) != NOTE_KIND:
                measure = partial(measure_hedges, language=self.speech) if kind == FIGURE_KIND else _measure_nothing
                parts = split_region(self.old, self.new, region, inside[0], self.says_number, measure)
            self.draft.inserted += count_typed(self.new[region.start : region.end])
            for part in parts:
                if says_the_same(self.old, self.new, part):
                    self.draft.inserted -= count_typed(self.new[part.start : part.end])
                    continue
                judged.append((part, len(self.draft.items)))
                self._judge_region(part)
        hold_sentences(self.draft.items, self.old, judged, self.says_number, partial(is_hedge, language=self.speech))
        self._keep_starts(already)

    def _keep_starts(self, already: int) -> None:
        """Let nothing that was written since begin a list or a heading."""
        fresh = self.draft.splices[already:]
        for block in (home.block for home in self.homes if home.block is not None and home.kind == TEXT):
            own = [
                row for row in fresh if row.file == (block.file,) and block.start <= row.start <= row.end <= block.end
            ]
            kept = escape_starts(self.draft.base.texts[block.file], block, own)
            fresh = [row for row in fresh if row not in own] + kept
        self.draft.splices[already:] = fresh

    def _find_moved(self, regions: Sequence[Region]) -> None:
        """Find what is bound, went from one place of the text, and came in the same words at another."""
        fresh = [self.new[region.start : region.end] for region in regions]
        left = [region for region, words in zip(regions, fresh, strict=True) if not any(one.is_word for one in words)]
        moved = []
        for start, home in zip(self.starts, self.homes, strict=True):
            for bound in home.bounds if home.tie else ():
                first, last = (start + home.lead + number for number in (bound.first, bound.last))
                span = home.tie.spans[bound.first] if home.tie else None
                is_left = any(region.first <= first and last <= region.last for region in left)
                if is_left and span and home.tie and bound.kind in (FIGURE_KIND, CITE_KIND):
                    words = tuple(token.text for token in self.old[first:last])
                    source = home.tie.text[span[0] : span[1]]
                    moved.append(MovedBound(words, source, bound.kind, bound.name))
        whole = replace(self.homes[0], moved=tuple(moved))
        free = [words for region, words in zip(regions, fresh, strict=True) if not self.text.find_bounds(region)]
        came = {row for words in free for _, row in find_moved(words, whole)}
        self.homes[:] = [replace(home, moved=tuple(row for row in moved if row in came)) for home in self.homes]

    def _tell(self, region: Region) -> dict[str, Any]:
        fresh = self.new[region.start : region.end]
        home, start = self.text.find_home(region)
        token = min(region.first - start, max(len(home.tokens) - 1, 0))
        return {
            **show_around(self.old, region.first, region.last, fresh),
            "old": write_tokens(self.old[region.first : region.last]),
            "new": write_tokens(fresh),
            "words": count_typed(fresh),
            "place": self.draft.write_place(home, token),
        }

    # --- What is done about it ---

    def _judge_region(self, region: Region) -> None:
        home, start = self.text.find_home(region)
        stamp = find_stamp(self.new, self.text.deleted, self.old, region)
        fresh = self.new[region.start : region.end]
        has_words = any(token.is_word for token in fresh)
        bound = self.text.find_bounds(region)
        figures = [one for one in bound if one.kind == FIGURE_KIND]
        says_number = any(self.says_number(token.text) for token in fresh)
        is_challenge = has_words and (says_number or not self._takes_more(region))
        told = self._tell(region)
        if self._is_counted(region, home.kind):
            self._forget(told)
        elif figures and is_challenge:
            self._challenge_figures(figures, home, stamp, told)
        elif home.figure and says_number and any(one.kind == FIGURE_KIND for one in home.bounds):
            self._challenge_figures([Bound(FIGURE_KIND, home.figure, "", 0, 0)], home, stamp, told)
        elif home.kind == STATISTIC and has_words and any(one.kind == CITE_KIND for one in home.bounds):
            self._challenge_citation("", home, stamp, told)
        elif (cites := [one for one in bound if one.kind == CITE_KIND]) and is_challenge:
            self._challenge_citation(cites[0].name, home, stamp, told)
        elif home.kind == WORK:
            self._challenge_citation(home.figure, home, stamp, told)
        elif home.kind != TEXT:
            kind = kinds.UNPLACED if home.kind in (HOUSE, CONTENTS, RUNNING) else kinds.TEXT
            self.draft.add(kind, home, stamp, **told, outcome=kinds.HAND, says=BY_HAND[home.kind])
        elif END in {token.text for token in (*self.old[region.first : region.last], *fresh)}:
            judge_break(self.draft, self.text, region, stamp, told)
        else:
            self._change_words(region, home, start, bound, stamp, told)

    def _takes_more(self, region: Region) -> bool:
        """Tell whether words go that are bound to nothing, so that what is bound goes with its words."""
        held: set[int] = set()
        for start, home in zip(self.starts, self.homes, strict=True):
            for bound in home.bounds:
                held.update(range(start + home.lead + bound.first, start + home.lead + bound.last))
        return any(self.old[number].is_word for number in range(region.first, region.last) if number not in held)

    def _is_counted(self, region: Region, kind: str) -> bool:
        """Tell whether what differs is counted by programs: pages, and the version of a file beside another."""
        counted = {CONTENTS: _PAGE, RUNNING: _PAGE, HOUSE: _VERSION}.get(kind)
        fresh = self.new[region.start : region.end]
        if counted is None or (not fresh and kind == HOUSE):
            return False
        words = [token.text for token in fresh if token.is_word and not counted.fullmatch(token.text)]
        kept = [token.text for token in self.old[region.first : region.last] if not counted.fullmatch(token.text)]
        return not words or words == [text for text in kept if text[0].isalnum()]

    def _forget(self, told: dict[str, Any]) -> None:
        """Leave out what programs count by themselves: pages, and the version of a file beside another."""
        self.draft.inserted -= told["words"]

    def _challenge_figures(self, figures: Sequence[Bound], home: Home, stamp: Stamp, told: dict[str, Any]) -> None:
        """List a number that was typed over; the source stays, whatever was typed."""
        for figure in figures:
            known = self.draft.list_rows(figure.name, stamp.author, told["new"])
            says = "the number is bound to its source; it changes by a row of observations.csv"
            if self._differs_in_hedge(told["old"], told["new"]):
                says = "its hedge is written in the braces of the figure, and must hold for its value; change it there"
            elif not known["rows"]:
                says = "the number rests on no row of observations.csv; figures.yaml says how it is come by"
            self.draft.add(kinds.DATA, home, stamp, **told, **known, says=says)
            told = {**told, "words": 0}

    def _find_hedged(self, region: Region) -> str:
        """Find the figure beside which words were put in that hedge it; "" where there is none."""
        said = write_tokens(self.new[region.start : region.end])
        for start, home in zip(self.starts, self.homes, strict=True):
            for bound in home.bounds:
                first, last = (start + home.lead + number for number in (bound.first, bound.last))
                before = f"{said} " if region.last == first else ""
                after = f" {said}" if region.first == last else ""
                if said and bound.kind == FIGURE_KIND and any(measure_hedges(before, after, self.speech)):
                    return bound.name
        return ""

    def _differs_in_hedge(self, old: str, new: str) -> bool:
        """Tell whether a number is the same, and only what hedges it is another."""
        before, after = ([token.text for token in tokenise(text)] for text in (old, new))
        gone, came = ([text for text in one if text not in other] for one, other in ((before, after), (after, before)))
        said = [" ".join(words) for words in (gone, came) if words]
        return bool(said) and all(is_hedge(words, self.speech) for words in said)

    def _challenge_citation(self, key: str, home: Home, stamp: Stamp, told: dict[str, Any]) -> None:
        says = "citations are printed from bibliography.json; cite another work, or mend that one"
        self.draft.add(kinds.CITATION, home, stamp, **told, figure=key, says=says)

    def _change_words(
        self, region: Region, home: Home, start: int, bound: Sequence[Bound], stamp: Stamp, told: dict[str, Any]
    ) -> None:
        """Write words into the source, where these stand in one."""
        fresh = self.new[region.start : region.end]
        local = Region(region.first - start, region.last - start, region.start, region.end)
        self.draft.dropped.update(one.name for one in bound if one.kind == NOTE_KIND)
        kept = {NOTE_KIND: "the mark of the {} {} was taken out; it stays"}
        moved = {(row.kind, row.name) for row in home.moved}
        gone = [one for one in bound if (one.kind, one.name) not in moved]
        says = [kept.get(one.kind, "the {} {} is no longer used here").format(one.kind, one.name) for one in gone]
        if any(token.text == MARK for token in fresh):
            says.append("a new footnote was put in here; write it by hand")
        here = [range(at, at + len(row.words)) for at, row in find_moved(fresh, home)]
        typed = [token.text for number, token in enumerate(fresh) if not any(number in span for span in here)]
        is_number_typed = any(map(self.says_number, typed))
        kind = kinds.NUMBER if is_number_typed else kinds.TEXT
        kind = kinds.STRUCTURE if not told["words"] and not told["old"] and says else kind
        splice = None if kind == kinds.STRUCTURE else splice_region(home, local, self.new, len(self.draft.items) + 1)
        if any(one.kind == LINK_KIND for one in bound) and fresh:
            says.append("the house writes the words of this link")
            splice = None
        if splice and home.block is None and any(one.kind != NOTE_KIND for one in gone):
            says.append(self.draft.say_names(home))
            splice = None
        if figure := self._find_hedged(region):
            says.append(f"a hedge stands in the braces of its figure, {figure}, and must hold for its value")
            splice = None
        if splice is None and not says:
            says.append("these words stand nowhere in the source as they are printed")
        if kind == kinds.NUMBER:
            says.append("bind this number to a figure, or exempt it")
        self.draft.add(kind, home, stamp, **told, outcome=kinds.PATCH if splice else kinds.HAND, says="; ".join(says))
        if splice:
            self.draft.add_splice(splice)
