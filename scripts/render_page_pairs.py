"""Write the pages of two versions side by side, with what changed boxed."""

from pathlib import Path
from typing import Any

from briefing.document.serialization import read_document
from briefing.language.house_texts import read_house
from briefing.workflow.files import read_below, read_folder, write_atomically
from briefing.writers.pdf.page_pairs import Side, write_page_pairs

snakemake: Any = globals()["snakemake"]
paths, params, wildcards = snakemake.input, snakemake.params, snakemake.wildcards

document = read_document(Path(paths.redline).read_text("utf-8"))
house = read_house(wildcards.language, read_below(params.templates, paths.house), params.locale)
templates = {Path(path).name: Path(path).read_text("utf-8") for path in paths.templates}
sides = (
    # Where the base has no edition in this language, the redline is the new one, unmarked.
    Side("old", wildcards.base, read_folder(paths.old_charts) or read_folder(paths.new_charts)),
    Side("new", wildcards.head, read_folder(paths.new_charts)),
)
write_atomically(snakemake.output[0], write_page_pairs(document, house.labels, sides, paths.fonts, templates))
