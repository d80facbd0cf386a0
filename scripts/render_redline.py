"""Write a redline as HTML, PDF or Word, by the writers of the note, with the pictures of both versions."""

import json
import os
from pathlib import Path
from typing import Any

import yaml

from briefing.document_json import read_document
from briefing.files import read_below, write_atomically
from briefing.house import read_house

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
        from briefing.html_writer import write_html

        written: str | bytes = write_html(document, house.labels, svgs, fonts, templates)
    case ".pdf":
        from briefing.pdf_writer import write_pdf

        written = write_pdf(document, house.labels, svgs, snakemake.input.fonts, templates, {})
    case _:
        from briefing.docx_writer import write_docx
        from briefing.redline_names import name_old_page

        styles = yaml.safe_load(templates["docx.yaml"])
        faces = {name: content for name, content in fonts.items() if name.endswith(".ttf")}
        old, pages = (json.loads(Path(path).read_text("utf-8")) for path in snakemake.input.pages)
        pages |= {name_old_page(identifier): page for identifier, page in old.items()}
        written = write_docx(document, house.labels, images, faces, styles, pages)
write_atomically(snakemake.output[0], written)
