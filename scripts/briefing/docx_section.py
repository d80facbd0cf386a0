"""Write what stands on every page: the page's size and margins, the running header, the footer with its number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefing.document import Metadata
from briefing.docx_fields import make_field, make_run, make_text
from briefing.docx_tables import write_paragraph
from briefing.docx_xml import Element, make, make_flag, measure_millimetres


def build_header(metadata: Metadata) -> Element:
    """Build the running header: series at the left, short title at the right."""
    content = [make_run(make_text(metadata.series), make("w:tab"), make_text(metadata.title))]
    return make("w:hdr", None, write_paragraph("Header", content))


def build_empty_header() -> Element:
    """Build the header of the first page, whose masthead says all."""
    return make("w:hdr", None, make("w:p"))


def build_footer(metadata: Metadata, labels: Mapping[str, str]) -> Element:
    """Build the footer: edition at the left, page of pages at the right."""
    page = labels["page"]
    content = [
        make_run(make_text(metadata.edition_text), make("w:tab"), make_text(f"{page[:1].upper()}{page[1:]} ")),
        *make_field(" PAGE ", [make_run(make_text("1"))]),
        make_run(make_text(f" {labels['of']} ")),
        *make_field(" NUMPAGES ", [make_run(make_text("1"))]),
    ]
    return make("w:ftr", None, write_paragraph("Footer", content))


def make_section(styles: Mapping[str, Any], references: Mapping[tuple[str, str], str]) -> Element:
    """Make the properties of the note's one section; `references` holds relationships by element and page type."""
    page = {key: measure_millimetres(value) for key, value in styles["page"].items()}
    margins = {key: page[key] for key in ("top", "right", "bottom", "left", "header", "footer")}
    return make(
        "w:sectPr",
        None,
        [make(element, {"type": kind, "r:id": reference}) for (element, kind), reference in references.items()],
        make("w:pgSz", {"w": page["width"], "h": page["height"]}),
        make("w:pgMar", {**margins, "gutter": 0}),
        make_flag("w:titlePg"),
    )
