"""Write a composed note as one self-contained HTML page."""

from pathlib import Path
from typing import Any

from briefing.document.serialization import load_document
from briefing.language.house_texts import read_house
from briefing.workflow.files import read_below, write_atomically
from briefing.writers.html.page import find_charts, write_html

snakemake: Any = globals()["snakemake"]

# The document of a version stands in its folder, which the parameters lead into.
given = snakemake.input if hasattr(snakemake.input, "document") else snakemake.params
document = load_document(given.document)
files = read_below(snakemake.params.templates, snakemake.input.house)
house = read_house(snakemake.wildcards.language, files, snakemake.params.locale)
templates = {Path(path).name: Path(path).read_text("utf-8") for path in snakemake.input.templates}
charts = Path(snakemake.input.charts)
images = {name: (charts / name).read_bytes() for name in (f"{chart.image}.svg" for chart in find_charts(document))}
fonts = {path.name: path.read_bytes() for path in sorted(Path(snakemake.input.fonts).glob("*.woff2"))}
page = write_html(document, house.labels, images, fonts, templates)
write_atomically(snakemake.output[0], page)
