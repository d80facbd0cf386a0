"""Find the page of each heading of a version's Word file, for the contents of its redlines."""

import json
import os
from pathlib import Path
from typing import Any

import yaml

from briefing.document.serialization import read_document
from briefing.language.house_texts import read_house
from briefing.workflow.files import read_below, read_folder, write_atomically

snakemake: Any = globals()["snakemake"]

# Pango reads this when WeasyPrint is imported: only the note's own fonts exist for the layout.
os.environ["FONTCONFIG_FILE"] = str(Path(snakemake.input.fonts, "fonts.conf").resolve())

from briefing.writers.docx.page_numbers import lay_out_pages  # noqa: E402

path = Path(snakemake.params.document)
files = read_below(snakemake.params.templates, snakemake.input.house)
house = read_house(snakemake.wildcards.language, files, snakemake.params.locale)
styles = yaml.safe_load(Path(snakemake.input.styles).read_text("utf-8"))
images = read_folder(snakemake.input.charts)
fonts = {path.name: path.read_bytes() for path in sorted(Path(snakemake.input.fonts).glob("*.ttf"))}
# A version that has no edition in this language has no pages either.
document = read_document(path.read_text("utf-8")) if path.is_file() else None
pages = lay_out_pages(document, house.labels, styles, fonts, images) if document else {}
write_atomically(snakemake.output[0], json.dumps(pages, indent=1) + "\n")
