"""A build on a real Slurm of one node: the same bytes, what is wrong is told here, a head may be killed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from build import find_profile, read_profile
from support.elsewhere import build_elsewhere, check_at_home
from support.slurm import list_jobs, start_slurm
from support.workflow import make_folder

pytestmark = [pytest.mark.workflow, pytest.mark.client, pytest.mark.slurm]
QUICK = [
    "--slurm-init-seconds-before-status-checks",
    "1",
    "--seconds-between-status-checks",
    "1",
    "--latency-wait",
    "5",
]


@pytest.fixture(name="slurm", scope="module")
def make_slurm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Start a Slurm, and give what the profile says, but for the times that it waits."""
    pytest.importorskip("snakemake_executor_plugin_slurm")
    with start_slurm(tmp_path_factory.mktemp("slurm")):
        yield [*read_profile(find_profile("slurm")), *QUICK]


def test_a_build_on_slurm_is_that_of_this_machine_whatever_happens_to_its_head(
    tmp_path: Path, slurm: list[str]
) -> None:
    folder = make_folder(tmp_path, formats="html")
    _, there = build_elsewhere(folder, slurm, lambda: "RUNNING" in list_jobs() and (folder / "build/tiny").exists())
    assert list_jobs() == ""
    check_at_home(folder, there)
