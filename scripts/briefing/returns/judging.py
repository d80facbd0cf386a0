"""Judge what was changed within paragraphs: words go into the sources, numbers and citations are challenged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from briefing.readers.docx.reading import MARK, NOBODY, RUNNING, Stamp
from briefing.returns import items as kinds
from briefing.returns.draft import Draft, show_around
from briefing.returns.homes import CHART, CONTENTS, HOUSE, ROW, STATISTIC, TEXT, WORK, Home, MovedBound
from briefing.returns.line_starts import escape_start, escape_starts
from briefing.returns.numbers import is_number
from briefing.returns.pairing import ParagraphGroup
from briefing.returns.prose_source import HEADING, ITEM, PARAGRAPH
from briefing.returns.regions import Region, find_regions, find_stamp, make_end, split_region
from briefing.returns.sentences import hold_sentences
from briefing.returns.source_tokens import CITE_KIND, FIGURE_KIND, LINK_KIND, NOTE_KIND, Bound
from briefing.returns.splices import Splice, find_moved, separate, splice_region, write_prose
from briefing.returns.tokens import END, Deleted, Token, count_typed, write_tokens
from briefing.sources.prose_syntax import FACTS
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


class GroupJudge:
    """Judges the paragraphs of a group, read as one text on either side."""

    def __init__(self, draft: Draft, group: ParagraphGroup) -> None:
        self.draft, self.group = draft, group
        self.says_number = partial(is_number, language=draft.language)
        self.homes = [draft.homes[number] for number in group.old]
        self.old: list[Token] = []
        self.starts: list[int] = []
        for home in self.homes:
            self.old += [make_end()] if self.starts else []
            self.starts.append(len(self.old))
            self.old += home.tokens
        self.new: list[Token] = []
        self.deleted: list[Deleted] = []
        for number in group.new:
            if self.new:
                self.new.append(make_end(draft.new[group.new[group.new.index(number) - 1]].end))
            run = draft.runs[number]
            self.deleted += [Deleted(len(self.new) + row.position, row.text, row.stamp) for row in run.deleted]
            self.new += run.tokens

    def judge(self) -> None:
        """Add an item for each change, and what it writes."""
        bounds = [
            (start + home.lead + bound.first, start + home.lead + bound.last)
            for start, home in zip(self.starts, self.homes, strict=True)
            for bound in home.bounds
        ]
        already = len(self.draft.splices)
        regions = find_regions(self.old, self.new, bounds)
        self._find_moved(regions)
        judged = []
        for region in regions:
            inside = [bound for bound in bounds if region.first <= bound[0] and bound[1] <= region.last]
            parts = [region]
            if len(inside) == 1 and self._find_bounds(region)[0].kind != NOTE_KIND:
                parts = split_region(self.old, self.new, region, inside[0], self.says_number)
            for part in parts:
                self.draft.inserted += count_typed(self.new[part.start : part.end])
                judged.append((part, len(self.draft.items)))
                self._judge_region(part)
        hold_sentences(self.draft.items, self.old, judged, self.says_number)
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
        free = [words for region, words in zip(regions, fresh, strict=True) if not self._find_bounds(region)]
        came = {row for words in free for _, row in find_moved(words, whole)}
        self.homes = [replace(home, moved=tuple(row for row in moved if row in came)) for home in self.homes]

    # --- Which words, of which paragraph ---

    def _find_home(self, region: Region) -> tuple[Home, int]:
        """Find the paragraph in which a region begins, and the number of its first token."""
        number = max((n for n, start in enumerate(self.starts) if start <= region.first), default=0)
        return self.homes[number], self.starts[number]

    def _find_bounds(self, region: Region) -> list[Bound]:
        found = []
        for start, home in zip(self.starts, self.homes, strict=True):
            for bound in home.bounds:
                first = start + home.lead + bound.first
                if region.first <= first < region.last:
                    found.append(bound)
        return found

    def _tell(self, region: Region) -> dict[str, Any]:
        fresh = self.new[region.start : region.end]
        home, start = self._find_home(region)
        token = min(region.first - start, max(len(home.tokens) - 1, 0))
        return {
            **show_around(self.old, region.first, region.last),
            "old": write_tokens(self.old[region.first : region.last]),
            "new": write_tokens(fresh),
            "words": count_typed(fresh),
            "place": self.draft.write_place(home, token),
        }

    # --- What is done about it ---

    def _judge_region(self, region: Region) -> None:
        home, start = self._find_home(region)
        stamp = find_stamp(self.new, self.deleted, self.old, region)
        fresh = self.new[region.start : region.end]
        has_words = any(token.is_word for token in fresh)
        bound = self._find_bounds(region)
        figures = [one for one in bound if one.kind == FIGURE_KIND]
        says_number = any(self.says_number(token.text) for token in fresh)
        is_challenge = has_words and (says_number or not self._takes_more(region))
        told = self._tell(region)
        counted = {CONTENTS: _PAGE, RUNNING: _PAGE, HOUSE: _VERSION}.get(home.kind)
        if (
            counted
            and (fresh or home.kind != HOUSE)
            and all(counted.fullmatch(one.text) for one in fresh if one.is_word)
        ):
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
            self._change_paragraphs(region, home, stamp, told)
        else:
            self._change_words(region, home, start, bound, stamp, told)

    def _takes_more(self, region: Region) -> bool:
        """Tell whether words go that are bound to nothing, so that what is bound goes with its words."""
        held: set[int] = set()
        for start, home in zip(self.starts, self.homes, strict=True):
            for bound in home.bounds:
                held.update(range(start + home.lead + bound.first, start + home.lead + bound.last))
        return any(self.old[number].is_word for number in range(region.first, region.last) if number not in held)

    def _forget(self, told: dict[str, Any]) -> None:
        """Leave out what programs count by themselves: pages, and the version of a file beside another."""
        self.draft.inserted -= told["words"]

    def _challenge_figures(self, figures: Sequence[Bound], home: Home, stamp: Stamp, told: dict[str, Any]) -> None:
        """List a number that was typed over; the source stays, whatever was typed."""
        for figure in figures:
            known = self.draft.list_rows(figure.name, stamp.author, told["new"])
            says = "the number is bound to its source; it changes by a row of observations.csv"
            if not known["rows"]:
                says = "the number rests on no row of observations.csv; figures.yaml says how it is come by"
            self.draft.add(kinds.DATA, home, stamp, **told, **known, says=says)
            told = {**told, "words": 0}

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
        if splice is None and not says:
            says.append("these words stand nowhere in the source as they are printed")
        if kind == kinds.NUMBER:
            says.append("bind this number to a figure, or exempt it")
        self.draft.add(kind, home, stamp, **told, outcome=kinds.PATCH if splice else kinds.HAND, says="; ".join(says))
        if splice:
            self.draft.add_splice(splice)

    def _change_paragraphs(self, region: Region, home: Home, stamp: Stamp, told: dict[str, Any]) -> None:
        """Split or merge paragraphs, if nothing else was changed there and the source is prose."""
        gone, fresh = self.old[region.first : region.last], self.new[region.start : region.end]
        ends = [token.stamp for token in fresh if token.text == END and token.stamp != NOBODY]
        stamp = stamp if stamp != NOBODY else ends[0] if ends else NOBODY
        texts = ([token.text for token in gone], [token.text for token in fresh])
        splices = self._split(region) if END in texts[1] else self._merge(region)
        what = "this paragraph was split" if END in texts[1] else "two paragraphs were joined"
        check = "; see to which of them the facts belong" if splices else "; do it by hand"
        outcome = kinds.PATCH if splices else kinds.HAND
        self.draft.add(kinds.STRUCTURE, home, stamp, **told, says=what + check, outcome=outcome)
        self.draft.splices += splices

    def _split(self, region: Region) -> list[Splice]:
        home, start = self._find_home(region)
        gone, fresh = self.old[region.first : region.last], self.new[region.start : region.end]
        first = region.first - start
        if gone or home.tie is None or home.block is None or home.block.kind not in (PARAGRAPH, ITEM):
            return []
        if not 0 < first - home.lead < len(home.tie.spans):
            return self._append(region, home, start)
        before, after = (home.tie.spans[first - home.lead + number] for number in (-1, 0))
        if [token.text for token in fresh] != [END] or before is None or after is None:
            return []
        gap = home.tie.text[before[1] : after[0]]
        position = before[1] + len(gap.rstrip())
        start, end = home.offset + position, home.offset + before[1] + len(gap)
        return [Splice(home.file, start, end, separate(home), (len(self.draft.items) + 1,))]

    def _append(self, region: Region, home: Home, start: int) -> list[Splice]:
        """Write a paragraph that was put in at the end of another."""
        fresh = self.new[region.start : region.end]
        if home.block is None or region.first - start < len(home.tokens) or fresh[0].text != END:
            return []
        texts: list[list[Token]] = []
        for token in fresh:
            if token.text == END:
                texts.append([])
            else:
                texts[-1].append(token)
        written = "".join(separate(home) + escape_start(write_prose(text, home)) for text in texts if text)
        return [Splice(home.file, home.block.end, home.block.end, written, (len(self.draft.items) + 1,))]

    def _merge(self, region: Region) -> list[Splice]:
        gone, fresh = self.old[region.first : region.last], self.new[region.start : region.end]
        if fresh or [token.text for token in gone] != [END]:
            return []
        number = max(n for n, start in enumerate(self.starts) if start <= region.first)
        one, other = self.homes[number].block, self.homes[number + 1].block
        if one is None or other is None or one.file != other.file or one.kind != other.kind or one.kind == HEADING:
            return []
        text = self.draft.base.texts[one.file]
        between = text[one.end : other.start]
        if FACTS.sub("", between).strip():
            return []
        start = other.start + len(other.marker if one.kind == ITEM else "")
        items = (len(self.draft.items) + 1,)
        file = self.homes[number].file
        splices = [Splice(file, one.end, start, " ", items)]
        if (facts := FACTS.fullmatch(text[other.outer : other.start])) and facts[1]:
            own = FACTS.match(text, one.outer, one.start)
            at = own.end(1) if own else one.outer
            written = f"{facts[1].strip()} " if own else f"<!-- {facts[1].strip()} -->\n"
            splices.append(Splice(file, at, at, written, items))
        return splices
