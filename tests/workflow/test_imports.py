"""What the workflow believes a step imports is what Python imports."""

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.workflow.imports import list_modules

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
LOADED = "import sys; print(*sorted(name for name in sys.modules if name.startswith('briefing.')))"


def import_modules(names: list[str]) -> set[str]:
    """Import modules in a fresh Python and give all modules of the package that are then loaded."""
    command = [sys.executable, "-c", f"import {', '.join(names)}\n{LOADED}"]
    done = subprocess.run(command, cwd=SCRIPTS, capture_output=True, text=True, check=True)
    return {name for name in done.stdout.split() if (SCRIPTS / f"{name.replace('.', '/')}.py").is_file()}


@pytest.mark.parametrize("step", ["derive", "compose", "render"])
def test_every_module_that_a_step_loads_is_an_input_of_its_rule(step: str) -> None:
    paths = [path.relative_to(SCRIPTS).with_suffix("") for path in list_modules(SCRIPTS / f"{step}.py", SCRIPTS)]
    listed = {".".join(path.parts) for path in paths}
    assert import_modules(sorted(listed)) == listed


def test_only_the_steps_that_need_heavy_libraries_load_them() -> None:
    heavy = {
        "figures/vintages.py": ["derive", "take_version"],  # pandas
        "charts/canvas.py": ["draw_charts"],  # matplotlib
    }
    steps = {
        path.stem: {module.relative_to(SCRIPTS / "briefing").as_posix() for module in list_modules(path, SCRIPTS)}
        for path in SCRIPTS.glob("*.py")
    }
    for module, only in heavy.items():
        assert sorted(step for step, modules in steps.items() if module in modules) == only


def test_pydantic_is_loaded_only_where_charts_are_read() -> None:
    program = (
        "import sys, briefing.sources.note_sources, briefing.charts.drawing; print('pydantic' in sys.modules);"
        "import briefing.charts.reading; print('pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=SCRIPTS, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
