"""Maps of new notes: whatever the shape of a country, it is in sight, and names stand where they can be read."""

import itertools
import json
from functools import cache
from typing import Any

import pytest

from briefing.charts.reading import parse_charts
from briefing.checks.base_map import check_base_map
from briefing.scaffold.base_map import make_base_map
from briefing.scaffold.country import CountryFacts, UnknownCountryError, find_country, make_slug, read_countries
from briefing.scaffold.topology import unwrap_ring
from support.house import ROOT

# Landlocked, far departments, islands across 180°, a continent across 180°, far atolls, small and without a number.
SHAPES = ("NE", "FR", "FJ", "RU", "KI", "XK")
DATA = ROOT / "templates/new-note"


@cache
def list_all_countries() -> list[CountryFacts]:
    return read_countries((DATA / "countries.csv").read_text("utf-8"))


@cache
def make(code: str) -> tuple[CountryFacts, dict[str, Any], dict[str, Any]]:
    """Make the base map of a country; give it with what its chart says."""
    topology = json.loads((DATA / "countries-50m.json").read_text("utf-8"))
    country = find_country(list_all_countries(), "a-note", code)
    text, chart = make_base_map(topology, country, {other.outline: other.name for other in list_all_countries()})
    return country, json.loads(text), chart


@pytest.mark.parametrize("code", SHAPES)
def test_the_country_and_its_capital_are_in_sight_and_what_the_chart_names_is_on_the_map(code: str) -> None:
    country, geography, chart = make(code)
    west, south, east, north = chart["window"]
    capital = geography["features"][-1]["geometry"]["coordinates"]
    assert west < capital[0] < east and south < capital[1] < north
    assert chart["countries"][0]["id"] == country.outline and chart["countries"][0]["label"] == country.name
    shown = {key: value for key, value in chart.items() if key != "has_far_parts"}
    texts = dict.fromkeys(("title", "source", "alternative"), "text")
    tree = {"charts": [{"id": "locator", "kind": "map", "facts": [], **texts, **shown}]}
    assert not list(check_base_map("charts.yaml", tree, parse_charts(tree), "map", json.dumps(geography)))


@pytest.mark.parametrize("code", SHAPES)
def test_the_country_fills_a_good_part_of_the_map_and_no_line_crosses_it(code: str) -> None:
    country, geography, chart = make(code)
    west, south, east, north = chart["window"]
    home = next(item for item in geography["features"] if item["properties"]["id"] == country.outline)
    rings = [polygon[0] for polygon in home["geometry"]["coordinates"]]
    seen = [(x, y) for ring in rings for x, y in ring if west <= x <= east and south <= y <= north]
    sides = (
        (max(x for x, _ in seen) - min(x for x, _ in seen)) / (east - west),
        (max(y for _, y in seen) - min(y for _, y in seen)) / (north - south),
    )
    assert max(sides) > 0.12
    for ring in rings:
        # A ring that jumps from one edge of the world to the other would be a line through the whole map.
        assert all(abs(after[0] - before[0]) < 60 for before, after in itertools.pairwise(ring))


def test_parts_that_lie_far_away_are_left_out_and_said() -> None:
    assert make("FR")[2]["has_far_parts"] and make("KI")[2]["has_far_parts"]
    assert not make("NE")[2]["has_far_parts"] and not make("XK")[2]["has_far_parts"]
    assert make("RU")[2]["window"][2] > 180, "what lies beyond 180° belongs to the east"


def test_a_ring_is_unwrapped_on_both_sides() -> None:
    assert unwrap_ring([(179.0, 0), (-179.0, 1), (-179.0, 2), (179.0, 3)]) == [(179, 0), (181, 1), (181, 2), (179, 3)]
    assert unwrap_ring([(-179.0, 0), (179.0, 1)]) == [(-179, 0), (-181, 1)]


def test_a_country_is_found_by_its_name_or_its_code_and_by_nothing_else() -> None:
    countries = list_all_countries()
    for country in countries:
        assert find_country(countries, "x", country.iso2) is find_country(countries, "x", country.iso3) is country
        assert find_country(countries, make_slug(country.name)) is country
    assert find_country(countries, "cote-d-ivoire").iso2 == "CI"
    for note, code in (("ne", ""), ("sahel", ""), ("niger", "QQ")):
        with pytest.raises(UnknownCountryError, match="code"):
            find_country(countries, note, code)
    with pytest.raises(UnknownCountryError, match='did you mean "burkina-faso"'):
        find_country(countries, "burkina-fasso")


def test_no_two_countries_share_a_code_a_name_or_an_outline() -> None:
    for key in ("iso2", "iso3", "name", "outline"):
        values = [getattr(country, key) for country in list_all_countries()]
        assert len(set(values)) == len(values) > 200, key
