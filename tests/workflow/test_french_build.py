"""The workflow in two languages, as a translator meets it: what a change of data or of text costs, and how it stops."""

import json
import re
from pathlib import Path

import pytest

from briefing.preview.session import PreviewSession
from briefing.workflow.parsed_sources import read_raw_sources
from briefing.workflow.preview_desk import DeskReader
from support.house import ROOT
from support.workflow import Run, edit_source, make_folder, run_workflow

pytestmark = pytest.mark.workflow

CATALOGUE = "sources/tiny/translations/fr.po"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the tiny note in two languages."""
    return make_folder(tmp_path_factory.mktemp("french"), "en, fr")


@pytest.fixture(scope="module")
def first_run(folder: Path) -> Run:
    """Build both languages."""
    return run_workflow(folder)


@pytest.fixture(scope="module")
def changed_run(first_run: Run, folder: Path) -> tuple[Run, bytes, bytes]:
    """Build again with another number of women; give the catalogue before and after."""
    before = (folder / CATALOGUE).read_bytes()
    edit_source(folder, "observations.csv", "women_guards,2018,450", "women_guards,2018,1230")
    run = run_workflow(folder)
    run_workflow(folder, "translate")
    return run, before, (folder / CATALOGUE).read_bytes()


@pytest.fixture(scope="module")
def fuzzy_run(changed_run: tuple[Run, bytes, bytes], folder: Path) -> tuple[Run, Run]:
    """Change a sentence, refresh the catalogue, and build."""
    edit_source(folder, "text/01-guards.md", "has not begun", "has not even begun")
    refreshed = run_workflow(folder, "translate")
    return refreshed, run_workflow(folder)


@pytest.fixture(scope="module")
def draft_run(fuzzy_run: tuple[Run, Run], folder: Path) -> Run:
    """Build the same as a draft."""
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8") + "translation: draft\n", "utf-8")
    return run_workflow(folder)


def test_one_command_makes_both_languages_in_three_formats(first_run: Run) -> None:
    assert first_run.code == 0, first_run.said
    kinds = ("pdf", "docx", "html", "json")
    assert {f"tiny.{tag}.{kind}" for tag in ("en", "fr") for kind in kinds} <= set(first_run.outputs)
    report = json.loads(first_run.texts["report.json"])
    french = report["translations"]["fr"]
    assert (french["percent"], french["fuzzy"], french["untranslated"]) == (100.0, 0, 0)
    assert (french["glossary_problems"], french["parity_problems"]) == (0, 0)
    assert french["messages"] == sum(section["messages"] for section in french["sections"])
    assert "Translation, fr-FR" in first_run.texts["report.html"]


def test_the_preview_shows_the_bytes_that_were_built(first_run: Run, folder: Path, tmp_path: Path) -> None:
    desk = DeskReader(folder, ROOT, "tiny", tmp_path / "fonts").read()
    *_, sight = PreviewSession().look(desk, read_raw_sources(folder / "sources", "tiny"))
    assert {tag: proof.page.decode() for tag, proof in sight.proofs.items()} == {
        tag: first_run.texts[f"tiny.{tag}.html"] for tag in ("en", "fr")
    }


def test_the_chart_is_drawn_in_french(first_run: Run, folder: Path) -> None:
    drawn = (folder / "build/tiny/charts.fr/guards.svg").read_bytes()
    assert drawn != (folder / "build/tiny/charts.en/guards.svg").read_bytes()


def test_a_changed_observation_rebuilds_both_languages_and_leaves_the_catalogue(
    changed_run: tuple[Run, bytes, bytes],
) -> None:
    run, before, after = changed_run
    assert run.code == 0, run.said
    assert before == after
    assert "1,230" in run.texts["tiny.en.html"] and "1\u202f230" in run.texts["tiny.fr.html"]


def test_a_changed_sentence_makes_one_message_fuzzy_and_stops_the_release(
    fuzzy_run: tuple[Run, Run], changed_run: tuple[Run, bytes, bytes], folder: Path
) -> None:
    refreshed, run = fuzzy_run
    assert re.search(r"translations/fr\.po: 0 new, 1 fuzzy, \d+ done", refreshed.said)
    catalogue = (folder / CATALOGUE).read_text("utf-8")
    assert len(re.findall(r"^#, fuzzy", catalogue, re.MULTILINE)) == 1
    assert catalogue.count('#| msgid ""') == 1
    assert '#| "kilometre. Security sector reform (SSR) has not begun.[^reform]"' in catalogue
    assert run.code != 0 and "is fuzzy" in run.said and "Traceback" not in run.said
    assert re.search(r"sources/tiny/translations/fr\.po:\d+:1: ", run.said)
    assert run.outputs["tiny.fr.pdf"] == changed_run[0].outputs["tiny.fr.pdf"]


def test_a_draft_prints_the_source_text_marked_as_such(draft_run: Run) -> None:
    assert draft_run.code == 0, draft_run.said
    page = draft_run.texts["tiny.fr.html"]
    assert '[non traduit] <span lang="en">Ruritania had' in page
    french = json.loads(draft_run.texts["report.json"])["translations"]["fr"]
    assert french["fuzzy"] == 1 and french["percent"] < 100


def test_a_broken_and_a_missing_catalogue_are_one_clear_error(draft_run: Run, folder: Path) -> None:
    path = folder / CATALOGUE
    good = path.read_text("utf-8")
    path.write_text(good.replace('msgstr "Gardes"', 'msgstr "Gardes', 1), "utf-8")
    broken = run_workflow(folder)
    line = good[: good.index('msgstr "Gardes"')].count("\n") + 1
    assert broken.code != 0 and f"{CATALOGUE}:{line}:1: this is not valid PO" in broken.said
    path.unlink()
    missing = run_workflow(folder)
    assert missing.code != 0 and f"{CATALOGUE}:1:1: this file is missing" in missing.said
    path.write_text(good, "utf-8")
    for said in (broken.said, missing.said):
        assert "Traceback" not in said and len(re.findall(r"fr\.po:\d+:\d+:", said)) == 1


def test_a_language_that_the_house_does_not_write_is_told_with_its_place(folder: Path, draft_run: Run) -> None:
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("[en, fr]", "[en, fr, de]"), "utf-8")
    run = run_workflow(folder)
    assert run.code != 0 and 'config.yaml:3:21: languages.2: "de" is no language that the house writes' in run.said
    assert "write templates/languages/de.yaml first" in run.said
    assert "Traceback" not in run.said


def test_a_language_without_its_catalogues_is_never_up_to_date(tmp_path: Path) -> None:
    """One that was made for the note, and one that is added, while an observation changes."""
    folder = make_folder(tmp_path, "en, fr", "html")
    built = run_workflow(folder)
    assert built.code == 0, built.said
    catalogue = folder / CATALOGUE
    catalogue.unlink()
    edit_source(folder, "observations.csv", "women_guards,2018,450", "women_guards,2018,460")
    missing = run_workflow(folder)
    assert missing.code != 0 and missing.outputs == built.outputs
    assert "Nothing has changed" not in missing.said and "run make translate" in missing.said
