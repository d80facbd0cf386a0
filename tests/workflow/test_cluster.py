"""A build on a cluster, by a script that starts its jobs elsewhere: the same bytes, and what is wrong is told here."""

import shlex
from pathlib import Path

import pytest
import yaml

from support.elsewhere import build_elsewhere, check_at_home
from support.house import ROOT
from support.workflow import make_folder

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
    folder = make_folder(tmp_path, formats="html")
    wrong, there = build_elsewhere(folder, elsewhere, (folder / "build/tiny/snapshot.pickle").exists)
    assert "WorkflowError" not in wrong.said
    assert "Jobs of a build that was killed are still at work" in there.said, there.said
    check_at_home(folder, there)


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
