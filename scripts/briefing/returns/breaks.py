"""Judge where a paragraph was split, or two were joined: prose follows, and of translations it is said what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from briefing.readers.docx.reading import MARK, NOBODY, Stamp
from briefing.returns import items as kinds
from briefing.returns.draft import Draft
from briefing.returns.group_text import GroupText
from briefing.returns.homes import Home
from briefing.returns.numbers import is_number
from briefing.returns.prose_source import HEADING, ITEM, PARAGRAPH
from briefing.returns.regions import Region
from briefing.returns.source_tokens import NOTE_KIND, PROSE, list_source_tokens, pair_marks
from briefing.returns.splices import Splice, apply_splices, splice_region, write_paragraphs
from briefing.returns.tokens import END
from briefing.sources.prose_syntax import FACTS

_SPLIT, _JOINED = "this paragraph was split", "two paragraphs were joined"
_FACTS = "see to which of them the facts belong"


def judge_break(draft: Draft, text: GroupText, region: Region, stamp: Stamp, told: dict[str, Any]) -> None:
    """Split or join paragraphs where the source is prose, with the words that were changed there; else say how."""
    gone, fresh = text.old[region.first : region.last], text.new[region.start : region.end]
    ends = [token.stamp for token in fresh if token.text == END and token.stamp != NOBODY]
    stamp = stamp if stamp != NOBODY else ends[0] if ends else NOBODY
    home, start = text.find_home(region)
    is_split = END not in {token.text for token in gone}
    splices, ready, hint = (_split if is_split else _join)(draft, text, region)
    if text.has_heading and splices:
        splices, ready, hint = [], write_paragraphs(fresh, home).strip(), "a part is a heading now: do it by hand"
    says = [_SPLIT if is_split else _JOINED, _FACTS if splices else hint]
    if any(is_number(token.text, draft.speech.tag) for token in fresh):
        says.append("bind the numbers that were typed to figures, or exempt them")
    says += [f"the {bound.kind} {bound.name} is no longer used here" for bound in text.find_bounds(region)]
    told |= {"place": draft.write_place(home, region.first - start), "ready": ready}
    draft.add(kinds.STRUCTURE, home, stamp, **told, says="; ".join(says),
              outcome=kinds.PATCH if splices else kinds.HAND)  # fmt: skip
    draft.splices += splices


_Answer = tuple[list[Splice], str, str]
"""What is written; else what is ready to be pasted, and what is to be done with it."""


def _split(draft: Draft, text: GroupText, region: Region) -> _Answer:
    home, start = text.find_home(region)
    local = Region(region.first - start, region.last - start, region.start, region.end)
    item = len(draft.items) + 1
    fresh = text.new[region.start : region.end]
    is_after = local.first >= len(home.tokens) and fresh[0].text == END
    if home.block is not None and home.block.kind not in (PARAGRAPH, ITEM):
        return [], write_paragraphs(fresh, home).strip(), "do it by hand"
    if is_after and home.block is not None:
        return [Splice(home.file, home.block.end, home.block.end, write_paragraphs(fresh, home), (item,))], "", ""
    splice = splice_region(home, local, text.new, item)
    if splice is None or home.tie is None or any(token.text == MARK for token in fresh):
        return [], write_paragraphs(fresh, home).strip(), "do it by hand"
    if home.block is not None and not _spans_mark(home, splice):
        return [splice], "", ""
    within = replace(splice, start=splice.start - home.offset, end=splice.end - home.offset)
    ready = apply_splices(home.tie.text, [within])
    if home.block is not None:
        return [], ready, "a mark of the source spans both: put these in its place"
    return [], ready, draft.say_original(home, "split its source, {}", "give the two these translations")


def _spans_mark(home: Home, splice: Splice) -> bool:
    """Tell whether emphasis, a link or a language would begin before a break and end after it."""
    if home.tie is None:
        return True
    start, end, marks = splice.start - home.offset, splice.end - home.offset, home.tie.marks
    return any(
        marks[one].start < end
        and marks[other].end > start
        and not (marks[other].end <= start or marks[one].start >= end)
        for one, other in pair_marks(marks).items()
        if one < other
    )


def _join(draft: Draft, text: GroupText, region: Region) -> _Answer:
    """Join two paragraphs, with other words for those that end the one and begin the other."""
    gone, fresh = text.old[region.first : region.last], text.new[region.start : region.end]
    number = max(n for n, start in enumerate(text.starts) if start <= region.first)
    ends = [at for at, token in enumerate(gone) if token.text == END]
    if len(ends) > 1 or any(token.text in (END, MARK) for token in fresh) or number + 1 >= len(text.homes):
        return [], "", "do it by hand"
    one, other = text.homes[number], text.homes[number + 1]
    left = _find_tail(one, region.first - text.starts[number])
    right = _find_head(other, region.last - text.starts[number + 1])
    if left is None or right is None or one.tie is None or other.tie is None or one.shape != other.shape:
        return [], "", "do it by hand"
    words = write_paragraphs(fresh, one)
    lead = " " if words and fresh[0].space and left else ""
    trail = " " if region.end < len(text.new) and text.new[region.end].space else ""
    joint = f"{lead}{words}{trail}"
    if one.block is None or other.block is None:
        ready = one.tie.text[:left] + joint + other.tie.text[right:]
        places = " and ".join(filter(None, map(draft.find_original, (one, other))))
        return [], ready, draft.say_original(one, "join their sources, {}", "give it this translation", places)
    source = draft.base.texts[one.block.file]
    if (
        one.block.file != other.block.file
        or one.shape == HEADING
        or FACTS.sub("", source[one.block.end : other.block.start]).strip()
    ):
        return [], "", "do it by hand"
    items = (len(draft.items) + 1,)
    splices = [Splice(one.file, one.block.start + left, other.block.start + right, joint, items)]
    if (facts := FACTS.fullmatch(source[other.block.outer : other.block.start])) and (added := facts[1].strip()):
        own = FACTS.match(source, one.block.outer, one.block.start)
        has = own[1].rstrip() if own else ""
        at = own.start(1) + len(has) if own else one.block.outer
        written = f" {added}" if has else f"{added} " if own else f"<!-- {added} -->\n"
        splices.append(Splice(one.file, at, at, written, items))
    return splices, "", ""


def _find_tail(home: Home, kept: int) -> int | None:
    """Find where in its source a paragraph ends once it has kept some tokens; none where marks would lose a half."""
    if home.tie is None or kept < home.lead:
        return None
    spans, text = home.tie.spans, home.tie.text
    if kept - home.lead == len(spans):
        return len(text.rstrip())
    span = spans[kept - home.lead - 1] if kept > home.lead else None
    return span[1] if span and not _holds(home, span[1], len(text), kept, len(home.tokens)) else None


def _find_head(home: Home, lost: int) -> int | None:
    """Find where in its source a paragraph begins once it has lost some tokens; none where marks would lose a half."""
    if home.tie is None:
        return None
    body = list_source_tokens(home.tie.text, PROSE) if home.block else ()
    begin = body[0].start if body else 0
    if lost <= home.lead:
        return begin
    span = home.tie.spans[lost - home.lead] if lost - home.lead < len(home.tie.spans) else None
    return span[0] if span and not _holds(home, begin, span[0], 0, lost) else None


def _holds(home: Home, start: int, end: int, first: int, last: int) -> bool:
    """Tell whether a part of a source, and of its tokens, holds marks or footnotes."""
    if home.tie is None:
        return True
    notes = (home.lead + bound.first for bound in home.bounds if bound.kind == NOTE_KIND)
    return any(start <= mark.start < end for mark in home.tie.marks) or any(first <= at < last for at in notes)
