"""Compare two versions of a note: a redline in each language, and what changed and why, in four forms."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import yaml

from briefing.document.serialization import write_document
from briefing.language.house_texts import read_house
from briefing.language.number_formatting import Language
from briefing.review.impact import list_impact
from briefing.review.impact_page import list_change_rows, write_impact_page, write_impact_text
from briefing.steps.compare import make_redlines, read_version
from briefing.workflow.files import read_below, read_folder, write_atomically

snakemake: Any = globals()["snakemake"]
note, params = snakemake.wildcards.note, snakemake.params


old, new = (
    read_version(snakemake.wildcards[side], note, read_folder(snakemake.input[side]), params.languages)
    for side in ("base", "head")
)
if missing := [tag for tag in params.languages if tag not in new.documents]:
    print(f"{new.name}: this version has no edition in {', '.join(missing)}; compare it as BASE", file=sys.stderr)
    sys.exit(1)
house = read_house(params.source, read_below(params.templates, snakemake.input.house))
tables = (snakemake.input.hedges, snakemake.input.units)
hedges, units = (yaml.safe_load(Path(path).read_text("utf-8")) for path in tables)
locale = new.documents[params.source].metadata.language
language = Language(params.source, locale, hedges, units, house.grammar)
redlines = make_redlines(old, new, params.source)
impact = list_impact(old, new, language, redlines)
folder = Path(snakemake.output.json).parent
for tag, document in redlines.items():
    write_atomically(folder / f"redline.{tag}.json", write_document(document))
table = io.StringIO()
rows = list_change_rows(impact)
writer = csv.DictWriter(table, fieldnames=["language", *rows[0]] if rows else ["language"], lineterminator="\n")
writer.writeheader()
writer.writerows(rows)
template = Path(snakemake.input.template).read_text("utf-8")
write_atomically(snakemake.output.csv, table.getvalue())
write_atomically(snakemake.output.md, write_impact_text(impact))
write_atomically(snakemake.output.html, write_impact_page(impact, template))
write_atomically(snakemake.output.json, json.dumps(impact, ensure_ascii=False, indent=1) + "\n")
