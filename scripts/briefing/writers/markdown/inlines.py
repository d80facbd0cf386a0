"""Write the inlines of a document as Markdown that every reader of CommonMark reads back as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import assert_never

from briefing.document.nodes import (
    Abbreviation,
    Cite,
    Deletion,
    Emphasis,
    FigureUse,
    Inline,
    Inlines,
    Insertion,
    LineBreak,
    Link,
    Note,
    Span,
    Strong,
    Text,
)
from briefing.document.walking import get_text

# What CommonMark, GitHub's tables, strikethrough and formulas take for a mark wherever it stands.
_MARKS = re.compile(r"[\\`*_\[\]<>|~$^]")
# What follows a text may end what its last sign begins.
_ENTITY = re.compile(r"&(?=#?\w*(?:;|$))")
# At the beginning of a line: a heading, a list, a line under a heading or across the page.
_LINE_START = re.compile(r"^(#{1,6}|[-+])(?=[ +-]|$)|^(=+ *$)|^(\d{1,9})([.)])(?= |$)")
_HEADING_END = re.compile(r"(?<= )#+ *$")
_ADDRESS = re.compile(r"(?<=\w):(?=//)|(?<=www)\.|(?<=\w)@(?=\w)")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_EDGES = re.compile(r"^( ?)(.*?)( ?)$", re.DOTALL)
# Addresses that every reader shows letter for letter, and those that need no brackets around them.
_SHOWN = re.compile(r"https?://[A-Za-z0-9./_~?=#+-]+|[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_BARE = re.compile(r"[^()]+")


def write_inlines(inlines: Iterable[Inline]) -> str:
    """Write inlines one after the other, on one line; an empty comment parts asterisks that would touch.

    An exclamation mark before a link would make a picture of it, and hide the mark of a footnote; a parenthesis behind
    such a mark would make a link of it, and a colon the footnote itself.
    """
    written = ""
    for inline in inlines:
        piece = _write_inline(inline)
        if written.endswith("!") and piece.startswith("["):
            written = f"{written[:-1]}\\!"
        if written.endswith("]") and piece.startswith(("(", ":")):
            piece = f"\\{piece}"
        touch = written.endswith("*") and not written.endswith("\\*") and piece.startswith("*")
        written += f"<!-- -->{piece}" if touch else piece
    return written


def write_line(inlines: Inlines) -> str:
    """Write a run as a line of its own, which no reader takes for a heading or a list."""
    return protect_start(write_inlines(inlines))


def escape(text: str) -> str:
    """Escape a text; white space is a space, but for spaces that do not break, which are letters to Markdown."""
    text = _ENTITY.sub(r"\\&", _MARKS.sub(r"\\\g<0>", _SPACES.sub(" ", text)))
    return _ADDRESS.sub(r"\\\g<0>", text)


def protect_end(line: str) -> str:
    """Escape number signs at the end of a heading, which would close it and not be shown."""
    return _HEADING_END.sub(r"\\\g<0>", line)


def protect_start(line: str) -> str:
    """Trim a line, and escape what would be a mark at its beginning."""
    return _LINE_START.sub(lambda match: f"{match[3] or ''}\\{match[1] or match[2] or match[4]}", line.strip(" "))


def _write_inline(inline: Inline) -> str:
    match inline:
        case Text(text=text) | FigureUse(text=text) | Abbreviation(text=text):
            return escape(text)
        case Emphasis(children=children):
            return _set_apart("*", "em", write_inlines(children))
        case Strong(children=children):
            return _set_apart("**", "strong", write_inlines(children))
        case Link(target=target, children=children):
            return _write_link(target, children)
        case Cite(parts=parts, delimiter=delimiter):
            return "(" + escape(delimiter).join(escape(part.text) for part in parts) + ")"
        case Note(id=identifier):
            return f"[^{name_note(identifier)}]"
        case Span(children=children):
            return write_inlines(children)
        case LineBreak():
            return "<br>"
        case Insertion() | Deletion():
            raise ValueError("Markdown holds one version; accept or reject the redline first")
        case _:
            assert_never(inline)


def name_note(identifier: str) -> str:
    """Name a footnote; its name may hold letters, digits, hyphens and underscores."""
    return re.sub(r"[^\w-]", "-", identifier)


def _set_apart(mark: str, tag: str, text: str) -> str:
    """Set text apart by asterisks; by tags where it ends in a sign, beside which asterisks may mark nothing."""
    before, inner, after = _split_edges(text)
    if not inner:
        return text
    if inner[0].isalnum() and inner[-1].isalnum():
        return f"{before}{mark}{inner}{mark}{after}"
    return f"{before}<{tag}>{inner}</{tag}>{after}"


def _write_link(target: str, children: Inlines) -> str:
    """Write a link to the web; within the note there are no targets that all readers of Markdown know."""
    if get_text(children) == (shown := target.removeprefix("mailto:")) and _SHOWN.fullmatch(shown):
        return f"<{shown}>"
    before, inner, after = _split_edges(text := write_inlines(children))
    address = _ENTITY.sub(r"\\&", re.sub(r"[<>\\\s]", lambda match: f"%{ord(match[0]):02X}", target))
    place = address if _BARE.fullmatch(address) else f"<{address}>"
    return f"{before}[{inner}]({place}){after}" if inner and not target.startswith("#") else text


def _split_edges(text: str) -> tuple[str, ...]:
    match = _EDGES.match(text)
    return match.groups() if match else ("", text, "")
