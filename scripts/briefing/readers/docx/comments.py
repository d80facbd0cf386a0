"""Read the comments of a Word file, each with its words and its replies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.readers.docx.gate import Archive
from briefing.readers.docx.reading import FileComment, Stamp
from briefing.readers.docx.wordml import W14, W
from briefing.writers.docx.xml import Element

W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True, slots=True)
class _Row:
    """A comment as the part has it; `last` is the id of its last paragraph, by which replies name it."""

    comment: FileComment
    last: str


def read_comments(archive: Archive, ranges: Mapping[str, tuple[int, Sequence[str]]]) -> tuple[FileComment, ...]:
    """Read all comments; `ranges` has the paragraph and the words that each is on, by its id."""
    part = archive.find_part(archive.main, "comments")
    if not part:
        return ()
    rows = list(_list_rows(archive.parse(part), ranges))
    parents, done = _read_threads(archive)
    replies: dict[str, list[FileComment]] = {}
    known = {row.last for row in rows if row.last}
    for row in rows:
        if (parent := parents.get(row.last, "")) in known:
            replies.setdefault(parent, []).append(row.comment)
    tops = [row for row in rows if parents.get(row.last, "") not in known]
    return tuple(
        replace(row.comment, is_done=row.last in done, replies=tuple(replies.get(row.last, ()) if row.last else ()))
        for row in tops
    )


def _list_rows(root: Element, ranges: Mapping[str, tuple[int, Sequence[str]]]) -> Iterator[_Row]:
    for comment in root.iterchildren(f"{W}comment"):
        paragraphs = list(comment.iter(f"{W}p"))
        lines = ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in paragraphs]
        last = paragraphs[-1].get(f"{W14}paraId", "") if paragraphs else ""
        number, words = ranges.get(comment.get(f"{W}id", ""), (-1, ()))
        stamp = Stamp(comment.get(f"{W}author", ""), comment.get(f"{W}date", ""))
        said = " ".join("".join(words).split())
        yield _Row(FileComment(stamp, "\n".join(line for line in lines if line.strip()), said, number), last)


def _read_threads(archive: Archive) -> tuple[dict[str, str], set[str]]:
    """Read which comment replies to which, and which are done, from the part that newer programs write."""
    part = archive.find_part(archive.main, "commentsExtended")
    if not part:
        return {}, set()
    rows = list(archive.parse(part).iterchildren(f"{W15}commentEx"))
    parents = {row.get(f"{W15}paraId", ""): row.get(f"{W15}paraIdParent", "") for row in rows}
    done = {row.get(f"{W15}paraId", "") for row in rows if row.get(f"{W15}done") in ("1", "true")}
    return {own: first for own in parents if (first := _find_first(own, parents)) != own}, done


def _find_first(own: str, parents: Mapping[str, str]) -> str:
    """Find the comment with which a thread begins, for some programs let answers be answered; a circle has none."""
    seen = {own}
    first = own
    while parent := parents.get(first, ""):
        if parent in seen:
            return own
        seen.add(parent)
        first = parent
    return first
