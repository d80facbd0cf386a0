"""Compose the document of the note in one language, and list what was found on the way."""

import json
from pathlib import Path
from typing import Any

from briefing.document.serialization import write_document
from briefing.sources.snapshot import read_snapshot
from briefing.steps.compose import Speech, compose_language
from briefing.workflow.files import read_below, read_folder, telling_problems, write_atomically

snakemake: Any = globals()["snakemake"]
note, params = snakemake.wildcards.note, snakemake.params

derived = json.loads(Path(snakemake.input.figures).read_text("utf-8"))
version = json.loads(Path(snakemake.input.version).read_text("utf-8"))["version"]
speech = Speech(snakemake.wildcards.language, params.source, params.locale, params.release)
with telling_problems():
    raw = read_folder(snakemake.input.snapshot)
    files = read_below(params.templates, snakemake.input.house)
    document, findings = compose_language(read_snapshot(note, raw), raw, derived, version, files, speech)
write_atomically(snakemake.output.document, write_document(document))
write_atomically(snakemake.output.findings, json.dumps(findings, ensure_ascii=False, indent=1) + "\n")
