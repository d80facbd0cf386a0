"""Make elements of Word's XML, with the prefixes that the standard uses and lengths in the units that it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
Child: TypeAlias = "Element | str | Iterable[Element] | None"

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "op": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_DECLARED = {prefix: address for prefix, address in NAMESPACES.items() if prefix != "xml"}


def expand_name(name: str) -> str:
    """Turn a prefixed name (`w:p`) into lxml's form, with the namespace in braces."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def make(name: str, attributes: Mapping[str, object] | None = None, *children: Child) -> Element:
    """Make an element with prefixed name and attributes; text, elements and iterables of elements go into it in order.

    An attribute of a `w:` element needs no prefix: WordprocessingML qualifies every attribute, the drawing ones none.
    """
    qualify = "w:" if name.startswith("w:") else ""
    element = etree.Element(expand_name(name), nsmap=_DECLARED)
    for key, value in (attributes or {}).items():
        key = key if ":" in key else qualify + key
        element.set(expand_name(key) if ":" in key else key, _write_value(value))
    for child in children:
        if isinstance(child, str):
            element.text = (element.text or "") + child
        elif isinstance(child, etree._Element):
            element.append(child)
        elif child is not None:
            element.extend(list(child))
    return element


def _write_value(value: object) -> str:
    """Write an attribute's value; truth as Word writes it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def make_flag(name: str, state: bool = True) -> Element:
    """Make an on/off property; on is the bare element."""
    return make(name) if state else make(name, {"val": False})


def make_value(name: str, value: object) -> Element:
    """Make a property that is one `w:val`."""
    return make(name, {"val": value})


def measure_twips(points: float) -> int:
    """Turn points into twentieths of a point."""
    return round(points * 20)


def measure_millimetres(millimetres: float) -> int:
    """Turn millimetres into twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def measure_emu(millimetres: float) -> int:
    """Turn millimetres into English metric units, which drawings are measured in."""
    return round(millimetres * 36000)


def serialize(root: Element) -> bytes:
    """Write a part's root element as a whole XML file."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r", "w14"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
