"""Bring the message catalogues of a note, and those of the house, up to date with what is to be translated.

This step writes to sources/ and templates/, the only one that does; what is up to date stays as it is. It fails when a
catalogue that is there cannot be read.
"""

from pathlib import Path

from briefing.formats.po_refresh import describe_refresh
from briefing.steps.translate import name_catalogues, refresh_catalogues
from briefing.workflow.files import telling_problems, write_atomically
from briefing.workflow.house_files import read_house_files
from briefing.workflow.job import get_job, read_json
from briefing.workflow.parsed_sources import read_snapshot_file

job = get_job()
params = job.params
roots = {"templates": Path(params.templates).parent, "sources": Path(params.sources).parent}
names = [name for tag in params.languages for name in name_catalogues(job.wildcards.note, tag)]
paths = {name: roots[name.partition("/")[0]] / name for name in names}
with telling_problems():
    refreshes = refresh_catalogues(
        read_snapshot_file(job.input.snapshot),
        read_json(job.input.findings),
        read_house_files(params.templates, [params.source, *params.languages]),
        {name: path.read_bytes() for name, path in paths.items() if path.is_file()},
        params.source,
        params.languages,
    )
for refresh in refreshes:
    if refresh.is_new:
        write_atomically(paths[refresh.path], refresh.refreshed.text)
    print(describe_refresh(refresh.path, refresh.refreshed))
