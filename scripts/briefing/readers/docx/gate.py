"""Open a Word file from elsewhere: what is no plain Word file is refused, with what it is and what to do."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from briefing.problems import Problem, SourceError
from briefing.writers.docx.xml import Element

MOST_MEMBERS, LARGEST_PART, LARGEST_FILE = 4_000, 60 * 2**20, 200 * 2**20
"""More parts than a Word file of a thousand pages with pictures has; bytes of a part and of a file, as opened."""
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
STRICT = "http://purl.oclc.org/ooxml"
SAVE_AS = "open it in Word and save it as a Word document (.docx)"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_BEGINNINGS = (
    (b"%PDF", "a PDF; send the Word file (.docx) of the note back"),
    (b"\xd0\xcf\x11\xe0", f"a Word file of before 2007 (.doc), or one with a password; take that off, {SAVE_AS}"),
    (b"{\\rtf", f"a text in RTF; {SAVE_AS}"),
    (b"<", f"a web page or bare XML; {SAVE_AS}"),
)
_KINDS = (
    ("mimetype", f"an OpenDocument text (.odt) or a book; {SAVE_AS}"),
    ("xl/workbook.xml", "a spreadsheet; send the Word file (.docx) of the note back"),
    ("ppt/presentation.xml", "a presentation; send the Word file (.docx) of the note back"),
    ("index.xml", f"a document of Pages or Numbers; {SAVE_AS}"),
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part leads to: the last word of its type, and a part or an address outside, which is not followed."""

    kind: str
    target: str
    is_external: bool


class Archive:
    """The parts of a Word file by name, read one by one as they are asked for; `name` is the file as people know it."""

    def __init__(self, name: str, raw: bytes) -> None:
        self.name = name
        self._left = LARGEST_FILE
        self._roots: dict[str, Element] = {}
        self._zip = _open(name, raw)
        self.names = frozenset(self._zip.namelist())
        _check_members(name, self._zip)
        self.types = self._read_types()
        self.main = self._find_main()

    def refuse(self, part: str, message: str, line: int = 1, column: int = 1) -> SourceError:
        """Make the error of a part."""
        return refuse(f"{self.name}/{part}" if part else self.name, message, line, column)

    def parse(self, part: str) -> Element:
        """Parse a part as XML, without entities and without a network; the root of one that was parsed is kept."""
        if part not in self._roots:
            self._roots[part] = self._parse(part)
        return self._roots[part]

    def _parse(self, part: str) -> Element:
        content = self._read(part)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                                 remove_comments=True, remove_pis=True)  # fmt: skip
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            line, column = error.position if error.lineno else (1, 1)
            reason = " ".join((error.msg or "it breaks off").split())
            message = f"this part is no XML that can be read ({reason}); {SAVE_AS}"
            raise self.refuse(part, message, max(line, 1), max(column, 1)) from None
        if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
            raise self.refuse(part, f"this part declares a document type (DTD), which no Word file does; {SAVE_AS}")
        return root

    def _read(self, part: str) -> bytes:
        limit = min(LARGEST_PART, self._left)
        try:
            with self._zip.open(part) as stream:
                content = stream.read(limit + 1)
        except KeyError:
            raise self.refuse(part, f"the file has no such part; it is damaged: {SAVE_AS}") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
            raise self.refuse(part, f"this part is damaged or packed in an unknown way; {SAVE_AS}") from None
        if len(content) > limit:
            raise self.refuse(part, f"this part is larger than {limit // 2**20} MB once opened; no note is so long")
        self._left -= len(content)
        return content

    def list_relationships(self, part: str) -> dict[str, Relationship]:
        """List what a part leads to by the ids that it uses; "" stands for the whole file."""
        folder, _, own = part.rpartition("/")
        name = posixpath.join(folder, "_rels", f"{own}.rels")
        if name not in self.names:
            return {}
        return dict(self._read_relationships(name, folder))

    def _read_relationships(self, name: str, folder: str) -> Iterator[tuple[str, Relationship]]:
        for row in self.parse(name).iterchildren(f"{PACKAGE}Relationship"):
            target, kind = row.get("Target", ""), row.get("Type", "")
            is_external = row.get("TargetMode") == "External"
            if not is_external:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            if kind.startswith(STRICT):
                raise self.refuse(name, f'this file is in the "Strict" form of Word; {SAVE_AS}, not as "Strict"')
            yield row.get("Id", ""), Relationship(kind.rpartition("/")[2], target, is_external)

    def find_part(self, owner: str, kind: str) -> str:
        """Find the part of a kind that a part leads to; nothing where there is none."""
        found = (row for row in self.list_relationships(owner).values() if row.kind == kind and not row.is_external)
        return next((row.target for row in found), "")

    def _read_types(self) -> Mapping[str, str]:
        """Read which content type each part has that says one."""
        if "[Content_Types].xml" not in self.names:
            raise self.refuse("", f"this is no Word file: it does not say what its parts are; {SAVE_AS}")
        rows = self.parse("[Content_Types].xml").iterchildren(f"{TYPES}Override")
        return {row.get("PartName", "").lstrip("/"): row.get("ContentType", "") for row in rows}

    def _find_main(self) -> str:
        """Find the part that holds the text, and refuse what runs."""
        macros = [part for part in self.names if part.casefold().endswith("vbaproject.bin")]
        macros += [part for part, kind in self.types.items() if "macroenabled" in kind.casefold()]
        if macros:
            raise self.refuse("", f"this file holds macros ({sorted(macros)[0]}), which are not taken in; {SAVE_AS}")
        main = self.find_part("", "officeDocument")
        if not main:
            raise self.refuse("", f"this file does not say where its text is; it is damaged: {SAVE_AS}")
        kind = self.types.get(main, _MAIN)
        if kind != _MAIN:
            what = "a template" if "template" in kind else f"of another kind ({kind or 'none is named'})"
            raise self.refuse("", f"this file is {what}, and no Word document; {SAVE_AS}")
        return main


def refuse(file: str, message: str, line: int = 1, column: int = 1) -> SourceError:
    """Make the error of a file that cannot be taken in."""
    return SourceError([Problem(file, line, column, message, "file")])


def _open(name: str, raw: bytes) -> zipfile.ZipFile:
    if not raw:
        raise refuse(name, "this file is empty; ask for it again")
    for beginning, what in _BEGINNINGS:
        if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(beginning):
            raise refuse(name, f"this is {what}")
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError, OSError) as error:
        what = "breaks off, or is damaged" if raw.startswith(b"PK") else "is no Word file (.docx)"
        raise refuse(name, f"this file {what} ({error or 'it cannot be opened'}); ask for it again") from None


def _check_members(name: str, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    for part, what in _KINDS:
        if part in names:
            raise refuse(name, f"this is {what}")
    if len(members) > MOST_MEMBERS:
        raise refuse(name, f"this file has {len(members)} parts, more than any note needs; {SAVE_AS}")
    if twice := sorted({part for part in names if names.count(part) > 1} if len(set(names)) < len(names) else ()):
        raise refuse(name, f"this file has two parts of one name ({twice[0]}); {SAVE_AS}")
    if any(member.flag_bits & 1 for member in members):
        raise refuse(name, f"this file has a password; take it off, {SAVE_AS}")
    if outside := [part for part in names if part.startswith(("/", "\\")) or ".." in part.split("/")]:
        raise refuse(name, f"this file has a part that stands outside of it ({outside[0]}); {SAVE_AS}")
