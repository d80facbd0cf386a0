"""Set text as a language does: spaces before double punctuation, elisions and contractions around figures.

The rules are data (templates/languages/); they work on the text that a reader sees, never on links, keys or ids.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from briefing.document.inlines import map_inlines
from briefing.document.nodes import (
    Abbreviation,
    ChartLabel,
    Cite,
    Document,
    Emphasis,
    FigureUse,
    Inline,
    LineBreak,
    Link,
    Note,
    Span,
    Strong,
    Text,
)
from briefing.language.number_formatting import Language

# Within one run: where one piece of text meets the next, where a figure begins and ends, and what is not to be touched.
JOINT, FIGURE_EDGE, OPAQUE = "\ue000", "\ue001", "\ue002"
SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
DOUBLE = ";:!?"
Inlines = tuple[Inline, ...]


def rewrite_run(inlines: Inlines, rewrite: Callable[[str], str], tag: str) -> Inlines:
    """Rewrite the text of a run as one, so that rules see across its pieces; runs in other languages stay.

    `rewrite` gets the pieces with `JOINT` between them, figures between two `FIGURE_EDGE`, and must keep these marks.
    """
    pieces = list(_list_pieces(inlines, tag))
    if not pieces:
        return inlines
    rewritten = rewrite(JOINT.join(pieces)).split(JOINT)
    if len(rewritten) != len(pieces):
        raise ValueError("a rule of typography has lost or added a joint between two pieces of text")
    return _put_back(inlines, iter(rewritten), tag)


def _list_pieces(inlines: Inlines, tag: str) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text=text) | Abbreviation(text=text):
                yield text
            case FigureUse(text=text):
                yield f"{FIGURE_EDGE}{text}{FIGURE_EDGE}"
            case Emphasis(children=children) | Strong(children=children) | Link(children=children):
                yield from _list_pieces(children, tag)
            case Span(language=language, children=children) if language == tag:
                yield from _list_pieces(children, tag)
            case Note():
                yield ""
            case _:
                yield OPAQUE


def _put_back(inlines: Inlines, pieces: Iterator[str], tag: str) -> Inlines:
    changed: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text() | Abbreviation():
                changed.append(dataclasses.replace(inline, text=next(pieces)))
            case FigureUse():
                changed.append(dataclasses.replace(inline, text=next(pieces).replace(FIGURE_EDGE, "")))
            case Emphasis(children=children) | Strong(children=children) | Link(children=children):
                changed.append(dataclasses.replace(inline, children=_put_back(children, pieces, tag)))
            case Span(language=language, children=children) if language == tag:
                changed.append(dataclasses.replace(inline, children=_put_back(children, pieces, tag)))
            case Note() | Cite() | Span() | LineBreak():
                next(pieces)
                changed.append(inline)
            case _:
                raise TypeError(f"{type(inline).__name__} is no inline")
    return tuple(changed)


# --- Around figures ----------------------------------------------------------------------------------------------

SENTENCE_START = re.compile(rf"((?:^|[.!?…][{SPACES}]+){JOINT}*{FIGURE_EDGE})(\w)")


def join_texts(inlines: Inlines, language: Language) -> Inlines:
    """Make the words around a figure agree with what it now says: "de" + "environ" is "d’environ".

    In the rules ("joints" of the grammar) the sign ¦ stands for the edge of a figure.
    """
    rules = [(rule["pattern"], rule["replacement"]) for rule in language.grammar.get("joints", ())]

    def rewrite(text: str) -> str:
        edge = f"{JOINT}{FIGURE_EDGE}"
        text = text.replace(edge, "¦").replace(f"{FIGURE_EDGE}{JOINT}", "‡")
        for pattern, replacement in rules:
            text = re.sub(pattern, replacement, text)
        text = text.replace("¦", edge).replace("‡", f"{FIGURE_EDGE}{JOINT}")
        if not language.grammar.get("capitals"):
            return text
        return SENTENCE_START.sub(lambda match: match[1] + match[2].upper(), text)

    return rewrite_run(inlines, rewrite, language.tag)


# --- Spaces and quotation marks ----------------------------------------------------------------------------------


def set_text(text: str, profile: Mapping[str, Any]) -> str:
    """Set a text by the profile of a locale: the spaces around marks, then the profile's own rules."""
    marks = f"[{JOINT}{FIGURE_EDGE}]*"
    # Only where the sign ends a word, never in a link, a time or a key; and before the first of several (?!).
    ends = rf"(?=[\s{SPACES}{JOINT}{FIGURE_EDGE}{OPAQUE}.,{DOUBLE}%)»”’\]]|$)"
    for signs, space in profile.get("before", {}).items():
        for sign in signs:
            first = rf"(?<=[^{SPACES}\s{DOUBLE if sign in DOUBLE else sign}])"
            text = re.sub(
                rf"{first}[{SPACES}]*({marks})[{SPACES}]*({re.escape(sign)}){ends}", rf"\g<1>{space}\g<2>", text
            )
    for signs, space in profile.get("after", {}).items():
        text = re.sub(rf"([{re.escape(signs)}])[{SPACES}]*({marks})[{SPACES}]*(?=\S)", rf"\g<1>{space}\g<2>", text)
    for rule in profile.get("rules", ()):
        text = re.sub(rule["pattern"], rule["replacement"], text)
    return text


def set_document(document: Document, language: Language) -> Document:
    """Set all text of a document by the profile of its language."""
    if not language.profile:
        return document
    changed: Document = _set_node(document, language)
    return changed


# Fields that hold names and addresses, not text for readers.
_KEYS = {"id", "key", "target", "image", "kind", "role", "align", "language", "figure", "form", "number", "note",
         "edition", "issued", "as_of", "version", "locator", "facts"}  # fmt: skip


def _set_node(node: Any, language: Language) -> Any:
    if isinstance(node, tuple):
        if node and all(isinstance(child, _INLINES) for child in node):
            run = rewrite_run(node, lambda text: set_text(text, language.profile), language.tag)
            return map_inlines(run, lambda inline: _set_inline(inline, language))
        return tuple(_set_node(child, language) for child in node)
    if isinstance(node, str):
        return set_text(node, language.profile)
    if not dataclasses.is_dataclass(node) or isinstance(node, type | FigureUse):
        return node
    kept = {*_KEYS, "source"} if isinstance(node, ChartLabel) else _KEYS
    changes = {
        field.name: _set_node(getattr(node, field.name), language)
        for field in dataclasses.fields(node)
        if field.name not in kept
    }
    return dataclasses.replace(node, **changes)


def _set_inline(inline: Inline, language: Language) -> Inline:
    """Set what a run holds besides its own text: the words of citations and footnotes."""
    match inline:
        case Cite(parts=parts, delimiter=delimiter):
            set_parts = tuple(dataclasses.replace(part, text=set_text(part.text, language.profile)) for part in parts)
            # A delimiter stands between two words, and its spaces depend on them.
            return Cite(set_parts, set_text(f"a{delimiter}a", language.profile)[1:-1])
        case Note(children=children):
            return dataclasses.replace(inline, children=_set_node(children, language))
        case _:
            return inline


_INLINES = (Text, Emphasis, Strong, Link, FigureUse, Cite, Note, Abbreviation, Span, LineBreak)
