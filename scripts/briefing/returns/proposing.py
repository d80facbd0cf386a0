"""Read a returned file beside the one that was sent out, and gather all that it asks for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from briefing.figures.encoding import EncodedFigure
from briefing.formats.characters import is_hidden
from briefing.language.number_formatting import Language
from briefing.readers.docx.gate import refuse
from briefing.readers.docx.reading import MARK, NOBODY, FileComment, WordReading
from briefing.returns import items as kinds
from briefing.returns.draft import Draft
from briefing.returns.homes import HOUSE, Base, Home, find_homes
from briefing.returns.items import CommentReply, Remark
from briefing.returns.pairing import ParagraphGroup, is_unchanged, keeps_bookmarks, pair_paragraphs
from briefing.returns.source_tokens import FIGURE_KIND
from briefing.returns.splices import Splice
from briefing.returns.structure import judge_groups
from briefing.returns.tokens import (
    LOOSE_JOINER,
    count_each,
    count_typed,
    normalise,
    tokenise,
    tokenise_paragraph,
    write_tokens,
)
from briefing.writers.docx.identity import hash_comment

_OURS = "comments-"
_BLANKS = re.compile(r"[ \t\r\n]+")
AROUND = 80
"""How many characters are shown on either side of the words that a comment is on."""
LEAST, MOST, FEW = 0.25, 4, 200
"""Of the note's words, what a file of it must hold; how many paragraphs it may have to each of the note's, and more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file asks for of a note with a title.

    Items in reading order, what they write, how many words came, and what is in doubt.
    """

    items: tuple[Remark, ...]
    splices: tuple[Splice, ...]
    inserted: int
    doubts: tuple[str, ...]
    title: str = ""


def ask_of_file(
    base: Base,
    sent: WordReading,
    returned: WordReading,
    figures: Mapping[str, EncodedFigure],
    day: str,
    language: Language,
) -> Asked:
    """Gather what a returned file asks for; `sent` is the file that the house makes of the same version."""
    _refuse_another(sent, returned)
    is_kept = keeps_bookmarks(sent.paragraphs, returned.paragraphs)
    anchors = frozenset(piece.anchor for paragraph in sent.paragraphs for piece in paragraph.pieces if piece.anchor)
    anchors = anchors if is_kept else frozenset()
    groups = pair_paragraphs(sent.paragraphs, returned.paragraphs)
    told = [group for group in groups if not is_unchanged(group, sent.paragraphs, returned.paragraphs)]
    commented = {comment.paragraph for comment in returned.comments}
    asked = {number for group in groups if not commented.isdisjoint(group.new) for number in group.old}
    asked.update(number for group in told for number in group.old)
    homes = find_homes(base, sent, anchors, language.quotes, asked)
    runs = {
        number: tokenise_paragraph(returned.paragraphs[number], anchors, language.quotes)
        for group in told
        for number in group.new
    }
    draft = Draft(base, language, figures, day, homes, sent.paragraphs, returned.paragraphs, runs)
    judge_groups(draft, groups, told)
    _take_comments(draft, returned, groups)
    for leftover in returned.leftovers:
        words = count_typed(tokenise(leftover.text))
        draft.inserted += words
        says = f"{leftover.kind} ({leftover.part}) cannot be taken in"
        draft.add(kinds.UNPLACED, Home(HOUSE), NOBODY, new=leftover.text, words=words, says=says, outcome=kinds.HAND)
    doubts = [] if is_kept else ["the file has lost its bookmarks; paragraphs were placed by their words"]
    return _show_hidden(Asked(tuple(draft.items), tuple(draft.splices), draft.inserted, tuple(doubts)))


def _show_hidden(asked: Asked) -> Asked:
    """Show what nobody sees, as [U+202E]; no source may hold it, so a person types words anew that have it."""
    for item in asked.items:
        if hidden := sorted(filter(is_hidden, set(item["new"].replace("\n", "")))):
            names = " and ".join(
                f"{_code(one)} ({unicodedata.name(one, 'a control character').lower()})" for one in hidden
            )
            item["outcome"] = kinds.HAND if item["outcome"] == kinds.PATCH else item["outcome"]
            item["says"] = "; ".join(filter(None, (item["says"], f"these words hold {names}, unseen: type them anew")))
        shown: Any = item
        for name in ("before", "old", "new", "after", "author"):
            shown[name] = _show(shown[name])
        item["replies"] = [
            CommentReply(author=_show(one["author"]), date=one["date"], text=_show(one["text"]))
            for one in item["replies"]
        ]
    return _drop_held(asked)


def _show(text: str) -> str:
    return (
        text
        if text.isascii()
        else "".join(f"[{_code(one)}]" if one != "\n" and is_hidden(one) else one for one in text)
    )


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _refuse_another(sent: WordReading, returned: WordReading) -> None:
    """Refuse a file that is not the note's: of whose words it holds next to none, or of which it is a small part."""
    ours, theirs = (count_each(paragraph.text for paragraph in reading.paragraphs) for reading in (sent, returned))
    kept, most = (ours & theirs).total(), MOST * len(sent.paragraphs) + FEW
    if kept < LEAST * ours.total():
        said = f"of the {ours.total()} words of the note this file has {kept}, so it is another document, or a part"
    elif len(returned.paragraphs) > most:
        said = f"this file has {len(returned.paragraphs)} paragraphs, and the note {len(sent.paragraphs)}"
    else:
        return
    raise refuse(returned.name, f"{said}; import the whole Word file of the note, as it was edited")


