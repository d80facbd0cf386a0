"""Let the note be rendered only if its report has no error.

This step fails when a wording is no longer true, a number is unbound, an acronym or a citation has a problem, or a
consistency check does not hold, each as far as the configuration calls it an error.
"""

import sys

from briefing.problems import decode_problem
from briefing.report.rows import Report
from briefing.workflow.files import print_problems, write_atomically
from briefing.workflow.job import get_job, read_json

job = get_job()
report: Report = read_json(job.input.report)
if report["problems"]:
    outcome = f"nothing was rendered. Earlier files stand as they were.\nThe report: {job.input.page}"
    print_problems([decode_problem(fields) for fields in report["problems"]], outcome)
    sys.exit(1)
write_atomically(job.output[0], f"{report['version']}\n")
