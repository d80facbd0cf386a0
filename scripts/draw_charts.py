"""Draw every chart and map of the note as SVG and PNG, with the numbers as the composed document prints them."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from briefing.charts.canvas import parse_style
from briefing.charts.drawing import draw_chart
from briefing.charts.reading import parse_charts
from briefing.charts.spec import name_use
from briefing.document.nodes import Chart
from briefing.document.serialization import read_document
from briefing.document.walking import get_text, walk_nodes
from briefing.formats.yaml_source import read_yaml
from briefing.workflow.files import replace_folder

snakemake: Any = globals()["snakemake"]

# The charts of a version of the note are drawn from its folder, which the parameters lead into.
given = snakemake.input if hasattr(snakemake.input, "document") else snakemake.params
path = Path(given.document)
# A version that has no edition in this language has no charts either.
blocks = read_document(path.read_text("utf-8")).blocks if path.is_file() else ()
placed = {node.image: node for node in walk_nodes(blocks) if isinstance(node, Chart)}
texts = {name_use(point.figure, point.form): point.text for chart in placed.values() for point in chart.points}
figures = json.loads(Path(given.figures).read_text("utf-8"))["figures"]
values = {name: Decimal(figure["value"]) for name, figure in figures.items()}
style = parse_style(yaml.safe_load(Path(snakemake.input.style).read_text("utf-8")))
snapshot = Path(given.snapshot)
base_map = snapshot / f"common/map/{snakemake.wildcards.note}.geojson"
geography = json.loads(base_map.read_text("utf-8")) if base_map.is_file() else None
fonts = sorted(Path(snakemake.input.fonts).glob("*.ttf"))
drawn: dict[str, str | bytes] = {}
charts = (snapshot / snakemake.wildcards.note / "charts.yaml").read_text("utf-8-sig")
for chart in parse_charts(read_yaml("charts.yaml", charts)):
    if chart.id in placed:
        labels = {label.source: get_text(label.children) for label in placed[chart.id].labels}
        svg, png = draw_chart(chart, values, texts, labels, style, fonts, geography)
        drawn |= {f"{chart.id}.svg": svg, f"{chart.id}.png": png}
replace_folder(snakemake.output[0], drawn)
