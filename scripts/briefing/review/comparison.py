"""Two versions of a note with all that is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.document.nodes import Document
from briefing.language.number_formatting import Language
from briefing.review.doubts import Doubt, Statement
from briefing.review.figure_causes import Voice
from briefing.review.states import NoteVersion, list_stated


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions with all that is said of them: redlines, languages and doubts by language, what the policy forbids.

    The first language is that of the sources, in whose words the page speaks.
    """

    old: NoteVersion
    new: NoteVersion
    languages: Mapping[str, Language]
    redlines: Mapping[str, Document]
    doubts: Mapping[Statement, Doubt]
    labels: Mapping[str, str]
    policy: Mapping[str, str]

    @property
    def source(self) -> str:
        """Name the language of the sources."""
        return next(iter(self.new.documents))

    @property
    def language(self) -> Language:
        """Give the language of the sources."""
        return self.languages[self.source]

    @property
    def voice(self) -> Voice:
        """Give the words of the source language for causes."""
        stated = (list_stated(version.documents[self.source]) for version in (self.old, self.new))
        return Voice(self.labels, *stated)
