"""A build on a real Slurm of one node: the same bytes, what is wrong is told here, a head may be killed."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from build import find_profile, read_profile
from support.house import ROOT
from support.slurm import list_jobs, start_slurm
from support.workflow import edit_source, make_folder, run_workflow

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
    folder = make_folder(tmp_path)
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("[pdf, docx, html]", "[html]"), "utf-8")
    edit_source(folder, "text/02-help.md", "money", "{{ mony }}")
    wrong = run_workflow(folder, "note", *slurm)
    assert wrong.code != 0 and not wrong.outputs
    assert wrong.said.count('sources/tiny/text/02-help.md:7:3: there is no figure "mony"') == 1, wrong.said
    assert "Traceback" not in wrong.said, wrong.said
    edit_source(folder, "text/02-help.md", "{{ mony }}", "money")
    command = [sys.executable, str(ROOT / "scripts/build.py"), str(folder), "note", *slurm, "--cores", "2"]
    head = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: "RUNNING" in list_jobs() and (folder / "build/tiny").exists())
    head.kill()
    head.wait()
    there = run_workflow(folder, "note", *slurm)
    assert there.code == 0, there.said
    assert list_jobs() == ""
    shutil.rmtree(folder / "build")
    shutil.rmtree(folder / "outputs")
    here = run_workflow(folder)
    assert here.code == 0 and here.outputs == there.outputs and "tiny.en.html" in here.outputs


def wait_for(has_come: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something has come."""
    end = time.monotonic() + seconds
    while not has_come():
        assert time.monotonic() < end, list_jobs()
        time.sleep(0.2)
