"""Take a version of a note: the working tree, a published edition, or a git revision, composed with today's code.

The files of a revision are read from git's database, so that the working tree and its index stay as they are. This step
fails when its sources cannot be read.
"""

from pathlib import Path

from briefing.steps.compose import make_targets
from briefing.steps.publish import check_frozen
from briefing.steps.take_version import SOURCES, fill_languages, make_version
from briefing.workflow.files import read_folder, replace_folder, telling_problems, write_atomically
from briefing.workflow.house_files import read_house_files
from briefing.workflow.job import get_job
from briefing.workflow.revisions import NOW, read_commit

job = get_job()
params, note, version = job.params, job.wildcards.note, job.wildcards.version
with telling_problems():
    if params.edition:
        taken = read_folder(params.edition)
        check_frozen(params.edition, taken)
    else:
        raw = read_folder(job.input.sources) if version == NOW else read_commit(params.commit, note)
        targets = make_targets(params.languages, params.locales)
        taken = make_version(note, raw, read_house_files(params.templates, params.languages), targets)
taken = fill_languages(taken, params.filled)
folder = Path(job.output.figures).parent
sources = {name.removeprefix(SOURCES): content for name, content in taken.items() if name.startswith(SOURCES)}
replace_folder(job.output.sources, sources)
for path in (job.output.figures, *job.output.documents, *job.output.findings):
    write_atomically(path, taken[Path(path).relative_to(folder).as_posix()])
