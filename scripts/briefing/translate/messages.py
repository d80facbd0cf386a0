"""Write runs of inlines as messages for translators, and read their translations back.

A message is the prose of a block in its own grammar, but for figures: `{population}` stands for the figure as it is
worded, `{population.period}` for its period, `{population.2}` for a second wording of it in the same block. A brace
that is none of these is doubled, as Python's format strings ask.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, assert_never

from markdown_it.tree import SyntaxTreeNode

from briefing.document.nodes import (
    Abbreviation,
    Cite,
    CitePart,
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
from briefing.document.schema import Role, Trait
from briefing.document.walking import list_texts, walk_nodes
from briefing.problems import Place, Problem
from briefing.sources.parsed_once import parse_line
from briefing.sources.prose import ProseReader
from briefing.sources.prose_syntax import NameResolver, make_parser

BRACES = re.compile(r"\{\{|\}\}|\{([A-Za-z_]\w*)((?:\.\w+)*)\}")
NOTE_ID = "note-"
PERIOD = "period"
# What CommonMark would read as a mark: backslash, stars, brackets, backticks, tags, entities, and lines between words;
# and what would be told as a mark that is left over: a key without brackets, a text struck out, a formula.
SPECIAL = re.compile(
    r"([\\*\[\]`<])|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|!(?=\[)|"
    r"(?<![\w/])@(?=[A-Za-z])|~(?=~)|(?<=~)~|\$(?=[^$\s][^$]*[\\^_][^$]*\$)"
)


def name_placeholders(inlines: Inlines) -> dict[FigureUse, str]:
    """Name the placeholder of each use of a figure in a run, footnotes left out."""
    names: dict[FigureUse, str] = {}
    forms: dict[str, list[str]] = {}
    for use in list_uses(inlines):
        if use.form == PERIOD:
            names[use] = f"{use.figure}.{PERIOD}"
            continue
        seen = forms.setdefault(use.figure, [])
        if use.form not in seen:
            seen.append(use.form)
        position = seen.index(use.form)
        names[use] = f"{use.figure}.{position + 1}" if position else use.figure
    return names


def list_uses(inlines: Inlines) -> list[FigureUse]:
    """List the uses of figures in a run, in order; those of its footnotes belong to messages of their own."""
    return [node for node in walk_message(inlines) if isinstance(node, FigureUse)]


def walk_message(inlines: Inlines) -> list[Inline]:
    """List the inlines of a run, in order, without those of its footnotes."""
    return list(walk_nodes(inlines, Role.RUN, without=Trait.ASIDE))


def get_words(inlines: Inlines) -> str:
    """Give what was typed in a message: its text, with a space for each figure and citation, without footnotes."""
    words = ""
    for node in walk_message(inlines):
        is_typed = not isinstance(node, FigureUse | Cite | LineBreak)
        words += "".join(list_texts(node, without=Trait.ASIDE)) if is_typed else " "
    return words


def write_message(inlines: Inlines) -> str:
    """Write a run of inlines as a message; figures, citations and footnote marks are placeholders."""
    names = name_placeholders(inlines)
    return "".join(_write_inline(inline, names) for inline in inlines)


def _write_inline(inline: Inline, names: Mapping[FigureUse, str]) -> str:
    def write(children: Inlines) -> str:
        return "".join(_write_inline(child, names) for child in children)

    match inline:
        case Text(text=text) | Abbreviation(text=text):
            return escape_message(text)
        case Emphasis(children=children):
            return f"*{write(children)}*"
        case Strong(children=children):
            return f"**{write(children)}**"
        case Span(language=language, children=children):
            return f"[{write(children)}]{{{{lang={language}}}}}"
        case Link(target=target, children=children):
            return f"[{write(children)}]({target})"
        case FigureUse():
            return f"{{{names[inline]}}}"
        case Cite(parts=parts):
            return f"[{'; '.join(_write_part(part) for part in parts)}]"
        case Note(id=name):
            return f"[^{name.removeprefix(NOTE_ID)}]"
        case LineBreak():
            return "\\\n"
        case Insertion() | Deletion():
            raise ValueError("a message has one version; accept or reject the redline first")
        case _:
            assert_never(inline)


def _write_part(part: CitePart) -> str:
    return f"@{part.key}, {part.locator}" if part.locator else f"@{part.key}"


def escape_message(text: str) -> str:
    """Write a text in a message so that nothing of it is a mark."""
    escaped = SPECIAL.sub(lambda match: "\\" + match[0], text)
    return escaped.replace("{", "\\{{").replace("}", "\\}}")


def to_prose(message: str) -> str:
    """Turn the braces of a message into those of prose: `{gdp.period}` into `{{ gdp | period }}`."""

    def turn(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][0]
        forms = match[2].lstrip(".").replace(".", " ")
        return f"{{{{ {match[1]} | {forms} }}}}" if forms else f"{{{{ {match[1]} }}}}"

    return BRACES.sub(turn, message)


class FormResolver(NameResolver, Protocol):
    """A resolver that can also print a figure in a form that a translator asks for."""

    def resolve_form(self, use: FigureUse, form: str, place: Place) -> Inline:
        """Give the figure in a form such as "feminine"."""
        ...


@dataclass
class MessageReader(ProseReader):
    """Reads a translated message; the footnotes that it may refer to are those of its source."""

    resolver: FormResolver
    known_notes: Mapping[str, Note] = field(default_factory=dict)

    def read_message(self, file: str, message: str, place: Place) -> Inlines:
        """Read a message into inlines; a footnote comes back without its text, which is a message of its own."""
        self._file, self._is_line = file, True
        inline = parse_line(self.parser, to_prose(message), tuple(self.known_notes))
        return self._read_inlines(inline, inline.content, place)

    def _read_inline(self, node: SyntaxTreeNode, content: str, place: Place) -> Inline | None:
        """Read an inline; `[{chambers}]{form=feminine}` asks for a form of a figure."""
        if node.type != "span" or "form" not in node.attrs:
            return super()._read_inline(node, content, place)
        form, children = str(node.attrs["form"]), self._read_inlines(node, content, place)
        if len(children) == 1 and isinstance(use := children[0], FigureUse):
            return self.resolver.resolve_form(use, form, place)
        self._report(place, f"{{{{form={form}}}}} is for one figure alone, as in [{{chambers}}]{{{{form=feminine}}}}")
        return None

    def _check_text(self, text: str, content: str, place: Place) -> None:
        """Check for a footnote or citation that is not known; braces have been read before."""
        super()._check_text(text.replace("{", "").replace("}", ""), content, place)

    def _read_note(self, label: str, place: Place) -> Inline | None:
        if label in self._used:
            self._report(place, f'the footnote "{label}" is referred to twice; keep one mark')
            return None
        self._used.add(label)
        return Note(f"{NOTE_ID}{label}", self.known_notes[label].number, ())


def read_message(
    message: str, source: Inlines, resolver: FormResolver, place: Place, quotes: tuple[str, ...]
) -> tuple[Inlines, list[Problem]]:
    """Read a translation of `source`; figures and citations are given by `resolver`, problems stand at `place`."""
    notes = {node.id.removeprefix(NOTE_ID): node for node in walk_message(source) if isinstance(node, Note)}
    reader = MessageReader(resolver, parser=make_parser(quotes, ("lang", "form")), known_notes=notes)
    return reader.read_message(place.file, message, place), reader.problems
