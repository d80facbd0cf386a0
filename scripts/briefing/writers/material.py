"""What a format is made from; every writer takes the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from briefing.document.nodes import Document
from briefing.writers import FORMATS


@dataclass(frozen=True, slots=True)
class Sibling:
    """A file beside that which is written: its name for readers, its address, and its language if that is another."""

    name: str
    address: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """A document, or a redline, with all that stands around its text.

    `images` holds `<name>.svg` and `<name>.png` of each picture, `fonts` the faces by file name, which also stand in
    `font_folder` beside their fonts.conf; `templates` the texts of those that the format names. `list_attachments`
    gives the files that a format may carry, `siblings` those that it may lead to. `pages` has the page of each heading
    of the Word file by its id, where they were measured before.
    """

    document: Document
    labels: Mapping[str, str]
    images: Mapping[str, bytes]
    fonts: Mapping[str, bytes]
    font_folder: str
    templates: Mapping[str, str]
    list_attachments: Callable[[], Mapping[str, bytes]] = dict
    pages: Mapping[str, int] | None = None
    siblings: Sequence[Sibling] = ()


def list_templates(kind: str, redline: bool = False) -> list[str]:
    """List the templates of a format, by name below templates/, or those of its redlines."""
    room = import_module(f"briefing.writers.{FORMATS[kind]}")
    return [*room.TEMPLATES, *(room.REDLINE_TEMPLATES if redline else ())]


def write_format(kind: str, material: Material) -> bytes:
    """Write a document in a format; only the modules of that format are loaded."""
    written: bytes = import_module(f"briefing.writers.{FORMATS[kind]}.format").write(material)
    return written
