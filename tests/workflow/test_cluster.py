"""A build on a cluster, by a script that starts its jobs elsewhere: the same bytes, and what is wrong is told here."""

import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from support.house import ROOT
from support.workflow import edit_source, make_folder, run_workflow

pytestmark = pytest.mark.workflow

PROFILE = ROOT / "profiles/slurm/config.yaml"
SUBMIT = ROOT / "tests/support/submit.sh"


@pytest.fixture(scope="module")
def elsewhere() -> list[str]:
    """Give what sends jobs elsewhere, in the groups of the profile for Slurm."""
    pytest.importorskip("snakemake_executor_plugin_cluster_generic")
    profile = yaml.safe_load(PROFILE.read_text("utf-8"))
    asked = {f"--{key}": profile[key] for key in ("groups", "set-resources", "default-resources")}
    submit = shlex.quote(str(SUBMIT))
    executor = ["--executor", "cluster-generic", "--cluster-generic-submit-cmd", submit, "--jobs", "2"]
    return [*executor, "--seconds-between-status-checks", "1", *(word for key in asked for word in (key, *asked[key]))]


def test_a_build_elsewhere_makes_the_same_bytes_tells_what_is_wrong_here_and_outlives_its_head(
    tmp_path: Path, elsewhere: list[str]
) -> None:
    folder = make_folder(tmp_path)
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("[pdf, docx, html]", "[html]"), "utf-8")
    edit_source(folder, "text/02-help.md", "money", "{{ mony }}")
    wrong = run_workflow(folder, "note", *elsewhere)
    assert wrong.code != 0 and not wrong.outputs
    assert wrong.said.count('sources/tiny/text/02-help.md:7:3: there is no figure "mony"') == 1, wrong.said
    assert "Traceback" not in wrong.said and "WorkflowError" not in wrong.said
    edit_source(folder, "text/02-help.md", "{{ mony }}", "money")
    command = [sys.executable, str(ROOT / "scripts/build.py"), str(folder), "note", *elsewhere, "--cores", "2"]
    head = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (folder / "build/tiny/snapshot.pickle").exists():  # its job is at work
        assert head.poll() is None
        time.sleep(0.1)
    head.kill()
    head.wait()
    there = run_workflow(folder, "note", *elsewhere)
    assert there.code == 0 and "Jobs of a build that was killed are still at work" in there.said, there.said
    shutil.rmtree(folder / "build")
    shutil.rmtree(folder / "outputs")
    here = run_workflow(folder)
    assert here.code == 0 and here.outputs == there.outputs and "tiny.en.html" in here.outputs


def test_every_rule_that_a_note_is_made_by_is_in_the_group_of_the_note() -> None:
    """A step that was left out would wait in the queue for itself, and its note with it."""
    named = {line.split("=")[0] for line in yaml.safe_load(PROFILE.read_text("utf-8"))["groups"]}
    text = (ROOT / "rules/note.smk").read_text("utf-8") + (ROOT / "rules/render.smk").read_text("utf-8")
    rules = {line.split()[1].rstrip(":") for line in text.splitlines() if line.startswith("rule ")}
    assert named == rules - {"cut_fonts", "translate"}


def test_every_rule_that_a_note_is_made_by_says_what_it_takes() -> None:
    profile = yaml.safe_load(PROFILE.read_text("utf-8"))
    said = {tuple(line.partition("=")[0].split(":")) for line in profile["set-resources"]}
    rules = {line.split("=")[0] for line in profile["groups"]} | {"cut_fonts"}
    assert said == {(rule, resource) for rule in rules for resource in ("mem_mb", "runtime")}
