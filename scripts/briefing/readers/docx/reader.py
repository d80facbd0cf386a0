"""Read a Word file as a whole: body, footnotes, headers and footers, comments, properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.readers.docx.comments import read_comments
from briefing.readers.docx.gate import SAVE_AS, Archive
from briefing.readers.docx.paragraphs import PartReader
from briefing.readers.docx.reading import BODY, NOTE, RUNNING, FilePlace, Leftover, WordReading
from briefing.readers.docx.wordml import W, list_notes, name_element
from briefing.writers.docx.identity import PREFIX

_CORE = {"identifier": "version", "language": "language", "title": "title", "version": "edition"}
_INNOCENT = ("hyperlink",)
"""What a part may lead to outside without a word, as addresses in the text do."""


def read_docx(name: str, raw: bytes) -> WordReading:
    """Read a Word file from its bytes, or say in a `SourceError` what the file is or where it is broken.

    Nothing in it is run or fetched: what it leads to outside is listed among the leftovers.
    """
    archive = Archive(name, raw)
    root = archive.parse(archive.main)
    body = root.find(f"{W}body") if root.tag == f"{W}document" else None
    if body is None:
        raise archive.refuse(archive.main, f"this part holds no text of a Word document; it is damaged: {SAVE_AS}")
    styles = _read_styles(archive)
    reader = PartReader(archive, archive.main, styles)
    reader.read(body, FilePlace(BODY))
    readers = [reader, *_read_notes(archive, reader, styles)]
    for kind in ("header", "footer"):
        targets = {row.target for row in reader.relationships.values() if row.kind == kind and not row.is_external}
        for part in sorted(targets):
            running = PartReader(archive, part, styles)
            running.read(archive.parse(part), FilePlace(RUNNING))
            readers.append(running)
    ranges = {key: value for one in readers for key, value in one.comments.items()}
    return WordReading(
        name,
        tuple(paragraph for one in readers for paragraph in one.paragraphs),
        read_comments(archive, ranges),
        (*(leftover for one in readers for leftover in one.leftovers), *_list_outside(archive, readers)),
        _read_properties(archive),
    )


def _read_notes(archive: Archive, body: PartReader, styles: Mapping[str, str]) -> Iterator[PartReader]:
    """Read footnotes and endnotes in the order of their marks; programs number them as they like."""
    count = len(body.paragraphs)
    for kind in ("footnote", "endnote"):
        wanted = [key for name, key in body.notes if name == kind]
        part = archive.find_part(archive.main, f"{kind}s") if wanted else ""
        if wanted and not part:
            raise archive.refuse(archive.main, f"this part refers to a {kind}, and the file has none; {SAVE_AS}")
        if not part:
            continue
        found = dict(list_notes(archive.parse(part)))
        reader = PartReader(archive, part, styles, count)
        for key in dict.fromkeys(wanted):
            if key not in found:
                raise archive.refuse(part, f'the text of the {kind} "{key}" is missing; {SAVE_AS}')
            reader.read(found[key], FilePlace(NOTE, note=body.notes.index((kind, key)) + 1))
        count += len(reader.paragraphs)
        yield reader


def _read_styles(archive: Archive) -> dict[str, str]:
    """Read what each style is called, by its id; programs rename ids, and keep the names of those that Word knows."""
    part = archive.find_part(archive.main, "styles")
    if not part:
        return {}
    named = ((style, style.find(f"{W}name")) for style in archive.parse(part).iterchildren(f"{W}style"))
    return {style.get(f"{W}styleId", ""): name.get(f"{W}val", "").lower() for style, name in named if name is not None}


def _read_properties(archive: Archive) -> dict[str, str]:
    """Read the properties that say which document a file holds."""
    read: dict[str, str] = {}
    if core := archive.find_part("", "core-properties"):
        for element in archive.parse(core):
            if (name := name_element(element)) in _CORE:
                read[_CORE[name]] = (element.text or "").strip()
    if custom := archive.find_part("", "custom-properties"):
        for element in archive.parse(custom):
            name = element.get("name", "")
            if name.startswith(PREFIX):
                read[name.removeprefix(PREFIX)] = "".join(str(text) for text in element.itertext()).strip()
    return read


def _list_outside(archive: Archive, readers: list[PartReader]) -> Iterator[Leftover]:
    """List what the parts lead to outside of the file, and what they carry that is none of a note's."""
    owners = {"", *(reader.part for reader in readers), archive.find_part(archive.main, "settings")}
    for owner in sorted(owners):
        for row in archive.list_relationships(owner).values():
            if row.is_external and row.kind not in _INNOCENT:
                yield Leftover(f"a link to a file outside ({row.kind})", row.target, owner or "the file")
            elif row.kind in ("package", "oleObject", "control", "aFChunk"):
                yield Leftover("an embedded object", row.target, owner or "the file")
