"""The sample document as a Word file, written once a run, and ways to look into it."""

import functools
import io
import zipfile
from collections.abc import Mapping
from typing import Any

import yaml
from lxml import etree

from briefing.document.nodes import Document, Heading
from briefing.writers.docx.writer import write_docx
from briefing.writers.docx.xml import NAMESPACES, expand_name
from support.documents import make_sample_document, make_sample_images
from support.house import ROOT, make_fonts, read_labels

PAGES = {heading.id: 3 for heading in make_sample_document().blocks if isinstance(heading, Heading)}


@functools.cache
def read_styles() -> dict[str, Any]:
    styles: dict[str, Any] = yaml.safe_load((ROOT / "templates/docx.yaml").read_text(encoding="utf-8"))
    return styles


def write(document: Document, images: Mapping[str, bytes] | None = None) -> bytes:
    return write_docx(document, read_labels(), images or make_sample_images(), make_fonts(), read_styles(), PAGES)


@functools.cache
def write_sample() -> bytes:
    return write(make_sample_document())


def read_package(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


@functools.cache
def read_parts() -> dict[str, bytes]:
    return read_package(write_sample())


def parse(name: str) -> Any:
    return etree.fromstring(read_parts()[name])


def find(root: Any, path: str) -> list[Any]:
    return list(root.xpath(path, namespaces=NAMESPACES))


def find_text(root: Any, path: str) -> str:
    return str(root.xpath(path, namespaces=NAMESPACES))


def find_body() -> Any:
    return find(parse("word/document.xml"), "/w:document/w:body")[0]


def read_text(element: Any) -> str:
    """Read the text below an element, tabs and breaks as spaces, fields by their results, without what holds ranges."""
    parts = [part.text if part.tag == expand_name("w:t") else " " for part in find(element, ".//w:t|.//w:tab|.//w:br")]
    return " ".join("".join(part or "" for part in parts).replace("\N{ZERO WIDTH JOINER}", "").split())


def read_style(paragraph: Any) -> str:
    return find_text(paragraph, "string(w:pPr/w:pStyle/@w:val)")


def find_paragraphs(style: str) -> list[Any]:
    return find(find_body(), f".//w:p[w:pPr/w:pStyle/@w:val='{style}']")


def find_bookmarked(name: str) -> Any:
    return find(find_body(), f".//w:p[w:bookmarkStart/@w:name='{name}']")[0]
