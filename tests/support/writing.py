"""Write an edition that is made in memory, as the steps of the workflow do, but for the layout of its pages."""

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from briefing.charts.canvas import parse_style
from briefing.charts.drawing import draw_chart
from briefing.charts.spec import name_use
from briefing.document.nodes import Chart, Heading
from briefing.document.walking import get_text, walk_nodes
from briefing.writers.docx.writer import write_docx
from support.editions import Edition
from support.house import ROOT, make_font_folder, make_fonts, read_labels


@functools.cache
def read_styles(name: str) -> Any:
    """Read a table of styles of the templates."""
    return yaml.safe_load((ROOT / "templates" / name).read_text("utf-8"))


def draw_charts(edition: Edition) -> dict[str, bytes]:
    """Draw the charts that the edition places, with the numbers as it prints them."""
    placed = {node.image: node for node in walk_nodes(edition.composition.document.blocks) if isinstance(node, Chart)}
    texts = {name_use(point.figure, point.form): point.text for chart in placed.values() for point in chart.points}
    values = {name: figure.value for name, figure in edition.figures.items()}
    style, fonts = parse_style(read_styles("charts.yaml")), sorted(Path(make_font_folder()).glob("*.ttf"))
    note = edition.snapshot.sources.folder.rpartition("/")[2]
    base_map = ROOT / f"sources/common/map/{note}.geojson"
    geography = json.loads(base_map.read_text("utf-8")) if base_map.is_file() else None
    images: dict[str, bytes] = {}
    for chart in edition.snapshot.sources.charts:
        if chart.id in placed:
            labels = {label.source: get_text(label.children) for label in placed[chart.id].labels}
            svg, png = draw_chart(chart, values, texts, labels, style, fonts, geography)
            images |= {f"{chart.id}.svg": svg, f"{chart.id}.png": png}
    return images


def write_word(edition: Edition, images: Mapping[str, bytes]) -> bytes:
    """Write the edition as a Word file whose contents name no true page."""
    document = edition.composition.document
    fonts = {name: font for name, font in make_fonts().items() if name.endswith(".ttf")}
    pages = {block.id: 1 for block in document.blocks if isinstance(block, Heading)}
    return write_docx(document, read_labels(edition.language.tag), images, fonts, read_styles("docx.yaml"), pages)
