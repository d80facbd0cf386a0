"""A build of the tiny note whose jobs are sent elsewhere, held against one of this machine."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from support.house import ROOT
from support.workflow import Run, edit_source, run_workflow


def build_elsewhere(
    folder: Path, executor: Sequence[str], is_at_work: Callable[[], bool], seconds: float = 60
) -> tuple[Run, Run]:
    """Build a note with a mistake, then without it, killing the head once its jobs are at work, and build again.

    Gives the first run, which tells the mistake once, and the last one, which was whole.
    """
    edit_source(folder, "text/02-help.md", "money", "{{ mony }}")
    wrong = run_workflow(folder, "note", *executor)
    assert wrong.code != 0 and not wrong.outputs
    assert wrong.said.count('sources/tiny/text/02-help.md:7:3: there is no figure "mony"') == 1, wrong.said
    assert "Traceback" not in wrong.said, wrong.said
    edit_source(folder, "text/02-help.md", "{{ mony }}", "money")
    command = [sys.executable, str(ROOT / "scripts/build.py"), str(folder), "note", *executor, "--cores", "2"]
    head = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + seconds
    while not is_at_work():
        assert head.poll() is None and time.monotonic() < end
        time.sleep(0.1)
    head.kill()
    head.wait()
    there = run_workflow(folder, "note", *executor)
    assert there.code == 0, there.said
    return wrong, there


def check_at_home(folder: Path, there: Run) -> None:
    """Check that a build on this machine, from nothing, makes what was made elsewhere."""
    shutil.rmtree(folder / "build")
    shutil.rmtree(folder / "outputs")
    here = run_workflow(folder)
    assert here.code == 0 and here.outputs == there.outputs and "tiny.en.html" in here.outputs
