"""Compare two versions of a note: a redline in each language, and what changed and why, in four forms."""

from briefing.document.serialization import write_document
from briefing.language.house_texts import read_house
from briefing.review import TEMPLATES
from briefing.review.impact_page import write_impact_page, write_impact_table, write_impact_text, write_verdict
from briefing.steps.compare import TABLES, compare_versions, list_written, read_version
from briefing.workflow.files import read_folder, telling_problems, write_atomically
from briefing.workflow.house_files import read_house_files
from briefing.workflow.job import get_job, read_fonts, read_texts, write_json
from briefing.workflow.revisions import describe_commit, list_authors

job = get_job()
params, note = job.params, job.wildcards.note
house_files = read_house_files(params.templates, params.languages)
houses = {tag: read_house(tag, house_files, params.locales.get(tag, "")) for tag in params.languages}
# An edition does not have the tables that it was made by; those of today read the wordings of a new version.
tables = read_texts(params.shared, [f"{name}.yaml" for name in TABLES])
shared = {f"sources/common/{name}": text.encode("utf-8") for name, text in tables.items()}
versions = []
for side in ("base", "head"):
    files = {**(shared if side == "head" else {}), **read_folder(params[side])}
    lines = (
        list_authors(*params.commits, list_written(files, params.languages)) if side == "head" and params.signed else {}
    )
    commit = describe_commit(params.commits[side == "head"])
    versions.append(read_version(job.wildcards[side], note, files, params.languages, commit, lines))
with telling_problems():
    redlines, impact = compare_versions(*versions, houses, params.policy)
for path, tag in zip(job.output.redlines, params.written, strict=True):
    write_atomically(path, write_document(redlines[tag]))
templates, fonts = read_texts(params.templates, TEMPLATES), read_fonts(job.input.fonts)
write_atomically(job.output.csv, write_impact_table(impact))
write_atomically(job.output.md, write_impact_text(impact))
write_atomically(job.output.html, write_impact_page(impact, templates, fonts))
write_json(job.output.json, impact)
print(f"{write_verdict(impact)} More in {job.output.html}", flush=True)
