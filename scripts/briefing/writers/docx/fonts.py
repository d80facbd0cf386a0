"""Embed fonts in a Word file, so that it looks the same where they are not installed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from briefing.writers.docx.xml import Element, make, make_value

_FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_ELEMENTS = {
    "regular": "w:embedRegular",
    "bold": "w:embedBold",
    "italic": "w:embedItalic",
    "bold_italic": "w:embedBoldItalic",
}


def make_font_key(file: str) -> str:
    """Make the GUID of a font from its file name: the same in every note."""
    digits = hashlib.sha256(f"briefnote font {file}".encode()).hexdigest()[:32].upper()
    return f"{{{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}}}"


def obfuscate_font(font: bytes, key: str) -> bytes:
    """Obfuscate a font with its GUID, or undo it (ECMA-376-4, 10.1: its first 32 bytes, the key read backwards)."""
    digits = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    head = bytes(byte ^ digits[index % 16] for index, byte in enumerate(font[:32]))
    return head + font[32:]


def build_font_table(styles: Mapping[str, Any], fonts: Mapping[str, bytes], part: Part, package: Package) -> Element:
    """Build the root of word/fontTable.xml, with the faces that `fonts` holds embedded as parts beside `part`."""
    font = styles["font"]
    faces = []
    for face, element in _ELEMENTS.items():
        file = font["faces"][face]
        if file in fonts:
            key = make_font_key(file)
            name = PackURI(f"/word/fonts/{file.rsplit('.', 1)[0]}.odttf")
            target = Part(name, _OBFUSCATED, obfuscate_font(fonts[file], key), package)
            faces.append(make(element, {"r:id": part.relate_to(target, _FONT), "fontKey": key}))
    return make(
        "w:fonts",
        None,
        make(
            "w:font",
            {"name": font["family"]},
            make_value("w:altName", font["fallback"]),
            make_value("w:charset", "00"),
            make_value("w:family", "swiss"),
            make_value("w:pitch", "variable"),
            faces,
        ),
    )
