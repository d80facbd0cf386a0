"""Draw every chart and map that a document places, as SVG and PNG."""

import json
from pathlib import Path

import yaml

from briefing.charts.reading import parse_charts
from briefing.document.serialization import read_document
from briefing.document.superscripts import SUPERSCRIPTS
from briefing.formats.yaml_source import find_place, read_yaml
from briefing.steps.draw_charts import draw_charts
from briefing.workflow.cache import make_keeper
from briefing.workflow.files import replace_folder, telling_problems
from briefing.workflow.house_files import read_house_of
from briefing.workflow.job import get_job, read_fonts, read_json, read_texts

job = get_job()
note, sources = job.wildcards.note, Path(job.input.sources)
keep = make_keeper(Path(job.params.root), f"{job.params.code} {job.params.style}", read_fonts(job.input.fonts))
base_map = sources / f"common/map/{note}.geojson"
tree = read_yaml("charts.yaml", (sources / note / "charts.yaml").read_text("utf-8-sig"))
charts = parse_charts(tree)
file = f"sources/{note}/charts.yaml"
with telling_problems():
    drawn = draw_charts(
        read_document(Path(job.input.document).read_text("utf-8")),
        read_json(job.input.figures),
        charts,
        yaml.safe_load(read_texts(job.params.templates, ["charts.yaml"])["charts.yaml"]),
        sorted(Path(job.input.fonts).glob("*.ttf")),
        json.loads(base_map.read_text("utf-8")) if base_map.is_file() else None,
        keep,
        {chart.id: find_place(file, tree, ("charts", number, "id")) for number, chart in enumerate(charts)},
        read_house_of(job, job.wildcards.language).labels[SUPERSCRIPTS],
    )
replace_folder(job.output[0], drawn)
