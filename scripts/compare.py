"""Compare two versions of a note: a redline in each language, and what changed and why, in four forms."""

from pathlib import Path

import yaml

from briefing.document.serialization import write_document
from briefing.report.page import write_report_page
from briefing.review.impact_page import write_impact_table, write_impact_text
from briefing.steps.compare import compare_versions, read_version
from briefing.workflow.files import read_folder, telling_problems, write_atomically
from briefing.workflow.house_files import read_house_of
from briefing.workflow.job import get_job, read_texts, write_json

job = get_job()
params = job.params
old, new = (
    read_version(job.wildcards[side], job.wildcards.note, read_folder(params[side]), params.languages)
    for side in ("base", "head")
)
house = read_house_of(job, params.languages[0])
shared = read_texts(Path(params.sources, "common"), ["hedges.yaml", "units.yaml"])
hedges, units = (yaml.safe_load(text) for text in shared.values())
with telling_problems():
    redlines, impact = compare_versions(old, new, params.languages, house, (hedges, units))
for path, document in zip(job.output.redlines, redlines.values(), strict=True):
    write_atomically(path, write_document(document))
template = read_texts(params.templates, ["impact.html.j2"])["impact.html.j2"]
write_atomically(job.output.csv, write_impact_table(impact))
write_atomically(job.output.md, write_impact_text(impact))
write_atomically(job.output.html, write_report_page(impact, template))
write_json(job.output.json, impact)
