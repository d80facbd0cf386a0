"""Write a composed note as a tagged PDF that carries the note's Data Package."""

import json
from pathlib import Path
from typing import Any

from briefing.document.serialization import load_document
from briefing.formats.csv_table import read_table, write_table
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import read_yaml
from briefing.language.house_texts import read_house
from briefing.sources.data_package import FROZEN, SOURCE
from briefing.workflow.files import read_below, write_atomically
from briefing.writers.html.page import find_charts
from briefing.writers.pdf.layout import write_pdf

snakemake: Any = globals()["snakemake"]

# The document of a version stands in its folder, which the parameters lead into.
given = snakemake.input if hasattr(snakemake.input, "document") else snakemake.params
document = load_document(given.document)
files = read_below(snakemake.params.templates, snakemake.input.house)
house = read_house(snakemake.wildcards.language, files, snakemake.params.locale)
templates = {Path(path).name: Path(path).read_text("utf-8") for path in snakemake.input.templates}
charts = Path(snakemake.input.charts)
images = {name: (charts / name).read_bytes() for name in (f"{chart.image}.svg" for chart in find_charts(document))}

package = Path(given.snapshot, snakemake.wildcards.note)
written = package / (SOURCE if (package / SOURCE).is_file() else FROZEN)
descriptor = read_yaml(written.name, written.read_text("utf-8-sig"))
# A Data Package is known by its datapackage.json, whatever the sources have.
attachments = {FROZEN: (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()}
for part in (*descriptor["resources"], *descriptor["sources"]):
    if "://" not in part["path"]:
        content = (package / part["path"]).read_bytes()
        if "schema" in part:  # as the descriptor says it, whatever program wrote it
            columns = [field["name"] for field in part["schema"]["fields"]]
            content = write_table(read_table(decode_source(part["path"], content)), columns).encode()
        attachments[part["path"]] = content

pdf = write_pdf(document, house.labels, images, snakemake.input.fonts, templates, attachments)
write_atomically(snakemake.output[0], pdf)
