"""Edit Word files as reviewers do, tracked or not, in their XML: words, paragraphs, comments."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from lxml import etree

from briefing.writers.docx.xml import expand_name, make

W = expand_name("w:p").removesuffix("p")
DATE = "2026-11-20T09:30:00Z"
COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
TO_THREADS = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
TO_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


class WordFile:
    """A Word file that is being edited; `author` is who tracks the edits, "" for one who does not."""

    def __init__(self, raw: bytes, author: str = "") -> None:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.roots: dict[str, Any] = {}
        self.author = author
        self.number = 90_000

    def root(self, part: str = "word/document.xml") -> Any:
        if part not in self.roots:
            self.roots[part] = etree.fromstring(self.parts[part])
        return self.roots[part]

    def save(self) -> bytes:
        stream = io.BytesIO()
        changed = {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8") for name, root in self.roots.items()
        }
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {**self.parts, **changed}.items():
                archive.writestr(name, content)
        return stream.getvalue()

    # --- Finding ---

    def find(self, bookmark: str, part: str = "word/document.xml") -> Any:
        """Find the paragraph in which a bookmark begins."""
        (start,) = self.root(part).xpath(f"//w:bookmarkStart[@w:name='{bookmark}']", namespaces={"w": W[1:-1]})
        return next(start.iterancestors(f"{W}p"))

    def read(self, paragraph: Any) -> str:
        return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))

    def stamp(self) -> dict[str, object]:
        self.number += 1
        return {"id": self.number, "author": self.author, "date": DATE}

    # --- Words ---

    def replace(self, paragraph: Any, old: str, new: str, inside: bool = False) -> None:
        """Put words in the place of others (either may be empty: then `old` says after what `new` is put in)."""
        start = self.read(paragraph).index(old)
        self.edit(paragraph, start, start + len(old), new, inside)

    def insert_after(self, paragraph: Any, words: str, new: str) -> None:
        end = self.read(paragraph).index(words) + len(words)
        self.edit(paragraph, end, end, new)

    def edit(self, paragraph: Any, start: int, end: int, new: str, inside: bool = False) -> None:
        """Replace the characters from `start` to `end`; `inside` types into the link in which they stand."""
        self._cut(paragraph, start)
        self._cut(paragraph, end)
        position, gone, before = 0, [], None
        for run in [text.getparent() for text in paragraph.iter(f"{W}t")]:
            size = len(run.find(f"{W}t").text or "")
            if size and start <= position < end:
                gone.append(run)
            elif position + size <= start:
                before = run
            position += size
        anchor = gone[0] if gone else before
        for run in gone:
            if self.author:
                run.find(f"{W}t").tag = f"{W}delText"
                wrapped = make("w:del", self.stamp())
                run.addprevious(wrapped)
                wrapped.append(run)
        if new:
            typed = make("w:r", None, make("w:t", {"xml:space": "preserve"}, new))
            if (look := None if anchor is None else anchor.find(f"{W}rPr")) is not None:
                typed.insert(0, copy.deepcopy(look))
            typed = make("w:ins", self.stamp(), [typed]) if self.author else typed
            spot = anchor
            while spot is not None and spot.getparent() is not paragraph:
                if inside and spot.getparent().tag == f"{W}hyperlink":
                    break
                spot = spot.getparent()
            first = next((child for child in paragraph if child.tag in (f"{W}r", f"{W}hyperlink", f"{W}ins")), None)
            if spot is not None:
                spot.addnext(typed)
            elif first is not None:
                first.addprevious(typed)
            else:
                paragraph.append(typed)
        if not self.author:
            for run in gone:
                run.getparent().remove(run)

    def _cut(self, paragraph: Any, offset: int) -> None:
        """Cut the run in which an offset stands into two."""
        position = 0
        for text in list(paragraph.iter(f"{W}t")):
            words = text.text or ""
            if position < offset < position + len(words):
                run = text.getparent()
                rest = copy.deepcopy(run)
                text.text, rest.find(f"{W}t").text = words[: offset - position], words[offset - position :]
                for part in (text, rest.find(f"{W}t")):
                    part.set(expand_name("xml:space"), "preserve")
                run.addnext(rest)
                return
            position += len(words)

    # --- Paragraphs ---

    def add(self, after: Any, words: str, style: str = "BodyText") -> Any:
        """Add a paragraph after another."""
        paragraph = make("w:p", None, make("w:pPr", None, make("w:pStyle", {"val": style})))
        after.addnext(paragraph)
        run = make("w:r", None, make("w:t", {"xml:space": "preserve"}, words))
        paragraph.append(make("w:ins", self.stamp(), [run]) if self.author else run)
        self._mark_end(paragraph, "w:ins")
        return paragraph

    def remove(self, paragraph: Any) -> None:
        """Take a paragraph out."""
        if not self.author:
            paragraph.getparent().remove(paragraph)
            return
        self.edit(paragraph, 0, len(self.read(paragraph)), "")
        for mark in [*paragraph.iter(f"{W}footnoteReference")]:
            wrapped = make("w:del", self.stamp())
            mark.getparent().addprevious(wrapped)
            wrapped.append(mark.getparent())
        self._mark_end(paragraph, "w:del")

    def split(self, paragraph: Any, before: str) -> None:
        """Make two paragraphs of one, the second of which begins with some words."""
        offset = self.read(paragraph).index(before)
        self._cut(paragraph, offset)
        second = make("w:p", None, copy.deepcopy(paragraph.find(f"{W}pPr")))
        position, moved = 0, []
        for child in list(paragraph):
            if child.tag == f"{W}pPr":
                continue
            if position >= offset:
                moved.append(child)
            position += sum(len(text.text or "") for text in child.iter(f"{W}t"))
        second.extend(moved)
        paragraph.addnext(second)
        self._mark_end(paragraph, "w:ins")

    def merge(self, paragraph: Any) -> None:
        """Join a paragraph with the next one, with a space between."""
        self.edit(paragraph, len(self.read(paragraph)), len(self.read(paragraph)), " ")
        if self.author:
            self._mark_end(paragraph, "w:del")
            return
        following = paragraph.getnext()
        paragraph.extend([child for child in following if child.tag != f"{W}pPr"])
        following.getparent().remove(following)

    def move(self, paragraph: Any, after: Any) -> None:
        """Move a paragraph behind another."""
        if self.author:
            copied = copy.deepcopy(paragraph)
            self.remove(paragraph)
            for start in [*copied.iter(f"{W}bookmarkStart"), *copied.iter(f"{W}bookmarkEnd")]:
                start.getparent().remove(start)
            for run in [run for run in copied.iter(f"{W}r") if run.getparent() is copied]:
                wrapped = make("w:ins", self.stamp())
                run.addprevious(wrapped)
                wrapped.append(run)
            self._mark_end(copied, "w:ins")
            paragraph = copied
        after.addnext(paragraph)

    def _mark_end(self, paragraph: Any, tag: str) -> None:
        if self.author:
            settings = paragraph.find(f"{W}pPr")
            look = settings.find(f"{W}rPr")
            if look is None:
                look = make("w:rPr")
                settings.append(look)
            look.insert(0, make(tag, self.stamp()))

    # --- Rows of tables ---

    def add_row(self, after: Any, cells: Sequence[str]) -> None:
        """Add a row after the one in which a paragraph stands, as programs do: it looks the same."""
        row = next(after.iterancestors(f"{W}tr"))
        fresh = copy.deepcopy(row)
        for mark in [*fresh.iter(f"{W}bookmarkStart"), *fresh.iter(f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        row.addnext(fresh)
        for cell, words in zip(fresh.iter(f"{W}tc"), cells, strict=True):
            paragraph = next(cell.iter(f"{W}p"))
            for child in [child for child in paragraph if child.tag != f"{W}pPr"]:
                paragraph.remove(child)
            self.edit(paragraph, 0, 0, words)

    def remove_row(self, paragraph: Any) -> None:
        """Take out the row in which a paragraph stands."""
        row = next(paragraph.iterancestors(f"{W}tr"))
        if not self.author:
            row.getparent().remove(row)
            return
        for each in list(row.iter(f"{W}p")):
            self.remove(each)

    # --- Comments ---

    def comment(self, paragraph: Any, words: str, said: str, author: str = "Ada") -> None:
        """Put a comment on some words."""
        name = "word/comments.xml"
        if name not in self.parts:
            self.parts[name] = etree.tostring(make("w:comments"))
            types = self.root("[Content_Types].xml")
            row = etree.SubElement(types, types.tag.replace("Types", "Override"))
            row.set("PartName", f"/{name}")
            row.set("ContentType", COMMENTS)
            links = self.root("word/_rels/document.xml.rels")
            row = etree.SubElement(links, links.tag.replace("Relationships", "Relationship"))
            for key, value in {"Id": "rIdComments", "Type": TO_COMMENTS, "Target": "comments.xml"}.items():
                row.set(key, value)
        self.number += 1
        mark = {"id": self.number}
        text = make("w:p", None, make("w:r", None, make("w:t", None, said)))
        self.root(name).append(make("w:comment", {**mark, "author": author, "date": DATE}, text))
        start = self.read(paragraph).index(words)
        self._cut(paragraph, start)
        self._cut(paragraph, start + len(words))
        position = 0
        for run in [text.getparent() for text in paragraph.iter(f"{W}t")]:
            spot = run
            while spot.getparent() is not paragraph:
                spot = spot.getparent()
            if position == start:
                spot.addprevious(make("w:commentRangeStart", mark))
            position += len(run.find(f"{W}t").text or "")
            if position == start + len(words):
                spot.addnext(make("w:commentRangeEnd", mark))
                spot.getnext().addnext(make("w:r", None, make("w:commentReference", mark)))
                break

    def thread(self, parents: Sequence[int | None], done: Collection[int] = ()) -> None:
        """Make answers of comments: of each, in their order, the number of the one that it answers."""
        w14, w15 = (f"http://schemas.microsoft.com/office/word/{tail}" for tail in ("2010/wordml", "2012/wordml"))
        root = etree.Element(f"{{{w15}}}commentsEx", nsmap={"w15": w15})
        for number, (row, parent) in enumerate(zip(self.root("word/comments.xml"), parents, strict=True)):
            row.find(f"{W}p").set(f"{{{w14}}}paraId", f"{number:08}")
            said = {"paraId": f"{number:08}", "done": f"{int(number in done)}"}
            said |= {} if parent is None else {"paraIdParent": f"{parent:08}"}
            etree.SubElement(root, f"{{{w15}}}commentEx", {f"{{{w15}}}{name}": value for name, value in said.items()})
        self.parts["word/commentsExtended.xml"] = etree.tostring(root)
        links = self.root("word/_rels/document.xml.rels")
        row = etree.SubElement(links, links[0].tag, Id="rIdEx", Target="commentsExtended.xml", Type=TO_THREADS)


def replace_parts(raw: bytes, changes: Mapping[str, bytes | None], stored: bool = False) -> bytes:
    """Give a Word file with some parts changed, added or (None) left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {**{name: archive.read(name) for name in archive.namelist()}, **changes}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content)
    return stream.getvalue()
