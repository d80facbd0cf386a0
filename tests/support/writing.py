"""Write an edition that is made in memory, as the steps of the workflow do, but for the layout of its pages."""

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from briefing.document.nodes import Heading
from briefing.document.superscripts import SUPERSCRIPTS
from briefing.figures.encoding import encode_figure
from briefing.steps import draw_charts as steps
from briefing.writers.docx.writer import write_docx
from support.editions import Edition
from support.house import ROOT, make_font_folder, make_fonts, read_labels


@functools.cache
def read_styles(name: str) -> Any:
    """Read a table of styles of the templates."""
    return yaml.safe_load((ROOT / "templates" / name).read_text("utf-8"))


def draw_charts(edition: Edition, geography: str = "") -> dict[str, bytes]:
    """Draw the charts that the edition places, as the workflow does, from its base map or the text of another."""
    note = edition.snapshot.sources.folder.rpartition("/")[2]
    base_map = ROOT / f"sources/common/map/{note}.geojson"
    derived: Any = {"figures": {name: encode_figure(figure) for name, figure in edition.figures.items()}}
    return steps.draw_charts(
        edition.composition.document,
        derived,
        edition.snapshot.sources.charts,
        read_styles("charts.yaml"),
        sorted(Path(make_font_folder()).glob("*.ttf")),
        json.loads(geography or base_map.read_text("utf-8")) if geography or base_map.is_file() else None,
        superscripts=read_labels(edition.language.tag)[SUPERSCRIPTS],
    )


def write_word(edition: Edition, images: Mapping[str, bytes]) -> bytes:
    """Write the edition as a Word file whose contents name no true page."""
    document = edition.composition.document
    fonts = {name: font for name, font in make_fonts().items() if name.endswith(".ttf")}
    pages = {block.id: 1 for block in document.blocks if isinstance(block, Heading)}
    return write_docx(document, read_labels(edition.language.tag), images, fonts, read_styles("docx.yaml"), pages)
