"""Files that come back from reviewers, made from the notes of the repository, and what importing them gives."""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from briefing.document.nodes import Chart, Document, Heading
from briefing.document.serialization import read_document
from briefing.document.versions import accept
from briefing.document.walking import walk_nodes
from briefing.readers.docx.reader import read_docx
from briefing.redline.documents import explain_plainly, redline
from briefing.steps.compose import make_targets
from briefing.steps.import_file import ImportedFiles, ReturnedFile, Version, import_files, write_bare
from briefing.steps.take_version import make_version
from briefing.writers.docx.writer import write_docx
from support.docx_file import read_styles
from support.editions import read_raw
from support.house import ROOT, read_house_files, read_labels
from support.reviewing import W, WordFile, replace_parts

DAY = "2026-11-27"
TARGETS = make_targets(["en", "fr"], {})
STYLES = (ROOT / "templates/docx.yaml").read_text("utf-8")


def compose(note: str, language: str, raw: Mapping[str, bytes] | None = None) -> Document:
    wanted = [target for target in TARGETS if target.tag == language]
    made = make_version(note, raw or read_raw(note), read_house_files(), wanted)
    return read_document(made[f"{language}.json"].decode("utf-8"))


@functools.cache
def send_out(note: str, language: str = "en") -> bytes:
    """Write the Word file of a note as it stands, without pictures, fonts and pages."""
    return write_out(read_raw(note), note, language)


def write_out(raw: Mapping[str, bytes], note: str = "tiny", language: str = "en") -> bytes:
    """Write the Word file of some sources."""
    return write_bare(compose(note, language, raw), read_labels(language), STYLES)


def send_redline(note: str, changes: Mapping[str, bytes]) -> bytes:
    """Write the redline between a note with some sources changed, which is the old version, and the note as it is."""
    old, new = compose(note, "en", {**read_raw(note), **changes}), compose(note, "en")
    merged = replace(redline(old, new, explain_plainly), versions=("before", "now"))
    charts = [node.image for node in walk_nodes(merged.blocks) if isinstance(node, Chart)]
    images = {f"{name}{old}.{kind}": b"" for name in charts for old in ("", ".old") for kind in ("svg", "png")}
    pages = {block.id: 0 for block in (*merged.blocks, *accept(merged).blocks) if isinstance(block, Heading)}
    pages |= {f"{name}.old": 0 for name in pages}
    return write_docx(merged, read_labels(), images, {}, read_styles(), pages)


def bring_back(
    *files: bytes | tuple[str, bytes],
    note: str = "tiny",
    language: str = "en",
    base: Mapping[str, bytes] | None = None,
    now: Mapping[str, bytes] | None = None,
) -> ImportedFiles:
    """Import files that were made from the sources `base`, into those of `now`; both are the note's as they stand."""
    named = [file if isinstance(file, tuple) else (f"{number}.docx", file) for number, file in enumerate(files, 1)]
    base = base or read_raw(note)
    returned = [ReturnedFile(read_docx(name, raw), language, Version("base", base)) for name, raw in named]
    return import_files(note, now or base, returned, read_house_files(), STYLES, TARGETS, DAY)


def list_kinds(found: ImportedFiles) -> list[str]:
    return [item["kind"] for item in found.proposal["items"]]


def export_again(found: ImportedFiles, base: Mapping[str, bytes], note: str = "tiny", language: str = "en") -> bytes:
    """Write the Word file of the sources once a proposal is accepted."""
    return write_out({**base, **found.changed}, note, language)


def read_texts(raw: bytes) -> list[str]:
    """Read the paragraphs of a Word file, once all changes are accepted, with plain spaces and without version ids."""
    said = [paragraph.text for paragraph in read_docx("x.docx", raw).paragraphs if not paragraph.is_gone]
    return [text for text in (" ".join(re.sub(r"\b[0-9a-f]{12}\b", "", text).split()) for text in said) if text]


def squeeze(texts: Iterable[str]) -> list[str]:
    """Take out what typography puts between marks."""
    return ["".join(text.split()) for text in texts]


def list_uses(file: WordFile) -> list[tuple[Any, int, int]]:
    """List the uses of figures that a file links: their paragraph, and their first and last character in it."""
    found: list[tuple[Any, int, int]] = []
    for part in ("word/document.xml", "word/footnotes.xml"):
        for paragraph in file.root(part).iter(f"{W}p"):
            position, link = 0, None
            for text in paragraph.iter(f"{W}t"):
                size = len(text.text or "")
                over = next(text.iterancestors(f"{W}hyperlink"), None)
                if over is not None and any(style.get(f"{W}val") == "FigureUse" for style in over.iter(f"{W}rStyle")):
                    if over is link:
                        found[-1] = (paragraph, found[-1][1], position + size)
                    else:
                        found.append((paragraph, position, position + size))
                    link = over
                position += size
    return found


def lose_names(raw: bytes, names: Iterable[str] = ("word/document.xml", "word/footnotes.xml")) -> bytes:
    """Take from a file what Google Docs takes: names of bookmarks, styles of runs, our properties."""
    file = WordFile(raw)
    changed: dict[str, bytes | None] = {"docProps/custom.xml": None, "docProps/core.xml": None}
    for name in names:
        root = file.root(name)
        for style in list(root.iter(f"{W}rStyle")):
            style.getparent().remove(style)
        for start in root.iter(f"{W}bookmarkStart"):
            start.set(f"{W}name", f"id.{abs(hash(start.get(f'{W}name'))):x}")
        for link in root.iter(f"{W}hyperlink"):
            if anchor := link.get(f"{W}anchor"):
                link.set(f"{W}anchor", f"id.{abs(hash(anchor)):x}")
        changed[name] = etree.tostring(root)
    links = file.parts["_rels/.rels"]
    changed["_rels/.rels"] = re.sub(rb"<Relationship [^>]*docProps/(?:custom|core)\.xml[^>]*/>", b"", links)
    return replace_parts(raw, changed)
