"""Write a composed note in one of the formats."""

from pathlib import Path

from briefing.document.serialization import read_document
from briefing.steps.render import list_attachments, list_siblings, refuse_empty
from briefing.workflow.files import read_folder, telling_problems, write_atomically
from briefing.workflow.house_files import read_house_of
from briefing.workflow.job import get_job, read_fonts, read_texts
from briefing.writers.material import Material, list_templates, write_format

job = get_job()
kind = job.wildcards.kind
labels = read_house_of(job, job.wildcards.language, job.params.locale).labels
with telling_problems():
    material = Material(
        document=refuse_empty(read_document(Path(job.input.document).read_text("utf-8")), job.output[0]),
        labels=labels,
        images=read_folder(job.input.charts),
        fonts=read_fonts(job.input.fonts),
        font_folder=job.input.fonts,
        templates=read_texts(job.params.templates, list_templates(kind)),
        list_attachments=lambda: list_attachments(job.wildcards.note, read_folder(job.input.sources)),
        siblings=list_siblings(
            job.wildcards.note, job.wildcards.language, job.params.languages, job.params.formats, labels
        ),
    )
write_atomically(job.output[0], write_format(kind, material))
