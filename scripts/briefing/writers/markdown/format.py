"""Markdown among the formats."""

from __future__ import annotations

from briefing.writers.markdown.page import write_markdown
from briefing.writers.material import Material


def write(material: Material) -> bytes:
    """Write the text; its pictures stand beside it."""
    return write_markdown(material.document, material.labels).encode("utf-8")
