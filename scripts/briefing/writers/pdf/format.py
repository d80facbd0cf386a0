"""PDF among the formats."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.document.version_names import TEXT, name_form
from briefing.writers.material import Material
from briefing.writers.pdf.layout import write_pdf


def pick_pictures(images: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pick the pictures whose text is text where there are such: the PDF has their fonts, and is read by search.

    Those for phones are picked too; a redline shows two versions of a chart by them, side by side.
    """
    names = [name for name in images if name.endswith(".svg") and TEXT not in name]
    return {name: images.get(name_form(name.removesuffix(".svg"), TEXT), images[name]) for name in names}


def write(material: Material) -> bytes:
    """Write the PDF, which carries the data that the note rests on."""
    return write_pdf(
        material.document,
        material.labels,
        pick_pictures(material.images),
        material.font_folder,
        material.templates,
        material.list_attachments(),
    )
