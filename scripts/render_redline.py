"""Write a redline in one of the formats, by the writers of the note, with the pictures of both versions."""

from pathlib import Path

from briefing.document.serialization import read_document
from briefing.document.version_names import OLD, name_old_page
from briefing.workflow.files import read_folder, write_atomically
from briefing.workflow.house_files import read_house_of
from briefing.workflow.job import get_job, read_fonts, read_json, read_texts
from briefing.writers.material import Material, list_templates, write_format

job = get_job()
kind = job.wildcards.kind
pages: dict[str, int] | None = None
if kind == "docx":  # the contents of a redline tell the pages of both versions
    before, pages = (read_json(path) for path in job.input.pages)
    pages = {**pages, **{name_old_page(identifier): page for identifier, page in before.items()}}
old_charts = read_folder(job.input.old_charts)
old = {f"{Path(name).stem}{OLD}{Path(name).suffix}": content for name, content in old_charts.items()}
material = Material(
    document=read_document(Path(job.input.redline).read_text("utf-8")),
    labels=read_house_of(job, job.wildcards.language, job.params.locale).labels,
    images={**read_folder(job.input.new_charts), **old},
    fonts=read_fonts(job.input.fonts),
    font_folder=job.input.fonts,
    templates=read_texts(job.params.templates, list_templates(kind, redline=True)),
    pages=pages,
)
write_atomically(job.output[0], write_format(kind, material))
