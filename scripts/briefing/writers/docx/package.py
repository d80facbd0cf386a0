"""Put the parts of a Word file together, and write them so that the same parts always give the same bytes."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.numbers import get_decimal_symbol
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.coreprops import CoreProperties
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from briefing.document.nodes import Document, Metadata
from briefing.writers.docx.change_log import build_comments
from briefing.writers.docx.fonts import build_font_table
from briefing.writers.docx.footnotes import build_footnotes, make_footnote_settings
from briefing.writers.docx.identity import CONTENT_TYPE as IDENTITY
from briefing.writers.docx.identity import RELATIONSHIP as TO_IDENTITY
from briefing.writers.docx.identity import build_identity
from briefing.writers.docx.numbering import build_numbering
from briefing.writers.docx.section import build_footer, build_header, make_section
from briefing.writers.docx.story import Story, WordSpot
from briefing.writers.docx.styles import build_styles, find_language
from briefing.writers.docx.theme import build_theme
from briefing.writers.docx.xml import Element, make, make_flag, make_value, serialize

# Which colours of the theme are those of grounds and of text: the usual ones.
_SCHEME = {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"}
_SCHEME |= {f"accent{number}": f"accent{number}" for number in range(1, 7)}
_SCHEME |= {"hyperlink": "hyperlink", "followedHyperlink": "followedHyperlink"}

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every member of the archive: the first that ZIP can hold."""


class _ElementPart(Part):
    """A part that holds an XML tree until the package is written."""

    def __init__(self, name: str, content_type: str, root: Element, package: Package) -> None:
        super().__init__(PackURI(name), content_type, package=package)
        self.root = root

    @property
    def blob(self) -> bytes:
        """Give the part as XML."""
        return serialize(self.root)


@dataclass(frozen=True)
class Draft:
    """A package in the making: the parts that hold text, and the body that fills up."""

    package: Package
    document: Part
    footnotes: _ElementPart
    body: Element


def start_package() -> Draft:
    """Start a package with an empty body."""
    package = Package()
    body = make("w:body")
    root = make("w:document", None, body)
    document = _ElementPart("/word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN, root, package)
    package.relate_to(document, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    footnotes = _ElementPart("/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, make("w:footnotes"), package)
    return Draft(package, document, footnotes, body)


def finish_package(draft: Draft, story: Story, fonts: Mapping[str, bytes], written: Document) -> bytes:
    """Add the parts that stand beside the body, and write the package; `written` is the document that was asked for."""
    styles, language = story.styles, story.document.metadata.language
    draft.footnotes.root = build_footnotes(WordSpot(story, draft.footnotes))
    draft.document.relate_to(draft.footnotes, RELATIONSHIP_TYPE.FOOTNOTES)
    _relate(draft, "styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, build_styles(styles, language))
    _relate(draft, "theme/theme1", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME, build_theme(styles))
    numbering = build_numbering(styles, story.ordered_lists)
    _relate(draft, "numbering", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, numbering)
    settings = _make_settings(styles, language, bool(fonts))
    _relate(draft, "settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, settings)
    _relate_fonts(draft, styles, fonts)
    metadata, labels = story.document.metadata, story.labels
    place = WordSpot(story, draft.document)
    running = build_header(metadata, place)
    header = _relate(draft, "header1", CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER, running)
    running = build_footer(metadata, labels, place)
    footer = _relate(draft, "footer1", CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER, running)
    running = build_footer(metadata, labels, place, labels["return_file"])
    first = _relate(draft, "footer2", CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER, running)
    if story.changes.comments:
        comments = build_comments(story.changes)
        _relate(draft, "comments", CONTENT_TYPE.WML_COMMENTS, RELATIONSHIP_TYPE.COMMENTS, comments)
    if story.cover is not None:
        story.cover.extend(list(make_section(styles, first)))
    draft.body.append(make_section(styles, footer, header))
    _describe(draft.package, story.document.metadata, styles)
    identity = build_identity(written, story.changes.comments)
    part = _ElementPart("/docProps/custom.xml", IDENTITY, identity, draft.package)
    draft.package.relate_to(part, TO_IDENTITY)
    stream = io.BytesIO()
    draft.package.save(stream)
    return _fix_archive(stream.getvalue())


def _relate(draft: Draft, name: str, content_type: str, relationship: str, root: Element) -> str:
    """Make a part under word/ and relate the document to it."""
    part = _ElementPart(f"/word/{name}.xml", content_type, root, draft.package)
    return draft.document.relate_to(part, relationship)


def _relate_fonts(draft: Draft, styles: Mapping[str, Any], fonts: Mapping[str, bytes]) -> None:
    """Make the font table, which leads to the fonts."""
    name = "/word/fontTable.xml"
    part = _ElementPart(name, CONTENT_TYPE.WML_FONT_TABLE, make("w:fonts"), draft.package)
    part.root = build_font_table(styles, fonts, part, draft.package)
    draft.document.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _make_settings(styles: Mapping[str, Any], language: str, embeds: bool) -> Element:
    """Make the root of word/settings.xml; nothing in it asks Word to update fields."""
    word = "http://schemas.microsoft.com/office/word"
    mode = {"name": "compatibilityMode", "uri": word, "val": 15}
    tag = find_language(styles, language)
    decimal = get_decimal_symbol(language.replace("-", "_"))
    return make(
        "w:settings",
        None,
        make("w:zoom", {"percent": 100}),
        make_flag("w:embedTrueTypeFonts") if embeds else None,
        make_value("w:defaultTabStop", 720),
        make_value("w:characterSpacingControl", "doNotCompress"),
        make_footnote_settings(),
        make("w:compat", None, make("w:compatSetting", mode)),
        make("w:themeFontLang", {"val": tag}),
        make("w:clrSchemeMapping", _SCHEME),
        make_value("w:decimalSymbol", decimal),
        make_value("w:listSeparator", ";" if decimal == "," else ","),
    )


def _describe(package: Package, metadata: Metadata, styles: Mapping[str, Any]) -> None:
    """Set the properties by which the file is found and filed; its dates are those of the edition."""
    issued = datetime.datetime.fromisoformat(metadata.issued).replace(tzinfo=datetime.UTC)
    properties: CoreProperties = package.core_properties
    texts = {
        "title": metadata.title,
        "subject": metadata.subtitle or metadata.series,
        "keywords": ", ".join(metadata.keywords),
        "description": metadata.description,
        "category": metadata.series,
    }
    for name, text in texts.items():
        # OOXML sets no limit; the setters of python-docx stop at 255 characters.
        getattr(properties._element, f"get_or_add_{name}")().text = text
    properties.author = metadata.publisher
    properties.last_modified_by = metadata.publisher
    properties.language = find_language(styles, metadata.language)
    properties.identifier = metadata.version
    properties.version = metadata.edition
    properties.created = properties.modified = issued


def _fix_archive(archive: bytes) -> bytes:
    """Write an archive again, with nothing in it that depends on the day or the machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as made, zipfile.ZipFile(stream, "w") as fixed:
        for name in made.namelist():
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.create_system = 0
            member.external_attr = 0
            member.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(member, made.read(name), compresslevel=9)
    return stream.getvalue()
