"""Causes: why a figure, a sentence or a reference differs between two versions of a note."""

import dataclasses
import json
from collections.abc import Mapping

import pytest

from briefing.document.changes import Cause
from briefing.document.nodes import Document, FigureUse
from briefing.document.walking import map_nodes
from briefing.figures.vintages import read_observations
from briefing.redline.changes import ListedChange, list_changes
from briefing.redline.documents import accept, redline, reject
from briefing.review.causes import Explainer, is_spacing, list_rewritten
from briefing.review.figure_causes import Voice, explain_figure
from briefing.review.states import State, list_stated, list_works
from briefing.sources.snapshot import read_snapshot
from support.editions import (
    Edition,
    change_edition,
    change_raw,
    compose_edition,
    make_edition,
    make_translator,
    read_source,
    set_value,
)
from support.house import read_labels

CATALOGUE = "translations/fr.po"
QUOTE = '"'


def know(edition: Edition) -> State:
    sources = edition.snapshot.sources
    rows = read_observations(sources.files["observations.csv"])
    kept = zip(rows["indicator"], rows["period"], rows["value"], rows["known_on"], strict=True)
    return State(sources.note["as_of"], edition.figures, frozenset(kept), {"watch": "The Watch"})


def speak(old: Edition, new: Edition) -> Voice:
    return Voice(read_labels(), *(list_stated(edition.composition.document) for edition in (old, new)))


def explain(name: str, new: Edition) -> Cause:
    old = make_edition("tiny")
    return explain_figure(name, know(old), know(new), speak(old, new))


def compare(new: Edition) -> list[ListedChange]:
    return list_changes(merge(new))


def merge(new: Edition) -> Document:
    old = make_edition("tiny")
    before, after = old.composition.document, new.composition.document
    merged = redline(before, after, Explainer(know(old), know(new), speak(old, new)))
    assert accept(merged) == after and reject(merged) == before
    return merged


def change(name: str, old: str, new: str) -> Edition:
    text = read_source("tiny", name)
    assert text.count(old) == 1, old
    return change_edition("tiny", {name: text.replace(old, new)})


def read_edition(changes: Mapping[str, str]) -> Edition:
    """Compose the tiny note from its sources read anew, some of them changed."""
    raw = change_raw("tiny", changes)
    return compose_edition(read_snapshot("tiny", raw), make_edition("tiny").composition.document.metadata.version)


def test_the_same_version_has_no_change() -> None:
    assert compare(make_edition("tiny")) == []


def test_a_revised_observation_moves_its_figure_and_what_follows_by_data() -> None:
    new = change_edition("tiny", {"observations.csv": set_value("tiny", "women_guards", "2018", "460")})
    changes = [c for c in compare(new) if c.cause.kind != "house"]
    assert changes and {c.cause.kind for c in changes} == {"data"}
    assert {c.cause.author for c in changes} == {"Data: Watch of Strelsau, no date"}
    assert changes[0].cause.comment.startswith("Women in the guard: 450 persons → 460 persons (2018, Watch of")
    # The row was published with another value on the same day: no new vintage, and that is said.
    assert "the published row was changed in place" in changes[0].cause.comment


def test_a_derived_figure_names_the_input_that_moved_it() -> None:
    new = change_edition("tiny", {"observations.csv": set_value("tiny", "area", "undated", "42000")})
    cause = explain("population_density", new)
    assert cause.kind == "data" and "it follows from Area: 41,000\N{NO-BREAK SPACE}km² → 42,000" in cause.comment


def test_a_figure_that_no_text_prints_is_told_to_four_decimals() -> None:
    old = make_edition("tiny")
    new = change_edition("tiny", {"observations.csv": set_value("tiny", "area", "undated", "42000")})
    cause = explain_figure("population_density", know(old), know(new), Voice(read_labels()))
    assert "29.2683 persons/km2" in cause.comment and "28.5714 persons/km2" in cause.comment


def test_a_later_as_of_date_is_the_cause_of_what_the_table_held_already() -> None:
    changes = compare(change_edition("tiny", {}, as_of="2020-02-01"))
    assert {c.cause.kind for c in changes if c.block == "colophon-edition"} == {"as-of"}
    moved = [c for c in changes if c.block not in ("colophon-edition", "")]
    assert moved and {c.cause.kind for c in moved} <= {"as-of", "text"}
    assert {c.cause.author for c in moved if c.cause.kind == "as-of"} == {"Data: Hentzau, 2018"}


def test_a_changed_sentence_is_text_and_a_changed_hedge_is_wording() -> None:
    changes = compare(change("text/01-guards.md", "has not begun", "has hardly begun"))
    (text,) = [c for c in changes if c.cause.kind != "house"]
    assert (text.cause.kind, text.block, text.old, text.new) == ("text", "guards-1", "not", "hardly")
    wording = [c for c in compare(change("text/01-guards.md", "over 2900", "at least 2900")) if c.block == "number-1"]
    assert [c.cause.kind for c in wording] == ["wording"]


def test_spaces_of_another_kind_are_a_matter_of_house_style_and_no_news_for_a_reviewer() -> None:
    new = change("text/01-guards.md", "has not begun", "has\N{NO-BREAK SPACE}not begun")
    (spaces,) = [c for c in compare(new) if c.block == "guards-1"]
    assert (spaces.cause.kind, spaces.cause.comment) == ("house", "Spaces only")


