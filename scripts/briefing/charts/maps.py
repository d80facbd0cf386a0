"""Draw a map from GeoJSON: one country set off among its neighbours, its towns, and where it lies on the continent."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.charts.canvas import Point, Sheet
from briefing.charts.spec import CONTINENT, ChartError, Country, Map, MapPlace

KILOMETRES_PER_DEGREE = 111.2  # along a meridian


@dataclass(frozen=True, slots=True)
class Frame:
    """An equal-step projection: where degrees fall on the sheet; east-west steps are true at the middle latitude."""

    left: float
    top: float
    west: float
    north: float
    across: float
    down: float

    def place(self, longitude: float, latitude: float) -> Point:
        """Give the place of a point of the Earth on the sheet."""
        return self.left + (longitude - self.west) * self.across, self.top + (self.north - latitude) * self.down


def make_frame(window: Sequence[float], box: tuple[float, float, float, float]) -> Frame:
    """Fit a window (west, south, east, north) around the middle of a box (left, top, width, height) of the sheet."""
    west, south, east, north = window
    left, top, width, height = box
    narrowing = math.cos(math.radians((south + north) / 2))
    down = min(height / (north - south), width / (east - west) / narrowing)
    across = down * narrowing
    # What the box has beyond the window is shared out on both sides.
    spare_x, spare_y = (width - (east - west) * across) / 2, (height - (north - south) * down) / 2
    return Frame(left + spare_x, top + spare_y, west, north, across, down)


def draw_map(sheet: Sheet, chart: Map, geography: Mapping[str, Any] | None) -> None:
    """Draw the countries, their names, the places, a scale and the small map."""
    if geography is None:
        raise ChartError("map: the chart is a map, and no geography was given.")
    features = geography["features"]
    frame = make_frame(chart.window, (0, 0, sheet.width, sheet.height))
    sheet.fill(0, 0, sheet.width, sheet.height, sheet.style.find("colours", "water"))
    countries = [item for item in features if item["properties"]["layer"] == "country"]
    land = [item for item in countries if item["properties"]["id"] != chart.country]
    home = _find_feature(countries, chart.country, "country")
    for country in land:
        _draw_area(sheet, country, frame, ("land", "border", "border"))
    _draw_area(sheet, home, frame, ("home", "home_border", "home_border"))
    for country in chart.countries:
        _find_feature(countries, country.id, "country")
        _write_country(sheet, country, frame, "country" if country.id == chart.country else "neighbour")
    _draw_scale(sheet, chart.scale_km, frame)
    places = [item for item in features if item["properties"]["layer"] == "place"]
    for place in chart.places:
        _draw_place(sheet, place, _find_feature(places, place.id, "place"), frame)
    if chart.inset:
        _draw_inset(sheet, chart.inset, _find_feature(features, CONTINENT, "outline"), home)


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
    name = f"country-{feature['properties']['id']}"
    sheet.outline(_place_rings(feature, frame), sheet.style.find("colours", fill), line, border, name if line else "")


def _place_rings(feature: Mapping[str, Any], frame: Frame) -> list[list[Point]]:
    polygons = feature["geometry"]["coordinates"]
    return [[frame.place(*point) for point in ring] for polygon in polygons for ring in polygon]


def _write_country(sheet: Sheet, country: Country, frame: Frame, role: str) -> None:
    x, y = _find_point(sheet, frame, country.at, f"the name of the country {country.id}, its key `at`")
    colour = "home_border" if role == "country" else "quiet"
    sheet.write(x, y, country.label, role, align="center", colour=colour, middle=True)


def _draw_place(sheet: Sheet, place: MapPlace, feature: Mapping[str, Any], frame: Frame) -> None:
    x, y = _find_point(sheet, frame, feature["geometry"]["coordinates"], f"the place {place.id}")
    capital = feature["properties"]["role"] == "capital"
    role, size = ("capital", 2.9) if capital else ("place", 1.7)
    colour = sheet.style.find("colours", "capital" if capital else "place")
    sheet.dot(x, y, size, colour, square=capital, name=f"place-{place.id}")
    away = size / 2 + 0.8
    height = sheet.get_size(role) * 0.5
    dx, dy, align = {
        "right": (away, 0.0, "left"),
        "left": (-away, 0.0, "right"),
        "above": (0.0, -away - height, "center"),
        "below": (0.0, away + height, "center"),
        "below-right": (-size / 2, away + height, "left"),
    }[place.side]
    sheet.write(x + dx, y + dy, place.label, role, align=align, middle=True, name=f"name-{place.id}")


def _draw_scale(sheet: Sheet, kilometres: int, frame: Frame) -> None:
    """Draw a scale in the lower right corner, true along meridians and at the middle latitude."""
    length = kilometres / KILOMETRES_PER_DEGREE * frame.down
    right, y = sheet.width - 4.0, sheet.height - 3.5
    sheet.stroke([(right - length, y - 1.2), (right - length, y), (right, y), (right, y - 1.2)], "axis", "quiet")
    sheet.write(right - length / 2, y - 1.8, f"{kilometres} km", "small", align="center", colour="quiet")


def _draw_inset(sheet: Sheet, box: Sequence[float], continent: Mapping[str, Any], home: Mapping[str, Any]) -> None:
    """Draw the continent with the country filled, in a box (left, top, width, height) of the sheet."""
    left, top, width, height = box
    sheet.fill(left, top, width, height, sheet.style.find("colours", "paper"))
    points = [point for polygon in continent["geometry"]["coordinates"] for ring in polygon for point in ring]
    window = [edge(point[axis] for point in points) for edge, axis in ((min, 0), (min, 1), (max, 0), (max, 1))]
    frame = make_frame(window, (left + 1.5, top + 1.5, width - 3, height - 3))
    _draw_area(sheet, continent, frame, ("continent", "", ""))
    sheet.outline(_place_rings(home, frame), sheet.style.find("colours", "home_border"))
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height), (left, top)]
    sheet.stroke(corners, "border", "border")
