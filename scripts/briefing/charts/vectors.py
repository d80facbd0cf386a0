"""Write a sheet as SVG whose words are text and whose colours have names: a page can find, read and recolour them.

matplotlib does not know the names of its colours, and says each point of a map with six decimals.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

POINTS = 72 / 25.4  # of the picture, a millimetre
DASHES = (2, 1.5)  # a dash and a gap, in widths of their line: two rows of events are near each other
ANCHORS = {"left": None, "center": "middle", "right": "end"}
FONTS = "FiraGO, 'Noto Sans', sans-serif"

Point = tuple[float, float]
Colour = tuple[str, str]
"""A colour by its name, which is its class too, and as `#rrggbb`."""


class Vectors:
    """The marks of a sheet of `width` by `height` millimetres, as elements of an SVG in points."""

    def __init__(self, width: float, height: float) -> None:
        size = f"{_scale(width)} {_scale(height)}"
        self.root = etree.Element(
            "svg", {"stroke-linejoin": "round"}, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {size}"
        )
        self.root.set("font-family", FONTS)
        self.below = etree.SubElement(self.root, "g")

    def _add(self, tag: str, **attributes: object) -> Any:
        given = {name.replace("_", "-"): str(value) for name, value in attributes.items() if value is not None}
        return etree.SubElement(self.root, tag, given)

    def write(
        self, pieces: Sequence[tuple[float, float, str, float]], entry: Mapping[str, Any], align: str, colour: Colour
    ) -> None:
        """Write a line of text from its pieces: the place of the baseline, the words, the size in points of each."""
        (x, y, start, size), *rest = pieces
        line = self._add(
            "text",
            x=_scale(x),
            y=_scale(y),
            font_size=f"{size:g}",
            font_weight="bold" if entry.get("bold") else None,
            font_style="italic" if entry.get("italic") else None,
            text_anchor=ANCHORS[align],
            **_fill(colour),
        )
        line.text = start
        for x, y, piece, size in rest:
            place = {"x": _scale(x), "y": _scale(y), "font-size": f"{size:g}"}
            etree.SubElement(line, "tspan", place).text = piece

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle; such as follow each other in one colour are one shape."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        look, last = _fill(colour), self.root[-1]
        if last.tag == "path" and {name: last.get(name) for name in last.attrib if name != "d"} == look:
            last.set("d", f"{last.get('d')}{_trace(corners)}z")
        else:
            self._add("path", d=f"{_trace(corners)}z", **look)

    def stroke(self, points: Sequence[Point], width: float, colour: Colour, *, dashed: bool, below: bool) -> None:
        """Draw a line; what lies `below` is drawn before all else."""
        dashes = " ".join(f"{width * part:g}" for part in DASHES) if dashed else None
        line = self._add("path", d=_trace(points), fill="none", stroke_dasharray=dashes, **_stroke(colour, width))
        if below:
            self.below.append(line)

    def dot(self, x: float, y: float, size: float, fill: Colour, edge: Colour, width: float, *, square: bool) -> None:
        """Draw a dot or square with an edge."""
        look = {**_fill(fill), **_stroke(edge, width)}
        look["class"] = f"fill-{fill[0]} stroke-{edge[0]}"
        if square:
            corner = {"x": _scale(x - size / 2), "y": _scale(y - size / 2)}
            self._add("rect", **corner, width=_scale(size), height=_scale(size), **look)
        else:
            self._add("circle", cx=_scale(x), cy=_scale(y), r=_scale(size / 2), **look)

    def outline(
        self, rings: Sequence[Sequence[Point]], fill: Colour, border: Colour | None = None, width: float = 0
    ) -> None:
        """Fill an area given by its rings."""
        look = {**_fill(fill), **(_stroke(border, width) if border else {})}
        look["class"] = f"fill-{fill[0]}" + (f" stroke-{border[0]}" if border else "")
        self._add("path", d="".join(f"{_trace(ring)}z" for ring in rings), **look)

    def save(self) -> bytes:
        """Give the SVG."""
        written: bytes = etree.tostring(self.root, encoding="utf-8")
        return written


def _scale(length: float) -> str:
    return f"{length * POINTS:.1f}".removesuffix(".0")


def _trace(points: Sequence[Point]) -> str:
    """Write a line in steps of a fifth of a point, each from the one before; what is nearer is left out."""
    fifths = [(round(x * POINTS * 5), round(y * POINTS * 5)) for x, y in points]
    distinct = [point for point, _ in itertools.groupby(fifths)]
    steps = [(x - last_x, y - last_y) for (last_x, last_y), (x, y) in itertools.pairwise(distinct)]
    start, *rest = (f"{x / 5:g} {y / 5:g}" for x, y in (distinct[0], *steps))
    return f"M{start}" + ("l" + " ".join(rest) if rest else "")


def _fill(colour: Colour) -> dict[str, str]:
    return {"class": f"fill-{colour[0]}", "fill": colour[1]}


def _stroke(colour: Colour, width: float) -> dict[str, str]:
    return {"class": f"stroke-{colour[0]}", "stroke": colour[1], "stroke-width": f"{width:g}"}
