"""Composing: the tiny note whole, and what each broken wording, name or number of it is told as."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from briefing.charts.spec import ChartSpec, Map
from briefing.document.nodes import (
    Bibliography,
    Chart,
    Contents,
    Heading,
    KeyStatistics,
    Link,
    Paragraph,
    ReturnToContents,
    Table,
)
from briefing.document.walking import get_text, walk_nodes
from briefing.sources.snapshot import read_snapshot
from support.editions import (
    FOLDERS,
    Edition,
    change_edition,
    change_raw,
    compose_edition,
    make_edition,
    read_source,
    set_value,
)


def change(file: str, old: str, new: str) -> Edition:
    text = read_source("tiny", file)
    assert old in text
    return change_edition("tiny", {file: text.replace(old, new, 1)})


def list_problems(edition: Edition) -> list[str]:
    return [str(problem).removeprefix("sources/tiny/") for problem in edition.problems]


def test_the_tiny_note_has_one_of_each_thing_and_no_problem() -> None:
    edition = make_edition("tiny")
    blocks = edition.composition.document.blocks
    assert list_problems(edition) == []
    assert isinstance(blocks[0], KeyStatistics) and isinstance(blocks[1], Contents)
    assert sum(isinstance(block, Chart) for block in blocks) == 1
    assert sum(isinstance(block, Bibliography) for block in blocks) == 1
    assert [block.role for block in blocks if isinstance(block, Table)] == ["acronyms", "computations", "figures"]
    assert [block.number for block in blocks if isinstance(block, Heading)] == ["1", "1.1", "2", "", "", "", ""]


def test_every_section_but_the_colophon_ends_with_a_way_back_to_the_contents() -> None:
    blocks = make_edition("tiny").composition.document.blocks
    starts = [n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    assert all(isinstance(blocks[start - 1], ReturnToContents) for start in starts[1:])


def test_every_id_stands_once_and_every_link_leads_to_one() -> None:
    for note in FOLDERS:
        document = make_edition(note).composition.document
        ids = [node.id for node in walk_nodes(document) if hasattr(node, "id")]
        assert len(ids) == len(set(ids))
        targets = {node.target for node in walk_nodes(document) if isinstance(node, Link)}
        assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)


def test_the_version_stands_in_metadata_and_colophon() -> None:
    document = make_edition("tiny").composition.document
    texts = [get_text(block.children) for block in document.blocks if isinstance(block, Paragraph)]
    assert re.fullmatch("[0-9a-f]{12}", document.metadata.version)
    assert any(document.metadata.version in text for text in texts)


def add_acronym(row: str, sentence: str) -> list[str]:
    """Tell what is said of the tiny note with one acronym more in its list, and a sentence more."""
    files = {"acronyms.csv": f"{row},en,,,\n", "text/04-reading.md": f"\n{sentence}\n"}
    return list_problems(
        change_edition("tiny", {name: read_source("tiny", name) + text for name, text in files.items()})
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "G5,,Group of Five,Groupe des cinq",
            "Group of Five (G5): a non-G5 state, G5-Ruritania, UN-G5, G5s.",
        ),
        ("G5,,Group of 5,Groupe des 5", "The Group of 5 (G5) met."),
        (
            "COVID-19,,corona virus disease,maladie",
            "Corona virus disease (COVID-19); UN-COVID-19, post-COVID-19.",
        ),
        ("NSA,,national security agency,agence nationale de sécurité", "National security agencies (NSAs) meet."),
        ("PSC,,private company,société privée", "Private companies (PSCs) and UN-SSR, SSR/UN, PSC-UN talks."),
    ],
)
def test_acronyms_with_digits_in_the_plural_and_joined_need_no_more_than_their_row(row: str, sentence: str) -> None:
    assert add_acronym(row, sentence) == []


def test_a_number_that_only_holds_an_acronym_with_a_digit_is_bound_to_no_figure() -> None:
    (problem,) = add_acronym("G5,,Group of Five,Groupe des cinq", "The Group of Five (G5) met 5 times.")
    assert 'the number "5" is bound to no figure' in problem


def print_colophon(changes: Mapping[str, str], charts: Sequence[ChartSpec] = ()) -> str:
    """Give the last paragraph of the colophon of the tiny note, with files changed and charts added."""
    snapshot = make_edition("tiny").snapshot
    files, known = {**snapshot.sources.files, **changes}, snapshot.sources.chart_places
    places = {name.replace("guards", chart, 1): known[name] for name in known for chart in ("guards", "m0", "m1")}
    sources = replace(snapshot.sources, files=files, charts=(*snapshot.sources.charts, *charts), chart_places=places)
    blocks = compose_edition(replace(snapshot, sources=sources)).composition.document.blocks
    return [get_text(b.children) for b in blocks if isinstance(b, Paragraph) and b.role == "colophon"][-1]


@pytest.mark.parametrize(
    ("licences", "said"),
    [
        ("licenses: [{name: ODbL-1.0}]", "Licence of text and data: ODbL-1.0. "),
        ("licenses: [{name: a, title: Open Licence}, {path: 'https://b.org/'}]", ": Open Licence, https://b.org/. "),
        ("", None),
    ],
)
def test_the_colophon_says_the_licences_of_the_data_package(licences: str, said: str | None) -> None:
    text, count = re.subn(r"licenses:\n(?: .*\n)+", f"{licences}\n", read_source("tiny", "datapackage.yaml"))
    assert count == 1
    colophon = print_colophon({"datapackage.yaml": text})
    assert said in colophon if said else "Licence of" not in colophon


@pytest.mark.parametrize("shown", [0, 1, 2])
def test_the_colophon_says_where_maps_come_from_if_the_note_shows_any(shown: int) -> None:
    """A map of charts.yaml that no text shows is none of the note."""
    (chart,) = make_edition("tiny").snapshot.sources.charts
    content = Map((0, 0, 9, 9), "1", (), (), 100)
    maps = [replace(chart, id=f"m{n}", kind="map", content=content, alternative="A map.") for n in range(2)]
    prose = read_source("tiny", "text/02-help.md") + "".join(f"\n![](chart:{chart.id})\n" for chart in maps[:shown])
    colophon = print_colophon({"text/02-help.md": prose}, maps)
    assert [said in colophon for said in ("The map is drawn", "The maps are drawn")] == [shown == 1, shown == 2]


def test_a_wording_that_is_no_longer_true_names_sentence_value_and_what_is_true() -> None:
    edition = change_edition("tiny", {"observations.csv": set_value("tiny", "guards", "2018", "2850")})
    prose = [problem for problem in list_problems(edition) if problem.startswith("text/01-guards.md:11:15: ")]
    (problem,) = prose
    assert '"over 2,900" is false: guards is now 2,850 (a lower bound)' in problem
    assert '"over 2000"' in problem and '"over 2800"' in problem
    assert "The guard has {{ guards | over 2900 }} members, of whom {{ women_guards }} are women [@watch]." in problem
    assert {p.kind for p in edition.problems} == {"wording"}
    # The chart says it too, in its picture and in its alternative, and the people for each guard are more than 400 now.
    places = {problem.split(": ")[0] for problem in list_problems(edition)}
    assert {place.split(":")[0] for place in places} == {"text/01-guards.md", "charts.yaml"} and len(places) >= 3


def test_a_bound_without_a_hedge_is_told() -> None:
    (problem,) = list_problems(change("text/01-guards.md", "{{ guards | over 2900 }}", "{{ guards }}"))
    assert "guards is only known as a bound: 3,000 (a lower bound); word it with over, more than or at least" in problem


def test_a_wording_that_cannot_be_read_is_told_with_the_nearest() -> None:
    (problem,) = list_problems(change("text/01-guards.md", "{{ guards | over 2900 }}", "{{ guards | ovr 2900 }}"))
    assert 'figure guards: "ovr 2900" is neither a form nor a wording; did you mean "over"?' in problem


@pytest.mark.parametrize(
    ("file", "old", "new", "kind", "told"),
    [
        ("text/02-help.md", "three things", "3 things", "unbound", 'text/02-help.md:3:1: the number "3" is bound'),
        ("text/02-help.md", "money", "500 crowns", "unbound", 'text/02-help.md:7:1: the number "500" is bound'),
        ("text/01-guards.md", "Rule 7", "Rule 8", "unbound", 'text/01-guards.md:4:1: the number "8" is bound'),
        ("text/02-help.md", "The United Nations (UN)", "The UN", "acronym", "UN is not spelled out at its first use"),
        ("text/02-help.md", "money", "NATO", "acronym", "text/02-help.md:7:1: NATO is used and not listed"),
        ("text/02-help.md", "money", "[money](#nowhere)", "source", 'the link to "#nowhere" leads nowhere'),
        ("text/02-help.md", "money", "money [@wach]", "citation", 'the bibliography has no work "wach"'),
    ],
)
def test_a_mistake_in_the_prose_is_one_problem_of_its_kind(file: str, old: str, new: str, kind: str, told: str) -> None:
    edition = change(file, old, new)
    (problem,) = edition.problems
    assert problem.kind == kind and told in str(problem)


@pytest.mark.parametrize(
    ("old", "new"),
    [("title: Guards", "title: 7 guards"), ("chart: {{", "chart of 7: {{"), ("label: Women}", "label: 7 women}")],
)
def test_a_typed_number_is_found_in_the_title_the_alternative_and_the_picture_of_a_chart(old: str, new: str) -> None:
    text = read_source("tiny", "charts.yaml")
    assert old in text
    edition = compose_edition(read_snapshot("tiny", change_raw("tiny", {"charts.yaml": text.replace(old, new)})))
    assert [problem.kind for problem in edition.problems] == ["unbound"]
    assert str(edition.problems[0]).startswith("sources/tiny/charts.yaml:")


def test_where_a_figure_is_used_is_known_by_block_line_item_and_chart() -> None:
    uses = make_edition("tiny").composition.uses
    assert uses["population"] == ("key-population", "guards-1")
    assert uses["women_guards"] == ("number-1", "chart-guards", "help-2-2")


def test_a_later_vintage_is_used_only_from_the_day_on_which_it_was_known() -> None:
    assert change_edition("tiny", {}, as_of="2020-01-14").figures["population"].value == 1200000
    later = change_edition("tiny", {}, as_of="2020-01-15").figures
    assert (later["population"].value, later["population"].periods) == (1300000, ("2019",))
    assert later["people_per_guard"].known_on == "2020-01-15"
