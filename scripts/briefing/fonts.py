"""Cut the note's fonts down to the characters that notes may use, the same bytes everywhere."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# Face: the name under which the package pymupdf_fonts keeps it. Both families are under the SIL Open Font License.
FACES = {
    "FiraGO-Regular": "figo",
    "FiraGO-Bold": "figbo",
    "FiraGO-Italic": "figit",
    "FiraGO-BoldItalic": "figbi",
    "NotoSans-Regular": "notos",
    "NotoSans-Bold": "notosbo",
    "NotoSans-Italic": "notosit",
    "NotoSans-BoldItalic": "notosbi",
}

# HTML embeds these; what only Noto Sans holds are primes, which every reader's machine has.
WEB_FACES = frozenset(face for face in FACES if face.startswith("FiraGO"))
# Pages for editors, which set nothing in italics, embed these alone.
UPRIGHT_FACES = frozenset(face for face in WEB_FACES if "Italic" not in face)

# The set is fixed, not taken from a text: a changed word must not change the fonts of every format.
_RANGES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A: names of Europe
    (0x02B9, 0x02BC),  # modifier apostrophes
    (0x2009, 0x200A),  # thin spaces
    (0x2010, 0x2015),  # hyphens and dashes, the hyphen that does not break among them
    (0x2018, 0x201E),  # quotation marks
    (0x2020, 0x2022),  # daggers and bullet
)
_SINGLES = "ɛƐɔƆɲƝŋŊɓƁɗƊƴƳ" + "…‰′″‹›⁄€™" + "\u202f" + "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉" + "−×÷≈≤≥←↑→↓"
NOTE_CHARACTERS = frozenset(chr(code) for first, last in _RANGES for code in range(first, last + 1)) | frozenset(
    _SINGLES
)

# Spaces that a face may lack, in shares of an em.
_NARROW_SPACES = {0x2009: 0.2, 0x200A: 0.1, 0x202F: 0.2}

# OpenType features that notes may use; without a list the subsetter would drop the tabular figures.
_FEATURES = ["calt", "ccmp", "kern", "liga", "locl", "mark", "mkmk", "case", "lnum", "pnum", "tnum", "sups", "subs"]

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">{folder}</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <selectfont><rejectfont><glob>*.woff2</glob></rejectfont></selectfont>
  <alias binding="same"><family>FiraGO</family><accept><family>Noto Sans</family></accept></alias>
</fontconfig>
"""


def find_uncovered_characters(texts: Iterable[str]) -> set[str]:
    """Find the characters that no font of the note holds; line breaks and tabs are not printed and do not count."""
    return set().union(*map(set, texts)) - NOTE_CHARACTERS - set("\n\t")


def cut_fonts(characters: Iterable[str] = NOTE_CHARACTERS) -> dict[str, bytes]:
    """Cut every face to `characters`, by file name: `<face>.ttf`, and `<face>.woff2` of the faces that HTML embeds."""
    codes = sorted(map(ord, characters))
    fonts: dict[str, bytes] = {}
    for face, source in FACES.items():
        font = _cut_face(source, codes)
        fonts[f"{face}.ttf"] = _save_font(font)
        if face in WEB_FACES:
            font.flavor = "woff2"
            fonts[f"{face}.woff2"] = _save_font(font)
    return fonts


def write_font_configuration(folder: str = ".") -> str:
    """Write a fonts.conf that names one folder, given relative to the fonts.conf itself, and no font of the host."""
    return _CONFIGURATION.format(folder=folder)


def use_fonts(folder: str | Path) -> None:
    """Let Pango know the fonts of a folder and no others; WeasyPrint, which reads this, must not be loaded yet."""
    os.environ["FONTCONFIG_FILE"] = str(Path(folder).resolve() / "fonts.conf")


def _cut_face(source: str, codes: list[int]) -> TTFont:
    # Both imports are slow; no other step than the one that cuts the fonts should pay for them.
    import pymupdf_fonts
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(pymupdf_fonts.fontbuffers[source]()), recalcTimestamp=False, lazy=True)
    _add_spaces(font)
    options = Options(layout_features=_FEATURES, name_IDs=["*"], notdef_outline=True, hinting=False, glyph_names=False)
    options.drop_tables += ["TTFA"]  # settings of the hinting program, of no use without hints
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    return font


def _add_spaces(font: TTFont) -> None:
    """Give a face the narrow spaces that it lacks.

    HarfBuzz would print them by the glyph of the plain space, and a PDF would say that the line may break there.
    """
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    lacking = {code: share for code, share in _NARROW_SPACES.items() if code not in font.getBestCmap()}
    names = {code: f"uni{code:04X}" for code in lacking}
    font.setGlyphOrder([*font.getGlyphOrder(), *names.values()])
    for code, share in lacking.items():
        font["glyf"][names[code]] = Glyph()
        font["hmtx"][names[code]] = (round(share * font["head"].unitsPerEm), 0)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = names[code]


def _save_font(font: TTFont) -> bytes:
    output = io.BytesIO()
    font.save(output)
    return output.getvalue()
