"""HTML among the formats."""

from __future__ import annotations

from briefing.writers.html.page import write_html
from briefing.writers.material import Material


def write(material: Material) -> bytes:
    """Write the page."""
    page = write_html(
        material.document, material.labels, material.images, material.fonts, material.templates, material.siblings
    )
    return page.encode("utf-8")
