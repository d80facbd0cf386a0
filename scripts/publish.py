"""Freeze the edition of a note under sources/: its composed documents, its figures, the data they used, and a manifest.

This step fails when a translation is not complete, or when the edition is there already with other content; a note with
problems is not approved, and does not come here.
"""

import sys
from pathlib import Path

from briefing.document.edition_names import read_edition_name
from briefing.problems import Problem
from briefing.steps.publish import Approved, freeze_edition, list_differences, list_gaps
from briefing.workflow.files import print_problems, read_folder, replace_folder
from briefing.workflow.job import get_job, read_json

job = get_job()
params = job.params
NAMED = 4


def refuse(problems: list[Problem]) -> None:
    print_problems(problems, "nothing was published.")
    sys.exit(1)


report = read_json(job.input.report)
if gaps := list(list_gaps(report)):
    refuse(gaps)
approved = Approved(
    report=report,
    derived=Path(job.input.derived).read_bytes(),
    figures=Path(job.input.figures).read_bytes(),
    documents={tag: Path(path).read_bytes() for tag, path in zip(params.languages, job.input.documents, strict=True)},
    findings={tag: Path(path).read_bytes() for tag, path in zip(params.languages, job.input.findings, strict=True)},
    sources=read_folder(job.input.sources),
)
frozen = freeze_edition(approved)
folder = Path(params.sources, job.wildcards.note, "editions", report["edition"])
if not folder.is_dir():
    replace_folder(folder, frozen)
    print(f"Published {folder}: {len(frozen)} files, version {report['version']}.")
elif differing := list_differences(read_folder(folder), frozen):
    named = ", ".join(differing[:NAMED]) + (f" and {len(differing) - NAMED} more" if differing[NAMED:] else "")
    later = read_edition_name(report["edition"]).next_revision
    message = f"the edition {report['edition']} is published with other content ({named} differ); in note.yaml"
    remedy = f"give the new one a later edition, or {later} where it corrects that one"
    refuse([Problem(f"{folder}/manifest.json", 1, 1, f"{message}, {remedy}")])
else:
    print(f"{folder} is published already, with the same content.")
