"""Files that are no Word file, or a bad one: each is refused in a sentence that says what it is."""

import functools
import io
import zipfile
from collections.abc import Callable

import pytest

from briefing.problems import SourceError
from briefing.readers.docx import gate
from briefing.readers.docx.reader import read_docx
from briefing.writers.docx.xml import NAMESPACES
from support.docx_file import write_sample
from support.reviewing import replace_parts

W, OFFICE = NAMESPACES["w"], NAMESPACES["r"]
MAIN, RELS, TYPES, NOTES = (
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
    "word/footnotes.xml",
)
NO_XML, DOCTYPE = "this part is no XML", "declares a document type"
MAIN_TYPE = "wordprocessingml.document.main"
TO_MAIN = 'Target="word/document.xml"'
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


@functools.cache
def read_part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(write_sample())) as archive:
        return archive.read(name)


def change(name: str, old: str, new: str) -> bytes:
    content = read_part(name).decode()
    assert old in content
    return replace_parts(write_sample(), {name: content.replace(old, new).encode()})


def put(name: str, content: bytes | str | None) -> bytes:
    return replace_parts(write_sample(), {name: content.encode() if isinstance(content, str) else content})


def zip_parts(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


def zip_twice() -> bytes:
    stream = io.BytesIO(write_sample())
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(MAIN, "<x/>")
    return stream.getvalue()


def set_password() -> bytes:
    raw = bytearray(write_sample())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(sign)
        while at >= 0:
            raw[at + place] |= 1
            at = raw.find(sign, at + 4)
    return bytes(raw)


def spoil(part: str) -> bytes:
    """Change a byte of what a part is packed into."""
    raw = bytearray(write_sample())
    with zipfile.ZipFile(io.BytesIO(write_sample())) as archive:
        info = archive.getinfo(part)
    at = info.header_offset + 30 + len(part) + info.compress_size // 2
    raw[at] ^= 0xFF
    return bytes(raw)


def pack_otherwise() -> bytes:
    raw = bytearray(write_sample())
    at = raw.find(b"PK\x01\x02")
    while at >= 0:
        raw[at + 10] = 99
        at = raw.find(b"PK\x01\x02", at + 4)
    return bytes(raw)


def wrap(body: str, encoding: str = "utf-8", before: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    return put(MAIN, f'{head}{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode(encoding))


def bomb(size: int) -> bytes:
    return wrap("<w:p><w:r><w:t>" + " " * size + "</w:t></w:r></w:p>")


def lead_outside(kind: str, target: str) -> bytes:
    row = f'<Relationship Id="rIdOut" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    return change(RELS, "</Relationships>", f"{row}</Relationships>")


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "is empty"),
    "spaces": (lambda: b"   \n", "is no Word file"),
    "text": (lambda: b"The guards", "is no Word file"),
    "pdf": (lambda: b"%PDF-1.7 ...", "this is a PDF"),
    "old word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "before 2007"),
    "rtf": (lambda: b"{\\rtf1 x}", "a text in RTF"),
    "web page": (lambda: b"<!doctype html><p>x", "a web page or bare XML"),
    "web page with a mark": (lambda: b"\xef\xbb\xbf\n<html>", "a web page or bare XML"),
    "flat xml": (lambda: b'<?xml version="1.0"?><pkg:package/>', "a web page or bare XML"),
    "image": (lambda: b"\x89PNG\r\n\x1a\n", "is no Word file"),
    "binary": (lambda: bytes(range(256)), "is no Word file"),
    "nulls": (lambda: b"\0" * 4096, "is no Word file"),
    "odt": (lambda: zip_parts("mimetype", "content.xml"), "an OpenDocument text"),
    "sheet": (lambda: zip_parts("xl/workbook.xml", TYPES), "a spreadsheet"),
    "slides": (lambda: zip_parts("ppt/presentation.xml", TYPES), "a presentation"),
    "pages": (lambda: zip_parts("index.xml"), "a document of Pages"),
    "plain zip": (lambda: zip_parts("a.txt"), "does not say what its parts are"),
    "empty zip": (lambda: zip_parts(), "does not say what its parts are"),
    "only the beginning": (lambda: write_sample()[:2000], "breaks off, or is damaged"),
    "only the end": (lambda: write_sample()[-900:], ""),
    "half": (lambda: write_sample()[: len(write_sample()) // 2], "breaks off, or is damaged"),
    "last byte off": (lambda: write_sample()[:-1], "breaks off, or is damaged"),
    "text spoilt": (lambda: spoil(MAIN), "damaged or packed in an unknown way"),
    "styles spoilt": (lambda: spoil("word/styles.xml"), "damaged or packed in an unknown way"),
    "packed otherwise": (pack_otherwise, "damaged or packed in an unknown way"),
    "password": (set_password, "has a password"),
    "one name twice": (zip_twice, "two parts of one name"),
    "part outside": (lambda: put("../../etc/passwd", "x"), "stands outside of it"),
    "part at the root": (lambda: put("/etc/passwd", "x"), "stands outside of it"),
    "many parts": (
        lambda: zip_parts(*(f"word/{n}.xml" for n in range(gate.MOST_MEMBERS + 1))),
        "more than any note needs",
    ),
    "macros": (lambda: put("word/vbaProject.bin", b"x"), "holds macros"),
    "macros by type": (lambda: change(TYPES, MAIN_TYPE, "wordprocessingml.macroEnabled.main"), "macros"),
    "macros elsewhere": (lambda: put("custom/VBAPROJECT.BIN", b"x"), "holds macros"),
    "template": (lambda: change(TYPES, MAIN_TYPE, "wordprocessingml.template.main"), "a template"),
    "other main type": (lambda: change(TYPES, MAIN_TYPE, "wordprocessingml.other.main"), "of another kind"),
    "strict": (lambda: change("_rels/.rels", OFFICE, f"{gate.STRICT}/officeDocument/relationships"), '"Strict"'),
    "no types": (lambda: put(TYPES, None), "does not say what its parts are"),
    "types broken": (lambda: put(TYPES, "<Types"), NO_XML),
    "no relationships": (lambda: put("_rels/.rels", None), "does not say where its text is"),
    "relationships broken": (lambda: put("_rels/.rels", "<Relationships><"), NO_XML),
    "main external": (
        lambda: change("_rels/.rels", TO_MAIN, 'TargetMode="External" Target="http://x"'),
        "does not say where",
    ),
    "main missing": (lambda: put(MAIN, None), "the file has no such part"),
    "main elsewhere": (lambda: change("_rels/.rels", TO_MAIN, 'Target="../../x.xml"'), "the file has no such part"),
    "main empty": (lambda: put(MAIN, ""), NO_XML),
    "main cut": (lambda: put(MAIN, read_part(MAIN)[:900]), NO_XML),
    "main text": (lambda: put(MAIN, "The guards"), NO_XML),
    "main unclosed": (lambda: wrap("<w:p>"), NO_XML),
    "main other root": (lambda: put(MAIN, "<x/>"), "holds no text of a Word document"),
    "main without a body": (lambda: put(MAIN, f'<w:document xmlns:w="{W}"/>'), "holds no text of a Word document"),
    "main in another namespace": (lambda: put(MAIN, '<document xmlns="urn:x"><body/></document>'), "holds no text"),
    "unknown prefix": (lambda: wrap("<q:p/>"), NO_XML),
    "a null in the text": (lambda: put(MAIN, read_part(MAIN).replace(b"Mali", b"M\0li")), NO_XML),
    "wrong encoding": (lambda: put(MAIN, b'<?xml version="1.0" encoding="utf-8"?><x>\xff\xfe</x>'), NO_XML),
    "unknown encoding": (lambda: put(MAIN, '<?xml version="1.0" encoding="klingon"?><x/>'), NO_XML),
    "unknown entity": (lambda: wrap("<w:p>&nbsp;</w:p>"), NO_XML),
    "doctype": (lambda: wrap("", before="<!DOCTYPE w:document>"), DOCTYPE),
    "doctype in utf-16": (lambda: wrap("", "utf-16", "<!DOCTYPE w:document>"), DOCTYPE),
    "entity of a file": (
        lambda: wrap("<w:p>&a;</w:p>", before='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        DOCTYPE,
    ),
    "entity of the web": (lambda: wrap("", before='<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), DOCTYPE),
    "entities in entities": (lambda: wrap("<w:p>&j;</w:p>", before=f"{ENTITIES}]>"), ""),
    "doctype in styles": (lambda: put("word/styles.xml", "<!DOCTYPE x><x/>"), DOCTYPE),
    "doctype in relationships": (lambda: put(RELS, "<!DOCTYPE x><x/>"), DOCTYPE),
    "footnotes missing": (lambda: put(NOTES, None), "the file has no such part"),
    "footnotes not related": (
        lambda: change(RELS, "/footnotes", "/other"),
        "refers to a footnote, and the file has none",
    ),
    "footnote missing": (
        lambda: put(NOTES, f'<w:footnotes xmlns:w="{W}"/>'),
        'the text of the footnote "1" is missing',
    ),
    "footnotes broken": (lambda: put(NOTES, "<w:footnotes"), NO_XML),
    "core broken": (lambda: put("docProps/core.xml", "<x"), NO_XML),
    "properties broken": (lambda: put("docProps/custom.xml", "&"), NO_XML),
    "very deep": (lambda: wrap("<w:p>" * 5000 + "</w:p>" * 5000), NO_XML),
    "a long name": (lambda: wrap(f"<w:{'p' * 200_000}/>"), ""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_with_what_it_is(name: str) -> None:
    make, words = REFUSED[name]
    try:
        read_docx("reviewed.docx", make())
    except SourceError as error:
        (problem,) = error.problems
        assert words in problem.message and problem.file.startswith("reviewed.docx") and problem.line >= 1
        assert problem.kind == "file" and "lxml" not in problem.message
    else:
        assert words == "", "it was read"


def test_there_are_sixty_bad_files_and_more() -> None:
    assert len(REFUSED) >= 60


def test_a_bomb_is_opened_no_further_than_the_largest_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "LARGEST_PART", 2**20)
    with pytest.raises(SourceError, match="larger than 1 MB once opened"):
        read_docx("reviewed.docx", bomb(2**21))
    assert read_docx("reviewed.docx", bomb(2**19)).paragraphs


def test_bombs_in_many_parts_are_opened_no_further_than_the_largest_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "LARGEST_FILE", 2**19)
    with pytest.raises(SourceError, match="once opened"):
        read_docx("reviewed.docx", bomb(2**20))


def test_a_bomb_in_a_picture_is_not_opened() -> None:
    assert read_docx("reviewed.docx", put("word/media/bomb.png", b"\0" * 2**22)).leftovers == ()


def test_more_paragraphs_than_any_note_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.readers.docx.paragraphs.MOST_PARAGRAPHS", 50)
    cell = "<w:tc><w:p/></w:tc>"
    with pytest.raises(SourceError, match="more than 50 paragraphs"):
        read_docx("reviewed.docx", wrap(f"<w:tbl>{f'<w:tr>{cell * 10}</w:tr>' * 10}</w:tbl>"))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "file:///etc/passwd"),
        ("image", "http://127.0.0.1:9/spy.png"),
        ("oleObject", "\\\\\\\\server\\\\share"),
        ("frame", "http://127.0.0.1:9/"),
        ("subDocument", "file:///other.docx"),
    ],
)
def test_what_leads_outside_is_listed_and_not_followed(kind: str, target: str) -> None:
    (leftover,) = read_docx("reviewed.docx", lead_outside(kind, target)).leftovers
    assert kind in leftover.kind and leftover.text == target


def test_tables_in_tables_are_read_once() -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    reading = read_docx("reviewed.docx", wrap(f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"))
    assert [paragraph.text for paragraph in reading.paragraphs].count("inner") == 1
