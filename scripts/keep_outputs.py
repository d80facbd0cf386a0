"""Let Snakemake keep what stands under the name of an output until a step has replaced it.

Left to itself, Snakemake deletes the outputs of a step before it runs, and again when it fails: a build that stops
would take the last good note with it. Our steps write whole files and rename them, so that nothing half-made has to be
deleted. Its own flag for this, `update`, copies old outputs back byte by byte, then takes a failed step for done.
"""

from typing import Any

from snakemake.dag import DAG
from snakemake.jobs import Job


def keep_outputs() -> None:
    """Keep files, and the folders whose steps replace them as a whole; a step that failed or was killed runs again."""

    async def take_up(dag: Any) -> None:
        """Make again what a stopped build has left; Snakemake would ask for --rerun-incomplete."""
        dag.forcefiles.update(await dag.incomplete_files())

    async def remove_nothing(job: Any) -> None:
        """Keep the outputs of a job that is about to run."""

    async def mark_incomplete(job: Any, skip_outputs: Any) -> None:
        """Mark the outputs of a job that has failed, which stand as they were, so that the next build makes them."""
        job.dag.workflow.persistence.started(job)

    async def compare_no_dates(dag: Any, job: Any, outputs: Any) -> None:
        """Take a source whose date lies in the future for what it is; contents are told by their hashes."""

    Job.remove_existing_output = remove_nothing
    Job.cleanup = mark_incomplete
    DAG.check_incomplete = take_up
    DAG.check_output_mtime = compare_no_dates
