"""Begin a note as an editor does: what is written builds at once, and where something is wrong nothing is written."""

import os
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

import new_note
from briefing.formats.yaml_edit import append_item
from briefing.steps.new_note import translate_names
from support.building import clean_environment, hash_files
from support.house import ROOT
from support.workflow import make_folder

PAGE = ROOT / "docs/new-note.md"


def begin(folder: Path, **settings: str) -> str:
    """Try to begin a note; give what is said where it is refused."""
    with pytest.raises(SystemExit) as ended:
        new_note.main(folder, {**dict.fromkeys(new_note.SETTINGS, ""), **settings}, date(2026, 11, 27))
    return str(ended.value)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({}, "NOTE=niger TITLE="),
        ({"NOTE": "Niger"}, "small letters"),
        ({"NOTE": "../x", "COUNTRY": "NE"}, "small letters"),
        ({"NOTE": "common", "COUNTRY": "NE"}, "not common"),
        ({"NOTE": "tiny", "COUNTRY": "NE"}, "sources/tiny is there already"),
        ({"NOTE": "nigerr"}, 'did you mean "niger"'),
        ({"NOTE": "niger", "COUNTRY": "Q"}, "no country with an outline"),
        ({"NOTE": "niger", "TITLE": "The <b>Niger</b> note"}, "sources/niger/note.yaml:2:8: "),
    ],
)
def test_what_cannot_be_begun_is_refused_and_leaves_nothing(
    tmp_path: Path, settings: dict[str, str], says: str
) -> None:
    folder = make_folder(tmp_path)
    before = hash_files(folder, ".")
    said = begin(folder, **settings)
    assert says in said and "Nothing was written." in said
    assert hash_files(folder, ".") == before


def test_a_note_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """The configuration is written last; where that fails, the note and its map go again."""
    folder = make_folder(tmp_path)
    before = hash_files(folder, ".")
    (folder / f".config.yaml.{os.getpid()}.part").mkdir()  # so that this file cannot be written
    made = {"arden/note.yaml": b"note: arden\n", "common/map/arden.geojson": b"{}"}
    with pytest.raises(SystemExit):
        new_note.write_note(folder, "arden", made, "notes: [arden]\n")
    assert hash_files(folder, ".") == before and not (folder / "sources/arden").exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# All.\nnotes: [a]  # two\nb: 'x'\n", "# All.\nnotes: [a, c]  # two\nb: 'x'\n"),
        ("notes:\n  - a  # one\n\n# M.\nb: {c: d}    # e\n", "notes:\n  - a  # one\n  - c\n\n# M.\nb: {c: d}    # e\n"),
        ("b: \"1\"\nnotes:\n- a\n", "b: \"1\"\nnotes:\n- a\n- c\n"),
    ],
)  # fmt: skip
def test_a_list_of_an_editor_grows_by_an_item_and_nothing_else_changes(text: str, expected: str) -> None:
    assert append_item("config.yaml", text, "notes", "c") == expected


def test_the_configuration_of_the_project_keeps_its_comments() -> None:
    text = (ROOT / "config.yaml").read_text("utf-8")
    changed = append_item("config.yaml", text, "notes", "arden")
    lines = [*zip(text.splitlines(), changed.splitlines(), strict=True)]
    assert [line for line in lines if line[0] != line[1]] == [("notes: [mali]", "notes: [mali, arden]")]


@pytest.mark.workflow
def test_the_page_on_new_notes_is_right_to_the_letter(tmp_path: Path) -> None:
    """What it says is pasted, block after block; only the folder is another, and the pages are made in one format."""
    folder = make_folder(tmp_path, "en, fr")
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("[pdf, docx, html]", "[html]"), "utf-8")
    tiny = hash_files(folder, "sources/tiny")
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) > 4
    make = f'make() {{ command make --no-print-directory -C "{ROOT}" FOLDER="$PWD" "$@"; }}\n'
    for block in blocks:
        script = f"set -e\n{make}{block}"
        ended = subprocess.run(
            ["bash", "-c", script], cwd=folder, env=clean_environment(), capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, f"{block}\n{ended.stdout}{ended.stderr}"
    page = (folder / "outputs/niger/niger.en.html").read_text("utf-8")
    text = re.sub(r"<[^>]+>", "", page)
    assert "borders with seven other countries" in text and "1,267,000" in text
    assert list((folder / "sources/niger/editions").iterdir()) and "notes: [tiny, niger]" in config.read_text("utf-8")
    assert hash_files(folder, "sources/tiny") == tiny


def test_names_of_countries_are_translated_at_once_and_nothing_else_is() -> None:
    catalogue = 'msgid "Algeria"\nmsgstr ""\n\nmsgid "Niger and Algeria"\nmsgstr ""\n\nmsgid "Chad"\nmsgstr "Tchade"\n'
    translated = translate_names(catalogue, {"DZ": "Algeria", "TD": "Chad"}, "fr")
    assert translated == catalogue.replace('"Algeria"\nmsgstr ""', '"Algeria"\nmsgstr "Algérie"', 1)
