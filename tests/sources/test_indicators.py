"""An indicator that notes share has one definition: it is not said again, and whoever says otherwise is told where."""

import json
from pathlib import Path

import pytest
import yaml

from briefing.figures.figure_specs import read_figure_specs
from briefing.formats.yaml_source import read_yaml
from briefing.problems import SourceError
from briefing.refresh.origins import check_origins, read_origins, read_publishers
from briefing.sources.indicators import list_indicators
from briefing.sources.shared_use import INDICATORS
from briefing.sources.snapshot import read_snapshot
from briefing.steps.compose import Target, compose_language
from briefing.steps.derive import derive_note
from briefing.steps.validate import check_sources
from support.editions import change_raw, read_raw, read_source
from support.house import ROOT, read_house_files

FIGURES = read_source("tiny", "figures.yaml")
BARE = FIGURES.replace("    label: Population\n", "", 1).replace("    label: Area\n", "")
SHARED = yaml.safe_load((ROOT / "sources" / INDICATORS).read_text("utf-8"))
PUBLISHERS = yaml.safe_load((ROOT / "sources/common/publishers.yaml").read_text("utf-8"))


def check(figures: str, **changes: str) -> list[str]:
    return [str(problem) for problem in check_sources("tiny", change_raw("tiny", {"figures.yaml": figures, **changes}))]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_note_that_only_names_an_indicator_prints_what_one_that_spells_it_out_does(language: str) -> None:
    made = []
    for figures in (FIGURES, BARE):
        raw = change_raw("tiny", {"figures.yaml": figures})
        snapshot = read_snapshot("tiny", raw)
        assert check_sources("tiny", raw) == []
        document, findings = compose_language(
            snapshot, derive_note(snapshot, ()), read_house_files(), Target(language, "en")
        )
        made.append((str(document).replace(snapshot.version, ""), findings["problems"]))
    assert made[0] == made[1] and ("Superficie" if language == "fr" else "Area") in made[1][0]


def test_the_label_of_a_shared_indicator_is_no_message_of_the_note() -> None:
    snapshot = read_snapshot("tiny", read_raw("tiny"))
    _, findings = compose_language(snapshot, derive_note(snapshot, ()), read_house_files(), Target("en", "en"))
    messages = {(message["context"], message["text"]) for message in findings["messages"]}
    assert ("figures-and-sources", "Guards") in messages and ("figures-and-sources", "Area") not in messages


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("label: Area", "label: Surface", "7:12", "area is called “Area” in sources/common/indicators.yaml, and “Surf"),
        ("every: 1 year", "every: 2 years", "42:12", 'every of population is "1 year" in all notes'),
        (
            "every: 1 year",
            "origin: {series: X.Y}",
            "42:22",
            'origin.series of population is "SP.POP.TOTL" in all notes (sources/common/indicators.yaml), and',
        ),
    ],
)
def test_a_note_that_says_otherwise_is_told_at_its_place(old: str, new: str, place: str, says: str) -> None:
    assert FIGURES.count(old) == 1
    (told,) = check(FIGURES.replace(old, new))
    line = FIGURES[: FIGURES.index(old)].count("\n") + 1
    assert told.startswith(f"sources/tiny/figures.yaml:{line}:{place.partition(':')[2]}: ") and says in told


def test_a_formula_in_another_unit_than_its_indicator_is_told_at_its_unit() -> None:
    gdp = "  gdp_current_usd:\n    formula: area\n    unit: km2\n"
    (told,) = check(BARE.replace("  population_density:\n", gdp + "  population_density:\n", 1))
    line = BARE[: BARE.index("  population_density:")].count("\n") + 3
    assert told.startswith(
        f"sources/tiny/figures.yaml:{line}:11: gdp_current_usd is in USD in sources/common/indicators.yaml"
    )


def test_a_note_may_add_what_is_not_said_for_all_and_define_its_own() -> None:
    added = (
        FIGURES
        + "  area:\n    minimum: 5\n    reason: It is larger.\n  guards: {label: Guards of the house, unit: persons}\n"
    )
    own = added.replace("    label: Guards\n", "")
    assert check(own) == []
    snapshot = read_snapshot("tiny", change_raw("tiny", {"figures.yaml": own}))
    assert snapshot.sources.specs["guards"].label == "Guards of the house"
    assert (
        list_indicators(snapshot.sources)["area"]["minimum"] == 5
        and list_indicators(snapshot.sources)["area"]["unit"] == "km2"
    )


