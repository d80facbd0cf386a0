"""Say which part of a work a citation means: a page, a paragraph, a chapter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from briefing.language.number_formatting import Language

# How authors name the parts of a work, and what CSL calls them.
LOCATORS = {
    "p.": "page", "pp.": "page", "p": "page", "pp": "page", "page": "page", "pages": "page",
    "para.": "paragraph", "paras.": "paragraph", "para": "paragraph", "paras": "paragraph", "paragraph": "paragraph",
    "paragraphs": "paragraph", "ch.": "chapter", "chs.": "chapter", "chap.": "chapter", "chapter": "chapter",
    "chapters": "chapter", "art.": "article", "arts.": "article", "art": "article", "article": "article",
    "articles": "article", "§": "section", "§§": "section", "sec.": "section", "section": "section",
    "sections": "section", "annex": "annex", "annexes": "annex", "n.": "note", "nn.": "note", "note": "note",
    "notes": "note", "vol.": "volume", "vols.": "volume", "volume": "volume", "part": "part", "parts": "part",
    "fig.": "figure", "figs.": "figure", "figure": "figure", "table": "table", "tables": "table",
}  # fmt: skip


def print_locator(locator: str, language: Language) -> str:
    """Print which part of a work is meant, in the language: "para. 12" is « par. 12 »; a bare number is a page."""
    label, numbers = split_locator(locator)
    forms: Mapping[str, Sequence[str]] = language.grammar.get("locators", {})
    name = LOCATORS.get(label.casefold(), "")
    numbers = re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", "–", numbers)
    if name not in forms:
        return f"{label} {numbers}".strip()
    return f"{forms[name][bool(re.search('[–,;&]| and ', numbers))]} {numbers}"


def object_to_locator(locator: str, language: Language) -> str:
    """Say why a locator cannot be printed; nothing if it can."""
    label, numbers = split_locator(locator)
    if LOCATORS.get(label.casefold(), "") in language.grammar.get("locators", {}) and numbers:
        return ""
    known = "p. 4, pp. 4-6, para. 12, ch. 3, art. 5, § 7, annex 2, n. 1 or vol. 2"
    return f'"{locator}" names no part of a work; write something such as {known}'


def split_locator(locator: str) -> tuple[str, str]:
    """Split a locator into the label of the part that is meant and its numbers."""
    found = re.match(r"\s*([^\W\d_]+\.?|§+)?\s*(.*)", locator, re.DOTALL)
    label, numbers = (found[1] or "", found[2]) if found else ("", locator)
    return (label, numbers) if label else ("p.", numbers)
