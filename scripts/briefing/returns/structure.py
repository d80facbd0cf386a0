"""Judge paragraphs that came, went or were moved: in prose the sources follow, elsewhere it is said what was meant."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from briefing.readers.docx.reading import DELETED, MARK, NOBODY, RUNNING, FileParagraph, Stamp
from briefing.returns import items as kinds
from briefing.returns.draft import Draft
from briefing.returns.homes import CHART, CONTENTS, HOUSE, TEXT, WORK, Home
from briefing.returns.judging import BY_HAND, GroupJudge
from briefing.returns.line_starts import escape_start
from briefing.returns.numbers import is_number
from briefing.returns.pairing import ParagraphGroup
from briefing.returns.prose_source import HEADING, ITEM, NOTE, PARAGRAPH, ProseBlock
from briefing.returns.source_tokens import NOTE_KIND
from briefing.returns.splices import Splice, apply_splices, separate, write_paragraphs, write_prose
from briefing.returns.table_rows import judge_new_row, list_lost_rows, list_new_rows, say_lost_row
from briefing.returns.tokens import count_typed, normalise, write_tokens
from briefing.scaffold.country import make_slug
from briefing.translate.messages import NOTE_ID

BLOCKS = (PARAGRAPH, ITEM)
RETURN = "return-"


def judge_groups(draft: Draft, groups: Sequence[ParagraphGroup], changed: Sequence[ParagraphGroup]) -> None:
    """Judge those of all groups of a file that were changed, in their order."""
    pairs = {new: group for group in groups for new in group.new}
    came, lost = list_new_rows(draft, groups), list_lost_rows(draft, groups)
    told: set[int] = set()
    for group in changed:
        if not group.new:
            judge_deleted(draft, group, lost)
        elif not group.old:
            first = group.new[0]
            if first in came and judge_new_row(draft, came[first], pairs):
                told.update(came[first])
            if first not in told:
                judge_inserted(draft, first, pairs)
        elif group.is_moved:
            judge_moved(draft, group, pairs)
        else:
            GroupJudge(draft, group).judge()


def judge_deleted(draft: Draft, group: ParagraphGroup, rows: Mapping[int, tuple[int, ...]]) -> None:
    """Judge a paragraph that is no longer there; of `rows` that are gone, the first cell says it for all."""
    home = draft.homes[group.old[0]]
    if home.kind in (CONTENTS, RUNNING) or not home.tokens:
        return
    if row := next((row for row in rows.values() if group.old[0] in row), ()):
        if group.old[0] == row[0]:
            cells = " | ".join(write_tokens(draft.homes[number].tokens) for number in row)
            stamp = _find_deletion(draft, home)
            draft.add(kinds.STRUCTURE, home, stamp, old=cells, says=say_lost_row(home), outcome=kinds.HAND)
        return
    if home.id.startswith(NOTE_ID) and home.id.removeprefix(NOTE_ID) in draft.dropped:
        return
    stamp = _find_deletion(draft, home)
    used = [f"the {bound.kind} {bound.name} is no longer used here" for bound in home.bounds if bound.kind != NOTE_KIND]
    is_written = home.kind == TEXT and home.block is not None and home.block.kind in BLOCKS
    says = ["this paragraph was deleted", *([] if is_written else [_say_deletion(draft, home)]), *used]
    item = draft.add(kinds.STRUCTURE, home, stamp, old=write_tokens(home.tokens), says="; ".join(says),
                     outcome=kinds.PATCH if is_written else kinds.HAND)  # fmt: skip
    if is_written and home.block is not None:
        draft.add_splice(cut_block(draft, home, home.block, item["number"]))
        for bound in home.bounds:
            if bound.kind == NOTE_KIND and (owner := _find_note(draft, bound.name)) and owner.block:
                draft.dropped.add(bound.name)
                draft.add_splice(cut_block(draft, owner, owner.block, item["number"]))


def _say_deletion(draft: Draft, home: Home) -> str:
    if home.kind == TEXT and home.block is None and home.file:
        return draft.say_original(home, "delete its source, {}")
    return "do it by hand" if home.kind == TEXT else BY_HAND[home.kind]


def cut_block(draft: Draft, home: Home, block: ProseBlock, item: int) -> Splice:
    """Take a block out of its file with its facts, and with the empty lines after it."""
    text = draft.base.texts[block.file]
    if block.kind == ITEM:
        return Splice(home.file, block.outer, min(block.end + 1, len(text)), "", (item,))
    rest = text[block.end :]
    blank = len(rest) - len(rest.lstrip())
    if rest.strip():
        return Splice(home.file, block.outer, block.end + blank, "", (item,))
    start = len(text[: block.outer].rstrip())
    return Splice(home.file, start, block.end, "", (item,))


def judge_inserted(draft: Draft, number: int, pairs: dict[int, ParagraphGroup]) -> None:
    """Judge a paragraph that is new."""
    paragraph, tokens = draft.new[number], draft.runs[number].tokens
    words = count_typed(tokens)
    draft.inserted += words
    stamp = next((token.stamp for token in tokens if token.stamp != NOBODY), paragraph.end)
    told = {"new": write_tokens(tokens), "words": words}
    anchor, position = find_anchor(draft, number, pairs)
    if anchor is None:
        before = pairs.get(number - 1)
        is_contents = bool(before and before.old and draft.homes[before.old[-1]].kind == CONTENTS)
        is_contents |= paragraph.style.startswith("toc")
        where = BY_HAND[CONTENTS] if is_contents else "a new paragraph stands where no source has text"
        if before and before.old and (work := draft.homes[before.old[-1]]).kind == WORK:
            where = f"this paragraph is new; {BY_HAND[WORK]}, after that one"
            draft.add(kinds.CITATION, work, stamp, **told, outcome=kinds.HAND, says=where)
        else:
            draft.add(kinds.UNPLACED, Home(HOUSE), stamp, **told, outcome=kinds.HAND, says=where)
        return
    says = ["this paragraph is new"]
    style = draft.new[position].style
    is_heading = paragraph.style.startswith(("heading", "title")) or (
        paragraph.style == style and anchor.block is not None and anchor.block.kind == HEADING
    )
    is_item = bool(anchor.block and anchor.block.kind == ITEM and paragraph.style == style)
    is_written = anchor.block is not None and not is_heading and (is_item or _ends_list(draft, anchor))
    if any(token.text == MARK for token in tokens):
        says.append("its footnotes are to be written by hand")
    ready = "" if is_written else write_paragraphs(tokens, anchor)
    if anchor.kind == TEXT and anchor.block is None and anchor.file:
        act, then = "write it after {} in their language", "give it this translation"
        says.append(draft.say_original(anchor, act, then))
    elif is_heading:
        says.append("it is a heading, which needs an id: write it by hand, as here")
        ready = write_heading(ready, paragraph.style)
    elif not is_written:
        says.append("write it by hand, as here")
    if any(is_number(token.text, draft.speech.tag) for token in tokens):
        says.append("bind its numbers to figures, or exempt them")
    outcome = kinds.PATCH if is_written else kinds.HAND
    item = draft.add(kinds.STRUCTURE, anchor, stamp, **told, says="; ".join(says), ready=ready,
                     outcome=outcome)  # fmt: skip
    if is_written and anchor.block is not None:
        joint = separate(anchor) if is_item else "\n\n"
        written = joint + escape_start(write_prose(tokens, anchor))
        draft.add_splice(Splice((anchor.block.file,), anchor.block.end, anchor.block.end, written, (item["number"],)))


def judge_moved(draft: Draft, group: ParagraphGroup, pairs: dict[int, ParagraphGroup]) -> None:
    """Judge a paragraph that stands at another place, and what was changed in it."""
    home = draft.homes[group.old[0]]
    already = len(draft.splices)
    GroupJudge(draft, group).judge()
    edits = draft.splices[already:]
    anchor, position = find_anchor(draft, group.new[0], pairs)
    paragraph = draft.new[group.new[0]]
    if home.kind in (CONTENTS, RUNNING):
        return
    block = home.block if home.kind == TEXT and home.block is not None and home.block.kind in BLOCKS else None
    fits = anchor is not None and anchor.block is not None and (
        anchor.block.kind == ITEM and draft.new[position].style == paragraph.style
        if block is not None and block.kind == ITEM
        else anchor is not None and _ends_list(draft, anchor)
    )  # fmt: skip
    is_written = block is not None and fits
    after = f"after {draft.write_place(anchor)}" if anchor else "to another place"
    says = f"this paragraph was moved {after}" + ("" if is_written else f"; {_say_move(draft, home, anchor)}")
    item = draft.add(kinds.STRUCTURE, home, _find_deletion(draft, home), before=write_tokens(home.tokens), says=says,
                     outcome=kinds.PATCH if is_written else kinds.HAND)  # fmt: skip
    if not is_written or block is None or anchor is None or anchor.block is None:
        return
    del draft.splices[already:]
    text = draft.base.texts[block.file]
    moved = apply_splices(text[block.outer : block.end], edits, block.outer)
    items = tuple(dict.fromkeys([item["number"], *(number for edit in edits for number in edit.items)]))
    cut = cut_block(draft, home, block, item["number"])
    joint = "\n" if block.kind == ITEM else "\n\n"
    end = anchor.block.end
    draft.splices += [replace(cut, items=items), Splice((anchor.block.file,), end, end, joint + moved, items)]


def _say_move(draft: Draft, home: Home, anchor: Home | None) -> str:
    if home.kind != TEXT or home.block is not None or not home.file or anchor is None:
        return "do it by hand"
    where = draft.find_original(anchor) or f"the source of {draft.write_place(anchor)}"
    return draft.say_original(home, f"move its source, {{}}, after {where}")


def write_heading(words: str, style: str) -> str:
    """Write a heading as prose has it, of the level that its style names, with an id made of its words."""
    level = min(int(found[0]) if (found := re.search(r"\d+", style)) else 1, 6)
    identifier = make_slug(words).lstrip(string.digits + "-")
    return f"{'#' * level} {words} {{#{identifier or 'section'}}}"


def find_anchor(draft: Draft, number: int, pairs: dict[int, ParagraphGroup]) -> tuple[Home | None, int]:
    """Find the paragraph of prose, or the chart, after which another stands now; and its position in the file."""
    for position in reversed(range(number)):
        group = pairs.get(position)
        if group is None or not group.old or group.is_moved:
            continue  # it says nothing, or has an anchor of its own
        home = draft.homes[group.old[-1]]
        if home.kind in (TEXT, CHART) and home.block is not None and home.block.kind != NOTE:
            return home, position
        if home.kind == TEXT or (home.kind == HOUSE and home.id.startswith(RETURN)):
            if home.kind == TEXT:
                return home, position
            continue
        if home.kind != CHART:
            return None, -1
    return None, -1


def _ends_list(draft: Draft, anchor: Home) -> bool:
    """Tell whether a paragraph can follow: it would part a list in two after an item that is not its last."""
    if anchor.block is None or anchor.block.kind != ITEM:
        return True
    following = draft.base.texts[anchor.block.file][anchor.block.end :].split("\n")
    return not any(line.strip() for line in takewhile(str.strip, following[1:]))


def _find_note(draft: Draft, label: str) -> Home | None:
    homes = (home for home in draft.homes if home.block is not None and home.block.kind == NOTE)
    return next((home for home in homes if home.block and home.block.name == label), None)


def _find_deletion(draft: Draft, home: Home) -> Stamp:
    """Find who took a paragraph out, if that was tracked."""
    words = "".join(token.text for token in home.tokens)
    for paragraph in draft.new:
        if paragraph.is_gone and "".join(normalise(_list_gone(paragraph)).split()) == words:
            return next((piece.stamp for piece in paragraph.pieces if piece.state == DELETED), NOBODY)
    return NOBODY


def _list_gone(paragraph: FileParagraph) -> str:
    return "".join(piece.text for piece in paragraph.pieces if piece.state == DELETED)
