"""Write the manifest: the version id, the sha256 of every source and output, the versions of the tools."""

from pathlib import Path

from briefing.steps.manifest import make_manifest
from briefing.workflow.job import get_job, read_json, write_json

job = get_job()
folder = Path(job.output[0]).parent
outputs = {Path(path).relative_to(folder).as_posix(): Path(path).read_bytes() for path in job.input.outputs}
project = Path(job.params.project).read_text("utf-8")
write_json(job.output[0], make_manifest(read_json(job.input.version), outputs, project))
