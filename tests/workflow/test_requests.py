"""Tests of what can be asked for, and of what is said to those who ask for what there is not."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.workflow.requests import FOR_ALL, REQUESTS, RequestError, is_wanted, read_request
from briefing.workflow.settings import NoteSettings

BILINGUAL = NoteSettings(["en", "fr"], ["pdf", "html"], {}, "release", {})
ENGLISH = NoteSettings(["en"], ["html"], {}, "release", {})
TWO_NOTES = {"arden": BILINGUAL, "ruritania": BILINGUAL}
ONE_NOTE = {"ruritania": BILINGUAL}
NOTHING = dict.fromkeys(("NOTE", "NOTES", "LANGUAGES", "FORMATS", "VERSION", "BASE", "HEAD"), "")


def ask(name: str, notes: dict[str, NoteSettings] = ONE_NOTE, **settings: str) -> list[str]:
    """Ask for something; give the files that are made for it."""
    return [*read_request(name, {**NOTHING, **settings}, notes).targets]


def refuse(name: str, notes: dict[str, NoteSettings] = ONE_NOTE, **settings: str) -> str:
    """Ask for what there is not; give what is said."""
    with pytest.raises(RequestError) as refused:
        ask(name, notes, **settings)
    return str(refused.value)


@pytest.fixture(name="folder")
def make_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with two notes, one of which has an edition; it is in no repository."""
    for note in TWO_NOTES:
        (tmp_path / "sources" / note).mkdir(parents=True)
        (tmp_path / "sources" / note / "note.yaml").write_text(f"note: {note}\n", "utf-8")
    for edition in ("2019-02", "2019-02-r9", "2019-02-r10"):
        (tmp_path / f"sources/ruritania/editions/{edition}").mkdir(parents=True)
        (tmp_path / f"sources/ruritania/editions/{edition}/manifest.json").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


@pytest.fixture(name="commit")
def make_repository(folder: Path) -> Callable[[str], None]:
    """Put the folder into a repository, and give what commits a part of it."""
    if not shutil.which("git"):
        pytest.skip("git is missing")

    def git(*words: str) -> None:
        identity = ("-c", "user.name=An Editor", "-c", "user.email=editor@example.org")
        subprocess.run(["git", *identity, *words], check=True, capture_output=True)

    def commit(path: str) -> None:
        git("add", path)
        git("commit", "--quiet", "--message", path)

    git("init", "--quiet")
    return commit


def test_a_note_is_made_whole_or_in_single_files() -> None:
    assert ask("note") == ["all"]
    assert ask("note", TWO_NOTES, NOTE="arden") == ["build/arden/delivered.json"]
    assert ask("note", LANGUAGES="fr", FORMATS="html, md") == [
        "build/ruritania/ruritania.fr.html",
        "build/ruritania/ruritania.fr.md",
    ]
    assert ask("note", LANGUAGES="fr") == ["build/ruritania/ruritania.fr.pdf", "build/ruritania/ruritania.fr.html"]


def test_languages_notes_and_formats_are_those_of_the_configuration() -> None:
    assert 'there is no "rurtania"; did you mean "ruritania"?' in refuse("note", NOTE="rurtania")
    assert 'LANGUAGES=de: there is no "de"; ' in refuse("note", LANGUAGES="de")
    assert 'there is no "pdff"; did you mean "pdf"?' in refuse("note", FORMATS="pdff")


def test_several_notes_are_named_in_either_setting() -> None:
    both = ["build/ruritania/delivered.json", "build/arden/delivered.json"]
    assert ask("note", TWO_NOTES, NOTES="ruritania arden") == ask("note", TWO_NOTES, NOTE="ruritania arden") == both
    assert ask("note", TWO_NOTES, NOTE="ruritania", NOTES="arden") == both
    assert 'NOTES=ardn: there is no "ardn"; did you mean "arden"?' in refuse("note", TWO_NOTES, NOTES="ardn")


def test_files_are_those_of_the_languages_and_formats_of_each_note() -> None:
    mixed = {"arden": ENGLISH, "ruritania": BILINGUAL}
    assert ask("note", mixed, LANGUAGES="fr", FORMATS="html") == ["build/ruritania/ruritania.fr.html"]
    assert ask("note", mixed, LANGUAGES="en") == [
        "build/arden/arden.en.html",
        "build/ruritania/ruritania.en.pdf",
        "build/ruritania/ruritania.en.html",
    ]
    assert ask("translate", mixed) == ["build/ruritania/translated.txt"]
    assert 'there is no "fr"' in refuse("note", mixed, NOTE="arden", LANGUAGES="fr")


