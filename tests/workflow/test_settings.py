"""Tests of what a note says instead of the configuration of all notes."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.workflow.config import list_locales, read_schema
from briefing.workflow.settings import KEYS, NoteSettings, list_all, read_note_settings
from support.house import ROOT
from support.workflow import edit_source, make_folder, run_workflow

CONFIG: dict[str, Any] = {
    "notes": ["arden"],
    "languages": ["en", "fr"],
    "formats": ["pdf", "html"],
    "typography": {"fr": "fr-FR"},
    "checks": {"wording": "error", "unbound": "error"},
}


def read_settings(folder: Path, text: str) -> NoteSettings:
    """Read the settings of a note whose note.yaml says something."""
    (folder / "sources/arden").mkdir(parents=True, exist_ok=True)
    (folder / "sources/arden/note.yaml").write_text(text, "utf-8")
    return read_note_settings(folder, "arden", CONFIG, read_schema(ROOT), list_locales(ROOT / "templates/languages"))


def test_a_note_that_says_nothing_is_made_as_all_are(tmp_path: Path) -> None:
    said = read_settings(tmp_path, "note: arden\n")
    assert (said.languages, said.formats, said.typography) == (["en", "fr"], ["pdf", "html"], {"fr": "fr-FR"})
    assert said.is_release and said.policy == {"staleness": "warning", **CONFIG["checks"]} and not said.problems


def test_what_a_note_says_holds_instead_and_of_checks_and_typography_as_much_as_differs(tmp_path: Path) -> None:
    text = "languages: [fr]\nformats: [md]\ntranslation: draft\ntypography: {fr: fr-CA}\nchecks: {unbound: warning}\n"
    said = read_settings(tmp_path, text)
    assert (said.source, said.formats, said.typography) == ("fr", ["md"], {"fr": "fr-CA"})
    assert not said.is_release and said.checks == {"wording": "error", "unbound": "warning"}


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("languages: [en, xx]", (1, 17), '"xx" is no language that the house writes'),
        ("formats:\n  - pdf\n  - pfd", (3, 5), 'did you mean "pdf"?'),
        ("typography:\n  fr: fr-ZZ", (2, 7), '"fr-ZZ" is not known'),
    ],
)
def test_what_the_house_does_not_have_is_told_at_its_place(
    tmp_path: Path, text: str, at: tuple[int, int], says: str
) -> None:
    said = read_settings(tmp_path, text)
    (problem,) = said.problems
    assert (problem.file, problem.line, problem.column) == ("sources/arden/note.yaml", *at) and says in problem.message
    assert said.languages == ["en", "fr"] and said.formats == ["pdf", "html"], "the others are not stopped by it"


@pytest.mark.parametrize("text", ["languages: en", "formats: []", "checks: {wordin: error}", "a: [", "- a", "\x00", ""])
def test_what_the_schema_of_a_note_tells_leaves_the_configuration_as_it_was(tmp_path: Path, text: str) -> None:
    assert read_settings(tmp_path, text) == read_settings(tmp_path, "note: arden")


def test_the_schema_of_a_note_has_the_settings_of_the_configuration() -> None:
    """Both schemas say of each setting the same, but that a note need not say all."""
    of_note = yaml.safe_load((ROOT / "sources/common/schemas/note.yaml").read_text("utf-8"))["properties"]
    of_all = yaml.safe_load((ROOT / "config.schema.yaml").read_text("utf-8"))["properties"]
    of_all["checks"].pop("required")
    for key in {*KEYS} - {"languages"}:
        assert of_note[key] == of_all[key], key


def test_items_are_listed_once_in_order() -> None:
    assert list_all([["en"], ["fr", "en"], ["es"]]) == ["en", "fr", "es"]


@pytest.mark.workflow
def test_notes_of_other_languages_stand_beside_each_other_and_errors_are_told_last(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, "en, fr")
    config, tiny = folder / "config.yaml", folder / "sources/tiny"
    config.write_text(config.read_text("utf-8").replace("[tiny]", "[broken, arden]"), "utf-8")
    for note in ("arden", "broken"):
        for path in sorted(tiny.rglob("*")):
            if path.is_file() and "translations" not in path.parts:
                copy = folder / "sources" / note / path.relative_to(tiny)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(path.read_bytes().replace(b": tiny\n", f": {note}\n".encode()))
    edit_source(folder, "../arden/note.yaml", "locale: en-GB", "locale: en-GB\nlanguages: [en]\nformats: [html]")
    edit_source(folder, "../broken/observations.csv", "450", "NaN")
    run = run_workflow(folder)
    assert run.code != 0 and "outputs/arden: 6 files" in run.said
    assert {path.name for path in (folder / "outputs/arden").glob("arden.*")} == {"arden.en.html", "arden.en.json"}
    told, step = 'sources/broken/observations.csv:5:3: column value: "NaN"', "Put arden in its place"
    shelf = json.loads((folder / "outputs/index.json").read_text("utf-8"))
    states = {note["note"]: (note["state"], len(note["problems"])) for note in shelf["notes"]}
    assert states == {"broken": ("missing", 1), "arden": ("finished", 0)}
    assert run.said.count(told) == 1 and run.said.index(told) > run.said.index(step)
    assert "Nothing has changed" in run_workflow(folder, "note", "NOTES=arden").said
