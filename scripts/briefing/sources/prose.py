"""Read prose (CommonMark with figures, citations and fact comments) into blocks of the document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from briefing.document.inlines import merge_texts, quote_sentence, trim_end
from briefing.document.nodes import (
    Block,
    Emphasis,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    Note,
    Paragraph,
    Span,
    Strong,
    Text,
)
from briefing.formats.characters import check_decoded, find_escape
from briefing.formats.stray_markup import find_stray_markup
from briefing.problems import Place, Problem
from briefing.sources.key_points import MATTER
from briefing.sources.parsed_once import parse_line, parse_text
from briefing.sources.prose_syntax import FACTS, HALF_WRITTEN, HEADING_ID, NameResolver, find_surroundings, make_parser

B = TypeVar("B", Heading, Paragraph, List, ListItem)
LINKS, CHART = ("https://", "http://", "mailto:", "#"), "chart:"
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@dataclass
class ProseReader:
    """Reads the prose files of a note in order; footnotes and sections are numbered through all of them."""

    resolver: NameResolver
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    parser: MarkdownIt = field(default_factory=make_parser)
    notes: int = 0
    sections: list[int] = field(default_factory=lambda: [0, 0])
    _file: str = ""
    _lines: list[str] = field(default_factory=list)
    _footnotes: dict[str, SyntaxTreeNode] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _section: str = ""
    _in_heading: bool = False
    _is_matter: bool = False
    _count: int = 0
    _is_line: bool = False

    def read_file(self, file: str, text: str) -> list[Block]:
        """Read one file; what is wrong in it is added to `problems`."""
        self._file, self._lines = file, text.split("\n")
        self._section, self._count, self._used = "", 0, set()
        tree, labels = parse_text(self.parser, text)
        self._footnotes = {
            note.meta["label"]: note
            for block in tree.children
            if block.type == "footnote_block"
            for note in block.children
        }
        blocks: list[Block] = []
        facts, key = (), 0
        for node in tree.children:
            if node.type == "html_block" and (comment := FACTS.fullmatch(node.content)):
                facts, key = tuple(comment[1].split()), int(comment[2] or 0)
            elif node.type != "footnote_block":
                if (block := self._read_block(node, facts)) is not None:
                    blocks.append(self._choose_sentence(block, key) if key else block)
                facts, key = (), 0
        self._report_unused_footnotes(labels)
        return blocks

    def read_line(self, file: str, text: str, place: Place) -> tuple[Inline, ...]:
        """Read one line of prose from a table or a settings file; problems stand at `place`."""
        # A chart is read in the middle of a file, so the file's own state must stay as it is.
        line = ProseReader(self.resolver, self.problems, parser=self.parser)
        line._file, line._is_line = file, True
        inline = parse_line(self.parser, text)
        return line._read_inlines(inline, inline.content, place)

    def _report_unused_footnotes(self, labels: Iterable[str]) -> None:
        for name in labels:
            if name not in self._used:
                line = next((i for i, line in enumerate(self._lines, 1) if line.startswith(f"[^{name}]:")), 1)
                place = Place(self._file, line)
                self.problems.append(
                    place.report(f'the footnote "{name}" is never referred to; remove it or add [^{name}]')
                )

    # --- Blocks ---

    def _read_block(self, node: SyntaxTreeNode, facts: tuple[str, ...]) -> Block | None:
        place = Place(self._file, node.map[0] + 1 if node.map else 1)
        match node.type:
            case "heading":
                return self._read_heading(node, place, facts)
            case "paragraph":
                return self._read_paragraph(node, place, facts)
            case "bullet_list" | "ordered_list":
                return self._read_list(node, place, facts)
            case "html_block":
                advice = "only comments (<!-- F001 -->, <!-- key sentence 2 -->) are read; remove it"
                self._report(place, f"raw HTML has no place in a note; {advice}")
            case other:
                names = {"fence": "a code fence", "code_block": "an indented code block", "hr": "a rule"}
                what = names.get(other, other).replace("_", " ")
                self._report(place, f"{what} has no place in a note; write a paragraph, a list or a heading")
        return None

    def _read_heading(self, node: SyntaxTreeNode, place: Place, facts: tuple[str, ...]) -> Heading:
        level = int(node.tag[1])
        if level > 2:
            self._report(place, "a note has headings of two levels; use # or ##")
        inline = node.children[0]
        found = HEADING_ID.search(inline.content)
        self._in_heading = True
        children = self._read_inlines(inline, inline.content, place)
        self._in_heading = False
        children = trim_end(children, HEADING_ID) if found else children
        if not found:
            self._report(place, "the heading has no id; add one at its end, such as {#justice-reform}")
        self._is_matter = bool(found and found[1] in MATTER) if level == 1 else self._is_matter
        if not self._is_matter:
            self.sections = [self.sections[0] + 1, 0] if level == 1 else [self.sections[0], self.sections[1] + 1]
        number = "" if self._is_matter else ".".join(map(str, self.sections[:level]))
        self._section, self._count = found[1] if found else f"section-{number.replace('.', '-')}", 0
        return self._place(Heading(self._section, level, number, children, facts), place)

    def _read_paragraph(self, node: SyntaxTreeNode, place: Place, facts: tuple[str, ...]) -> Block | None:
        inline = node.children[0]
        if len(inline.children) == 1 and inline.children[0].type == "image":
            source = str(inline.children[0].attrs.get("src", ""))
            if source.startswith(CHART):
                return self.resolver.resolve_chart(source.removeprefix(CHART), place)
        if inline.content.startswith("|"):
            self._report(place, "a table has no place in the text; write its numbers as figures, or draw a chart")
        children = self._read_inlines(inline, inline.content, place)
        return self._place(Paragraph(self._next_id(), children, facts), place)

    def _choose_sentence(self, block: Block, key: int) -> Block:
        if isinstance(block, Paragraph) and quote_sentence(block.children, key):
            return replace(block, key_sentence=key)
        place = self.places.get(block.id, Place(self._file, 1))
        self._report(place, f"there is no sentence {key} here; give the key sentence by its number in a paragraph")
        return block

    def _read_list(self, node: SyntaxTreeNode, place: Place, facts: tuple[str, ...]) -> List:
        name = self._next_id()
        items = []
        for number, item in enumerate(node.children, 1):
            item_place = Place(self._file, item.map[0] + 1 if item.map else place.line)
            item_facts: tuple[str, ...] = ()
            children: tuple[Inline, ...] = ()
            for part in item.children:
                if part.type == "html_block" and (comment := FACTS.fullmatch(part.content)):
                    item_facts = tuple(comment[1].split())
                elif part.type == "paragraph" and not children:
                    children = self._read_inlines(part.children[0], part.children[0].content, item_place)
                else:
                    self._report(item_place, "an item of a list is one paragraph; split it or write prose")
            items.append(self._place(ListItem(f"{name}-{number}", children, item_facts), item_place))
        return self._place(List(name, node.type == "ordered_list", tuple(items), facts), place)

    def _next_id(self) -> str:
        self._count += 1
        return f"{self._section or 'start'}-{self._count}"

    def _place(self, block: B, place: Place) -> B:
        if block.id in self.places:
            self._report(place, f'the id "{block.id}" stands twice; give every heading an id of its own')
        self.places[block.id] = place
        return block

    # --- Inlines ---

    def _read_inlines(self, parent: SyntaxTreeNode, content: str, place: Place) -> tuple[Inline, ...]:
        return merge_texts(
            inline for node in parent.children if (inline := self._read_inline(node, content, place)) is not None
        )

    def _read_inline(self, node: SyntaxTreeNode, content: str, place: Place) -> Inline | None:
        def children() -> tuple[Inline, ...]:
            return self._read_inlines(node, content, place)

        match node.type:
            case "text" | "text_special":
                check = self._check_text if node.type == "text" else self._check_escaped
                check(node.content, content, place)
                return Text(node.content)
            case "softbreak":
                return Text(" ")
            case "hardbreak":
                return LineBreak()
            case "em":
                return Emphasis(children())
            case "strong":
                return Strong(children())
            case "span":
                if not node.attrs.get("lang"):
                    self._report(place, "only a language may stand in braces after a bracket, such as [mot]{lang=fr}")
                return Span(str(node.attrs.get("lang", "")), children())
            case "link":
                return self._read_link(node, children(), self._find(content, place, str(node.attrs.get("href", ""))))
            case "figure":
                return self._read_figure(node, content, self._locate(content, place, node.meta["offset"]))
            case "citation":
                return self._read_citation(node, self._locate(content, place, node.meta["offset"]))
            case "footnote_ref":
                return self._read_note(node.meta["label"], place)
            case "html_inline":
                self._report(
                    self._find(content, place, node.content),
                    f"raw HTML ({node.content}) has no place in a note; write plain text",
                )
            case other:
                advice = "has no place here; use plain text, *emphasis*, links, figures and citations"
                self._report(place, f"{other.replace('_', ' ')} {advice}")
        return None

    def _read_figure(self, node: SyntaxTreeNode, content: str, place: Place) -> Inline | None:
        parts = node.meta["parts"]
        if parts is None:
            wanted = "{{ name }}, {{ name | over 6000 }} or, to begin a sentence, {{ name | over 6000 | capital }}"
            self._report(place, f"{node.content} is not a figure; expected {wanted}")
            return None
        return self.resolver.resolve_figure(parts[1], parts[2] or "", place, find_surroundings(node, content))

    def _read_citation(self, node: SyntaxTreeNode, place: Place) -> Inline | None:
        if None in node.meta["works"]:
            self._report(place, f"{node.content} is not a citation; expected [@key] or [@key, p. 4; @other]")
            return None
        return self.resolver.resolve_citation(node.meta["works"], place)

    def _read_link(self, node: SyntaxTreeNode, children: tuple[Inline, ...], place: Place) -> Inline:
        target = str(node.attrs.get("href", ""))
        if not target.startswith(LINKS):
            self._report(place, f'a link to "{target}" is not allowed; use https, http, mailto or #id')
        return Link(target, children)

    def _read_note(self, label: str, place: Place) -> Inline | None:
        if label in self._used:
            self._report(place, f'the footnote "{label}" is referred to twice; write a second one')
            return None  # a footnote that refers to itself would have no end
        self._used.add(label)
        if f"note-{label}" in self.places:
            self._report(place, f'the footnote "{label}" stands in another file too; give it a label of its own')
        self.places[f"note-{label}"] = place
        self.notes += 1
        number = self.notes
        paragraphs = [node for node in self._footnotes[label].children if node.type == "paragraph"]
        note_place = Place(self._file, paragraphs[0].map[0] + 1 if paragraphs and paragraphs[0].map else place.line)
        if len(paragraphs) != 1:
            self._report(note_place, f'the footnote "{label}" should be one paragraph')
        inline = paragraphs[0].children[0]
        return Note(f"note-{label}", number, self._read_inlines(inline, inline.content, note_place))

    # --- Places ---

    def _report(self, place: Place, message: str) -> None:
        self.problems.append(place.report(message))

    def _check_escaped(self, text: str, content: str, place: Place) -> None:
        for character in set(text) - set(content):
            at = self._locate(content, place, max(find_escape(content, character), 0))
            self.problems.extend(check_decoded(at, character, content))

    def _check_text(self, text: str, content: str, place: Place) -> None:
        self._check_escaped(text, content, place)
        start = max(content.translate(STRAIGHT).find(text.translate(STRAIGHT)), 0)
        for mark, meaning in HALF_WRITTEN.items():
            if mark in text and not (mark == "{#" and self._in_heading and HEADING_ID.search(text)):
                at = self._locate(content, place, start + text.find(mark))
                self._report(at, f'"{mark}" starts {meaning}; close it, define it or remove it')
        for offset, what in find_stray_markup(text):
            self._report(self._locate(content, place, start + offset), what)

    def _find(self, content: str, place: Place, text: str) -> Place:
        return self._locate(content, place, max(content.find(text), 0))

    def _locate(self, content: str, place: Place, offset: int) -> Place:
        """Find the line and column of an offset in a block's content, which has lost its indents and markers."""
        if self._is_line:  # folded and quoted YAML does not tell where in the value something stands
            return place
        before = content[:offset]
        line = place.line + before.count("\n")
        start = before.rfind("\n") + 1
        content_line = content[start:].split("\n", 1)[0]
        source_line = self._lines[line - 1] if line <= len(self._lines) else ""
        indent = max(source_line.find(content_line), 0)
        return Place(place.file, line, indent + offset - start + 1)
