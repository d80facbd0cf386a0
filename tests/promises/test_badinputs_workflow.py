"""Bad inputs through the front door: `make note` tells them all at once, ends with 2, and touches no file."""

import shutil
from itertools import zip_longest
from pathlib import Path

import pytest

from briefing.report.content import judge_problems
from briefing.steps.validate import check_sources
from briefing.workflow.files import read_folder
from support.badinputs import POLICY, Case, list_cases
from support.building import hash_files, run_make
from support.workflow import ALL_OUTPUTS, make_folder

pytestmark = pytest.mark.workflow

NOTES = 9  # so many notes of one build, each with some bad files at once
AT_FIRST = [case for case in list_cases() if case.must == "fail" and case.step == "validate"]
LATER = ("markdown/false-wording.md", "markdown/unbound-number.md", "markdown/dead-link.md")
OF_CONFIG = ("unknown-note.yaml", "shell.yaml", "broken.yaml", "duplicate-key.yaml", "windows-1252.yaml")


def pick_later() -> list[Case]:
    """Pick cases that a later step tells: some that the text raises, all kinds that the figures raise."""
    derived = [case for case in list_cases() if case.step == "derive" and case.replaces != "note.yaml"]
    return [*(case for case in list_cases() if case.name in LATER), *derived[:: max(1, len(derived) // 2)][:2]]


def copy_note(folder: Path, name: str, case: Case) -> None:
    """Copy the tiny note under another name, one of its sources replaced by that of a case."""
    note = folder / "sources" / name
    shutil.copytree(folder / "sources/tiny", note)
    settings = note / "note.yaml"
    settings.write_text(settings.read_text("utf-8").replace("note: tiny", f"note: {name}"), "utf-8")
    shutil.copy(case.path, note / case.replaces)


def pick_batches() -> list[tuple[Case, ...]]:
    """Pick cases for each note: one of each source, spread over the catalogue."""
    sources = sorted({case.replaces for case in AT_FIRST} - {"config.yaml", "datapackage.yaml", "charts.yaml"})
    columns = []
    for source in sources:
        cases = [case for case in AT_FIRST if case.replaces == source and not case.told_in]
        columns.append(cases[:: max(1, len(cases) // NOTES)][:NOTES])
    return [tuple(case for case in row if case is not None) for row in zip_longest(*columns)]


def hash_notes(folder: Path) -> dict[str, str]:
    """Hash all files of the notes; the page of all notes beside them says what is wrong with them."""
    hashed = hash_files(folder, "sources", "outputs")
    return {name: digest for name, digest in hashed.items() if not name.startswith("outputs/index.")}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[Case, ...]], int, str, bool]:
    """Build many bad notes at once; say whether any file was changed."""
    folder = make_folder(tmp_path_factory.mktemp("badinputs"))
    batches = pick_batches()
    for number, batch in enumerate(batches):
        note = folder / f"sources/bad-{number}"
        shutil.copytree(folder / "sources/tiny", note)
        for case in batch:
            shutil.copy(case.path, note / case.replaces)
    names = ", ".join(f"bad-{number}" for number in range(len(batches)))
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("[tiny]", f"[{names}]"), "utf-8")
    before = hash_notes(folder)
    code, said = run_make(folder)
    return folder, batches, code, said, hash_notes(folder) == before


def test_all_notes_are_told_in_one_run_which_ends_with_2_and_changes_no_file(
    told: tuple[Path, list[tuple[Case, ...]], int, str, bool],
) -> None:
    _, batches, code, said, unchanged = told
    assert code == 2 and unchanged
    assert "Traceback" not in said and "Error in rule" not in said
    for number in range(len(batches)):
        assert f"sources/bad-{number}/" in said, number


def test_the_workflow_tells_exactly_what_the_checks_tell(
    told: tuple[Path, list[tuple[Case, ...]], int, str, bool],
) -> None:
    folder, batches, _, said, _ = told
    lines, cases = said.splitlines(), 0
    for number, batch in enumerate(batches):
        note = f"bad-{number}"
        raw = {
            f"{part}/{name}": content
            for part in ("common", note)
            for name, content in read_folder(folder / "sources" / part).items()
        }
        problems = judge_problems(check_sources(note, raw), POLICY)
        assert [str(problem) for problem in problems] == [line for line in lines if line.startswith(f"sources/{note}/")]
        cases += sum(case.is_told(problems) for case in batch)
    assert cases >= 30


@pytest.mark.parametrize("name", OF_CONFIG)
def test_a_bad_configuration_ends_with_2_before_anything_is_made(
    name: str, told: tuple[Path, list[tuple[Case, ...]], int, str, bool]
) -> None:
    (case,) = (case for case in list_cases() if case.name == f"config/{name}")
    folder = told[0]
    shutil.copy(case.path, folder / "config.yaml")
    before = hash_notes(folder)
    code, said = run_make(folder)
    assert code == 2 and "Traceback" not in said
    assert hash_notes(folder) == before
    (line,) = [line for line in said.splitlines() if line.startswith(f"config.yaml:{case.at}: ")]
    assert all(word in line for word in case.says)


def test_later_steps_tell_too_and_what_is_harmless_beside_them_is_built(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    later = {f"later-{number}": case for number, case in enumerate(pick_later())}
    assert {case.step for case in later.values()} == {"compose", "derive"}
    (harmless,) = (case for case in list_cases() if case.name == "csv/byte-order-mark.csv")
    for name, case in {**later, "harmless": harmless}.items():
        copy_note(folder, name, case)
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("[tiny]", f"[{', '.join(later)}, harmless]"), "utf-8")
    code, said = run_make(folder)
    assert code == 2 and "Traceback" not in said and "Error in rule" not in said
    for name, case in later.items():
        told = [line for line in said.splitlines() if line.startswith(f"sources/{name}/")]
        assert any(f"{case.replaces}:{case.at}" in line and all(w in line for w in case.says) for line in told), told
        assert not (folder / "outputs" / name).exists()
    made = {path.name for path in (folder / "outputs/harmless").iterdir()}
    assert {output.replace("tiny", "harmless") for output in ALL_OUTPUTS} <= made
