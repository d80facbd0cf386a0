"""Make the theme of a Word file, so that Design › Colours and Fonts change the note; styles refer to it by slots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefing.writers.docx.xml import Element, make

# OOXML names the first four slots, and those of links, one way in the theme and another in a document.
_NAMES = {
    "dk1": "text1",
    "lt1": "background1",
    "dk2": "text2",
    "lt2": "background2",
    "hlink": "hyperlink",
    "folHlink": "followedHyperlink",
}
_SCRIPTS = {
    "ascii": ("asciiTheme", "HAnsi"),
    "hAnsi": ("hAnsiTheme", "HAnsi"),
    "eastAsia": ("eastAsiaTheme", "EastAsia"),
    "cs": ("cstheme", "Bidi"),
}


def name_slot(styles: Mapping[str, Any], colour: str) -> str:
    """Name the slot of the theme that holds a colour of the house, as a document does."""
    slot = next(str(slot) for slot, held in styles["theme"]["colours"].items() if held == colour)
    return _NAMES.get(slot, slot)


def make_fonts(styles: Mapping[str, Any], face: str = "minor") -> Element:
    """Make the fonts of text: those of the theme, `major` for headings, and by name for readers without themes."""
    named = dict.fromkeys(_SCRIPTS, styles["font"]["family"])
    themed = {name: f"{face}{script}" for name, script in _SCRIPTS.values()}
    return make("w:rFonts", {**named, **themed})


def build_theme(styles: Mapping[str, Any]) -> Element:
    """Build the root of word/theme/theme1.xml."""
    theme, colours = styles["theme"], styles["colours"]
    slots = [
        make(f"a:{slot}", None, make("a:srgbClr", {"val": colours[colour].upper()}))
        for slot, colour in theme["colours"].items()
    ]
    faces = [make(f"a:{face}Font", None, _list_faces(styles["font"]["family"])) for face in ("major", "minor")]
    elements = make(
        "a:themeElements",
        None,
        make("a:clrScheme", {"name": theme["name"]}, slots),
        make("a:fontScheme", {"name": theme["name"]}, faces),
        _make_formats(theme["name"]),
    )
    return make("a:theme", {"name": theme["name"]}, elements)


def _list_faces(family: str) -> list[Element]:
    return [make(f"a:{script}", {"typeface": family}) for script in ("latin", "ea", "cs")]


def _make_formats(name: str) -> Element:
    """Make how shapes are drawn, of which a theme has to say three ways each: all plain."""
    return make(
        "a:fmtScheme",
        {"name": name},
        make("a:fillStyleLst", None, _make_fills(3)),
        make("a:lnStyleLst", None, [make("a:ln", {"w": width}, _make_fills(1)) for width in (6350, 12700, 19050)]),
        make("a:effectStyleLst", None, [make("a:effectStyle", None, make("a:effectLst")) for _ in range(3)]),
        make("a:bgFillStyleLst", None, _make_fills(3)),
    )


def _make_fills(times: int) -> list[Element]:
    return [make("a:solidFill", None, make("a:schemeClr", {"val": "phClr"})) for _ in range(times)]