@pytest.mark.parametrize("row", ["x: {facts: []}", 'area_2017: {indicator: area, period: "2017"}'])
def test_a_figure_that_nothing_names_is_told(row: str) -> None:
    content = read_yaml("f.yaml", f"figures:\n  {row}\n")
    with pytest.raises(SourceError, match=r"f\.yaml:2:.*the key label is missing; add it, or name an indicator of"):
        read_figure_specs("f.yaml", content, SHARED)


def test_what_differs_by_area_alone_comes_from_the_series_for_all_and_the_country_of_the_note() -> None:
    note = read_source("tiny", "note.yaml")
    publishers = read_publishers(PUBLISHERS)
    origins = []
    for text in (note, note + "area: RUR\n"):
        sources = read_snapshot("tiny", change_raw("tiny", {"figures.yaml": BARE, "note.yaml": text})).sources
        assert list(check_origins(sources, publishers)) == []
        origins.append({origin.indicator: origin for origin in read_origins(sources, publishers)})
    assert origins[0] == {} and [*origins[1]] == ["population", "area"]
    assert "/country/RUR/indicator/AG.SRF.TOTL.K2?" in origins[1]["area"].write_address()
    assert origins[1]["area"].place.file == f"sources/{INDICATORS}"


@pytest.mark.parametrize("own", ["every: 1 year", "origin: {area: RUR}"])
def test_an_origin_that_all_notes_have_and_that_is_half_is_told_there_alone(own: str) -> None:
    half = {**SHARED, "population": {**SHARED["population"], "origin": {"series": "SP.POP.TOTL"}}}
    raw = change_raw("tiny", {"figures.yaml": BARE.replace("every: 1 year", own)})
    told = check_sources("tiny", {**raw, INDICATORS: yaml.safe_dump(half).encode()})
    assert [(problem.file, "the key publisher is missing" in problem.message) for problem in told] == [
        (f"sources/{INDICATORS}", True)
    ]


@pytest.mark.parametrize("origin", ["{}", "{series: X.Y}", "{publisher: worldbank}"])
def test_an_origin_of_the_note_that_is_half_is_told_at_its_place_whatever_it_lacks(origin: str) -> None:
    figures = FIGURES + f"  guards:\n    origin: {origin}\n"
    missing = [key for key in ("publisher", "series") if key not in origin]
    line = figures.count("\n")
    place = f"sources/tiny/figures.yaml:{line}:13: origin: the key"
    assert [told.partition(" is missing")[0] for told in check(figures)] == [f"{place} {key}" for key in missing]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("x: {label: X}", "x: the key unit is missing"),
        ("x: {label: X, unit: furlongs}", '"furlongs" is not one of the units'),
        ("x: {label: X, unit: persons, origin: {publisher: worldbank}}", "origin: the key series is missing"),
    ],
)
def test_a_shared_definition_that_is_half_is_told_at_its_place(row: str, says: str) -> None:
    raw = read_raw("tiny")
    text = raw[INDICATORS] + f"\n{row}\n".encode()
    (told,) = check_sources("tiny", {**raw, INDICATORS: text})
    assert told.file == f"sources/{INDICATORS}" and says in told.message and told.line == text.count(b"\n")


def test_every_publisher_of_the_house_is_one_that_can_be_asked() -> None:
    assert {row["origin"]["publisher"] for row in SHARED.values() if "origin" in row} <= PUBLISHERS.keys()


@pytest.mark.parametrize("note", sorted(path.parent.name for path in Path(ROOT / "sources").glob("*/figures.yaml")))
def test_no_note_of_the_project_says_again_what_is_said_for_all(note: str) -> None:
    content = yaml.safe_load((ROOT / "sources" / note / "figures.yaml").read_text("utf-8"))
    again = [
        name for name, row in content["figures"].items() if row.get("indicator", name) in SHARED and "label" in row
    ]
    own = {
        name: SHARED[name].keys() & row.keys() for name, row in content.get("indicators", {}).items() if name in SHARED
    }
    assert again == [] and not any(own.values()), json.dumps([again, str(own)])
