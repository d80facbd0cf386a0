"""Put a finished set of files in its place as a whole: under outputs/, where people open them."""

from pathlib import Path

from briefing.document.version_names import PHONE, TEXT
from briefing.workflow.delivery import deliver_files
from briefing.workflow.job import get_job, write_json

job = get_job()
folder = Path(job.output[0]).parent
paths = [Path(path) for path in job.input.files]
paths += [
    path
    for picture in job.input.get("folders", [])
    for path in sorted(Path(picture).glob("*.svg"))
    if not path.name.endswith((f"{TEXT}.svg", f"{PHONE}.svg"))
]
files = {path.relative_to(folder).as_posix(): path for path in paths}
write_json(job.output[0], deliver_files(files, Path(job.params.place)))
