"""Write what a reviewer changed into the source: words in their place, marks and names as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.readers.docx.reading import MARK
from briefing.returns.homes import FileKey, Home, MovedBound
from briefing.returns.prose_source import ITEM
from briefing.returns.regions import Region
from briefing.returns.source_tokens import NOTE_KIND, PROSE, Tie, list_source_tokens, pair_marks
from briefing.returns.tokens import END, Token, write_tokens
from briefing.translate.messages import SPECIAL, escape_message

_BRACE = re.compile(r"[{}]")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


@dataclass(frozen=True, slots=True)
class Splice:
    """A part of a text that gives way to another, and the items of the proposal that ask for it."""

    file: FileKey
    start: int
    end: int
    text: str
    items: tuple[int, ...] = ()


def apply_splices(text: str, splices: Iterable[Splice], start: int = 0) -> str:
    """Apply splices to a text that begins at an offset; those that stand at one place keep their order."""
    pieces = []
    position = start
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        if splice.start < position:
            continue  # it lies in a part that is taken out already
        pieces += [text[position - start : splice.start - start], splice.text]
        position = splice.end
    return "".join([*pieces, text[position - start :]])


def write_prose(tokens: Sequence[Token], home: Home) -> str:
    """Write tokens in the grammar of a source: nothing of them is a mark of it, but for what was moved here."""
    written, position = "", 0
    for start, moved in find_moved(tokens, home):
        written += _escape_words(tokens[position:start], home, bool(written))
        written += (" " if tokens[start].space and start else "") + moved.source
        position = start + len(moved.words)
    return written + _escape_words(tokens[position:], home, bool(written))


def write_paragraphs(tokens: Sequence[Token], home: Home) -> str:
    """Write tokens in the grammar of a source, as paragraphs where ends stand among them."""
    ends = [number for number, token in enumerate(tokens) if token.text == END]
    parts = [tokens[start + 1 : end] for start, end in pairwise([-1, *ends, len(tokens)])]
    first, *others = [write_prose(part, home) for part in parts]
    return first + "".join(separate(home) + text for text in others)


def find_moved(tokens: Sequence[Token], home: Home) -> list[tuple[int, MovedBound]]:
    """Find what is bound and was moved to some tokens, each once, and where it begins among them."""
    texts = [token.text for token in tokens]
    found: list[tuple[int, MovedBound]] = []
    for moved in sorted(home.moved, key=lambda moved: -len(moved.words)):
        size = len(moved.words)
        for start in range(len(texts) - size + 1):
            taken = any(start < at + len(other.words) and at < start + size for at, other in found)
            if tuple(texts[start : start + size]) == moved.words and not taken:
                found.append((start, moved))
                break
    return sorted(found, key=lambda row: row[0])


def _escape_words(tokens: Sequence[Token], home: Home, follows: bool) -> str:
    text = write_tokens(tokens)
    text = f" {text}" if follows and text and tokens[0].space else text
    if home.block is None:
        return _APOSTROPHE.sub("’", escape_message(text))
    return _BRACE.sub(r"\\\g<0>", SPECIAL.sub(r"\\\g<0>", text))


def separate(home: Home) -> str:
    """Give what stands between two blocks of a kind."""
    return f"\n{home.block.marker}" if home.block and home.block.kind == ITEM else "\n\n"


def splice_region(home: Home, region: Region, new: Sequence[Token], item: int) -> Splice | None:
    """Write a region of a paragraph into its source, or give None where its words stand in no source.

    `new` are the tokens of the whole new reading. A footnote whose mark was taken out keeps it.
    """
    tied = home.tie
    if tied is None:
        return None
    first, last = region.first - home.lead, region.last - home.lead
    beside = [*tied.spans[max(first - 1, 0) : first], *tied.spans[first:last], *tied.spans[last : last + 1]]
    if first < 0 or None in beside:
        return None
    text = tied.text
    body = list_source_tokens(text, PROSE) if home.block else ()
    begin = body[0].start if body else 0
    finish = next((token.start for token in body if token.kind == "heading"), len(text))
    before = _get(tied.spans, first - 1)[1] if first else begin
    after = _get(tied.spans, last)[0] if last < len(tied.spans) else len(text[:finish].rstrip())
    if first < last:
        start, end = _get(tied.spans, first)[0], _get(tied.spans, last - 1)[1]
        is_deletion = region.start == region.end
        start, end, closing, opening = _balance(tied, (before, start, end, after), is_deletion)
        kept = closing, _keep_notes(tied, first, last), opening
        return _space(home, region, new, (before, start, end, after), kept, item)
    blank = re.search(r"\s", text[before:after])
    start = before + (blank.start() if blank else after - before if last < len(tied.spans) else 0)
    return _space(home, region, new, (before, start, start, after), ("", "", ""), item)


def _get(spans: Sequence[tuple[int, int] | None], number: int) -> tuple[int, int]:
    return spans[number] or (0, 0)


def _balance(tied: Tie, around: tuple[int, int, int, int], is_deletion: bool) -> tuple[int, int, str, str]:
    """Take in the other half of marks whose words all go; give those that stay, closing and opening ones."""
    before, start, end, after = around
    marks, pairs = tied.marks, pair_marks(tied.marks)
    closing, opening = "", ""
    for number, mark in enumerate(marks):
        partner = marks[pairs[number]] if number in pairs else mark
        if not start <= mark.start < end or start <= partner.start < end:
            continue
        if before <= partner.start < start:
            start = partner.start
        elif end <= partner.start < after:
            end = partner.end
        elif partner.start < start:
            closing += tied.text[mark.start : mark.end]
        else:
            opening += tied.text[mark.start : mark.end]
    for number, mark in enumerate(marks if is_deletion else ()):
        partner = marks[pairs[number]] if number in pairs else mark
        if before <= mark.start < start and end <= partner.start < after:
            start, end = mark.start, partner.end
    return start, end, closing, opening


def _keep_notes(tied: Tie, first: int, last: int) -> str:
    """Keep the marks of the footnotes in what goes, and of nothing else."""
    spans = [
        tied.spans[bound.first] for bound in tied.bounds if bound.kind == NOTE_KIND and first <= bound.first < last
    ]
    return "".join(tied.text[span[0] : span[1]] for span in spans if span)


def _space(
    home: Home,
    region: Region,
    new: Sequence[Token],
    around: tuple[int, int, int, int],
    kept: tuple[str, str, str],
    item: int,
) -> Splice:
    """Make the splice, with a space on either side where the new reading has one."""
    text = home.tie.text if home.tie else ""
    before, start, end, after = around
    tokens = [token for token in new[region.start : region.end] if token.text != MARK]
    following = new[region.end] if region.end < len(new) and new[region.end].text != END else None
    is_first = region.start == 0 or new[region.start - 1].text == END
    left, right = text[before:start], text[end:after]
    wants_left = not is_first and (tokens[0].space if tokens else following is not None and following.space)
    wants_right = following is not None and following.space and not (tokens and tokens[-1].text == END)
    closing, notes, opening = kept
    fresh = write_paragraphs(tokens, home) + notes
    # A mark closes before a space, and opens after one.
    if closing:
        start -= len(left) - len(left.rstrip())
        left = left.rstrip()
        fresh = closing + (" " if wants_left and fresh else "") + fresh
        wants_left = False
    if opening:
        end += len(right) - len(right.lstrip())
        right = right.lstrip()
        fresh = fresh + (" " if wants_right and fresh else "") + opening
        wants_right = False
    if not fresh:
        # What is left touches: one space is enough, and none at an end.
        if left[-1:].isspace() and (right[:1].isspace() or not wants_left):
            start -= len(left) - len(left.rstrip())
            left = left.rstrip()
        if right[:1].isspace() and not wants_left:
            end += len(right) - len(right.lstrip())
        fresh = " " if wants_left and not _has_space(left) and not _has_space(right) else ""
    else:
        if wants_left and not _has_space(left):
            fresh = f" {fresh}"
        elif not wants_left and left[-1:].isspace():
            start -= len(left) - len(left.rstrip())
        if wants_right and not _has_space(right):
            fresh = f"{fresh} "
        elif not wants_right and right[:1].isspace():
            end += len(right) - len(right.lstrip())
    return Splice(home.file, home.offset + start, home.offset + end, fresh, (item,))


def _has_space(text: str) -> bool:
    return any(character.isspace() for character in text)
