"""Word among the formats."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from briefing.fonts import use_fonts
from briefing.writers.docx.writer import write_docx
from briefing.writers.material import Material


def write(material: Material) -> bytes:
    """Write the Word file, its contents filled in with the pages of its headings."""
    styles = yaml.safe_load(material.templates["docx.yaml"])
    pages = measure_pages(material) if material.pages is None else material.pages
    return write_docx(material.document, material.labels, material.images, material.fonts, styles, pages)


def measure_pages(material: Material) -> Mapping[str, int]:
    """Find the page of each heading by its id; a document without blocks has none."""
    use_fonts(material.font_folder)
    from briefing.writers.docx.page_numbers import lay_out_pages  # WeasyPrint reads the fonts as it starts

    if not material.document.blocks:
        return {}
    styles = yaml.safe_load(material.templates["docx.yaml"])
    return lay_out_pages(material.document, material.labels, styles, material.fonts, material.images)
