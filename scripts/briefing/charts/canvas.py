"""A sheet measured in millimetres from its upper left corner, on which charts and maps are drawn in the house style.

Each mark goes to matplotlib, which makes the pictures of programs without the note's fonts, and to an SVG of text and
named colours (`vectors.py`). Fonts are the files given, never those of the host; the same marks give the same bytes.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Ellipse, Patch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextToPath
from PIL import Image

from briefing.charts.spec import ChartError
from briefing.charts.vectors import DASHES, Vectors
from briefing.document.superscripts import SUPERSCRIPTS, split_superscripts

MILLIMETRES_PER_INCH = 25.4
POINTS_PER_INCH = 72
DOTS_PER_INCH = 300
PNG_COLOURS = 64  # flat fills and the steps of their edges: a third of the room of true colour
NARROW = 120  # millimetres: on a sheet that is less wide, names stand over what they name, not beside it
FAMILIES = {"FiraGO": "FiraGO", "NotoSans": "Noto Sans"}  # the second where the first lacks a character
CAP_HEIGHT = 0.69  # of FiraGO, as a share of the size
RAISED, RAISED_SIZE = 0.33, 0.68  # how high a superscript stands, and its size, as shares of that of its text
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
    superscripts: str = ""
    """What the language of the chart raises, as a pattern: its first group, such as the end of the French "1er"."""

    def find(self, table: str, name: str) -> Any:
        """Give an entry of a table of the style; a `ValueError` says what the table has."""
        entries = getattr(self, table)
        if name not in entries:
            raise ValueError(f"chart style: `{table}` has no `{name}`; it has {', '.join(entries)}.")
        return entries[name]

    def find_colour(self, name: str) -> str:
        """Give a colour of the style, the fill of a tone by its name, or the text on it by `on-<tone>`."""
        if name.startswith("on-"):
            return str(self.find("tones", name.removeprefix("on-"))["text"])
        return str(self.tones[name]["fill"] if name in self.tones else self.find("colours", name))


class Picture(NamedTuple):
    """A chart as drawn: as SVG whose text is outlines, as SVG whose text is text (for a page, and for a phone), as PNG.

    Text needs the fonts of the note, which a page of its own, such as a picture in Word, does not have.
    """

    outlines: bytes
    text: bytes
    png: bytes
    phone: bytes = b""


def parse_style(tree: Any, superscripts: str = "") -> Style:
    """Turn the mapping of a chart style file into a style, for a language that raises what the pattern finds."""
    keys = ("type", "leading", "colours", "tones", "lines", "bars")
    if not isinstance(tree, dict) or set(tree) != set(keys):
        raise ValueError(f"chart style: expected exactly the keys {', '.join(keys)}.")
    return Style(**tree, superscripts=superscripts)


class Sheet:
    """A sheet of `width` by `height` millimetres."""

    def __init__(self, width: float, height: float, style: Style, font_paths: Sequence[Path]) -> None:
        self.width, self.height, self.style = width, height, style
        self.is_narrow = width < NARROW
        self.vectors = Vectors(width, height)
        self.faces = {Path(path).stem: Path(path) for path in font_paths}
        self._drawn = itertools.count(1)  # what is drawn later lies above, whatever it is
        self._characters: dict[str, frozenset[int]] = {}
        self._widths: dict[tuple[str, str], float] = {}
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
        pieces = split_superscripts(text, {SUPERSCRIPTS: self.style.superscripts})
        return sum(self._measure_piece(piece, role) * (RAISED_SIZE if raised else 1.0) for piece, raised in pieces)

    def _measure_piece(self, text: str, role: str) -> float:
        """Give the width of text at the size of its role; breaking lines asks for many again and again."""
        if (text, role) not in self._widths:
            width, _, _ = TextToPath().get_text_width_height_descent(text, self.find_font(text, role), False)
            self._widths[text, role] = float(width) * MILLIMETRES_PER_INCH / POINTS_PER_INCH
        return self._widths[text, role]

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
        font, entry, hue = self.find_font(text, role), self.style.find("type", role), self.style.find_colour(colour)
        pieces = [*split_superscripts(text, {SUPERSCRIPTS: self.style.superscripts})] or [(text, False)]
        if len(pieces) > 1:  # each has its own place
            x, align = x - self.measure(text, role) * {"left": 0.0, "center": 0.5, "right": 1.0}[align], "left"
        placed: list[tuple[float, float, str, float]] = []
        for piece, is_raised in pieces:
            size, raised = (RAISED_SIZE, RAISED * self.get_size(role)) if is_raised else (1.0, 0.0)
            placed.append((x, baseline - raised, piece, size * entry["size"]))
            artist = self.axes.text(x, baseline - raised, piece, ha=align, va="baseline", font=font, gid=name or None)
            artist.set(color=hue, fontsize=size * entry["size"], zorder=next(self._drawn))
            x += self._measure_piece(piece, role) * size
        self.vectors.write(placed, entry, align, (colour, hue))

    # --- Marks ---

    def _add(self, patch: Patch) -> None:
        patch.set_zorder(next(self._drawn))
        self.axes.add_patch(patch)

    def fill(self, x: float, y: float, width: float, height: float, colour: str, name: str = "") -> None:
        """Fill a rectangle whose upper left corner is (`x`, `y`); `colour` is a name of the style, as in all marks."""
        hue = self.style.find_colour(colour)
        self._add(Rectangle((x, y), width, height, facecolor=hue, edgecolor="none", linewidth=0, gid=name or None))
        self.vectors.fill(x, y, width, height, (colour, hue))

    def stroke(self, points: Iterable[Point], line: str, colour: str, *, dashed: bool = False, name: str = "") -> None:
        """Draw a line through points, `line` and `colour` being names of the style; a rule lies under all else."""
        points, width, hue = list(points), self.style.find("lines", line), self.style.find_colour(colour)
        xs, ys = zip(*points, strict=True)
        (drawn,) = self.axes.plot(xs, ys, linewidth=width, color=hue)
        drawn.set(
            solid_capstyle="butt",
            solid_joinstyle="round",
            gid=name or None,
            zorder=0 if line == "rule" else next(self._drawn),
        )
        if dashed:
            drawn.set_linestyle((0, DASHES))
        self.vectors.stroke(points, width, (colour, hue), dashed=dashed, below=line == "rule")

    def dot(
        self,
        x: float,
        y: float,
        size: float,
        colour: str,
        *,
        square: bool = False,
        hollow: bool = False,
        name: str = "",
    ) -> None:
        """Draw a dot or square of `size` millimetres about (`x`, `y`), edged with paper; or an edge alone, `hollow`."""
        width = self.style.find("lines", "hollow") if hollow else 0.6
        fill, line = ("paper", colour) if hollow else (colour, "paper")
        hues = (self.style.find_colour(fill), self.style.find_colour(line))
        mark = Rectangle((x - size / 2, y - size / 2), size, size) if square else Ellipse((x, y), size, size)
        mark.set(facecolor=hues[0], edgecolor=hues[1], linewidth=width, gid=name or None)
        self._add(mark)
        self.vectors.dot(x, y, size, (fill, hues[0]), (line, hues[1]), width, square=square)

    def shape(self, corners: Sequence[Point], colour: str, name: str = "") -> None:
        """Fill the area within corners."""
        hue = self.style.find_colour(colour)
        self._add(Polygon(corners, facecolor=hue, edgecolor="none", gid=name or None))
        self.vectors.outline([corners], (colour, hue))

    def diamond(self, x: float, y: float, size: float, colour: str, name: str = "") -> None:
        """Draw a square on its point, of `size` millimetres about (`x`, `y`)."""
        self.shape([(x, y - size / 2), (x + size / 2, y), (x, y + size / 2), (x - size / 2, y)], colour, name)

    def arrow_head(self, x: float, y: float, size: float, colour: str, *, way: str = "right") -> None:
        """Draw the head of an arrow whose point, to one side, is (`x`, `y`)."""
        across, along = {"right": (-1, 0), "left": (1, 0), "up": (0, 1), "down": (0, -1)}[way]
        spread = size * 0.45
        ends = [
            (x + across * size + sign * along * spread, y + along * size + sign * across * spread) for sign in (-1, 1)
        ]
        self.shape([(x, y), *ends], colour)

    def outline(
        self, rings: Sequence[Sequence[Point]], fill: str, line: str = "", border: str = "", name: str = ""
    ) -> None:
        """Fill an area given by its rings (holes wind the other way), with a border where `line` is given."""
        paths = [Outline([*ring], closed=True) for ring in rings]
        hue, edge = self.style.find_colour(fill), self.style.find_colour(border) if border else "none"
        width = self.style.find("lines", line) if line else 0
        patch = PathPatch(
            Outline.make_compound_path(*paths), facecolor=hue, edgecolor=edge, linewidth=width, gid=name or None
        )
        patch.set_joinstyle("round")
        self._add(patch)
        self.vectors.outline(rings, (fill, hue), (border, edge) if border else None, width)

    # --- Files ---

    def save(self) -> Picture:
        """Give the sheet in the forms that the formats take."""
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        outlines, png, small = io.BytesIO(), io.BytesIO(), io.BytesIO()
        with mpl.rc_context({**SETTINGS, "svg.fonttype": "path"}):
            self.figure.savefig(outlines, format="svg", metadata=nothing)
            self.figure.savefig(png, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
        picture = Image.open(png).convert("RGB")
        picture = picture.quantize(PNG_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        picture.save(small, "PNG", optimize=True, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
        return Picture(outlines.getvalue(), self.vectors.save(), small.getvalue())
