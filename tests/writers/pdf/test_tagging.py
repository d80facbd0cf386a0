"""How a PDF is read aloud: what PDF/UA-1 asks, as `support/pdf_ua.py` reads it, and what the pages cut stays whole."""

import dataclasses
import functools
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
import pypdf
import pytest
from pikepdf import Name

from briefing.document.nodes import Block, Column, Document, Heading, Note, Paragraph, Row, Span, Table, Text
from briefing.document.walking import walk_nodes
from briefing.redline.documents import redline
from briefing.writers.pdf.layout import write_pdf
from support.documents import make_sample_document
from support.house import make_font_folder, read_labels, read_templates
from support.pdf_ua import Tags, find_faults, get_kind
from support.redlines import PAIRS, explain, make_both_images

pytestmark = pytest.mark.layout

ROWS = 40


def make_long_document() -> Document:
    """Make the sample with a table and a paragraph that pages cut, and a note in a cell."""
    sample = make_sample_document()
    rows = tuple(
        Row(f"long-{n}", ((Text(f"Force {n}"),), (Text(str(n)),) if n % 3 else (Text("none"), note)))
        for n, note in ((n, Note(f"cell-{n}", n, (Text(f"The source of row {n} names none."),))) for n in range(ROWS))
    )
    table = Table("long", "", 2, (Text("Many forces"),), (Column("Force", 0.5), Column("Women", 0.5)), rows)
    words = (Text("The forces answer to the ministry in charge of security. " * 60), Span("fr", (Text("la loi"),)))
    added: tuple[Block, ...] = (table, Paragraph("long-text", words))
    place = next(number for number, block in enumerate(sample.blocks) if block.id == "acronyms")
    return dataclasses.replace(sample, blocks=(*sample.blocks[:place], *added, *sample.blocks[place:]))


def lay_out(document: Document) -> bytes:
    images = {name: image for name, image in make_both_images().items() if name.endswith(".svg")}
    files = {"observations.csv": b"indicator,value\n"}
    return write_pdf(document, read_labels(), images, make_font_folder(), read_templates(), files)


@functools.cache
def write_long() -> bytes:
    return lay_out(make_long_document())


@contextmanager
def read_long() -> Iterator[Tags]:
    with pikepdf.open(io.BytesIO(write_long())) as pdf:
        yield Tags(pdf)


def find_pages(tags: Tags, element: Any) -> set[int]:
    """Find the pages on which an element stands."""
    inside = {element.objgen}
    for item in tags.elements:
        above = tags.above[item.objgen]
        if above is not None and above.objgen in inside:
            inside.add(item.objgen)
    return {page for page, _, holder in tags.held if holder.objgen in inside}


def test_what_pdf_ua_asks_and_a_program_sees_is_so() -> None:
    assert find_faults(write_long()) == []


def test_so_it_is_in_a_redline() -> None:
    assert find_faults(lay_out(redline(*PAIRS["a note, back"], explain))) == []


def test_a_table_that_pages_cut_is_one_with_one_head() -> None:
    with read_long() as tags:
        bodies = [body for body in tags.list_kind("TBody") if len(tags.list_below(body)) == ROWS]
        (table,) = (tags.above[body.objgen] for body in bodies)
        assert [get_kind(part) for part in tags.list_below(table)] == ["Caption", "THead", "TBody"]
        pages = sorted(find_pages(tags, table))
        assert len(pages) > 1 and find_pages(tags, tags.list_below(table)[1]) == {pages[0]}


def test_a_paragraph_that_a_page_cuts_is_one() -> None:
    with read_long() as tags:
        assert [number for item in tags.list_kind("P") if (number := len(find_pages(tags, item))) > 1] == [2]


def test_a_sentence_that_the_margin_says_again_is_seen_twice_and_read_aloud_once() -> None:
    def lay_out_with(key: int) -> tuple[bytes, int]:
        text = (Text("The forces answer to nobody. The ministry says so. It is true of all."),)
        content = lay_out(dataclasses.replace(make_sample_document(), blocks=(Paragraph("p", text, key_sentence=key),)))
        assert find_faults(content) == []
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return content, sum(len(list_pieces(element)) for element in Tags(pdf).elements)

    def list_pieces(element: Any) -> list[Any]:
        kids = element.get(Name.K, [])
        return [kid for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) if isinstance(kid, int)]

    content, read = lay_out_with(2)
    seen = " ".join(pypdf.PdfReader(io.BytesIO(content)).pages[1].extract_text().split())
    assert seen.count("The ministry says so.") == 2
    assert read == lay_out_with(0)[1]


