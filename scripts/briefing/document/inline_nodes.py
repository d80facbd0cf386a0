"""What runs are made of: the inlines of the composed note."""

from __future__ import annotations

from typing import TypeAlias

from briefing.document.changes import Cause, Versioned
from briefing.document.schema import Trait, members, name, node, plain, redline_only, run

ASIDE, MADE, SILENT = Trait.ASIDE, Trait.MADE, Trait.SILENT


@node
class Text:
    """A run of plain text."""

    text: str = plain()


@node
class Emphasis:
    """Text set apart, usually in italics."""

    children: Inlines = run()


@node
class Strong:
    """Text that stands out, usually in bold."""

    children: Inlines = run()


@node
class Link(Versioned):
    """A link to a block of the note (`#id`) or to a page of the web (http, https, mailto)."""

    target: str = name()
    children: Inlines = run()


@node
class FigureUse:
    """A number as the note prints it, bound to the figure that it states; `form` is its wording or form, as written.

    In a redline, `doubt` says why the wording of the new version is not true, and which one would be.
    """

    figure: str = name()
    text: str = plain()
    form: str = name(default="")
    doubt: str = redline_only(default="")


@node
class CitePart:
    """One work of a citation: its key, what the style prints without parentheses, and the part meant ("p. 4")."""

    key: str = name()
    text: str = plain(MADE)
    locator: str = name(default="")


@node
class Cite:
    """A citation in parentheses; its parts are set apart by the delimiter."""

    parts: tuple[CitePart, ...] = members()
    delimiter: str = plain(MADE, default="; ")


@node
class Note(Versioned):
    """A footnote, at the place of its mark; `number` counts from 1 through the document."""

    id: str = name(SILENT)
    number: int = name(SILENT)
    children: Inlines = run(ASIDE)


@node
class Abbreviation:
    """An acronym of the list of acronyms, with what it stands for."""

    text: str = plain()
    expansion: str = plain(ASIDE | MADE)


@node
class Span:
    """A run in another language than the document (a BCP 47 tag)."""

    language: str = name()
    children: Inlines = run()


@node
class LineBreak:
    """A line break within a block."""


@node
class Insertion:
    """Inlines that only the new version has."""

    children: Inlines = run()
    cause: Cause = redline_only()


@node
class Deletion:
    """Inlines that only the old version has."""

    children: Inlines = run()
    cause: Cause = redline_only()


Inline: TypeAlias = (
    Text | Emphasis | Strong | Link | FigureUse | Cite | Note | Abbreviation | Span | LineBreak | Insertion | Deletion
)
Inlines: TypeAlias = tuple[Inline, ...]
