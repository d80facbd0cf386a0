"""Draw a map from GeoJSON: one country set off among its neighbours, its towns, and where it lies on the continent."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from briefing.charts.canvas import Point, Sheet
from briefing.charts.projection import KILOMETRES_PER_DEGREE, Frame, make_frame
from briefing.charts.spec import CONTINENT, ChartError, Country, Map, MapKey, MapPlace

LEAST_STEP = 0.3  # millimetres between two corners of the small map, which is drawn without borders
STRIP = 20.0  # millimetres under a map on a narrow sheet, for what else stands in its corners


def draw_map(sheet: Sheet, chart: Map, geography: Mapping[str, Any] | None) -> None:
    """Draw the countries, their names, the rivers, the places, a scale, a key and the small map."""
    if geography is None:
        raise ChartError("map: the chart is a map, and no geography was given.")
    features = geography["features"]
    foot = sheet.height - (STRIP if sheet.is_narrow else 0.0)
    frame = make_frame(chart.window, (0, 0, sheet.width, foot))
    sheet.fill(0, 0, sheet.width, sheet.height, "water")
    countries = [item for item in features if item["properties"]["layer"] == "country"]
    land = [item for item in countries if item["properties"]["id"] != chart.country]
    home = _find_feature(countries, chart.country, "country")
    for country in land:
        _draw_area(sheet, country, frame, ("land", "border", "border"))
    _draw_area(sheet, home, frame, ("home", "home_border", "home_border"))
    for river in chart.rivers:
        feature = _find_feature(features, river.id, "river")
        for course in feature["geometry"]["coordinates"]:
            sheet.stroke([frame.place(*point) for point in course], "river", "river", name=f"river-{river.id}")
        x, y = _find_point(sheet, frame, river.at, f"the name of the river {river.id}, its key `at`")
        sheet.write(x, y, river.label, "water", align="center", colour="river", middle=True)
    for country in chart.countries:
        _find_feature(countries, country.id, "country")
        _write_country(sheet, country, frame, "country" if country.id == chart.country else "neighbour")
    if sheet.is_narrow:
        sheet.fill(0, foot, sheet.width, STRIP, "paper")
    _draw_scale(sheet, chart.scale_km, frame)
    places = [item for item in features if item["properties"]["layer"] == "place"]
    for place in chart.places:
        _draw_place(sheet, place, _find_feature(places, place.id, "place"), frame)
    if chart.key:
        _draw_key(sheet, chart.key)
    if chart.inset:
        _draw_inset(sheet, chart.inset, _find_feature(features, CONTINENT, "outline"), home)


def measure_map(sheet: Sheet, chart: Map) -> float:
    """Give the height that the window needs on a sheet of this width, with all of it in sight."""
    west, south, east, north = chart.window
    return sheet.width * (north - south) / ((east - west) * math.cos(math.radians((south + north) / 2))) + STRIP


def _find_point(sheet: Sheet, frame: Frame, point: Sequence[float], what: str) -> Point:
    """Find a point on the sheet; what lies off it would be missing without a word."""
    x, y = frame.place(*point)
    if not (0 <= x <= sheet.width and 0 <= y <= sheet.height):
        raise ChartError(f"map: {what}, lies off the map; make the key `window` wider, or leave it out.")
    return x, y


def _find_feature(features: Sequence[Mapping[str, Any]], name: str, layer: str) -> Mapping[str, Any]:
    named = {feature["properties"]["id"]: feature for feature in features if feature["properties"]["layer"] == layer}
    if name not in named:
        raise ChartError(f"map: the geography has no {layer} {name!r}; it has {', '.join(sorted(named))}.")
    return named[name]


def _draw_area(sheet: Sheet, feature: Mapping[str, Any], frame: Frame, look: tuple[str, str, str]) -> None:
    fill, line, border = look
    sheet.outline(_place_rings(feature, frame), fill, line, border, f"country-{feature['properties']['id']}")


def _place_rings(feature: Mapping[str, Any], frame: Frame) -> list[list[Point]]:
    polygons = feature["geometry"]["coordinates"]
    return [[frame.place(*point) for point in ring] for polygon in polygons for ring in polygon]


def _thin_ring(ring: Sequence[Point]) -> list[Point]:
    """Leave out the corners of a ring that nobody would see, and with them islands that are too small for any."""
    kept = [ring[0]]
    for corner in ring:
        if math.dist(corner, kept[-1]) >= LEAST_STEP:
            kept.append(corner)
    return kept if len(kept) > 2 else []


def _write_country(sheet: Sheet, country: Country, frame: Frame, role: str) -> None:
    x, y = frame.place(*country.at)
    if sheet.is_narrow:  # which shows the window alone: what is named beside it is named at its edge
        half = sheet.measure(country.label, role) / 2 + 0.8
        x = max(half, min(x, sheet.width - half))
    else:
        x, y = _find_point(sheet, frame, country.at, f"the name of the country {country.id}, its key `at`")
    colour = "home_border" if role == "country" else "quiet"
    sheet.write(x, y, country.label, role, align="center", colour=colour, middle=True)


def _draw_place(sheet: Sheet, place: MapPlace, feature: Mapping[str, Any], frame: Frame) -> None:
    x, y = _find_point(sheet, frame, feature["geometry"]["coordinates"], f"the place {place.id}")
    capital = feature["properties"]["role"] == "capital"
    role, size = ("capital", 2.9) if capital else ("place", 1.7)
    sheet.dot(x, y, size, role, square=capital, name=f"place-{place.id}")
    away = size / 2 + 0.8
    height = sheet.get_size(role) * 0.5
    dx, dy, align = {
        "right": (away, 0.0, "left"),
        "left": (-away, 0.0, "right"),
        "above": (0.0, -away - height, "center"),
        "below": (0.0, away + height, "center"),
        "above-left": (size / 2, -away - height, "right"),
        "below-right": (-size / 2, away + height, "left"),
    }[place.side]
    sheet.write(x + dx, y + dy, place.label, role, align=align, middle=True, name=f"name-{place.id}")


def _draw_scale(sheet: Sheet, kilometres: int, frame: Frame) -> None:
    """Draw a scale in the lower right corner, true along meridians and at the middle latitude."""
    length = kilometres / KILOMETRES_PER_DEGREE * frame.down
    right, y = sheet.width - 4.0, sheet.height - 3.5
    sheet.stroke([(right - length, y - 1.2), (right - length, y), (right, y), (right, y - 1.2)], "axis", "quiet")
    sheet.write(right - length / 2, y - 1.8, f"{kilometres} km", "small", align="center", colour="quiet")


def _draw_key(sheet: Sheet, key: MapKey) -> None:
    """Draw what the signs of places mean, in the lower left corner; on a narrow sheet beside the small map."""
    leading = sheet.get_leading("small")
    width = max(sheet.measure(text, "small") for text in (key.capital, key.place)) + 7.5
    left, top = (STRIP if sheet.is_narrow else 0.0), sheet.height - 2 * leading - 2.4
    sheet.fill(left, top, width, sheet.height - top, "paper")
    for number, (text, role, size) in enumerate(((key.capital, "capital", 2.4), (key.place, "place", 1.7))):
        y = top + 1.2 + (number + 0.5) * leading
        sheet.dot(left + 2.8, y, size, role, square=role == "capital")
        sheet.write(left + 5.2, y, text, "small", colour="quiet", middle=True)


def _draw_inset(sheet: Sheet, box: Sequence[float], continent: Mapping[str, Any], home: Mapping[str, Any]) -> None:
    """Draw the continent with the country filled, in a box (left, top, width, height), or under a narrow map."""
    left, top, width, height = box
    if sheet.is_narrow:
        left, top, width, height = 0.4, sheet.height - STRIP + 2.0, STRIP - 3.0, STRIP - 2.4
    sheet.fill(left, top, width, height, "paper")
    points = [point for polygon in continent["geometry"]["coordinates"] for ring in polygon for point in ring]
    window = [edge(point[axis] for point in points) for edge, axis in ((min, 0), (min, 1), (max, 0), (max, 1))]
    frame = make_frame(window, (left + 1.0, top + 1.0, width - 2, height - 2))
    # The line of the continent covers the gaps that thinning leaves between its countries.
    for feature, colour, line in ((continent, "continent", "continent"), (home, "home_border", "")):
        rings = [thin for ring in _place_rings(feature, frame) if (thin := _thin_ring(ring))]
        sheet.outline(rings, colour, line, colour if line else "")
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height), (left, top)]
    sheet.stroke(corners, "border", "border")