def test_passages_in_other_languages_say_which() -> None:
    spans = [node.language for node in walk_nodes(make_long_document().blocks) if isinstance(node, Span)]
    with read_long() as tags:
        assert [str(item.Lang) for item in tags.list_kind("Span")] == spans


def test_each_note_follows_its_mark_in_the_same_paragraph_and_the_two_lead_to_each_other() -> None:
    notes = [node for node in walk_nodes(make_long_document().blocks) if isinstance(node, Note)]
    with read_long() as tags:
        marks = [item for item in tags.list_kind("Reference") if "TOCI" not in tags.list_kinds_around(item)]
        told = tags.list_kind("Note")
        assert len(marks) == len(told) == len(notes) > 10
        assert {str(item.ID) for item in told} == {f"note-{note.id}" for note in notes}
        for mark, note in zip(marks, told, strict=True):
            assert tags.above[mark.objgen] == tags.above[note.objgen]
            there, back = (find_link(tags, element) for element in (mark, tags.list_below(note)[0]))
            assert str(there.Dest) == str(note.ID)
            assert back.Dest[0].objgen == mark_page(tags, mark)


def find_link(tags: Tags, element: Any) -> Any:
    """Find the annotation of a link in an element."""
    (link,) = tags.list_below(element)
    (area,) = (annotation for annotation, holder in tags.areas if holder == link)
    return area


def mark_page(tags: Tags, mark: Any) -> Any:
    (page,) = find_pages(tags, mark)
    return tags.pdf.pages[page].obj.objgen


def test_the_contents_are_a_list_of_links_without_their_leaders() -> None:
    sections = [block for block in make_long_document().blocks if isinstance(block, Heading) and block.level == 1]
    with read_long() as tags:
        items = tags.list_kind("TOCI")
        assert len(items) == len(sections)
        assert all(find_link(tags, reference) for item in items for reference in tags.list_below(item))


def drop_key(kind: str, key: str) -> Callable[[Tags], None]:
    def edit(tags: Tags) -> None:
        del tags.list_kind(kind)[0][key]

    return edit


def rename(kind: str, other: str) -> Callable[[Tags], None]:
    def edit(tags: Tags) -> None:
        tags.list_kind(kind)[0].S = Name(f"/{other}")

    return edit


def lose_first_piece(tags: Tags) -> None:
    tags.list_kind("H1")[0].K = pikepdf.Array()


def lose_character(tags: Tags) -> None:
    for font in tags.pdf.pages[0].Resources.Font.values():
        font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"0065>", b"0000>"))


def widen(tags: Tags) -> None:
    for font in tags.pdf.pages[0].Resources.Font.values():
        font.DescendantFonts[0].W = pikepdf.Array([0, 3000, 2000])


def silence_link(tags: Tags) -> None:
    tags.areas[0][0].Contents = pikepdf.String(" ")


def paint_loosely(tags: Tags) -> None:
    tags.pdf.pages[0].contents_add(b"0 0 10 10 re f")


def cross_languages(tags: Tags) -> None:
    tags.list_kind("Span")[0].Lang = pikepdf.String("français")


FAULTS: dict[str, tuple[str, Callable[[Tags], None]]] = {
    "a file that is not marked": ("7.1", lambda tags: tags.pdf.Root.__delitem__("/MarkInfo")),
    "what says nothing": ("7.1", rename("P", "NonStruct")),
    "a piece in no element": ("7.1 content", lose_first_piece),
    "a shape in no element": ("7.1 content", paint_loosely),
    "a language that is none": ("7.2", cross_languages),
    "an item outside of a list": ("7.2 nesting", rename("L", "Div")),
    "a picture without words": ("7.3", drop_key("Figure", "/Alt")),
    "a heading that skips a level": ("7.4.2", rename("H2", "H3")),
    "a head that heads nothing": ("7.5", drop_key("TH", "/A")),
    "a list that does not say how it counts": ("7.6", drop_key("L", "/A")),
    "a note without a name": ("7.9", drop_key("Note", "/ID")),
    "a link that does not say where it leads": ("7.18", silence_link),
    "a letter that stands for none": ("7.21", lose_character),
    "widths of another font": ("7.21", widen),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_reading_of_rules_sees(name: str) -> None:
    clause, edit = FAULTS[name]
    with read_long() as tags:
        edit(tags)
        stream = io.BytesIO()
        tags.pdf.save(stream)
    assert clause in {fault.partition(":")[0] for fault in find_faults(stream.getvalue())}
