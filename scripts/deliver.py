"""Put a finished set of files in its place as a whole: under outputs/, where people open them."""

from pathlib import Path

from briefing.workflow.delivery import deliver_files
from briefing.workflow.job import get_job, write_json

job = get_job()
folder = Path(job.output[0]).parent
files = {Path(path).relative_to(folder).as_posix(): Path(path) for path in job.input.files}
write_json(job.output[0], deliver_files(files, Path(job.params.place)))
