"""Maps: what they name has to be on their base map, and where it is not, the place in charts.yaml is told."""

import json
from typing import Any

import pytest

from briefing.charts.reading import parse_charts
from briefing.checks.base_map import check_base_map
from briefing.formats.yaml_source import read_yaml

CHARTS = """charts:
  - id: locator
    kind: map
    title: Ruritania
    source: the survey
    alternative: A map.
    width: 100
    height: 80
    window: [0, 0, 10, 8]
    inset: [2, 2, 20, 20]
    country: "901"
    scale_km: 100
    countries:
      - {id: "901", label: Ruritania, at: [5, 4]}
    places:
      - {id: strelsau, label: Strelsau}
      - {id: zenda, label: Zenda}
"""
SQUARE = [[[[0, 0], [10, 0], [10, 8], [0, 8], [0, 0]]]]


def make_base_map(**changed: Any) -> str:
    """Make a base map with a country, two towns and the outline of a continent."""
    rows = [
        ("country", "901", "Ruritania", SQUARE),
        ("outline", "002", "Africa", SQUARE),
        ("place", "strelsau", "Strelsau", [1, 1]),
        ("place", "zenda", "Zenda", [2, 2]),
    ]
    features = [
        {"properties": {"layer": layer, "id": name, "name": label, "role": "region"}, "geometry": {"coordinates": at}}
        for layer, name, label, at in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **changed})


def check(charts: str = CHARTS, geography: str | None = None) -> list[str]:
    tree = read_yaml("charts.yaml", charts)
    found = check_base_map("charts.yaml", tree, parse_charts(tree), "map.geojson", geography)
    return [str(problem) for problem in found]


def test_a_map_of_what_is_on_its_base_map_is_fine() -> None:
    assert check(geography=make_base_map()) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("{id: zenda", "{id: zenta", "17:14", '"zenta" is no place of map.geojson; did you mean "zenda"?'),
        ('country: "901"', 'country: "902"', "11:14", '"902" is no country of map.geojson; it has 901 (Ruritania)'),
        ('{id: "901"', '{id: "466"', "14:14", '"466" is no country of map.geojson; it has 901 (Ruritania)'),
    ],
)
def test_what_is_not_on_the_base_map_is_told_at_its_place(old: str, new: str, place: str, said: str) -> None:
    assert check(CHARTS.replace(old, new, 1), make_base_map()) == [f"charts.yaml:{place}: {said}"]


def test_a_country_with_the_name_of_another_is_told() -> None:
    both = json.loads(make_base_map())
    other = {"properties": {"layer": "country", "id": "902", "name": "Lutha"}, "geometry": {"coordinates": SQUARE}}
    both["features"].append(other)
    said = (
        '"Lutha" is the name of the country 902 of map.geojson, and stands on 901; write its own name, or the other id'
    )
    assert check(CHARTS.replace("label: Ruritania", "label: Lutha"), json.dumps(both)) == [f"charts.yaml:14:28: {said}"]


def test_a_map_without_a_base_map_says_which_file_is_missing() -> None:
    (told,) = check()
    assert told.startswith("charts.yaml:3:11: ") and "map.geojson is missing" in told


@pytest.mark.parametrize(
    "geography",
    ["", "no JSON", "[]", "{}", "null", '{"features": 3}', '{"features": [3]}', '{"features": [{"properties": {}}]}',
     '{"features": [{"properties": {"layer": "sea", "id": "1", "name": "a"}, "geometry": {"coordinates": []}}]}',
     '{"features": [{"properties": {"layer": "place", "id": "1", "name": "a"}, "geometry": null}]}',
     make_base_map().replace('"Ruritania"', '["Ruritania"]'), make_base_map().replace('"901"', "901")],
)  # fmt: skip
def test_what_is_no_base_map_is_told_at_its_file(geography: str) -> None:
    (told,) = check(geography=geography)
    assert told.startswith("map.geojson:1:1: this is no base map")


def test_all_slips_of_a_map_are_told_at_once() -> None:
    slips = CHARTS.replace("strelsau,", "strelsaw,").replace("zenda,", "zenta,")
    slips = slips.replace('country: "901"', 'country: "9"')
    assert len(check(slips, make_base_map())) == 3


@pytest.mark.parametrize(
    "at",
    [None, 7, [], [[]], [1], [1, 2, 3], ["1", "2"], [None, 2], [[1, 2]], {"a": 1}, [1e999, 2], [True, 2], [[[[1]]]]],
)
@pytest.mark.parametrize("layer", ["country", "outline", "place"])
def test_a_feature_whose_points_are_none_is_told_and_no_crash(layer: str, at: Any) -> None:
    collection = json.loads(make_base_map())
    feature = next(item for item in collection["features"] if item["properties"]["layer"] == layer)
    feature["geometry"]["coordinates"] = at
    (problem,) = check(geography=json.dumps(collection))
    assert problem.startswith("map.geojson:1:1: this is no base map")