def test_another_figure_that_prints_the_same_is_no_matter_of_spaces() -> None:
    old = make_edition("tiny").composition.document
    tiny = make_edition("tiny")
    explain = Explainer(know(tiny), know(tiny), speak(tiny, tiny))

    def rebind(node: object) -> object:
        is_use = isinstance(node, FigureUse) and node.figure == "women_guards"
        return dataclasses.replace(node, figure="guards") if is_use else node  # type: ignore[type-var]

    changes = list_changes(redline(old, map_nodes(old, rebind), explain))
    assert changes and all(c.cause.comment != "Spaces only" for c in changes)
    assert not is_spacing("the same", "the same") and is_spacing("a\N{NO-BREAK SPACE}b", "a b")


def test_changed_keywords_are_a_change_like_any_other() -> None:
    old = make_edition("tiny").composition.document
    new = dataclasses.replace(old, metadata=dataclasses.replace(old.metadata, keywords=("Ruritania", "guards")))
    tiny = make_edition("tiny")
    assert accept(redline(old, new, Explainer(know(tiny), know(tiny), speak(tiny, tiny)))) == new


def test_a_citation_that_is_removed_is_one_change_of_text() -> None:
    changes = [c for c in compare(change("text/01-guards.md", " [@watch]", "")) if c.block == "number-1"]
    assert [(c.kind, c.cause.kind) for c in changes] == [("deleted", "text")]


def test_a_translation_that_changes_alone_is_a_matter_of_translation() -> None:
    snapshot = make_edition("tiny").snapshot
    text = read_source("tiny", CATALOGUE)
    old = compose_edition(snapshot, translator=make_translator(snapshot, text))
    new = compose_edition(snapshot, translator=make_translator(snapshot, text.replace("de l’argent", "des fonds")))
    state = know(make_edition("tiny"))
    explain = Explainer(state, state, speak(old, new), set())
    merged = redline(old.composition.document, new.composition.document, explain)
    assert {(c.cause.kind, c.block) for c in list_changes(merged)} == {("translation", "help-2")}


def test_a_text_that_changes_in_the_source_too_is_a_matter_of_text() -> None:
    old, new = make_edition("tiny"), change("text/02-help.md", "money", "gold")
    rewritten = list_rewritten(old.composition.document, new.composition.document)
    assert rewritten - {"colophon-edition"} == {"help-2-3"}  # the colophon has the version id


def cite_two(known_before: bool) -> tuple[Edition, Edition]:
    """Compose the tiny note before and after it cites a second work of the Watch in 2015, and a work of another year.

    The bibliography may have had them before, not cited.
    """
    works = json.loads(read_source("tiny", "bibliography.json"))
    (watch,) = [work for work in works if work["id"] == "watch"]
    watch["issued"] = {"date-parts": [[2015]]}
    added = {**watch, "id": "watch2", "title": "A Second Roll", "custom": {}}
    later = {**added, "id": "watch3", "title": "A Third Roll", "issued": {"date-parts": [[2017]]}}
    text = read_source("tiny", "text/02-help.md").replace("- money.", "- money [@watch2; @watch3].")
    all_works = {"bibliography.json": json.dumps([*works, added, later])}
    old = read_edition(all_works if known_before else {"bibliography.json": json.dumps(works)})
    return old, read_edition({**all_works, "text/02-help.md": text})


@pytest.mark.parametrize("known_before", [False, True])
@pytest.mark.parametrize("gone", [False, True])
def test_a_letter_after_a_year_is_told_as_what_the_work_of_that_year_brought(known_before: bool, gone: bool) -> None:
    """Wherever the year stands: in a sentence, under a chart, in the annex."""
    editions = cite_two(known_before)
    old, new = reversed(editions) if gone else editions
    documents = [edition.composition.document for edition in (old, new)]
    works = (list_works(documents[0]), list_works(documents[1]))
    explain = Explainer(know(old), know(new), speak(old, new), None, works)
    changes = {c.part or c.block: c for c in list_changes(redline(*documents, explain))}
    said = f"told apart by letters: “Watch of Strelsau (2015a) A Second Roll.” ({'deleted' if gone else 'inserted'})"
    for place in ("number-1", "chart-guards", "figure-guards", "ref-watch"):
        assert changes[place].cause.comment.endswith(said), place
    # What is shown of the chart is what differs: its source, not its title.
    chart = changes["chart-guards"]
    assert ["2015b" in text for text in (chart.old, chart.new)] == [gone, not gone]


@pytest.mark.parametrize("name", ["title", "source", "alternative"])
def test_of_a_chart_what_differs_is_shown(name: str) -> None:
    text = read_source("tiny", "charts.yaml")
    (line,) = [line for line in text.splitlines() if line.strip(" -").startswith(f"{name}: ")]
    key, _, value = line.partition(": ")
    new = read_edition({"charts.yaml": text.replace(line, f'{key}: "Quite new, {value.strip(QUOTE)}"')})
    (shown,) = [c for c in compare(new) if c.block == "chart-guards"]
    assert "Quite new" in shown.new and "Quite new" not in shown.old and shown.old != shown.new
