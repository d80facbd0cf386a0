"""Write the report of what was checked, and every figure with its provenance and its uses.

This step never fails over what it finds; the step `approve` does.
"""

import json
from pathlib import Path
from typing import Any

from briefing.document import read_document
from briefing.figure_table import write_figure_table
from briefing.figures import decode_figure
from briefing.files import read_folder, write_atomically
from briefing.problems import decode_problem
from briefing.report import judge_problems, list_figure_rows, make_report
from briefing.report_page import write_report_page
from briefing.snapshot import read_snapshot

snakemake: Any = globals()["snakemake"]


def read_json(path: str) -> Any:
    return json.loads(Path(path).read_text("utf-8"))


derived, findings = read_json(snakemake.input.figures), read_json(snakemake.input.findings)
document = read_document(Path(snakemake.input.document).read_text("utf-8"))
figures = {name: decode_figure(fields) for name, fields in derived["figures"].items()}
before = {name: decode_figure(fields) for name, fields in derived["before"].items()}
snapshot = read_snapshot(snakemake.wildcards.note, read_folder(snakemake.input.snapshot))
language = snapshot.language(snakemake.params.language)
acronyms = snapshot.sources.acronyms(language.tag)
problems = judge_problems(map(decode_problem, [*derived["problems"], *findings["problems"]]), snakemake.params.policy)
report = make_report(document, figures, before, derived, problems, findings["uses"], acronyms, language)
rows = list_figure_rows(figures, findings["uses"], derived["as_of"], language)

template = Path(snakemake.input.template).read_text("utf-8")
write_atomically(snakemake.output.figures_json, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
write_atomically(snakemake.output.figures_csv, write_figure_table(rows))
write_atomically(snakemake.output.page, write_report_page(report, template))
write_atomically(snakemake.output.report, json.dumps(report, ensure_ascii=False, indent=1) + "\n")
