"""Count what of a note a language has translated, section by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from briefing.document.nodes import Document, Heading, KeyPoints, KeyStatistics
from briefing.document.walking import get_text
from briefing.problems import Problem
from briefing.report.rows import Coverage, Translation
from briefing.translate.catalogue_translator import DONE, FUZZY, MISSING


def count_coverage(
    marks: Iterable[Iterable[str]], problems: Iterable[Problem], documents: Sequence[Document]
) -> Translation:
    """Count the messages of a language by section: translated, fuzzy, not translated, at odds with the glossary.

    `marks` has a section and what is true of a message in it: its state, or the kind of a problem. Sections are named
    by the headings of the source, the first of `documents`; the second is the translation.
    """
    document, translated = documents
    sections: dict[str, Counter[str]] = {}
    for section, mark in marks:
        sections.setdefault(section, Counter())[mark] += 1
    problems = list(problems)
    total = sum(sections.values(), Counter[str]())
    titles = _list_titles(document)
    return {
        "locale": translated.metadata.language,
        **_count(total),
        "parity_problems": sum(problem.kind == "parity" for problem in problems),
        "sections": [
            {"section": name, "title": titles.get(name, name.replace("-", " ")), **_count(counter)}
            for name, counter in sections.items()
        ],
    }


def _count(counter: Counter[str]) -> Coverage:
    messages = counter[DONE] + counter[FUZZY] + counter[MISSING]
    return {
        "messages": messages,
        "translated": counter[DONE],
        "percent": round(100 * counter[DONE] / messages, 1) if messages else 100.0,
        "fuzzy": counter[FUZZY],
        "untranslated": counter[MISSING],
        "glossary_problems": counter["glossary"],
    }


def _list_titles(document: Document) -> dict[str, str]:
    headings = {block.id: get_text(block.children) for block in document.blocks if isinstance(block, Heading)}
    boxes = {block.id: block.title for block in document.blocks if isinstance(block, KeyStatistics)}
    points = {block.id: get_text(block.title) for block in document.blocks if isinstance(block, KeyPoints)}
    return {**points, **boxes, **headings}
