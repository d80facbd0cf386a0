"""Hold the maps of a note against its base map: each country and place that they name has to be on it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefing.charts.spec import CONTINENT, ChartSpec, Country, Map
from briefing.formats.yaml_source import find_place
from briefing.problems import Place, Problem, name_nearest

DEPTHS = {"country": 3, "outline": 3, "river": 2, "place": 0}
"""How deep the points of each layer lie: in polygons, their rings; in lines; a place is a point itself."""


def check_base_map(
    file: str, tree: Any, charts: Sequence[ChartSpec], map_file: str, geography: str | None
) -> Iterator[Problem]:
    """Check the maps among the charts, which are read from the `tree` of a file, against the text of their base map."""
    maps = [(number, chart.content) for number, chart in enumerate(charts) if isinstance(chart.content, Map)]
    if not maps:
        return
    if geography is None:
        for number, _ in maps:
            place = find_place(file, tree, ("charts", number, "kind"))
            yield place.report(f"this chart is a map, and {map_file} is missing; cut it as CONTRIBUTING.md says")
        return
    layers = _read_layers(geography)
    if layers is None:
        remedy = "cut it again as CONTRIBUTING.md says"
        yield Problem(map_file, 1, 1, f"this is no base map, but something else or a part of one; {remedy}")
        return
    for number, content in maps:
        for path, layer, name in _list_names(content):
            if name not in layers[layer]:
                place = find_place(file, tree, ("charts", number, *path))
                yield _report(place, name, layer, map_file, layers[layer])
        for position, country in enumerate(content.countries):
            if other := _find_namesake(country, layers["country"]):
                place = find_place(file, tree, ("charts", number, "countries", position, "label"))
                message = f'"{country.label}" is the name of the country {other} of {map_file}'
                yield place.report(f"{message}, and stands on {country.id}; write its own name, or the other id")


def _find_namesake(country: Country, known: Mapping[str, str]) -> str:
    """Find another country of the base map that has the name by which a country is labelled."""
    same = [key for key, name in known.items() if name.casefold() == country.label.casefold()]
    return "" if country.id in same or country.id not in known else next(iter(same), "")


def _report(place: Place, name: str, layer: str, map_file: str, known: Mapping[str, str]) -> Problem:
    listed = [f"{key} ({label})" for key, label in known.items() if label.casefold() != key]
    nearest = name_nearest(name, known) if len(listed) < len(known) else f"it has {', '.join(sorted(listed))}"
    return place.report(f'"{name}" is no {layer} of {map_file}; {nearest}')


def _list_names(content: Map) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """List what a map names: the way to it, its layer, and its name there."""
    yield ("country",), "country", content.country
    for number, country in enumerate(content.countries):
        yield ("countries", number, "id"), "country", country.id
    for number, river in enumerate(content.rivers):
        yield ("rivers", number, "id"), "river", river.id
    for number, town in enumerate(content.places):
        yield ("places", number, "id"), "place", town.id
    if content.inset:
        yield ("inset",), "outline", CONTINENT


def _read_layers(geography: str) -> dict[str, dict[str, str]] | None:
    """Read the names of the features of each layer; None where the text is no such map."""
    layers: dict[str, dict[str, str]] = {layer: {} for layer in DEPTHS}
    try:
        for feature in json.loads(geography)["features"]:
            properties = feature["properties"]
            layer = properties["layer"]
            layers[layer][properties["id"]] = properties["name"]
            texts = [properties[key] for key in ("id", "name", *(["role"] if layer == "place" else []))]
            is_named = all(isinstance(text, str) for text in texts)
            if not is_named or not _is_geometry(feature["geometry"]["coordinates"], DEPTHS[layer]):
                return None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return layers


def _is_geometry(value: Any, depth: int) -> bool:
    """Tell whether a value is a point (longitude, latitude), or a list of what is a list of points below it."""
    if not isinstance(value, list) or not value:
        return False
    if depth:
        return all(_is_geometry(part, depth - 1) for part in value)
    return len(value) == 2 and all(type(degrees) in (int, float) and abs(degrees) <= 360 for degrees in value)
