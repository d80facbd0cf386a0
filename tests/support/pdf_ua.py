"""What PDF/UA-1 asks of a file and a program can see, read by pikepdf; each rule under its clause of ISO 14289-1.

Not read: what needs a reader (whether an alternative text is true), and what no note holds (forms, films, formulas,
encryption, optional content, XFA).
"""

import functools
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Name

_PAINTING = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
_INLINE = {"Span", "Link", "Reference", "Note", "Lbl"}
# What an element may hold, and what may hold it; kinds that are not named here are free.
_HOLDS = {
    "Table": {"Caption", "THead", "TBody", "TFoot", "TR"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"Caption", "L", "LI"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"Caption", "TOC", "TOCI"},
    "TOCI": {"Lbl", "Reference", "P", "NonStruct", "TOC"},
    **{kind: _INLINE | {"Figure", "Form"} for kind in ("P", "H1", "H2", "H3", "H4", "H5", "H6", "Link", "Note")},
}
_STANDS_IN = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}
_KINDS = {*_HOLDS, *_STANDS_IN, *_INLINE, "Document", "Part", "Sect", "Div", "Caption", "Figure"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


class Tags:
    """The structure tree of a file: elements in the order of reading, and where each stands."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        self.elements: list[Any] = []
        self.above: dict[Any, Any] = {}
        self.held: list[tuple[int, int, Any]] = []  # page, number there, element
        self.areas: list[tuple[Any, Any]] = []  # annotation, element
        root = pdf.Root.get("/StructTreeRoot")
        if root is not None and "/K" in root:
            for kid in _list_kids(root):
                self._read(kid, None)

    def _read(self, element: Any, above: Any) -> None:
        self.elements.append(element)
        self.above[element.objgen] = above
        for kid in _list_kids(element):
            if isinstance(kid, int):
                self.held.append((self.pages[element.Pg.objgen], kid, element))
            elif kid.get("/Type") == Name.MCR:
                self.held.append((self.pages[kid.Pg.objgen], int(kid.MCID), element))
            elif kid.get("/Type") == Name.OBJR:
                self.areas.append((kid.Obj, element))
            else:
                self._read(kid, element)

    def list_kind(self, *kinds: str) -> list[Any]:
        """List the elements of some kinds."""
        return [element for element in self.elements if get_kind(element) in kinds]

    def list_below(self, element: Any) -> list[Any]:
        """List the elements right below one."""
        return [kid for kid in _list_kids(element) if not isinstance(kid, int) and "/S" in kid]

    def list_kinds_around(self, element: Any) -> list[str]:
        """List the kinds of the elements around one, the nearest first."""
        kinds = []
        while (element := self.above[element.objgen]) is not None:
            kinds.append(get_kind(element))
        return kinds


def get_kind(element: Any) -> str:
    """Give the kind of an element, such as "P"."""
    return str(element.S)[1:]


def _list_kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


Rule = Callable[[Tags], Iterator[str]]
_RULES: dict[str, Rule] = {}


def _rule(clause: str) -> Callable[[Rule], Rule]:
    def keep(rule: Rule) -> Rule:
        _RULES[clause] = rule
        return rule

    return keep


def find_faults(content: bytes) -> list[str]:
    """Find what a PDF has against PDF/UA-1, each as `clause: what is wrong`."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tags = Tags(pdf)
        return [f"{clause}: {fault}" for clause, rule in _RULES.items() for fault in rule(tags)]


@_rule("5")
def _says_that_it_conforms(tags: Tags) -> Iterator[str]:
    with tags.pdf.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "the metadata do not say PDF/UA-1"


@_rule("7.1")
def _is_tagged_with_a_title(tags: Tags) -> Iterator[str]:
    root = tags.pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked") or not tags.elements:
        yield "the file is not tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "viewers are not told to show the title"
    with tags.pdf.open_metadata() as metadata:
        if not metadata.get("dc:title"):
            yield "the metadata hold no title"
    for kind in sorted({get_kind(element) for element in tags.elements} - _KINDS):
        yield f"{kind} is no kind of element, or says nothing"


@_rule("7.1 content")
def _all_content_is_tagged_or_an_artefact(tags: Tags) -> Iterator[str]:
    held = Counter((page, number) for page, number, _ in tags.held)
    for (page, number), times in held.items():
        if times > 1:
            yield f"page {page + 1}: piece {number} is read {times} times"
    for page, marked, loose in _read_pages(tags.pdf):
        yield from (f"page {page + 1}: {what}" for what in loose)
        expected = {number for place, number in held if place == page}
        yield from (f"page {page + 1}: piece {number} stands in no element" for number in sorted(marked - expected))
        yield from (f"page {page + 1}: piece {number} is not there" for number in sorted(expected - marked))


def _read_pages(pdf: pikepdf.Pdf) -> Iterator[tuple[int, set[int], list[str]]]:
    """Read which numbered pieces a page has, and what of it is painted outside of those and of artefacts."""
    for page, content in enumerate(pdf.pages):
        marked: set[int] = set()
        loose: list[str] = []
        stack: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(content):
            name = str(operator)
            if name in ("BDC", "BMC"):
                number = operands[1].get("/MCID") if name == "BDC" else None
                kind = "artefact" if operands[0] == Name.Artifact else "plain" if number is None else "tagged"
                if {kind, *stack} >= {"artefact", "tagged"} or (kind == "tagged" and "tagged" in stack):
                    loose.append(f"a piece stands in another ({', '.join([*stack, kind])})")
                stack.append(kind)
                marked |= {int(number)} if number is not None else set()
            elif name == "EMC":
                stack.pop()
            elif name in _PAINTING and not {"artefact", "tagged"} & {*stack}:
                loose.append(f"what {name} paints is neither tagged nor an artefact")
        yield page, marked, loose


@_rule("7.1 parent tree")
def _pages_and_annotations_lead_to_their_elements(tags: Tags) -> Iterator[str]:
    root = tags.pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    tree = pikepdf.NumberTree(root.ParentTree)
    for page, number, element in tags.held:
        if tree[int(tags.pdf.pages[page].StructParents)][number] != element:
            yield f"page {page + 1}: piece {number} leads to another element"
    for annotation, element in tags.areas:
        if tree[int(annotation.StructParent)] != element:
            yield "an annotation leads to another element"


@_rule("7.2")
def _languages_are_named(tags: Tags) -> Iterator[str]:
    languages = [tags.pdf.Root.get("/Lang", ""), *(item.Lang for item in tags.elements if "/Lang" in item)]
    yield from (f"{str(text)!r} names no language" for text in languages if not _LANGUAGE.fullmatch(str(text)))


@_rule("7.2 nesting")
def _elements_stand_where_they_may(tags: Tags) -> Iterator[str]:
    for element in tags.elements:
        kind, above = get_kind(element), tags.above[element.objgen]
        around = get_kind(above) if above is not None else ""
        if kind not in _HOLDS.get(around, {kind}) or around not in _STANDS_IN.get(kind, {around}):
            yield f"{kind} stands in {around}"


@_rule("7.2 tables")
def _rows_are_equally_long(tags: Tags) -> Iterator[str]:
    for table in tags.list_kind("Table"):
        parts = tags.list_below(table)
        kinds = [get_kind(part) for part in parts]
        if kinds.count("THead") > 1 or "Caption" in kinds[1:-1]:
            yield f"a table is made of {', '.join(kinds)}"
        rows = [row for part in parts for row in ([part] if get_kind(part) == "TR" else tags.list_below(part))]
        spans = [sum(int(cell.get("/A", {}).get("/ColSpan", 1)) for cell in tags.list_below(row)) for row in rows]
        # The rows of a caption are none.
        if len({span for span in spans if span}) > 1:
            yield f"a table has rows of {sorted({*spans})} columns"


@_rule("7.3")
def _figures_have_alternatives(tags: Tags) -> Iterator[str]:
    for figure in tags.list_kind("Figure"):
        if not str(figure.get("/Alt", "")).strip():
            yield "a figure has no alternative text"
        box = [float(value) for value in figure.get("/A", {}).get("/BBox", [0, 0, 0, 0])]
        sheet = [float(value) for value in tags.pdf.pages[tags.pages[figure.Pg.objgen]].MediaBox]
        if not (sheet[0] <= box[0] < box[2] <= sheet[2] + 1 and sheet[1] <= box[1] < box[3] <= sheet[3] + 1):
            yield f"a figure stands at {box}, on a page of {sheet}"


@_rule("7.4.2")
def _headings_skip_no_level(tags: Tags) -> Iterator[str]:
    last = 0
    for kind in (get_kind(element) for element in tags.elements if re.fullmatch("/H[1-6]", str(element.S))):
        if int(kind[1]) > last + 1:
            yield f"{kind} follows a heading of level {last}"
        last = int(kind[1])


@_rule("7.5")
def _cells_have_heads(tags: Tags) -> Iterator[str]:
    known = {str(head.ID) for head in tags.list_kind("TH") if "/ID" in head}
    for cell in tags.list_kind("TH", "TD"):
        attributes = cell.get("/A", {})
        heads = {str(name) for name in attributes.get("/Headers", [])}
        if heads - known:
            yield f"a cell has heads that are not there: {', '.join(sorted(heads - known))}"
        if get_kind(cell) == "TH" and "/Scope" not in attributes:
            yield "a head does not say what it heads"
        if get_kind(cell) == "TD" and not heads and "THead" not in tags.list_kinds_around(cell):
            yield "a cell does not say what heads it"


@_rule("7.6")
def _lists_say_how_they_count(tags: Tags) -> Iterator[str]:
    for element in tags.list_kind("L"):
        numbering = element.get("/A", {}).get("/ListNumbering")
        labels = any(get_kind(part) == "Lbl" for item in tags.list_below(element) for part in tags.list_below(item))
        if numbering is None or labels == (numbering == Name("/None")):
            yield f"a list of numbering {numbering} has {'labels' if labels else 'no labels'}"


@_rule("7.9")
def _notes_have_names(tags: Tags) -> Iterator[str]:
    names = Counter(str(item.get("/ID", "")) for item in tags.elements if "/ID" in item or get_kind(item) == "Note")
    yield from (f"{times} elements are called {name!r}" for name, times in names.items() if times > 1 or not name)
    root = tags.pdf.Root.get("/StructTreeRoot", {})
    listed = {*pikepdf.NameTree(root.IDTree)} if "/IDTree" in root else set()
    if {*names} - {""} != listed:
        yield "the names of elements are not those that the tree of names lists"


@_rule("7.11")
def _attached_files_have_names(tags: Tags) -> Iterator[str]:
    for name, file in tags.pdf.attachments.items():
        if not {"/F", "/UF"} <= {*file.obj.keys()}:
            yield f"the attached file {name} lacks a name"


@_rule("7.18")
def _annotations_are_read(tags: Tags) -> Iterator[str]:
    read = {annotation.objgen: element for annotation, element in tags.areas}
    for number, page in enumerate(tags.pdf.pages, 1):
        annotations = list(page.get("/Annots", []))
        if annotations and page.get("/Tabs") != Name.S:
            yield f"page {number}: links do not follow the order of reading"
        for annotation in annotations:
            element = read.get(annotation.objgen)
            if element is None or get_kind(element) != "Link":
                yield f"page {number}: a link stands in no Link"
            if not str(annotation.get("/Contents", "")).strip():
                yield f"page {number}: a link does not say where it leads"


@_rule("7.21")
def _printed_characters_are_known(tags: Tags) -> Iterator[str]:
    used: dict[Any, set[int]] = {}
    fonts: dict[Any, Any] = {}
    for content in _list_contents(tags.pdf):
        for operands, operator in pikepdf.parse_content_stream(content, "Tf Tj TJ ' \""):
            if str(operator) == "Tf":
                font = content.Resources.Font[operands[0]]
                fonts[font.objgen] = font
            else:
                texts = operands[0] if str(operator) == "TJ" else operands[-1:]
                for text in (bytes(item) for item in texts if isinstance(item, pikepdf.String)):
                    codes = {int.from_bytes(text[place : place + 2], "big") for place in range(0, len(text), 2)}
                    used.setdefault(font.objgen, set()).update(codes)
    for key, codes in used.items():
        yield from _check_font(fonts[key], codes)


def _list_contents(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """List what holds text: pages, and the drawings that they show."""
    yield from (page.obj for page in pdf.pages)
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == Name.Form:
            yield item


def _check_font(font: Any, codes: set[int]) -> Iterator[str]:
    name = str(font.BaseFont)
    (cut,) = font.DescendantFonts
    program = cut.FontDescriptor.get("/FontFile2")
    if program is None or font.get("/Encoding") != Name("/Identity-H") or cut.get("/CIDToGIDMap") != Name.Identity:
        yield f"{name} is not embedded, or not as its glyphs are counted"
        return
    known, widths = _read_characters(font.ToUnicode.read_bytes()), _read_widths(cut.W)
    advances, scale = _read_advances(program.read_bytes())
    for code in sorted(codes):
        if not known.get(code, "").strip("\0\ufeff\ufffe") or code == 0:
            yield f"{name}: glyph {code} is printed, and stands for no character"
        elif code >= len(advances) or abs(widths.get(code, 1000) - advances[code] * 1000 / scale) > 1:
            yield f"{name}: glyph {code} is not as wide as the file says"


@functools.cache
def _read_characters(table: bytes) -> dict[int, str]:
    pairs = re.findall(rb"^<([0-9a-f]{4})> <([0-9a-f]+)>$", table, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _read_widths(table: Any) -> dict[int, float]:
    widths: dict[int, float] = {}
    place = 0
    while place < len(table):
        first, second = int(table[place]), table[place + 1]
        if isinstance(second, pikepdf.Array):
            widths |= {first + number: float(width) for number, width in enumerate(second)}
            place += 2
        else:
            widths |= dict.fromkeys(range(first, int(second) + 1), float(table[place + 2]))
            place += 3
    return widths


@functools.cache
def _read_advances(program: bytes) -> tuple[list[int], int]:
    face = TTFont(io.BytesIO(program))
    return [face["hmtx"][glyph][0] for glyph in face.getGlyphOrder()], face["head"].unitsPerEm


def read_aloud(content: bytes, left_out: str = "") -> str:
    """Read a PDF as its tags order it, its pieces parted by spaces; without what is in the language `left_out`."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tags = Tags(pdf)
        pieces = [_read_pieces(page) for page in pdf.pages]
        said = []
        for page, number, element in tags.held:
            around: Any = element
            while around is not None and "/Lang" not in around:
                around = tags.above[around.objgen]
            if around is None or str(around.Lang) != left_out:
                said.append(pieces[page][number])
        return re.sub(" +", " ", " ".join(said))


def _read_pieces(page: pikepdf.Page) -> dict[int, str]:
    """Read the text of each numbered piece of a page."""
    pieces: dict[int, str] = {}
    stack: list[int | None] = []
    known: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                number = operands[1].get("/MCID") if str(operator) == "BDC" else None
                stack.append(None if number is None else int(number))
                pieces.update({} if number is None else {int(number): ""})
            case "EMC":
                stack.pop()
            case "Tf":
                known = _read_characters(page.Resources.Font[operands[0]].ToUnicode.read_bytes())
            case "TJ" if stack and (own := stack[-1]) is not None:
                for text in (bytes(item) for item in operands[0] if isinstance(item, pikepdf.String)):
                    codes = (int.from_bytes(text[place : place + 2], "big") for place in range(0, len(text), 2))
                    pieces[own] += "".join(known[code] for code in codes)
    return pieces
