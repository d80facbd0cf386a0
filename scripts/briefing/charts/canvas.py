"""A sheet measured in millimetres from its upper left corner, on which charts and maps are drawn in the house style.

Fonts are the files given, never those of the host; the same marks give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Ellipse, PathPatch, Polygon, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextToPath

from briefing.charts.spec import ChartError

MILLIMETRES_PER_INCH = 25.4
POINTS_PER_INCH = 72
DOTS_PER_INCH = 300
FAMILIES = {"FiraGO": "FiraGO", "NotoSans": "Noto Sans"}  # the second where the first lacks a character
CAP_HEIGHT = 0.69  # of FiraGO, as a share of the size
SETTINGS: Any = {
    "svg.hashsalt": "briefnote",
    "path.simplify": False,
    "text.parse_math": False,
    "text.usetex": False,
    "text.hinting": "none",
}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Style:
    """The house style of charts, as templates/charts.yaml has it."""

    type: Mapping[str, Mapping[str, Any]]
    leading: float
    colours: Mapping[str, str]
    tones: Mapping[str, Mapping[str, str]]
    lines: Mapping[str, float]
    bars: Mapping[str, float]

    def find(self, table: str, name: str) -> Any:
        """Give an entry of a table of the style; a `ValueError` says what the table has."""
        entries = getattr(self, table)
        if name not in entries:
            raise ValueError(f"chart style: `{table}` has no `{name}`; it has {', '.join(entries)}.")
        return entries[name]


class Picture(NamedTuple):
    """A chart as drawn: as SVG whose text is outlines, as SVG whose text is text, and as PNG at 300 dots an inch.

    Text needs the fonts of the note, which a page of its own, such as a picture in HTML, does not have.
    """

    outlines: bytes
    text: bytes
    png: bytes


def parse_style(tree: Any) -> Style:
    """Turn the mapping of a chart style file into a style."""
    keys = ("type", "leading", "colours", "tones", "lines", "bars")
    if not isinstance(tree, dict) or set(tree) != set(keys):
        raise ValueError(f"chart style: expected exactly the keys {', '.join(keys)}.")
    return Style(**tree)


class Sheet:
    """A sheet of `width` by `height` millimetres."""

    def __init__(self, width: float, height: float, style: Style, font_paths: Sequence[Path]) -> None:
        self.width, self.height, self.style = width, height, style
        self.faces = {Path(path).stem: Path(path) for path in font_paths}
        self._characters: dict[str, frozenset[int]] = {}
        size = (width / MILLIMETRES_PER_INCH, height / MILLIMETRES_PER_INCH)
        with mpl.rc_context(SETTINGS):
            self.figure = Figure(figsize=size, dpi=DOTS_PER_INCH, facecolor=style.find("colours", "paper"))
            self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)

    # --- Type ---

    def find_font(self, text: str, role: str) -> font_manager.FontProperties:
        """Find the face of a role that holds every character of `text`, among the files given."""
        entry = self.style.find("type", role)
        face = ("Bold" if entry.get("bold") else "") + ("Italic" if entry.get("italic") else "") or "Regular"
        for name in (f"{family}-{face}" for family in FAMILIES):
            if name not in self.faces:
                raise ValueError(f"charts: the font {name}.ttf is not among the fonts given.")
            if name not in self._characters:
                self._characters[name] = frozenset(FT2Font(str(self.faces[name])).get_charmap())
            if all(ord(character) in self._characters[name] for character in text):
                font = font_manager.FontProperties(
                    family=FAMILIES[name.partition("-")[0]],
                    weight="bold" if entry.get("bold") else "normal",
                    style="italic" if entry.get("italic") else "normal",
                    fname=str(self.faces[name]),
                    size=entry["size"],
                )
                if Path(font_manager.findfont(font, fallback_to_default=False)) != self.faces[name]:
                    raise ValueError(f"charts: {name}.ttf would be replaced by a font of the host.")
                return font
        raise ChartError(f"charts: no font given holds every character of {text!r}.")

    def measure(self, text: str, role: str = "label") -> float:
        """Give the width of a line of text."""
        width, _, _ = TextToPath().get_text_width_height_descent(text, self.find_font(text, role), False)
        return float(width) * MILLIMETRES_PER_INCH / POINTS_PER_INCH

    def get_size(self, role: str) -> float:
        """Give the size of a role's type in millimetres."""
        return float(self.style.find("type", role)["size"]) * MILLIMETRES_PER_INCH / POINTS_PER_INCH

    def get_leading(self, role: str) -> float:
        """Give the distance between two lines of a role's type."""
        return self.get_size(role) * self.style.leading

    def wrap(self, text: str, width: float, role: str = "label") -> list[str]:
        """Break text at spaces into lines of at most `width`, as even as the number of lines allows."""
        words = text.split(" ")
        lines = self._fill(words, width, role)
        narrow = width
        while len(lines) > 1 and narrow > width / 2:
            narrow -= 1
            tried = self._fill(words, narrow, role)
            if len(tried) > len(lines) or any(self.measure(line, role) > width for line in tried):
                break
            lines = tried
        return lines

    def _fill(self, words: Sequence[str], width: float, role: str) -> list[str]:
        lines = [words[0]]
        for word in words[1:]:
            longer = f"{lines[-1]} {word}"
            if self.measure(longer, role) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def write(
        self,
        x: float,
        y: float,
        text: str,
        role: str = "label",
        *,
        align: str = "left",
        colour: str = "ink",
        middle: bool = False,
        name: str = "",
    ) -> None:
        """Write a line of text from (`x`, `y`): y is its baseline, or with `middle` the middle of its capitals."""
        baseline = y + self.get_size(role) * CAP_HEIGHT / 2 if middle else y
        artist = self.axes.text(
            x, baseline, text, ha=align, va="baseline", font=self.find_font(text, role), gid=name or None
        )
        artist.set_color(colour if colour.startswith("#") else self.style.find("colours", colour))

    # --- Marks ---

    def fill(self, x: float, y: float, width: float, height: float, colour: str, name: str = "") -> None:
        """Fill a rectangle whose upper left corner is (`x`, `y`)."""
        self.axes.add_patch(
            Rectangle((x, y), width, height, facecolor=colour, edgecolor="none", linewidth=0, gid=name or None)
        )

    def stroke(self, points: Iterable[Point], line: str, colour: str, *, dashed: bool = False, name: str = "") -> None:
        """Draw a line through points, `line` and `colour` being names of the style; a rule lies under all else."""
        xs, ys = zip(*points, strict=True)
        (drawn,) = self.axes.plot(
            xs, ys, linewidth=self.style.find("lines", line), color=self.style.find("colours", colour)
        )
        drawn.set(solid_capstyle="butt", solid_joinstyle="round", gid=name or None, zorder=0 if line == "rule" else 2)
        if dashed:
            drawn.set_linestyle((0, (4, 2)))

    def dot(self, x: float, y: float, size: float, colour: str, *, square: bool = False, name: str = "") -> None:
        """Draw a dot or square of `size` millimetres about (`x`, `y`), edged with paper."""
        edge = {
            "facecolor": colour,
            "edgecolor": self.style.find("colours", "paper"),
            "linewidth": 0.6,
            "gid": name or None,
        }
        if square:
            self.axes.add_patch(Rectangle((x - size / 2, y - size / 2), size, size, **edge))
        else:
            self.axes.add_patch(Ellipse((x, y), size, size, **edge))

    def arrow_head(self, x: float, y: float, size: float, colour: str) -> None:
        """Draw the head of an arrow whose point, to the right, is (`x`, `y`)."""
        corners = [(x, y), (x - size, y - size * 0.45), (x - size, y + size * 0.45)]
        self.axes.add_patch(Polygon(corners, facecolor=self.style.find("colours", colour), edgecolor="none"))

    def outline(
        self, rings: Sequence[Sequence[Point]], fill: str, line: str = "", border: str = "", name: str = ""
    ) -> None:
        """Fill an area given by its rings (holes wind the other way), with a border where `line` is given."""
        paths = [Outline([*ring], closed=True) for ring in rings]
        colour = self.style.find("colours", border) if border else "none"
        width = self.style.find("lines", line) if line else 0
        patch = PathPatch(
            Outline.make_compound_path(*paths), facecolor=fill, edgecolor=colour, linewidth=width, gid=name or None
        )
        patch.set_joinstyle("round")
        self.axes.add_patch(patch)

    # --- Files ---

    def save(self) -> Picture:
        """Give the sheet in the forms that the formats take."""
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        outlines, text, png = io.BytesIO(), io.BytesIO(), io.BytesIO()
        for stream, kind in ((outlines, "path"), (text, "none")):
            with mpl.rc_context({**SETTINGS, "svg.fonttype": kind}):
                self.figure.savefig(stream, format="svg", metadata=nothing)
        with mpl.rc_context(SETTINGS):
            self.figure.savefig(png, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
        return Picture(outlines.getvalue(), text.getvalue(), png.getvalue())
