"""Know the links back to the contents, which Word files had below each section, for what the house wrote."""

from __future__ import annotations

from dataclasses import replace

from briefing.document.nodes import Document, Paragraph, ReturnToContents, Text
from briefing.readers.docx.reading import WordReading


def add_ways_back(document: Document, returned: WordReading) -> Document:
    """Give a document with its ways back as paragraphs, if a returned file has them; what is written today has none."""
    said = {paragraph.text.strip() for paragraph in returned.paragraphs}
    ways = {
        block.id: Paragraph(block.id, (Text(f"↑ {block.text}"),))
        for block in document.blocks
        if isinstance(block, ReturnToContents) and f"↑ {block.text}" in said
    }
    blocks = (ways.get(block.id, block) if isinstance(block, ReturnToContents) else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks)) if ways else document
