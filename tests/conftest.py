"""The tiny note built by the whole workflow, once a run."""

import shutil
from pathlib import Path

import pytest
from workflow import Run, make_folder, run_workflow


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the tiny note."""
    return make_folder(tmp_path_factory.mktemp("workflow"))


@pytest.fixture(scope="session")
def first_run(tiny_folder: Path) -> Run:
    """Build the tiny note for the first time."""
    return run_workflow(tiny_folder)


@pytest.fixture(scope="session")
def first_outputs(tiny_folder: Path, first_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the first build's outputs, which later runs do not touch."""
    copy = tmp_path_factory.mktemp("first") / "outputs"
    shutil.copytree(tiny_folder / "outputs", copy)
    return copy / "tiny"
