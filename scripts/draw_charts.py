"""Draw every chart and map that a document places, as SVG and PNG."""

import json
from pathlib import Path

import yaml

from briefing.charts.reading import parse_charts
from briefing.document.serialization import read_document
from briefing.formats.yaml_source import read_yaml
from briefing.steps.draw_charts import draw_charts
from briefing.workflow.files import replace_folder
from briefing.workflow.job import get_job, read_json, read_texts

job = get_job()
note, sources = job.wildcards.note, Path(job.input.sources)
base_map = sources / f"common/map/{note}.geojson"
drawn = draw_charts(
    read_document(Path(job.input.document).read_text("utf-8")),
    read_json(job.input.figures),
    parse_charts(read_yaml("charts.yaml", (sources / note / "charts.yaml").read_text("utf-8-sig"))),
    yaml.safe_load(read_texts(job.params.templates, ["charts.yaml"])["charts.yaml"]),
    sorted(Path(job.input.fonts).glob("*.ttf")),
    json.loads(base_map.read_text("utf-8")) if base_map.is_file() else None,
)
replace_folder(job.output[0], drawn)