def doubt_untracked(asked: Asked) -> Asked:
    """Leave to a person what was not tracked, in a file that has tracked changes and was not printed as it is today.

    What differs there may be the program's own.
    """
    doubts = (*asked.doubts, "today's program prints this version otherwise; what was not tracked may be its own")
    if any(item["tracked"] for item in asked.items):
        for item in asked.items:
            if item["outcome"] == kinds.PATCH and not item["tracked"]:
                item["outcome"] = kinds.HAND
                item["says"] = "; ".join(filter(None, (item["says"], "this may be the program's own, so see to it")))
    return _drop_held(replace(asked, doubts=doubts))


def _drop_held(asked: Asked) -> Asked:
    """Drop what would be written for items that are left to a person."""
    left = {item["number"] for item in asked.items if item["outcome"] == kinds.HAND}
    return replace(asked, splices=tuple(row for row in asked.splices if left.isdisjoint(row.items)))


def _take_comments(draft: Draft, returned: WordReading, groups: list[ParagraphGroup]) -> None:
    """List the comments that are not our own, each with its place and its words."""
    ours = {
        name for key, value in returned.properties.items() if key.startswith(_OURS) for name in value.split()
    }  # fmt: skip
    pairs = {number: group for group in groups for number in group.new}
    for comment in returned.comments:
        group = pairs.get(comment.paragraph)
        home = draft.homes[group.old[0]] if group and group.old else Home(HOUSE)
        is_ours = hash_comment(comment.text) in ours
        if is_ours and not comment.replies:
            continue
        replies = [CommentReply(author=one.stamp.author, date=one.stamp.date, text=one.text) for one in comment.replies]
        before, after = _find_words(returned, comment)
        draft.add(kinds.COMMENT, home, comment.stamp, new=comment.text, old=_read_plainly(comment.words),
                  before=before, after=after, replies=replies,
                  done=comment.is_done, figure=_find_figure(home, comment.words), tracked=False,
                  outcome=kinds.HAND)  # fmt: skip


def _find_words(returned: WordReading, comment: FileComment) -> tuple[str, str]:
    """Find the words around those that a comment is on."""
    if comment.paragraph < 0:
        return "", ""
    text = _BLANKS.sub(" ", _read_plainly(returned.paragraphs[comment.paragraph].text)).strip()
    words = r"\s".join(map(re.escape, _read_plainly(comment.words).split()))
    place = re.search(words, text) if words else None
    before, found, after = (text[: place.start()], place, text[place.end() :]) if place else ("", None, "")
    return (_cut_start(before), _cut_end(after, AROUND)) if found else ("", _cut_end(text, 2 * AROUND))


def _read_plainly(text: str) -> str:
    """Read a text without the places of footnotes and what holds a range together."""
    return LOOSE_JOINER.sub("", text.replace(MARK, ""))


def _cut_start(text: str) -> str:
    """Give the end of a text, from the beginning of a word on."""
    return text if len(text) <= AROUND else f"… {text[-AROUND - 1 :].partition(' ')[2]}"


def _cut_end(text: str, most: int) -> str:
    """Give the beginning of a text, up to the end of a word."""
    return text if len(text) <= most else f"{text[: most + 1].rpartition(' ')[0]} …"


def _find_figure(home: Home, words: str) -> str:
    """Find the number that a comment is on, if it is on one."""
    said = normalise(words)
    for bound in home.bounds:
        text = write_tokens(home.tokens[home.lead + bound.first : home.lead + bound.last])
        if bound.kind == FIGURE_KIND and text and (text in said or (said and said in text)):
            return bound.name
    return ""
