"""Compose the document of the note in one language, and list what was found on the way."""

from briefing.document.serialization import write_document
from briefing.steps.compose import Target, compose_language
from briefing.workflow.files import telling_problems, write_atomically
from briefing.workflow.house_files import read_house_files
from briefing.workflow.job import get_job, read_json, write_json
from briefing.workflow.parsed_sources import read_snapshot_file

job = get_job()
params = job.params
target = Target(job.wildcards.language, params.source, params.locale, params.release)
house_files = read_house_files(params.templates, [target.source, target.tag])
with telling_problems():
    snapshot, derived = read_snapshot_file(job.input.snapshot), read_json(job.input.figures)
    document, findings = compose_language(snapshot, derived, house_files, target)
write_atomically(job.output.document, write_document(document))
write_json(job.output.findings, findings)
