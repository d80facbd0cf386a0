"""Compare two versions of a note: a redline in each language, and what changed and why, in four forms."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import yaml

from briefing.causes import Explainer, State, list_rewritten
from briefing.document import read_document, write_document
from briefing.figures import decode_figure
from briefing.files import read_below, write_atomically
from briefing.house import read_house
from briefing.impact import Version, list_impact
from briefing.impact_page import list_change_rows, write_impact_page, write_impact_text
from briefing.printing import Language
from briefing.redline import redline

snakemake: Any = globals()["snakemake"]
note, params = snakemake.wildcards.note, snakemake.params


def read_json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def read_version(name: str, folder: str) -> Version:
    derived = read_json(Path(folder, "derived.json"))
    sources = Path(folder, "sources", note)
    with open(sources / "observations.csv", encoding="utf-8-sig", newline="") as stream:
        rows = frozenset(
            (row["indicator"], row["period"], row["value"], row["known_on"]) for row in csv.DictReader(stream)
        )
    works = {work["id"]: work for work in read_json(sources / "bibliography.json")}
    names = {key: name_authors(work) for key, work in works.items()}
    figures = {key: decode_figure(fields) for key, fields in derived["figures"].items()}
    tags = [tag for tag in params.languages if Path(folder, f"{tag}.json").is_file()]
    return Version(
        name,
        State(derived["as_of"], figures, rows, names),
        {tag: read_document(Path(folder, f"{tag}.json").read_text("utf-8")) for tag in tags},
        {tag: read_json(Path(folder, f"findings.{tag}.json")) for tag in tags},
    )


def name_authors(work: dict[str, Any]) -> str:
    names = [str(name.get("literal") or name.get("family", "")) for name in work.get("author", ())]
    return ", ".join(names) or str(work.get("title", work["id"]))


old = read_version(snakemake.wildcards.base, snakemake.input.base)
new = read_version(snakemake.wildcards.head, snakemake.input.head)
house = read_house(params.source, read_below(params.templates, snakemake.input.house))
tables = (snakemake.input.hedges, snakemake.input.units)
hedges, units = (yaml.safe_load(Path(path).read_text("utf-8")) for path in tables)
locale = new.documents[params.source].metadata.language
language = Language(params.source, locale, hedges, units, house.grammar)
rewritten = list_rewritten(old.documents[params.source], new.documents[params.source])
redlines = {}
for tag, document in new.documents.items():
    explain = Explainer(old.state, new.state, None if tag == params.source else rewritten)
    # A language that the base did not have yet is wholly new; its redline is the document itself.
    redlines[tag] = redline(old.documents.get(tag, document), document, explain)
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
