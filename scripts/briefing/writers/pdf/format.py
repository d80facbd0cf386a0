"""PDF among the formats."""

from __future__ import annotations

from briefing.writers.material import Material
from briefing.writers.pdf.layout import write_pdf


def write(material: Material) -> bytes:
    """Write the PDF, which carries the data that the note rests on."""
    return write_pdf(
        material.document,
        material.labels,
        material.images,
        material.font_folder,
        material.templates,
        material.list_attachments(),
    )