def test_catalogues_of_all_notes_are_refreshed_where_none_is_named() -> None:
    assert ask("translate", TWO_NOTES) == ["build/arden/translated.txt", "build/ruritania/translated.txt"]
    assert "add another" in refuse("translate", {"arden": ENGLISH})


@pytest.mark.parametrize("name", sorted(REQUESTS.keys() - {*FOR_ALL}))
def test_what_is_done_for_notes_that_are_named_asks_for_which(name: str, folder: Path) -> None:
    settings = {"VERSION": "now", "BASE": "now", "HEAD": "now"}
    said = refuse(name, TWO_NOTES, **settings)
    assert "NOTE=arden or NOTE=ruritania" in said
    # What is said can be followed.
    for note in re.findall(r"NOTE=(\w+)", said):
        assert note in ask(name, TWO_NOTES, NOTE=note, **settings)[0]
    both = ask(name, TWO_NOTES, NOTES="arden, ruritania", **settings)
    assert [path.split("/")[1] for path in both] == ["arden", "ruritania"]


@pytest.mark.usefixtures("folder")
def test_an_edition_needs_no_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert ask("review", BASE="2019-02", HEAD="now") == ["build/ruritania/review/2019-02..now/delivered.json"]
    assert ask("review", BASE="2019-02", HEAD="now", LANGUAGES="fr", FORMATS="pages pdf") == [
        "build/ruritania/review/2019-02..now/pages.fr.pdf",
        "build/ruritania/review/2019-02..now/redline.fr.pdf",
    ]
    said = refuse("review", BASE="HEAD", HEAD="now")
    assert (
        said.startswith("BASE=HEAD: ")
        and "not installed" in said
        and said.endswith("ruritania has 2019-02 and 2019-02-r9 and 2019-02-r10 and now.")
    )


@pytest.mark.usefixtures("folder")
def test_of_the_page_of_changes_alone_is_said_how_its_redlines_are_made() -> None:
    settings = {"NOTE": "ruritania", "BASE": "2019-02", "HEAD": "now"}
    page, more = read_request("changes", {**NOTHING, **settings}, ONE_NOTE).made
    assert page == "build/ruritania/review/2019-02..now/changes.html"
    # What is said can be followed.
    followed = dict(word.split("=") for word in more.partition("make review ")[2].split())
    assert followed == settings
    assert ask("review", **followed) == [page.replace("changes.html", "delivered.json")]


@pytest.mark.usefixtures("folder")
def test_a_folder_outside_git_is_told_apart_from_a_version_that_there_is_not() -> None:
    if not shutil.which("git"):
        pytest.skip("git is missing")
    assert "in no git repository" in refuse("edition", VERSION="HEAD")


@pytest.mark.usefixtures("folder")
def test_a_revision_is_taken_where_it_has_the_note(commit: Callable[[str], None]) -> None:
    commit("sources/ruritania")
    commit("sources/arden")
    assert ask("review", TWO_NOTES, NOTE="ruritania", BASE="HEAD~1", HEAD="now") == [
        "build/ruritania/review/HEAD~1..now/delivered.json"
    ]
    assert "sources/arden was not there yet" in refuse("review", TWO_NOTES, NOTE="arden", BASE="HEAD~1", HEAD="now")
    assert "neither a published edition nor a revision" in refuse("changes", BASE="2018-13", HEAD="now")
    assert "neither a published edition nor a revision" in refuse("changes", BASE="--help", HEAD="now")


@pytest.mark.usefixtures("folder")
def test_a_name_of_git_that_no_path_can_have_gives_way_to_its_hash(commit: Callable[[str], None]) -> None:
    commit("sources")
    subprocess.run(["git", "branch", "draft/of-mine"], check=True)
    (target,) = ask("edition", VERSION="draft/of-mine")
    assert re.fullmatch(r"build/ruritania/editions/[0-9a-f]{12}/delivered\.json", target)


def test_a_setting_says_yes_or_no_in_few_words_and_nothing_else_is_taken_for_either() -> None:
    said = {"1": True, "yes": True, "True": True, "0": False, "no": False, "FALSE": False, "": False, " ": False}
    assert {word: is_wanted({"OFFLINE": word}, "OFFLINE") for word in said} == said
    for word in ("2", "maybe", "-1", "yes please", "ja"):
        with pytest.raises(RequestError, match=f"OFFLINE={word} says neither yes nor no; expected OFFLINE=1"):
            is_wanted({"OFFLINE": word}, "OFFLINE")
