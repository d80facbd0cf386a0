"""Read the text of a note back from what was handed out, in each format by other means than wrote it.

Texts come as one string without white space, hyphens and bullets, which the formats set each in their own way; what is
on every page (headers, footers) and the page numbers of the contents are left out, and footnotes are given apart.
"""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Hyphens may come and go at the ends of lines; the minus sign and the dash of intervals may not.
UNSET = re.compile("[\\s\u00ad\u2010\u2011\u200b\u200d\u2060•-]+")


@dataclass(frozen=True)
class Reading:
    """The text of a note and of its footnotes; its contents entry by entry, and the header rows of its tables."""

    body: str
    notes: tuple[str, ...]
    contents: tuple[str, ...] = ()
    contents_title: str = ""
    heads: frozenset[str] = frozenset()


def squeeze(text: str) -> str:
    """Drop what the setting of a text may change."""
    return UNSET.sub("", text)


# --- HTML --------------------------------------------------------------------------------------------------------

_TEXTS = {"h1", "h2", "h3", "h4", "p", "li", "th", "td", "figcaption"}


def read_html(page: str, heading_numbers: bool, paper: str = "") -> Reading:
    """Read a page, its contents where paper has them, or what of it stands on `paper` ("docx", "pdf"): no table of all
    figures beside that of computations, no ways back to the contents, and contents that list sections only. A PDF has
    no head over acronyms, which stand in columns.

    DOCX numbers its headings by lists, so that their numbers can be left out here too.
    """
    root = lxml.html.document_fromstring(page)
    left_out = ("popover", "role='img'", "class='siblings'", "id='back'")
    paths = [*(f"//*[@{name}]" for name in left_out), "//*[contains(@class,'skip')]"]
    paths += ["/html/body/footer", "//script", "//style", "//details[table[@class='figures']]/summary"]
    if paper == "pdf":
        paths += ["//table[@class='acronyms']/thead"]
    if paper:
        paths += ["//p[@class='return']", "//nav[@id='contents']//ol//ol"]
        paths += ["//details[table[@class='figures']][//table[@class='computations']]"]
    for path in paths:
        for element in root.xpath(path):
            element.drop_tree()
    for front, contents in zip(root.xpath("//div[@class='front']"), root.xpath("//nav[@id='contents']"), strict=False):
        front.addnext(contents)
    if not heading_numbers:
        for element in root.xpath("//*[self::h2 or self::h3]/span[@class='number']"):
            element.drop_tree()
    notes = []
    for section in root.xpath("//section[@class='footnotes']"):
        for back in section.xpath(".//a[starts-with(@href,'#mark-')]"):
            back.drop_tree()
        notes = [squeeze(item.text_content()) for item in section.xpath(".//li")]
        section.drop_tree()
    title = "".join(squeeze(heading.text_content()) for heading in root.xpath("//nav[@id='contents']//h2"))
    contents = tuple(squeeze(link.text_content()) for link in root.xpath("//nav[@id='contents']//a"))
    heads = frozenset(squeeze(row.text_content()) for row in root.xpath("//thead/tr"))
    body = "".join(squeeze(text) for text in _walk_html(root.find("body")))
    return Reading(body, tuple(notes), contents, title, heads)


def _walk_html(element: Any) -> Iterator[str]:
    inner = [child for child in element.iter() if child is not element and child.tag in {*_TEXTS, "ol", "ul", "table"}]
    if element.tag in _TEXTS and not inner:
        yield element.text_content()
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _walk_html(child)
        yield child.tail or ""


# --- Markdown ----------------------------------------------------------------------------------------------------


def render_markdown(text: str) -> str:
    """Show Markdown as GitHub does, as a page, without its front matter."""
    reader = MarkdownIt("gfm-like", {"linkify": False, "html": True}).use(footnote_plugin).use(front_matter_plugin)
    return f"<html><body>{reader.render(text)}</body></html>"


def read_markdown(text: str) -> Reading:
    """Read Markdown by way of the page that it shows; the marks of its footnotes are numbers, as elsewhere.

    The point between the two dates of the masthead is set by the style sheet in other formats.
    """
    root = lxml.html.document_fromstring(render_markdown(text).replace(" · ", " ", 1))
    for back in root.xpath("//a[@class='footnote-backref']"):
        back.drop_tree()
    for mark in root.xpath("//sup[@class='footnote-ref']/a"):
        mark.text = mark.text.strip("[]")
    notes = [squeeze(item.text_content()) for item in root.xpath("//section[@class='footnotes']//li")]
    for section in root.xpath("//section[@class='footnotes'] | //hr[@class='footnotes-sep']"):
        section.drop_tree()
    heads = frozenset(squeeze(row.text_content()) for row in root.xpath("//thead/tr"))
    return Reading(squeeze(root.body.text_content()), tuple(notes), heads=heads)


