"""Name the files that the house's texts of a language are read from, by path below templates/."""

from __future__ import annotations

LABELS = "labels.en.yaml"
GRAMMAR_SCHEMA = "languages/schema.yaml"
SOURCE_TAG = "en"
"""The language in which the house writes its own texts."""


def name_grammar(tag: str) -> str:
    """Name the table that says how a language writes."""
    return f"languages/{tag}.yaml"


def list_house_files(tag: str) -> list[str]:
    """List the files of a language."""
    return [LABELS, name_grammar(tag), GRAMMAR_SCHEMA, *([f"translations/{tag}.po"] if tag != SOURCE_TAG else [])]
