"""Write the pages of two versions side by side, with what changed boxed."""

from pathlib import Path

from briefing.document.serialization import read_document
from briefing.workflow.files import read_folder, write_atomically
from briefing.workflow.house_files import read_house_of
from briefing.workflow.job import get_job, read_texts
from briefing.writers.pdf import PAGE_PAIR_TEMPLATES
from briefing.writers.pdf.format import pick_pictures
from briefing.writers.pdf.page_pairs import Side, write_page_pairs

job = get_job()
document = read_document(Path(job.input.redline).read_text("utf-8"))
house = read_house_of(job, job.wildcards.language, job.params.locale)
templates = read_texts(job.params.templates, PAGE_PAIR_TEMPLATES)
new_charts = pick_pictures(read_folder(job.input.new_charts))
sides = (
    # Where the base has no edition in this language, the redline is the new one, unmarked.
    Side("old", job.wildcards.base, pick_pictures(read_folder(job.input.old_charts)) or new_charts),
    Side("new", job.wildcards.head, new_charts),
)
write_atomically(job.output[0], write_page_pairs(document, house.labels, sides, job.input.fonts, templates))
