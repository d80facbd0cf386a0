"""Read a redline sentence by sentence: what was struck out and put in, why, and what each sentence states and cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from briefing.document.changes import Cause
from briefing.document.nodes import (
    Chart,
    Cite,
    Deletion,
    Document,
    FigureUse,
    Heading,
    Inline,
    Inlines,
    Insertion,
    KeyPoints,
    KeyStatistic,
    KeyStatistics,
    Link,
    Text,
    is_made,
)
from briefing.document.schema import Trait
from briefing.document.version_names import list_drawn_doubts
from briefing.document.walking import get_text, list_children, list_parts, list_runs, walk_nodes
from briefing.review.rows import Run

_BEGINNING = r"\s+(?=[A-ZÀ-Þ“«]|$)"
_SENTENCE_END = re.compile(rf"(?<=[.!?]){_BEGINNING}")
_STARTS_ANEW, _IS_ENDED = re.compile(_BEGINNING), re.compile(r"[.!?\]]$")


@dataclass
class Sentence:
    """A sentence of a redline: its place, its runs, and the causes of what changed in it.

    `uses` are the figures that its new version states, `cited` the keys of the works that it names, `typed` is the rest
    of its text, and `nodes` has the identities of the marks in it.
    """

    block: str
    part: str
    runs: list[Run] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    uses: list[FigureUse] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    typed: str = ""
    nodes: set[int] = field(default_factory=set)

    @property
    def text(self) -> str:
        """Give the new version of the sentence."""
        return "".join(text for kind, text in self.runs if kind != "deleted").strip()

    @property
    def is_ended(self) -> bool:
        """Tell whether both versions of the sentence have come to an end."""
        new = ("inserted", "newly doubted")
        versions = ("".join(text for kind, text in self.runs if kind not in left) for left in (new, ("deleted",)))
        return all(_IS_ENDED.search(text) for text in versions)

    @property
    def place(self) -> str:
        """Give the id under which the sources know its place."""
        return self.part or self.block

    def add(self, kind: Any, text: str) -> None:
        """Add a text of a kind at the end."""
        if self.runs and self.runs[-1][0] == kind:
            self.runs[-1] = (kind, self.runs[-1][1] + text)
        elif text:
            self.runs.append((kind, text))


def name_sections(document: Document) -> dict[str, str]:
    """Name the section of each block, and of each item, line and row, by its id: "1.1 Geography", or a title alone."""
    names: dict[str, str] = {}
    section = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            section = " ".join(filter(None, (block.number, get_text(block.children))))
        match block:
            case KeyStatistics(title=title):
                place = title
            case KeyPoints(title=run):
                place = get_text(run)
            case _:
                place = section
        names |= {node.id: place for node in walk_nodes(block) if getattr(node, "id", "")}
    return names


def list_sentences(redline: Document, with_boxes: bool = True) -> list[Sentence]:
    """List the sentences that people wrote and both versions have in some form; lines of boxes and charts with them."""
    found = []
    for block, piece in _walk_versions(redline.blocks, ""):
        if piece.mark:
            continue
        for run in _join_cells(piece) if with_boxes or not isinstance(piece, KeyStatistic | Chart) else ():
            found += _split_sentences(run, block, piece.id if piece.id != block else "")
    return found


def _join_cells(piece: Any) -> list[Inlines]:
    """List the runs of a piece; the cells of one line say one thing together."""
    match piece:
        case KeyStatistic(label=label, value=value, source=source):
            return [(*label, Text(": "), *value, *((Text(", "), *source) if source else ()))]
        case Chart():
            # Of two versions of a picture's texts the new one is read: each is shown whole.
            drawn = (*piece.points, *list_drawn_doubts(piece))
            return [(*piece.title, *(replace(use, text="") for use in drawn), Text(". "), *piece.source)]
    return list(list_runs(piece, without=Trait.APART))


def split_run(run: Inlines) -> list[Inlines]:
    """Split a run of one version into its sentences; the spaces between two stand at the beginning of the second."""
    sentences: list[list[Inline]] = [[]]
    for inline in run:
        if not isinstance(inline, Text):
            sentences[-1].append(inline)
            continue
        start = 0
        for end in _SENTENCE_END.finditer(inline.text):
            sentences[-1] += [Text(inline.text[start : end.start()])]
            sentences.append([])
            start = end.start()
        sentences[-1].append(Text(inline.text[start:]))
    return [tuple(sentence) for sentence in sentences]


def _walk_versions(pieces: Iterable[Any], block: str) -> Iterator[tuple[str, Any]]:
    """Yield blocks and their parts that people write, what was moved and changed as it was changed."""
    for piece in pieces:
        written = piece.mark.edit if piece.mark and piece.mark.edit else piece
        if not is_made(written):
            yield block or written.id, written
            yield from _walk_versions(list_parts(written), block or written.id)


def _split_sentences(run: Inlines, block: str, part: str) -> list[Sentence]:
    """Split a run into sentences, at the ends that both versions have."""
    sentences = [Sentence(block, part)]

    def read(inlines: Iterable[Inline], kind: str, cause: Cause | None) -> None:
        for inline in inlines:
            match inline:
                case Deletion(children=children, cause=why) | Insertion(children=children, cause=why):
                    sentences[-1].nodes.add(id(inline))
                    read(children, "deleted" if isinstance(inline, Deletion) else "inserted", why)
                case _ if children := list_children(inline):
                    if isinstance(inline, Link) and inline.target.startswith("#ref-") and kind != "deleted":
                        sentences[-1].cited.append(inline.target.removeprefix("#ref-"))
                    read(children, kind, cause)
                case _:
                    _read_leaf(inline, kind, cause, sentences, (block, part))

    read(run, "", None)
    return [sentence for sentence in sentences if sentence.runs]


def _read_leaf(
    inline: Inline, kind: str, cause: Cause | None, sentences: list[Sentence], place: tuple[str, str]
) -> None:
    """Add an inline that holds no others to the last sentence, and begin new ones where it ends some."""
    if cause and cause not in sentences[-1].causes:
        sentences[-1].causes.append(cause)
    if kind != "deleted" and isinstance(inline, FigureUse):
        sentences[-1].uses.append(inline)
        kind = ("newly doubted" if kind else "doubted") if inline.doubt else kind
    elif kind != "deleted" and isinstance(inline, Cite):
        sentences[-1].cited += [part.key for part in inline.parts]
    elif kind == "inserted":
        sentences[-1].typed += get_text(inline)
    is_running = not kind and not isinstance(inline, Cite)  # a work may be called “Some Title. A Subtitle”
    if is_running and _STARTS_ANEW.match(get_text(inline)) and sentences[-1].is_ended:
        sentences.append(Sentence(*place))
    first, *rest = _SENTENCE_END.split(get_text(inline)) if is_running else [get_text(inline)]
    for number, text in enumerate([first, *rest]):
        if number:
            sentences.append(Sentence(*place))
        sentences[-1].add(kind, text)
        sentences[-1].typed += text if is_running and not isinstance(inline, FigureUse) else ""
