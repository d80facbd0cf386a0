"""Compose the document of the note in one language, and list what was found on the way."""

import json
from pathlib import Path
from typing import Any

import yaml

from briefing.compose import compose_note
from briefing.document import write_document
from briefing.figures import decode_figure
from briefing.files import read_folder, telling_problems, write_atomically
from briefing.problems import encode_problem
from briefing.snapshot import read_snapshot

snakemake: Any = globals()["snakemake"]

derived = json.loads(Path(snakemake.input.figures).read_text("utf-8"))
figures = {name: decode_figure(fields) for name, fields in derived["figures"].items()}
version = json.loads(Path(snakemake.input.version).read_text("utf-8"))["version"]
labels = yaml.safe_load(Path(snakemake.input.labels).read_text("utf-8"))
with telling_problems():
    snapshot = read_snapshot(snakemake.wildcards.note, read_folder(snakemake.input.snapshot))
    language = snapshot.language(snakemake.wildcards.language)
    composition = compose_note(snapshot.sources, figures, language, labels, version)
findings = {"problems": [encode_problem(problem) for problem in composition.problems], "uses": composition.uses}
write_atomically(snakemake.output.document, write_document(composition.document))
write_atomically(snakemake.output.findings, json.dumps(findings, ensure_ascii=False, indent=1) + "\n")
