"""Set text as a language does: spaces before double punctuation, elisions and contractions around figures.

The rules are data (templates/languages/); they work on the text that a reader sees, never on links, keys or ids.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from briefing.document.nodes import Cite, Document, FigureUse, Inline, Inlines, LineBreak, Link, Span
from briefing.document.schema import Role, Trait, find_fields
from briefing.document.walking import get_text, map_nodes, map_runs
from briefing.language.number_formatting import Language

# Within one run: where one piece of text meets the next, where a figure begins and ends, and what is not to be touched.
JOINT, FIGURE_EDGE, OPAQUE, HELD = "\ue000", "\ue001", "\ue002", "\ue003"
ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)\S+")
# The marks at the end of an address in running text are the sentence's.
BARE_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\ue000-\ue003]*[^\s\ue000-\ue003.,;:!?)»”’\]]")
SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
DOUBLE = ";:!?"
IN_LINE = Role.RUN | Role.PLAIN
Rules: TypeAlias = tuple[tuple[str, str], ...]
"""Patterns, in their order, each with what takes its place."""


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
        names = _find_line(inline)
        if _is_opaque(inline, tag) or not names:
            yield OPAQUE if _is_opaque(inline, tag) else ""
        elif isinstance(inline, FigureUse):
            yield f"{FIGURE_EDGE}{inline.text}{FIGURE_EDGE}"
        else:
            for value in (getattr(inline, name) for name in names):
                yield from [value] if isinstance(value, str) else _list_pieces(value, tag)


def _put_back(inlines: Inlines, pieces: Iterator[str], tag: str) -> Inlines:
    changed: list[Inline] = []
    for inline in inlines:
        names = _find_line(inline)
        if _is_opaque(inline, tag) or not names:
            next(pieces)
            changed.append(inline)
            continue
        values: dict[str, Any] = {}
        for name in names:
            value = getattr(inline, name)
            is_text = isinstance(value, str)
            values[name] = next(pieces).replace(FIGURE_EDGE, "") if is_text else _put_back(value, pieces, tag)
        changed.append(dataclasses.replace(inline, **values))
    return tuple(changed)


def _is_opaque(inline: Inline, tag: str) -> bool:
    """Tell whether an inline is not to be touched: a run in another language, an address that is its own text."""
    match inline:
        case Cite() | LineBreak():
            return True
        case Span(language=language):
            return language != tag
        case Link():
            return ADDRESS.fullmatch(get_text(inline)) is not None
    return False


def _find_line(inline: Inline) -> tuple[str, ...]:
    """Name the fields of an inline that stand in its line; a footnote has none."""
    return find_fields(type(inline), IN_LINE, without=Trait.ASIDE)


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
    """Set a text by the profile of a locale; addresses in it stay as they are."""
    return _set_by_rules(text, _list_rules(profile))


@lru_cache(maxsize=1 << 14)
def _set_by_rules(text: str, rules: Rules) -> str:
    """Set a text by rules; the same text is set once."""
    addresses, text = iter(BARE_ADDRESS.findall(text)), BARE_ADDRESS.sub(HELD, text)
    for pattern, replacement in rules:
        text = re.sub(pattern, replacement, text)
    return re.sub(HELD, lambda _: next(addresses), text)


def _list_rules(profile: Mapping[str, Any]) -> Rules:
    """List what sets the spaces around marks, then the profile's own rules."""
    return tuple(_make_rules(profile))


def _make_rules(profile: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    marks = f"[{JOINT}{FIGURE_EDGE}]*"
    # Only where the sign ends a word, never in a link, a time or a key; and before the first of several (?!).
    ends = rf"(?=[\s{SPACES}{JOINT}{FIGURE_EDGE}{OPAQUE}.,{DOUBLE}%)»”’\]]|$)"
    for signs, space in profile.get("before", {}).items():
        for sign in signs:
            first = rf"(?<=[^{SPACES}\s{DOUBLE if sign in DOUBLE else sign}])"
            yield rf"{first}[{SPACES}]*({marks})[{SPACES}]*({re.escape(sign)}){ends}", rf"\g<1>{space}\g<2>"
    for signs, space in profile.get("after", {}).items():
        yield rf"([{re.escape(signs)}])[{SPACES}]*({marks})[{SPACES}]*(?=\S)", rf"\g<1>{space}\g<2>"
    yield from ((rule["pattern"], rule["replacement"]) for rule in profile.get("rules", ()))


def set_document(document: Document, language: Language) -> Document:
    """Set all text of a document by the profile of its language."""
    if not language.profile:
        return document
    rules = _list_rules(language.profile)
    changed: Document = map_runs(document, lambda run, _: _set_run(run, language.tag, rules))
    return changed


def set_run(inlines: Inlines, language: Language) -> Inlines:
    """Set a run by the profile of its language, with what stands aside of it: the text of its footnotes."""
    return _set_run(inlines, language.tag, _list_rules(language.profile))


@lru_cache(maxsize=1 << 13)
def _set_run(inlines: Inlines, tag: str, rules: Rules) -> Inlines:
    """Set a run by rules; the same run is set once."""
    changed = rewrite_run(inlines, lambda text: _set_by_rules(text, rules), tag)
    settled: Inlines = map_nodes(changed, lambda inline: _set_inline(inline, tag, rules), without=Trait.ASIDE)
    return settled


def _set_inline(inline: Inline, tag: str, rules: Rules) -> Inline:
    """Set what an inline holds besides the text of its line: the words of citations and footnotes."""
    if isinstance(inline, Cite):
        texts = (_set_by_rules(part.text, rules) for part in inline.parts)
        parts = tuple(dataclasses.replace(part, text=text) for part, text in zip(inline.parts, texts, strict=True))
        # A delimiter stands between two words, and its spaces depend on them.
        return Cite(parts, _set_by_rules(f"a{inline.delimiter}a", rules)[1:-1])
    names = find_fields(type(inline), Role.RUN, having=Trait.ASIDE)
    asides: dict[str, Any] = {name: _set_run(getattr(inline, name), tag, rules) for name in names}
    return dataclasses.replace(inline, **asides)
