"""Write a redline as HTML, PDF or Word, by the writers of the note, with the pictures of both versions."""

import json
import os
from pathlib import Path
from typing import Any

import yaml

from briefing.document.serialization import read_document
from briefing.language.house_texts import read_house
from briefing.workflow.files import read_below, write_atomically

snakemake: Any = globals()["snakemake"]
os.environ["FONTCONFIG_FILE"] = str(Path(snakemake.input.fonts, "fonts.conf").resolve())

document = read_document(Path(snakemake.input.redline).read_text("utf-8"))
house = read_house(
    snakemake.wildcards.language, read_below(snakemake.params.templates, snakemake.input.house), snakemake.params.locale
)
templates = {Path(path).name: Path(path).read_text("utf-8") for path in snakemake.input.templates}
images = {path.name: path.read_bytes() for path in sorted(Path(snakemake.input.new_charts).iterdir())}
for path in sorted(Path(snakemake.input.old_charts).iterdir()):
    images[f"{path.stem}.old{path.suffix}"] = path.read_bytes()
svgs = {name: content for name, content in images.items() if name.endswith(".svg")}
fonts = {path.name: path.read_bytes() for path in sorted(Path(snakemake.input.fonts).glob("*.ttf"))}
fonts |= {path.name: path.read_bytes() for path in sorted(Path(snakemake.input.fonts).glob("*.woff2"))}

match Path(snakemake.output[0]).suffix:
    case ".html":
        from briefing.writers.html.page import write_html

        written: str | bytes = write_html(document, house.labels, svgs, fonts, templates)
    case ".pdf":
        from briefing.writers.pdf.layout import write_pdf

        written = write_pdf(document, house.labels, svgs, snakemake.input.fonts, templates, {})
    case _:
        from briefing.document.version_names import name_old_page
        from briefing.writers.docx.writer import write_docx

        styles = yaml.safe_load(templates["docx.yaml"])
        faces = {name: content for name, content in fonts.items() if name.endswith(".ttf")}
        old, pages = (json.loads(Path(path).read_text("utf-8")) for path in snakemake.input.pages)
        pages |= {name_old_page(identifier): page for identifier, page in old.items()}
        written = write_docx(document, house.labels, images, faces, styles, pages)
write_atomically(snakemake.output[0], written)
