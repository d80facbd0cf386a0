"""Find the page of each heading of a version's Word file, for the contents of its redlines."""

from pathlib import Path

from briefing.document.serialization import read_document
from briefing.workflow.files import read_folder
from briefing.workflow.house_files import read_house_of
from briefing.workflow.job import get_job, read_fonts, read_texts, write_json
from briefing.writers.docx.format import measure_pages
from briefing.writers.material import Material, list_templates

job = get_job()
material = Material(
    document=read_document(Path(job.input.document).read_text("utf-8")),
    labels=read_house_of(job, job.wildcards.language, job.params.locale).labels,
    images=read_folder(job.input.charts),
    fonts=read_fonts(job.input.fonts),
    font_folder=job.input.fonts,
    templates=read_texts(job.params.templates, list_templates("docx")),
)
write_json(job.output[0], measure_pages(material))
