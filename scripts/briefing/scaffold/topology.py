"""Read outlines from TopoJSON (arcs that neighbours share), and cut them to a window."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Point = tuple[float, float]
Ring = list[Point]
Window = tuple[float, float, float, float]
"""West, south, east, north in degrees; east of 180 where it crosses that meridian."""


def decode_arcs(topology: Mapping[str, Any]) -> list[Ring]:
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


def unwrap_ring(ring: Ring) -> Ring:
    """Give a ring that crosses 180 degrees without a jump: it goes on beyond them."""
    unwrapped, turns = ring[:1], 0
    for (before, _), (x, y) in itertools.pairwise(ring):
        turns += (x - before < -180) - (x - before > 180)
        unwrapped.append((x + 360 * turns, y))
    return unwrapped


def shift_ring(ring: Ring, degrees: float) -> Ring:
    """Give a ring so many degrees farther east."""
    return [(x + degrees, y) for x, y in ring] if degrees else ring


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


def list_polygons(geometry: Mapping[str, Any]) -> list[list[list[int]]]:
    """Give the polygons of a Polygon or MultiPolygon, each a list of rings of arc numbers."""
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]


def identify(geometry: Mapping[str, Any]) -> str:
    """Give the ISO 3166-1 number of a country, or its name where Natural Earth gives it none."""
    return str(geometry.get("id") or geometry["properties"]["name"])


def make_feature(properties: Mapping[str, str], geometry_type: str, coordinates: Any) -> dict[str, Any]:
    """Make a GeoJSON feature."""
    geometry = {"type": geometry_type, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def cut_countries(
    geometries: Sequence[Mapping[str, Any]], arcs: Sequence[Ring], window: Sequence[float], decimals: int = 2
) -> list[dict[str, Any]]:
    """Cut the countries that the window (west, south, east, north) holds, on whichever turn of the Earth they stand."""
    features = []
    for geometry in geometries:
        polygons = []
        for polygon in list_polygons(geometry):
            joined = [unwrap_ring(join_arcs(numbers, arcs)) for numbers in polygon]
            for turn in (-360, 0, 360):
                rings = [close_ring(clip_ring(shift_ring(ring, turn), window), decimals) for ring in joined]
                if rings[0]:
                    polygons.append([ring for ring in rings if ring])
        if polygons:
            properties = {"layer": "country", "id": identify(geometry), "name": geometry["properties"]["name"]}
            features.append(make_feature(properties, "MultiPolygon", polygons))
    return sorted(features, key=lambda feature: (feature["properties"]["id"], feature["properties"]["name"]))
