"""Find the window of a country's map: what of the country belongs together, with some of its neighbours around."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.charts.projection import KILOMETRES_PER_DEGREE, Frame, make_frame
from briefing.scaffold.topology import (
    Point,
    Ring,
    Window,
    join_arcs,
    list_polygons,
    measure_area,
    shift_ring,
    unwrap_ring,
)

WIDTH, HEIGHTS = 160.0, (90.0, 125.0)
"""The width of a map in millimetres, and the bounds of its height."""
_REACH, _NEAR = 0.5, 3.0
"""Islands belong to what is within half its width of them, or within so many degrees."""
_SPECK, _SPECK_REACH, _SPECK_NEAR = 0.001, 0.15, 1.0
"""What is so small a share of the area has to be nearer."""
_LARGE, _NEIGHBOURHOOD = 0.2, 15.0
"""A part of such a share of the area belongs to the others if it is within so many degrees of them."""
_MARGIN = 0.15
_AROUND, _SPAN = 12, (1.0, 4.0)
"""So many times its size is shown around a small country, between bounds (degrees): of an islet, of an island."""


@dataclass(frozen=True)
class Extent:
    """What a map shows: its window, the height of its sheet, how it is placed there; the country's size in degrees."""

    window: Window
    height: float
    frame: Frame
    size: float
    has_far_parts: bool

    @property
    def sheet(self) -> Window:
        """Give the degrees that the whole sheet shows."""
        west, north = self.locate(0, 0)
        east, south = self.locate(WIDTH, self.height)
        return west, south, east, north

    def locate(self, x: float, y: float) -> Point:
        """Give the degrees of a point of the sheet (millimetres)."""
        frame = self.frame
        return frame.west + (x - frame.left) / frame.across, frame.north - (y - frame.top) / frame.down

    @property
    def scale(self) -> int:
        """Give a round number of kilometres for the scale, a fifth of the width at most."""
        most = WIDTH / 5 / self.frame.down * KILOMETRES_PER_DEGREE
        rounds = [step * 10**power for power in range(4) for step in (1, 2, 5)]
        return max([kilometres for kilometres in rounds if kilometres <= most], default=1)


def read_rings(geometry: Mapping[str, Any], arcs: Sequence[Ring], at: Point) -> list[Ring]:
    """Give the outer rings of a country, on the turn of the Earth on which a point of it stands."""
    rings = [unwrap_ring(join_arcs(polygon[0], arcs)) for polygon in list_polygons(geometry)]
    return [shift_ring(ring, 360 * round((at[0] - _bound([ring])[0]) / 360)) for ring in rings]


def find_extent(rings: Sequence[Ring], capital: Point) -> Extent:
    """Find what a map shows of a country: what belongs to the part that has the capital."""
    total = sum(map(_measure, rings))
    near = min(rings, key=lambda ring: math.dist(capital, _nearest(_bound([ring]), capital)))
    largest = max(rings, key=_measure)
    kept = [near if _measure_gap(_bound([near]), (*capital, *capital)) < 1 else largest]
    left = [ring for ring in rings if ring is not kept[0]]
    while belonging := [ring for ring in left if _belongs(ring, kept, total)]:
        kept += belonging
        left = [ring for ring in left if not any(ring is other for other in belonging)]
    return _make_extent(_bound([*kept, [capital]]), bool(left))


def _belongs(ring: Ring, kept: Sequence[Ring], total: float) -> bool:
    whole = _bound(kept)
    gap = _measure_gap(whole, _bound([ring]))
    across = math.hypot((whole[2] - whole[0]) * _narrow(whole), whole[3] - whole[1])
    share = _measure(ring) / total
    reach, near = (_SPECK_REACH, _SPECK_NEAR) if share < _SPECK else (_REACH, _NEAR)
    return gap <= max(reach * across, near) or (share >= _LARGE and gap <= _NEIGHBOURHOOD)


def _make_extent(bound: Window, has_far_parts: bool) -> Extent:
    west, south, east, north = bound
    narrowing = _narrow(bound)
    size = max((east - west) * narrowing, north - south)
    span = max(size * (1 + 2 * _MARGIN), min(max(_AROUND * size, _SPAN[0]), _SPAN[1]))
    # What is long and narrow is shown with as much on its sides.
    half_height = max(north - south + 2 * _MARGIN * size, span * HEIGHTS[0] / WIDTH) / 2
    half_width = max((east - west) * narrowing + 2 * _MARGIN * size, 2 * half_height * 0.8) / 2 / narrowing
    x, y = (west + east) / 2, (south + north) / 2
    window = x - half_width, max(y - half_height, -89.0), x + half_width, min(y + half_height, 89.0)
    rounded = tuple(round(edge, 1 if span > 10 else 2) for edge in window)
    shape = (rounded[3] - rounded[1]) / (rounded[2] - rounded[0]) / narrowing
    height = float(round(min(max(WIDTH * shape, HEIGHTS[0]), HEIGHTS[1])))
    frame = make_frame(rounded, (0, 0, WIDTH, height))
    return Extent((rounded[0], rounded[1], rounded[2], rounded[3]), height, frame, size, has_far_parts)


def _bound(rings: Sequence[Ring]) -> Window:
    xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _narrow(bound: Window) -> float:
    return math.cos(math.radians((bound[1] + bound[3]) / 2))


def _measure(ring: Ring) -> float:
    return measure_area(ring) * _narrow(_bound([ring]))


def _measure_gap(one: Sequence[float], other: Sequence[float]) -> float:
    """Measure between two boxes, in degrees of a meridian."""
    across = max(other[0] - one[2], one[0] - other[2], 0.0)
    up = max(other[1] - one[3], one[1] - other[3], 0.0)
    return math.hypot(across * math.cos(math.radians((one[1] + one[3]) / 2)), up)


def _nearest(bound: Window, point: Point) -> Point:
    return min(max(point[0], bound[0]), bound[2]), min(max(point[1], bound[1]), bound[3])