# --- DOCX --------------------------------------------------------------------------------------------------------


def read_docx(content: bytes) -> Reading:
    """Read the parts of a Word file, without the pages that its contents names."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    body = lxml.etree.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    notes = []
    if "word/footnotes.xml" in archive.namelist():
        found = lxml.etree.fromstring(archive.read("word/footnotes.xml"))
        texts = [note for note in found if note.get(f"{W}type") in (None, "normal")]
        notes = [squeeze("".join(_walk_docx(note))) for note in texts]
    return Reading(squeeze("".join(_walk_docx(body))), tuple(notes))


def _walk_docx(root: Any) -> Iterator[str]:
    """Yield runs of text in order; of fields, what they show, but for page references."""
    marks = 0
    fields: list[list[str]] = []  # of each open field: its instruction, and whether its result has begun
    for element in root.iter():
        match element.tag.removeprefix(W):
            case "fldChar" if element.get(f"{W}fldCharType") == "begin":
                fields.append(["", ""])
            case "fldChar" if element.get(f"{W}fldCharType") == "separate":
                fields[-1][1] = "result"
            case "fldChar":
                fields.pop()
            case "instrText" if fields:
                fields[-1][0] += element.text or ""
            case "t" if not any("PAGEREF" in instruction for instruction, _ in fields):
                yield element.text or ""
            case "footnoteReference":
                marks += 1
                yield str(marks)


# --- PDF ---------------------------------------------------------------------------------------------------------


def read_pdf(path: Path, html: Reading, keys: Iterable[str] = ()) -> Reading:
    """Read a PDF with pdftotext, page by page, in the order in which it was written.

    What is looked for at the start of a page (header rows that are repeated) and in the contents is known from the
    page in HTML; `keys` are the sentences that margins say again, which are left out there.
    """
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"]
    pages = subprocess.run(command, capture_output=True, text=True, check=True).stdout.rstrip("\f").split("\f")
    body: list[str] = []
    notes: list[str] = []
    seen: set[str] = set()
    for page in pages:
        lines = [line for line in page.split("\n") if not re.fullmatch(r"[\s•–]*|\d{0,2}\.", line)]
        assert re.search(r"page \d+ (of|sur) \d+$", lines[-1]), lines[-1]
        # Only the first page has no header; where there is one, it is written just before the footer.
        lines = lines[: -1 if page is pages[0] else -2]
        for key in keys:
            lines = _drop_lines(lines, squeeze(key))
        # A table that goes on over a page says its header row again; where it begins, the row is its first.
        head = squeeze(lines[0])
        lines = lines[head in html.heads & seen :]
        seen |= {squeeze(line) for line in lines}
        starts = _find_notes(lines, len(notes) + 1)
        ends = [*starts[1:], len(lines)][: len(starts)]
        notes += [
            squeeze(" ".join(lines[start:end]).split(". ", 1)[1]) for start, end in zip(starts, ends, strict=True)
        ]
        body += lines[: starts[0] if starts else len(lines)]
    return Reading(_drop_pages(squeeze("\n".join(body)), html), tuple(notes))


def _drop_lines(lines: list[str], text: str) -> list[str]:
    """Drop the lines that say a text and nothing else, where there are such."""
    for start in range(len(lines)):
        for end in range(start + 1, len(lines)):
            said = squeeze("".join(lines[start:end]))
            if said == text:
                return lines[:start] + lines[end:]
            if not text.startswith(said):
                break
    return lines


def _find_notes(lines: list[str], number: int) -> list[int]:
    """Find the lines at which the footnotes of a page begin: they stand last, and are numbered on."""
    starts: list[int] = []
    for position, line in enumerate(lines):
        if line.startswith(f"{number + len(starts)}. "):
            starts.append(position)
    return starts


def _drop_pages(body: str, html: Reading) -> str:
    """Drop the page number after each entry of the contents."""
    contents, title = html.contents, html.contents_title
    place = body.index(title + contents[0]) + len(title) if contents else 0
    for entry, following in zip(contents, [*contents[1:], contents[0]], strict=True):
        assert body.startswith(entry, place), (entry, body[place : place + 60])
        place += len(entry)
        found = re.compile(rf"\d{{1,3}}(?={re.escape(following)})").match(body, place)
        assert found, (entry, body[place : place + 60])
        body = body[:place] + body[found.end() :]
    return body


def show_difference(one: str, other: str) -> str:
    """Show where two texts part, with what stands around it; nothing if they are the same."""
    if one == other:
        return ""
    pairs = zip(one, other, strict=False)
    place = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    start = max(place - 60, 0)
    return f"at {place}: …{one[start : place + 80]}… against …{other[start : place + 80]}…"
