"""Derive every figure from the observations known on the as-of date, and hold the figures against each other.

This step fails when an observation or a formula is missing or wrong.
"""

from briefing.problems import decode_problem
from briefing.steps.derive import derive_note
from briefing.workflow.files import telling_problems
from briefing.workflow.job import get_job, read_json, write_json
from briefing.workflow.parsed_sources import read_snapshot_file

job = get_job()
with telling_problems():
    found = [decode_problem(fields) for fields in read_json(job.input.findings)]
    derived = derive_note(read_snapshot_file(job.input.snapshot), found)
write_json(job.output[0], derived)
