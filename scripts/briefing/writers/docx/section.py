"""Write what stands on every page: the page's size and margins, the running header, the footer with its number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefing.document.nodes import Metadata
from briefing.document.versions import set_out
from briefing.writers.docx.fields import make_field, make_run, make_text
from briefing.writers.docx.inlines import write_inline
from briefing.writers.docx.story import WordSpot
from briefing.writers.docx.tables import write_paragraph
from briefing.writers.docx.xml import Element, make, make_value, measure_millimetres


def build_header(metadata: Metadata, place: WordSpot) -> Element:
    """Build the running header: title at the left, at the right the section, which Word reads off each page.

    Readers that cannot show the series there, and so does a redline, whose headings may have two texts.
    """
    title, series = (_write_running(metadata, name, place) for name in ("title", "series"))
    section = series if place.story.document.is_redline else make_field(" STYLEREF 1 ", series)
    return make("w:hdr", None, write_paragraph("Header", [*title, make_run(make("w:tab")), *section]))


def _write_running(metadata: Metadata, name: str, place: WordSpot) -> list[Element]:
    """Write a text that runs through all pages; Word has no comments there."""
    inlines = set_out(metadata, name)
    return [element for inline in inlines for element in write_inline(inline, place)]


def build_footer(metadata: Metadata, labels: Mapping[str, str], place: WordSpot, hint: str = "") -> Element:
    """Build the footer: publisher and edition at the left, page of pages at the right, and a hint above them."""
    content = [
        *_write_running(metadata, "publisher", place),
        make_run(make_text(f" · {labels['edition']} ")),
        *_write_running(metadata, "edition_text", place),
        make_run(make("w:tab"), make_text(f"{labels['page']} ")),
        *make_field(" PAGE ", [make_run(make_text("1"))]),
        make_run(make_text(f" {labels['of']} ")),
        *make_field(" NUMPAGES ", [make_run(make_text("1"))]),
    ]
    above = [write_paragraph("Footer", [make_run(make_text(hint))])] if hint else []
    return make("w:ftr", None, above, write_paragraph("Footer", content))


def make_section(styles: Mapping[str, Any], footer: str, header: str = "") -> Element:
    """Make the properties of a section, given the relationships of its footer and header.

    The cover has no header and begins at the top edge of its page, as its masthead does.
    """
    page = {key: measure_millimetres(value) for key, value in styles["page"].items()}
    margins = {key: page[key] for key in ("top", "right", "bottom", "left", "header", "footer")}
    if not header:
        margins |= {"top": 0, "header": 0}
    return make(
        "w:sectPr",
        None,
        make("w:headerReference", {"type": "default", "r:id": header}) if header else None,
        make("w:footerReference", {"type": "default", "r:id": footer}),
        make_value("w:type", "nextPage"),
        make("w:pgSz", {"w": page["width"], "h": page["height"]}),
        make("w:pgMar", {**margins, "gutter": 0}),
    )
