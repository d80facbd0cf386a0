"""Write a composed note as a Word document, its contents filled in with the pages of its headings."""

import os
from pathlib import Path
from typing import Any

import yaml

from briefing.document.serialization import load_document
from briefing.language.house_texts import read_house
from briefing.workflow.files import read_below, write_atomically

snakemake: Any = globals()["snakemake"]

# Pango reads this when WeasyPrint is imported: only the note's own fonts exist for the layout.
os.environ["FONTCONFIG_FILE"] = str(Path(snakemake.input.fonts, "fonts.conf").resolve())

from briefing.writers.docx.page_numbers import lay_out_pages  # noqa: E402
from briefing.writers.docx.writer import write_docx  # noqa: E402

# The document of a version stands in its folder, which the parameters lead into.
given = snakemake.input if hasattr(snakemake.input, "document") else snakemake.params
document = load_document(given.document)
files = read_below(snakemake.params.templates, snakemake.input.house)
house = read_house(snakemake.wildcards.language, files, snakemake.params.locale)
styles = yaml.safe_load(Path(snakemake.input.styles).read_text("utf-8"))
images = {path.name: path.read_bytes() for path in sorted(Path(snakemake.input.charts).iterdir()) if path.suffix}
fonts = {path.name: path.read_bytes() for path in sorted(Path(snakemake.input.fonts).glob("*.ttf"))}
pages = lay_out_pages(document, house.labels, styles, fonts, images)
write_atomically(snakemake.output[0], write_docx(document, house.labels, images, fonts, styles, pages))
