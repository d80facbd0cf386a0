"""Make the base map of a new note, and the chart that shows it, from outlines of all countries."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from briefing.charts.spec import CONTINENT
from briefing.scaffold.country import CountryFacts, make_slug
from briefing.scaffold.labels import LabelPlacer
from briefing.scaffold.topology import (
    Ring,
    close_ring,
    cut_countries,
    decode_arcs,
    identify,
    join_arcs,
    list_polygons,
    make_feature,
    measure_area,
    simplify_line,
)
from briefing.scaffold.window import WIDTH, Extent, find_extent, read_rings

_FINE = 0.1  # millimetres: what is smaller is no detail on the printed map
_BEYOND = 0.03  # of the sheet: so far the base map goes beyond it, so that its cut edges stay out of sight
_SEEN = 3.5  # degrees: a smaller country is not seen on the small map
OUTLINE_DETAIL = 0.3  # degrees, for the small map of Africa
OUTLINE_ISLANDS = 1.0  # square degrees: smaller islands are left out of it
# ISO 3166-1 numbers of the countries and territories that make up the African landmass, and Madagascar.
AFRICA_NUMBERS = (
    "012 024 072 108 120 140 148 178 180 204 226 231 232 262 266 270 288 324 384 404 426 430 434 450 454 466 478 504"
    " 508 516 562 566 624 646 686 694 706 710 716 728 729 732 748 768 788 800 818 834 854 894"
)
AFRICA = frozenset({*AFRICA_NUMBERS.split(), "Somaliland"})  # to which Natural Earth gives no number


def make_base_map(
    topology: Mapping[str, Any], country: CountryFacts, names: Mapping[str, str]
) -> tuple[str, dict[str, Any]]:
    """Make the base map of a country as GeoJSON, and what its chart says of it (the fields of `charts.spec.Map`).

    `names` are those by which countries are called on the map, by the ids of their outlines; others are not named.
    """
    arcs = decode_arcs(topology)
    geometries = topology["objects"]["countries"]["geometries"]
    home = next(geometry for geometry in geometries if identify(geometry) == country.outline)
    extent = find_extent(read_rings(home, arcs, country.at), country.at)
    west, south, east, north = extent.sheet
    detail = _FINE * (east - west) / WIDTH
    edge = _BEYOND * (east - west)
    cut = (west - edge, south - edge, east + edge, north + edge)
    simple = [simplify_line(arc, detail) for arc in arcs]
    features = cut_countries(geometries, simple, cut, max(2, math.ceil(-math.log10(detail))))
    place = {"layer": "place", "id": make_slug(country.capital), "name": country.capital, "role": "capital"}
    longitude = country.longitude + 360 * round(((west + east) / 2 - country.longitude) / 360)
    point = make_feature(place, "Point", (round(longitude, 2), country.latitude))
    outline = [cut_outline(geometries, arcs)] if country.continent == "AF" else []
    collection = {"type": "FeatureCollection", "features": [*features, *outline, point]}
    return write_features(collection), _describe_map(country, extent, features, (longitude, country.latitude), names)


def _describe_map(
    country: CountryFacts,
    extent: Extent,
    features: Sequence[Mapping[str, Any]],
    capital: tuple[float, float],
    names: Mapping[str, str],
) -> dict[str, Any]:
    """Say what the chart shows, and where names stand; those that have no room are left out."""
    placer = LabelPlacer(extent, features)
    home = country.outline
    side = placer.place_capital(capital, country.capital, home)
    inset = placer.place_inset(home) if country.continent == "AF" and extent.size > _SEEN else []
    at = placer.place_country(home, country.name, "country") or placer.place_beside(home, country.name, "country")
    labels = [{"id": home, "label": country.name, "at": list(at)}] if at else []
    sizes = {item["properties"]["id"]: _measure(item) for item in features}
    for other in sorted(sizes.keys() - {home}, key=lambda name: (-sizes[name], name)):
        name = names.get(other)
        if name and (point := placer.place_country(other, name, "neighbour")):
            labels.append({"id": other, "label": name, "at": list(point)})
    return {
        "width": int(WIDTH),
        "height": int(extent.height),
        "window": list(extent.window),
        **({"inset": inset} if inset else {}),
        "country": home,
        "scale_km": extent.scale,
        "countries": labels,
        "places": [{"id": make_slug(country.capital), "label": country.capital, "side": side}],
        "has_far_parts": extent.has_far_parts,
    }


def _measure(feature: Mapping[str, Any]) -> float:
    return sum(measure_area(polygon[0]) for polygon in feature["geometry"]["coordinates"])


def cut_outline(geometries: Sequence[Mapping[str, Any]], arcs: Sequence[Ring]) -> dict[str, Any]:
    """Cut the countries of Africa as one coarse shape, without its small islands."""
    simple = [simplify_line(arc, OUTLINE_DETAIL) for arc in arcs]
    polygons = []
    for geometry in geometries:
        if identify(geometry) in AFRICA:
            rings = [close_ring(join_arcs(polygon[0], simple), 1) for polygon in list_polygons(geometry)]
            large = sorted((ring for ring in rings if ring), key=measure_area, reverse=True)
            polygons += [
                [ring] for n, ring in enumerate(large) if measure_area(ring) > (0 if n == 0 else OUTLINE_ISLANDS)
            ]
    return make_feature({"layer": "outline", "id": CONTINENT, "name": "Africa"}, "MultiPolygon", sorted(polygons))


def write_features(collection: Mapping[str, Any]) -> str:
    """Write a feature collection with one feature a line, so that a change shows in a diff."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in collection["features"])
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
