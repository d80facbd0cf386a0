"""Make the items of a review: a sentence or a text with its difference, its section, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefing.compose.findings import Findings
from briefing.document.changes import Mark
from briefing.document.nodes import Chart, Document, ReturnToContents, is_made
from briefing.document.version_names import OLD, is_deleted
from briefing.document.versions import take_version
from briefing.document.walking import get_text, list_parts, walk_pieces
from briefing.language.tags import name_language
from briefing.problems import shorten
from briefing.redline.changes import ListedChange, describe_piece, list_changes
from briefing.redline.excerpts import show_difference
from briefing.review.rows import ReviewItem, Run
from briefing.review.sentences import Sentence, list_sentences, name_sections


class ItemMaker:
    """Makes the items of one language of a redline."""

    def __init__(self, redline: Document, findings: Findings, tag: str) -> None:
        self.redline, self.tag, self.language = redline, tag, name_language(tag, "en")
        self.sentences = list_sentences(redline)
        self.changes = list_changes(redline)
        self.of_marks = {mark: sentence for sentence in self.sentences for mark in sentence.nodes}
        self.charts = {block.id: get_text(block.title) for block in redline.blocks if isinstance(block, Chart)}
        self.gone = {name_departure(change) for change in self.changes} - {None}
        self.made = {block.id for block in redline.blocks if is_made(block)}
        self._living = {node.id for node in walk_pieces(take_version(redline, "new").blocks)}
        self._sections = {**name_sections(take_version(redline, "old")), **name_sections(take_version(redline, "new"))}
        self._places = findings.get("places", {})

    def name_section(self, identifier: str) -> str:
        """Name the section of a block or part: by number and title."""
        return self._sections.get(identifier, self.redline.metadata.title)

    def find_section(self, identifier: str) -> str:
        """Find the section of a block or part; nothing where this language has none of it."""
        return self._sections.get(identifier, "")

    def find_place(self, *identifiers: str) -> str:
        """Find where a block or part stands in the sources: file and line."""
        for identifier in identifiers:
            if identifier in self._places:
                file, line, _ = self._places[identifier]
                return f"{file}:{line}"
        return ""

    def make_from_sentence(self, sentence: Sentence, says: str = "") -> ReviewItem:
        """Make the item of a sentence."""
        return self._make(sentence.part, sentence.block, sentence.runs, says)

    def make_from_change(self, change: ListedChange, says: str = "") -> ReviewItem:
        """Make the item of a change that stands in no sentence: both texts as one, with their difference."""
        title = self.charts.get(change.block, "")
        if title and change.kind == "replaced" and change.old == change.new:
            runs: list[Run] = [("", title)]
            says = says or "The picture is another; its words are the same."
        elif change.kind == "moved":
            runs = [("", shorten(title or change.new, 200))]
        elif title and change.kind in ("inserted", "deleted"):  # its description would be read for its text
            runs = [(change.kind, title)]
        else:
            runs = [*show_difference(change.old, change.new)]
        item = self._make(change.part, change.block, runs, says)
        if is_removed(change):  # its id may be another's now, of which its place is
            item["place"] = ""
            item["anchor"] += OLD if item["anchor"] in self._living else ""
        return item

    def make_from_text(self, says: str, place: str = "", quoted: str = "") -> ReviewItem:
        """Make the item of what stands in no text of the note."""
        runs: list[Run] = [("", quoted)] if quoted else []
        return ReviewItem(
            says=says, language=self.tag, section="", anchor="", place=place, runs=runs, by=[], translations=[]
        )

    def say_move(self, change: ListedChange) -> str:
        """Say from where to where something was moved, by its neighbours."""
        for pieces in (self.redline.blocks, *(list_parts(block) for block in self.redline.blocks)):
            places = [n for n, piece in enumerate(pieces) if piece.mark and piece.mark.move == change.move]
            gone = [n for n in places if is_deleted(pieces[n])]
            come = [n for n in places if not is_deleted(pieces[n])]
            if gone and come:
                before = next((piece for piece in pieces[: gone[0]][::-1] if _says(piece) and not _came(piece)), None)
                after = next(
                    (piece for piece in pieces[come[-1] + 1 :] if _says(piece) and not is_deleted(piece)), None
                )
                start = f"from after “{_quote(before)}”" if before else "from the beginning"
                end = f"to before “{_quote(after)}”" if after else "to the end"
                return f"Moved {start} {end}."
        return "Moved."

    def _make(self, part: str, block: str, runs: Sequence[Run], says: str) -> ReviewItem:
        return ReviewItem(
            says=says,
            language=self.tag,
            section=self.name_section(part or block),
            anchor=part or block,
            place=self.find_place(part, block),
            runs=[*runs],
            by=[],
            translations=[],
        )


def name_departure(change: ListedChange) -> tuple[str, str, str] | None:
    """Name a block or part that was moved or removed whole, the same in all languages; of other changes nothing."""
    return (change.kind, change.block, change.part) if is_removed(change) or change.kind == "moved" else None


def is_removed(change: ListedChange) -> bool:
    """Tell whether a block or part was removed whole."""
    return change.kind == "deleted" and len(change.nodes) == 1 and isinstance(change.nodes[0], Mark)


def _says(piece: Any) -> bool:
    """Tell whether a piece can be known by its words, which those of the ways back to the contents share."""
    return not isinstance(piece, ReturnToContents)


def _came(piece: Any) -> bool:
    """Tell whether only the new version has a piece at this place."""
    return piece.mark is not None and piece.mark.kind == "inserted"


def _quote(piece: Any) -> str:
    return shorten(" ".join(describe_piece(take_version(piece, "new")).split()), 60)
