"""Keep an old translation in sight where its source has changed: what it said, marked stale, beside what it should say.

A message that the catalogue lacks stays in the source language. Compared with the old version, the whole translation
would seem to be struck out, though nobody has lost it.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from briefing.document.inlines import merge_texts
from briefing.document.nodes import Document, FigureUse, Inlines, Note, Span, Text
from briefing.document.schema import Role, find_fields
from briefing.document.walking import map_nodes, walk_pieces
from briefing.review.sentences import list_sentences, split_run

Restate = Callable[[FigureUse], FigureUse]


def keep_translations(
    old: Document, new: Document, source: Document, labels: Mapping[str, str], restate: Restate
) -> Document:
    """Give a translated document in which the old translation stands where the new text has none yet.

    `source` is the redline of the source language: of a text with several sentences those that changed are told, each
    behind its translation where both languages have as many. `restate` prints a figure as the new version does.
    """
    pairs = pair_pieces(source)
    said: dict[str, list[str]] = defaultdict(list)
    for sentence in list_sentences(source, with_boxes=False):
        is_changed = any(cause.kind == "text" for cause in sentence.causes)
        said[sentence.place].append(sentence.text if is_changed else "")
    before = {piece.id: piece for piece in walk_pieces(old.blocks)}
    start = f"[{labels['untranslated']}]"

    def keep(node: Any) -> Any:
        was = before.get(pairs.get(getattr(node, "id", ""), ""))
        if was is None or type(was) is not type(node):
            return node
        changed: dict[str, Any] = {
            name: _keep_run(getattr(was, name), getattr(node, name), start, labels, restate, said.get(node.id, ()))
            for name in find_fields(type(node), Role.RUN)
        }
        return dataclasses.replace(node, **changed)

    return dataclasses.replace(new, blocks=map_nodes(new.blocks, keep))


def _keep_run(
    old: Inlines, new: Inlines, start: str, labels: Mapping[str, str], restate: Restate, changed: Sequence[str]
) -> Inlines:
    if not _is_left(new, start) or _is_left(old, start) or not old:
        return new
    kept: Inlines = map_nodes(old, lambda node: restate(node) if isinstance(node, FigureUse) else node)
    sentences = split_run(kept)
    if len(sentences) != len(changed):
        sentences, changed = [kept], [" ".join(filter(None, changed))]
    language = new[1].language if isinstance(new[1], Span) else ""
    texts: list[Inlines] = [(Span(language, (Text(text),)),) if text else () for text in changed]
    if not any(texts):  # nothing is known but the whole
        whole = tuple(node for node in new[1:] if not isinstance(node, Note))
        sentences, texts = [kept], [map_nodes(whole, _leave_notes_out)]
    marked = zip(sentences, texts, strict=True)
    return merge_texts(part for sentence, text in marked for part in (*sentence, *_mark_stale(text, labels)))


def _mark_stale(text: Inlines, labels: Mapping[str, str]) -> Inlines:
    """Mark a translation as stale, if its text says something else now."""
    # A space of another kind than that behind a sentence, so that the mark is no part of the next one.
    return (Text(f"\N{NO-BREAK SPACE}[{labels['stale_translation']}"), *text, Text("]")) if text else ()


def _is_left(run: Inlines, start: str) -> bool:
    """Tell whether a run was left in the source language."""
    return len(run) > 1 and isinstance(run[0], Text) and run[0].text.strip() == start and isinstance(run[1], Span)


def _leave_notes_out(node: Any) -> Any:
    """Leave footnotes out of a text that is quoted: they stand in the translation."""
    if not isinstance(node, Span):
        return node
    return dataclasses.replace(node, children=tuple(child for child in node.children if not isinstance(child, Note)))


def pair_pieces(redline: Document) -> dict[str, str]:
    """Pair the ids of the pieces of the new version with those that they have in the old one, by a redline of both."""
    pairs = {}
    for piece in walk_pieces(redline.blocks):
        written = piece.mark.edit if piece.mark and piece.mark.edit else piece
        if written.mark is None:
            pairs[written.id] = next((one.value for one in written.before if one.name == "id"), written.id)
    return pairs
