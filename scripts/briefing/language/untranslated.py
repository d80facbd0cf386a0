"""Tell a translation that is still its source from a name, a loan or a number, which may be the same in both."""

from __future__ import annotations

import re
from collections.abc import Collection

from briefing.formats.po_catalogue import Catalogue

WORD = re.compile(r"[^\W\d_]+")
REFERENCE = re.compile(r"\{[^{}]*\}|\[[@^][^\]]*\]")  # figures, works and footnotes, which have names of their own


def list_said(catalogue: Catalogue) -> set[str]:
    """List the words of all translations that are not the same as their source."""
    texts = (entry.text for (_, source), entry in catalogue.entries.items() if entry.text != source)
    return {word for text in texts for word in WORD.findall(REFERENCE.sub(" ", text))}


def is_untranslated(text: str, said: Collection[str], function_words: Collection[str] = ()) -> bool:
    """Doubt a text that is the same as its source, where `said` are the words of the language's other texts.

    Words in capitals are names, and a single word may be a loan. Among several, one in small letters tells: if it is a
    function word of the source, or if no such word stands in any other translation.
    """
    words = WORD.findall(REFERENCE.sub(" ", text))
    common = {word for word in words if word.islower()}
    return len(words) > 1 and bool(common) and (bool(common & {*function_words}) or not common & {*said})
