"""Check every source of the note; hand them on as they are, and as read, with their version id and what may pass.

This step fails when any source has a problem that the configuration calls an error, with all problems at once.
"""

from pathlib import Path

from briefing.problems import SourceError, decode_problem, encode_problem
from briefing.report.content import judge_problems
from briefing.sources.snapshot import describe_snapshot
from briefing.steps.validate import check_and_read
from briefing.workflow.files import replace_folder, telling_problems
from briefing.workflow.job import get_job, write_json
from briefing.workflow.parsed_sources import read_raw_sources, write_snapshot_file

job = get_job()
note = job.wildcards.note
with telling_problems():
    raw = read_raw_sources(Path(job.params.sources), note)
    found, snapshot = check_and_read(note, raw)
    found = sorted([*found, *map(decode_problem, job.params.unfit)])
    problems = judge_problems(found, job.params.policy)
    if snapshot is None or any(problem.severity == "error" for problem in problems):
        raise SourceError(problems)
replace_folder(job.output.sources, raw)
write_snapshot_file(job.output.snapshot, snapshot)
write_json(job.output.version, describe_snapshot(note, raw))
write_json(job.output.findings, [encode_problem(problem) for problem in found])
