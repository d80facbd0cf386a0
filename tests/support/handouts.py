"""A document, and what the writers make of it."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from briefing.document.nodes import Chart, Document, Heading
from briefing.writers.docx.writer import write_docx
from briefing.writers.html.page import write_html
from briefing.writers.markdown.page import write_markdown
from briefing.writers.pdf.layout import write_pdf
from support.documents import make_sample_document, make_sample_images
from support.house import ROOT, make_font_folder, make_fonts, read_labels, read_templates


@dataclass(frozen=True)
class Handout:
    """A document and what was handed out of it."""

    document: Document
    html: str
    docx: bytes
    pdf: Path
    markdown: str


def write_handout(document: Document, pdf: Path) -> Handout:
    """Write a document in all formats, with grey pictures, and contents that name no true page."""
    pictures = list(make_sample_images().values())  # SVGs first
    svg, png = pictures[0], pictures[-1]
    charts = [block.image for block in document.blocks if isinstance(block, Chart)]
    svgs = {f"{chart}.svg": svg for chart in charts}
    images = {**svgs, **{f"{chart}.png": png for chart in charts}}
    fonts = {name: font for name, font in make_fonts().items() if name.endswith(".ttf")}
    woff2 = {name: font for name, font in make_fonts().items() if name.endswith(".woff2")}
    styles: Mapping[str, Any] = yaml.safe_load((ROOT / "templates/docx.yaml").read_text("utf-8"))
    pages = {block.id: 1 for block in document.blocks if isinstance(block, Heading)}
    labels, templates = read_labels(document.metadata.language.split("-")[0]), read_templates()
    pdf.write_bytes(write_pdf(document, labels, svgs, make_font_folder(), templates, {}))
    return Handout(
        document,
        write_html(document, labels, svgs, woff2, templates),
        write_docx(document, labels, images, fonts, styles, pages),
        pdf,
        write_markdown(document, labels),
    )


@functools.cache
def write_sample() -> str:
    """Write the sample document as a page, once a run."""
    return write_html(make_sample_document(), read_labels(), make_sample_images(), make_fonts(), read_templates())
