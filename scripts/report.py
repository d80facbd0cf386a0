"""Write the report of what was checked, and the draft of every figure with its provenance and its uses.

This step never fails over what it finds; the step `approve` does.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.document.serialization import read_document
from briefing.figures.figure import decode_figure
from briefing.formats.safe_csv import write_figure_table
from briefing.language.house_texts import read_house
from briefing.problems import Place, decode_problem
from briefing.report.content import judge_problems, list_figure_rows, make_report
from briefing.report.page import write_report_page
from briefing.sources.snapshot import read_snapshot
from briefing.translate.coverage import count_coverage
from briefing.translate.parity import compare_documents
from briefing.workflow.files import read_below, read_folder, write_atomically

snakemake: Any = globals()["snakemake"]


def read_json(path: str) -> Any:
    return json.loads(Path(path).read_text("utf-8"))


derived = read_json(snakemake.input.figures)
findings, *others = [read_json(path) for path in snakemake.input.findings]
document, *translated = [read_document(Path(path).read_text("utf-8")) for path in snakemake.input.documents]
figures = {name: decode_figure(fields) for name, fields in derived["figures"].items()}
before = {name: decode_figure(fields) for name, fields in derived["before"].items()}
snapshot = read_snapshot(snakemake.wildcards.note, read_folder(snakemake.input.snapshot))
language = snapshot.language(
    read_house(snakemake.params.language, read_below(snakemake.params.templates, snakemake.input.house))
)
acronyms = snapshot.sources.acronyms(language.tag)
found = [decode_problem(fields) for part in (derived, findings, *others) for fields in part["problems"]]
parity = {}
for edition, other in zip(translated, others, strict=True):
    tag = edition.metadata.language.split("-")[0]
    places = {name: Place(*place) for name, place in other["places"].items()}
    both = (acronyms, snapshot.sources.acronyms(tag))
    parity[tag] = [
        # What is not translated yet has the acronyms of the source.
        replace(problem, severity="warning") if other["draft"] else problem
        for problem in compare_documents(document, edition, both, snapshot.unit_table, places)
    ]
found += [problem for problems in parity.values() for problem in problems]
problems = judge_problems(found, snakemake.params.policy)
translations = {
    tag: count_coverage(other["marks"], parity[tag], (document, edition))
    for tag, edition, other in zip(parity, translated, others, strict=True)
}
report = make_report(document, figures, before, derived, problems, findings["uses"], acronyms, language, translations)
rows = list_figure_rows(figures, findings["uses"], derived["as_of"], language)

template = Path(snakemake.input.template).read_text("utf-8")
write_atomically(snakemake.output.figures_json, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
write_atomically(snakemake.output.figures_csv, write_figure_table(rows))
write_atomically(snakemake.output.page, write_report_page(report, template))
write_atomically(snakemake.output.report, json.dumps(report, ensure_ascii=False, indent=1) + "\n")
