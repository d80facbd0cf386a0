"""Project degrees of the Earth onto a sheet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
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
