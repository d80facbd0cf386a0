"""Write the report of what was checked, and every figure with its provenance and its uses.

This step never fails over what it finds; the step `approve` does.
"""

from pathlib import Path

from briefing.document.serialization import read_document
from briefing.formats.safe_csv import write_figure_table
from briefing.report import TEMPLATES
from briefing.report.page import write_report_page
from briefing.steps.report import Edition, report_note
from briefing.workflow.files import write_atomically
from briefing.workflow.house_files import read_house_of
from briefing.workflow.job import get_job, read_fonts, read_json, read_texts, write_json
from briefing.workflow.parsed_sources import read_snapshot_file

job = get_job()
params = job.params
documents = [read_document(Path(path).read_text("utf-8")) for path in job.input.documents]
findings = [read_json(path) for path in job.input.findings]
editions = {
    tag: Edition(document, found) for tag, document, found in zip(params.languages, documents, findings, strict=True)
}
report, figures = report_note(
    read_snapshot_file(job.input.snapshot),
    read_json(job.input.figures),
    editions,
    read_house_of(job, params.languages[0]),
    params.policy,
)
page = write_report_page(report, read_texts(params.templates, TEMPLATES), read_fonts(job.input.fonts))
write_json(job.output.figures_json, figures)
write_atomically(job.output.figures_csv, write_figure_table(figures))
write_atomically(job.output.page, page)
write_json(job.output.report, report)
