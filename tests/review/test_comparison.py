"""Many changes at once, from sources to redlines: each has its cause, and both versions can be had back."""

import functools
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefing.document.nodes import Document
from briefing.redline.changes import list_changes
from briefing.redline.documents import accept, reject
from briefing.review.sentences import list_sentences
from briefing.review.states import NoteVersion
from briefing.steps.compare import make_redlines, read_version, share_version_id, show_translation
from briefing.steps.compose import Target
from briefing.steps.take_version import make_version
from support.editions import read_raw, set_value
from support.house import get_house, read_house_files
from support.oracles import assert_oracles_agree

EDITS = {
    "text/01-guards.md": [("has not begun", "has hardly begun"), (" [@census2018]", "")],
    "text/02-help.md": [("- money.", "- money;\n- books.")],
    "figures.yaml": [("formula: population / guards", "formula: population / (guards + women_guards)")],
    "translations/fr.po": [("Leur nombre", "Leur effectif")],
}
"""A sentence rewritten, a citation removed, an item added, a formula and a translation changed."""


HOUSES = {tag: get_house(tag) for tag in ("en", "fr")}


def edit_sources() -> Mapping[str, bytes]:
    """Make the edits, revise an observation, and move the second section before the first."""
    raw = dict(read_raw("tiny"))
    for name, edits in EDITS.items():
        text = raw[f"tiny/{name}"].decode("utf-8")
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        raw[f"tiny/{name}"] = text.encode("utf-8")
    raw["tiny/observations.csv"] = set_value("tiny", "women_guards", "2018", "460").encode("utf-8")
    raw["tiny/text/00-help.md"] = raw.pop("tiny/text/02-help.md")
    return raw


def make(name: str, raw: Mapping[str, bytes]) -> NoteVersion:
    targets = [Target(tag, "en", release=False) for tag in ("en", "fr")]
    return read_version(name, "tiny", make_version("tiny", raw, read_house_files(), targets), ("en", "fr"))


@functools.cache
def make_versions() -> tuple[NoteVersion, NoteVersion]:
    return make("2019-02", read_raw("tiny")), make("now", edit_sources())


def list_causes(tag: str) -> set[tuple[str, str, str, str]]:
    """List the changes of a language: of which kind, in which block, from which cause, and what came."""
    changes = list_changes(make_redlines(*make_versions(), HOUSES)[tag])
    return {(change.kind, change.part or change.block, change.cause.kind, change.new) for change in changes}


SHARED = {
    ("replaced", "number-1", "data", "460"),
    ("replaced", "help-2-2", "data", "460"),
    ("replaced", "figure-women_guards", "data", "460"),
    ("replaced", "figure-people_per_guard", "formula", "347"),
    ("inserted", "figure-people_per_guard", "formula", "("),
}
"""What moved in both languages: the revised observation, and the figure whose formula is another."""


def test_each_of_many_changes_has_its_cause_in_the_source_language() -> None:
    assert list_causes("en") >= SHARED | {
        ("replaced", "guards-1", "text", "hardly"),
        ("deleted", "guards-1", "text", ""),
        ("moved", "help", "text", "Help from abroad"),
        ("inserted", "help-2-4", "text", "books."),
    }
    # The ways back to the contents, which nobody wrote, follow their sections.
    house = {name for _, name, cause, _ in list_causes("en") if cause == "house"}
    assert all(name.startswith("return-") for name in house)
    assert {cause for *_, cause, _ in list_causes("en")} - {"house"} == {"data", "formula", "text"}


def test_each_of_many_changes_has_its_cause_in_a_translation() -> None:
    found = list_causes("fr")
    assert found >= SHARED | {
        ("replaced", "number", "translation", "effectif"),
        ("moved", "help", "text", "L’aide de l’étranger"),
        ("inserted", "help-2-4", "text", "[non traduit] books."),
    }
    assert {name for _, name, cause, _ in found if cause == "translation"} == {"number"}
    assert "guards-1" in {name for _, name, cause, _ in found if cause == "text"}


def show(tag: str) -> Document:
    """Give the new version as its redline shows it: of a translation with what the old one says of rewritten texts."""
    old, new = make_versions()
    source = make_redlines(old, new, HOUSES)["en"]
    return new.documents[tag] if tag == "en" else show_translation(old.documents[tag], new, HOUSES[tag], source)


def test_an_old_translation_stands_beside_what_the_text_says_now() -> None:
    """It is not struck out as lost; the change of the source is told with it."""
    old, new = make_versions()
    merged = make_redlines(old, new, HOUSES)["fr"]
    changes = [change for change in list_changes(merged) if change.block == "guards-1"]
    assert all(change.old == "" and change.new.strip().startswith("[traduction à revoir") for change in changes)
    assert all("« not » → « hardly »" in change.cause.comment.replace("\u00a0", " ") for change in changes)
    # Each stands behind the sentence that it is of.
    (block,) = (block for block in merged.blocks if block.id == "guards-1")
    first, second, third = (sentence.text for sentence in list_sentences(merged) if sentence.block == block.id)
    assert first.startswith("La Ruritanie") and "le texte dit désormais" in first and "inhabitants in 2018" in first
    assert "traduction" not in second and "has hardly begun" in third


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_both_versions_are_had_back_from_many_changes(tag: str) -> None:
    old, new = make_versions()
    merged = make_redlines(old, new, HOUSES)[tag]
    assert accept(merged) == show(tag)
    assert reject(merged) == share_version_id(old.documents[tag], new.documents[tag].metadata.version)


@pytest.mark.client
@pytest.mark.parametrize("tag", ["en", "fr"])
def test_other_programs_have_both_versions_back_from_many_changes(tag: str, tmp_path: Path) -> None:
    old, new = make_versions()
    merged = make_redlines(old, new, HOUSES)[tag]
    before = share_version_id(old.documents[tag], new.documents[tag].metadata.version)
    assert_oracles_agree(before, show(tag), merged, tmp_path)


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_another_version_id_is_no_change(tag: str) -> None:
    """A comment in a source is a version of its own, in which nothing that a reader sees has changed."""
    old = make("old", read_raw("tiny"))
    new = make("new", {**read_raw("tiny"), "tiny/figures.yaml": read_raw("tiny")["tiny/figures.yaml"] + b"# comment\n"})
    assert old.documents[tag].metadata.version != new.documents[tag].metadata.version
    assert list_changes(make_redlines(old, new, HOUSES)[tag]) == []
