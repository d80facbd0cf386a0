"""What the workflow believes a step imports is what Python imports."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.workflow.imports import list_imports, list_modules

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


def parse_imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


def test_the_imports_that_are_found_are_those_that_a_parser_finds() -> None:
    for path in sorted(SCRIPTS.rglob("*.py")):
        files = (SCRIPTS.joinpath(*name.split(".")).with_suffix(".py") for name in parse_imports(path))
        assert list(list_imports(path, SCRIPTS)) == sorted(
            file for file in files if file.is_file() and "briefing" in file.parts
        )


def test_only_the_steps_that_need_heavy_libraries_load_them() -> None:
    heavy = {
        "figures/vintages.py": ["derive", "import_file", "new_note", "preview", "refresh", "take_version"],  # pandas
        "charts/canvas.py": ["draw_charts", "preview"],  # matplotlib
    }
    steps = {
        path.stem: {module.relative_to(SCRIPTS / "briefing").as_posix() for module in list_modules(path, SCRIPTS)}
        for path in SCRIPTS.glob("*.py")
    }
    for module, only in heavy.items():
        assert sorted(step for step, modules in steps.items() if module in modules) == only


def test_the_steps_that_are_handed_the_sources_as_read_load_nothing_that_reads_them() -> None:
    code = "import briefing.workflow.parsed_sources, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=SCRIPTS, capture_output=True, text=True, check=True)
    assert not {"pydantic", "pandas", "matplotlib", "weasyprint", "docx"} & set(done.stdout.split())
