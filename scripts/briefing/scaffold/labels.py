"""Find where names stand on a map: within what they name where there is room, and never on each other."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PIL import Image, ImageDraw, ImageStat

from briefing.scaffold.topology import Point
from briefing.scaffold.window import WIDTH, Extent

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in millimetres of the sheet."""
_FINE = 4  # pixels a millimetre
_STEP = 2.0  # millimetres between places that are tried
_GLYPH = {"neighbour": (1.6, 3.6), "country": (2.7, 5.4), "capital": (1.9, 4.0)}
"""Width of a letter and height of a line, with some room around, by the size of type (templates/charts.yaml)."""
SCALE = WIDTH / 5 + 6, 8.0  # millimetres that the scale takes, in the lower right corner
SIGN = 4.5  # millimetres that the sign of a capital takes
INSET = 26, 28
_HIDDEN = 12  # of 255: the share of the small map under which the country may lie
_COARSE = 10  # degrees: names on a wider map need no hundredths


def measure_label(text: str, role: str) -> tuple[float, float]:
    """Measure a name in millimetres, about."""
    width, height = _GLYPH[role]
    return len(text) * width + 1.5, height


class LabelPlacer:
    """Places names on the sheet of a map, each in what those before it have left free."""

    def __init__(self, extent: Extent, countries: Iterable[Mapping[str, Any]]) -> None:
        self.extent, self.frame = extent, extent.frame
        self.masks = {item["properties"]["id"]: self._draw(item) for item in countries}
        self.land = Image.new("L", self._size, 0)
        for mask in self.masks.values():
            self.land.paste(255, mask=mask)
        west, south, east, north = extent.window
        # On a phone the window alone is shown.
        self.inner: Box = (*self.frame.place(west, north), *self.frame.place(east, south))
        self.taken: list[Box] = [(WIDTH - SCALE[0], extent.height - SCALE[1], WIDTH, extent.height)]

    @property
    def _size(self) -> tuple[int, int]:
        return int(WIDTH * _FINE), int(self.extent.height * _FINE)

    def _draw(self, feature: Mapping[str, Any]) -> Image.Image:
        mask = Image.new("L", self._size, 0)
        pen = ImageDraw.Draw(mask)
        for polygon in feature["geometry"]["coordinates"]:
            for number, ring in enumerate(polygon):
                points = [self.frame.place(*point) for point in ring]
                pen.polygon([(_FINE * x, _FINE * y) for x, y in points], fill=0 if number else 255)
        return mask

    def place_capital(self, at: Point, name: str, home: str) -> str:
        """Choose the side of a capital's sign on which its name stands."""
        (x, y), (width, height) = self.frame.place(*at), measure_label(name, "capital")
        away = SIGN / 2
        self.taken.append((x - away, y - away, x + away, y + away))
        boxes = {
            "right": (x + away, y - height / 2, x + away + width, y + height / 2),
            "left": (x - away - width, y - height / 2, x - away, y + height / 2),
            "above": (x - width / 2, y - away - height, x + width / 2, y - away),
            "below": (x - width / 2, y + away, x + width / 2, y + away + height),
        }
        free = [side for side, box in boxes.items() if self._is_free(box)]
        # A name is read best where no border runs through it.
        clear = [side for side in free if self._cut(self.masks[home], boxes[side]).getextrema() in ((0, 0), (255, 255))]
        side = next(iter([*clear, *free]), "right")
        self.taken.append(boxes[side])
        return side

    def place_inset(self, home: str) -> list[int]:
        """Choose the corner in which the small map hides least of the country; none where it hides much of it."""
        right, bottom = WIDTH - INSET[0] - 1, self.extent.height - INSET[1] - 1
        corners = [(left, top, left + INSET[0], top + INSET[1]) for left, top in ((right, 1), (1, 1), (1, bottom))]
        hidden = {box: ImageStat.Stat(self._cut(self.masks[home], box)).mean[0] for box in corners}
        free = [box for box in corners if hidden[box] < _HIDDEN and not self._overlaps(box)]
        if not free:
            return []
        box = min(free, key=hidden.__getitem__)
        self.taken.append(box)
        return [round(box[0]), round(box[1]), *INSET]

    def place_country(self, name: str, label: str, role: str) -> Point | None:
        """Find the point (degrees) at which the name of a country stands, within it; none where it has no room."""
        mask = self.masks[name]
        return self._find(mask, label, role, lambda box: self._cut(mask, box).getextrema() == (255, 255))

    def place_beside(self, name: str, label: str, role: str) -> Point | None:
        """Find a point off all land, as near as can be, or else one that is free."""
        mask = self.masks[name]
        at_sea = self._find(mask, label, role, lambda box: self._cut(self.land, box).getextrema() == (0, 0))
        return at_sea or self._find(mask, label, role, lambda box: True)

    def _find(self, mask: Image.Image, label: str, role: str, fits: Callable[[Box], bool]) -> Point | None:
        left, top, right, bottom = self.inner
        visible = self._cut(mask, self.inner).getbbox()
        if visible is None:
            return None
        width, height = measure_label(label, role)
        middle = left + (visible[0] + visible[2]) / 2 / _FINE, top + (visible[1] + visible[3]) / 2 / _FINE
        steps = range(int((right - left) / _STEP)), range(int((bottom - top) / _STEP))
        points = [(left + _STEP * column, top + _STEP * row) for column in steps[0] for row in steps[1]]
        for x, y in sorted(points, key=lambda point: math.dist(point, middle)):
            box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            if self._is_free(box) and fits(box):
                self.taken.append(box)
                return self._locate(x, y)
        return None

    def _locate(self, x: float, y: float) -> Point:
        west, _, east, _ = self.extent.window
        decimals = 1 if east - west > _COARSE else 2
        longitude, latitude = self.extent.locate(x, y)
        return round(longitude, decimals), round(latitude, decimals)

    def _is_free(self, box: Box) -> bool:
        left, top, right, bottom = self.inner
        within = box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom
        return within and not self._overlaps(box)

    def _overlaps(self, box: Box) -> bool:
        return any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in self.taken
        )

    def _cut(self, mask: Image.Image, box: Box) -> Image.Image:
        left, top, right, bottom = (round(_FINE * edge) for edge in box)
        return mask.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
