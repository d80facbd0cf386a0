"""Write what stands on every page: the page's size and margins, the running header, the footer with its number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefing.document import Metadata
from briefing.docx_fields import make_field, make_run, make_text
from briefing.docx_tables import write_paragraph
from briefing.docx_xml import Element, make, make_value, measure_millimetres


def build_header(metadata: Metadata) -> Element:
    """Build the running header: series at the left, short title at the right."""
    content = [make_run(make_text(metadata.series), make("w:tab"), make_text(metadata.title))]
    return make("w:hdr", None, write_paragraph("Header", content))


def build_footer(metadata: Metadata, labels: Mapping[str, str]) -> Element:
    """Build the footer: publisher and edition at the left, page of pages at the right."""
    issue = f"{metadata.publisher} · {labels['edition']} {metadata.edition_text}"
    content = [
        make_run(make_text(issue), make("w:tab"), make_text(f"{labels['page']} ")),
        *make_field(" PAGE ", [make_run(make_text("1"))]),
        make_run(make_text(f" {labels['of']} ")),
        *make_field(" NUMPAGES ", [make_run(make_text("1"))]),
    ]
    return make("w:ftr", None, write_paragraph("Footer", content))


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
