"""What a Word file says, whoever wrote it: words before and after, who changed them, comments, what is no text."""

import functools
import time
from typing import Any

import pytest

from briefing.readers.docx.reader import read_docx
from briefing.readers.docx.reading import CELL, DELETED, INSERTED, KEPT, MARK, NOTE, FileParagraph, WordReading
from briefing.writers.docx.xml import NAMESPACES
from support.docx_file import write_sample
from support.reviewing import DATE, WordFile, replace_parts

W = NAMESPACES["w"]
SHELL = f'<w:document xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" ' \
        f'xmlns:mc="{NAMESPACES["mc"]}" xmlns:a="{NAMESPACES["a"]}"><w:body>{{}}</w:body></w:document>'  # fmt: skip


BOX = "<w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent>"


@functools.cache
def read_sample() -> WordReading:
    return read_docx("sample.docx", write_sample())


def read_body(body: str) -> WordReading:
    return read_docx("x.docx", replace_parts(write_sample(), {"word/document.xml": SHELL.format(body).encode()}))


def write_run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def track(tag: str, content: str, author: str = "Ada") -> str:
    return f'<w:{tag} w:id="1" w:author="{author}" w:date="{DATE}">{content}</w:{tag}>'


def end(tag: str) -> str:
    return f"<w:pPr><w:rPr>{track(tag, '')}</w:rPr></w:pPr>"


def list_texts(reading: WordReading) -> list[str]:
    return [paragraph.text for paragraph in reading.paragraphs if not paragraph.is_gone]


def test_a_file_of_ours_says_which_document_it_holds_and_has_nothing_left_over() -> None:
    reading = read_sample()
    assert reading.properties["note"] == "mali" and len(reading.properties["document"]) == 64
    assert reading.comments == () and reading.leftovers == ()
    assert {piece.state for paragraph in reading.paragraphs for piece in paragraph.pieces} == {KEPT}


def test_footnotes_are_read_in_the_order_of_their_marks_and_numbers_by_their_links() -> None:
    notes = [paragraph for paragraph in read_sample().paragraphs if paragraph.place.where == NOTE]
    marks = sum(paragraph.text.count(MARK) for paragraph in read_sample().paragraphs)
    assert [note.place.note for note in notes] == list(range(1, marks + 1)) and marks
    anchors = {piece.anchor for paragraph in read_sample().paragraphs for piece in paragraph.pieces}
    assert any(anchor.startswith("figure_") for anchor in anchors) and any(a.startswith("ref_") for a in anchors)


def test_cells_know_their_table_row_and_place() -> None:
    cells = [paragraph.place for paragraph in read_sample().paragraphs if paragraph.place.where == CELL]
    assert len({(cell.table, cell.row, cell.cell) for cell in cells}) > 20 and min(cell.table for cell in cells) == 1


def test_words_are_kept_put_in_or_taken_out_by_somebody() -> None:
    body = f"<w:p>{write_run('a ')}{track('del', write_run('b', 'delText'))}{track('ins', write_run('c'), 'Bo')}</w:p>"
    (paragraph, *_) = read_body(body).paragraphs
    assert [(p.text, p.state, p.stamp.author) for p in paragraph.pieces] == [
        ("a ", KEPT, ""), ("b", DELETED, "Ada"), ("c", INSERTED, "Bo")]  # fmt: skip
    assert paragraph.text == "a c" and paragraph.pieces[1].stamp.date == DATE


def test_what_one_put_in_and_another_took_out_is_out() -> None:
    body = f"<w:p>{write_run('a')}{track('ins', track('del', write_run('b', 'delText')))}</w:p>"
    assert list_texts(read_body(body))[0] == "a"


def test_a_paragraph_whose_end_is_taken_out_is_one_with_the_next_and_keeps_both_bookmarks() -> None:
    marks = [f'<w:bookmarkStart w:id="{n}" w:name="b{n}"/>' for n in (1, 2)]
    reading = read_body(f"<w:p>{end('del')}{marks[0]}{write_run('a')}</w:p><w:p>{marks[1]}{write_run('b')}</w:p>")
    assert reading.paragraphs[0].text == "ab" and reading.paragraphs[0].bookmarks == ("b1", "b2")


def test_a_paragraph_that_is_taken_out_whole_is_gone_and_leaves_the_next_its_own_bookmark() -> None:
    gone = track("del", write_run("a", "delText"))
    marks = [f'<w:bookmarkStart w:id="{n}" w:name="b{n}"/>' for n in (1, 2)]
    reading = read_body(f"<w:p>{end('del')}{marks[0]}{gone}</w:p><w:p>{marks[1]}{write_run('b')}</w:p>")
    first, second = reading.paragraphs[:2]
    assert first.is_gone and first.bookmarks == ("b1",) and (second.text, second.bookmarks) == ("b", ("b2",))


def test_a_split_names_who_made_it_and_moves_are_a_coming_and_a_going() -> None:
    body = f"<w:p>{end('ins')}{write_run('a')}</w:p><w:p>{track('moveTo', write_run('b'))}</w:p>"
    first, second, *_ = read_body(body).paragraphs
    assert first.end.author == "Ada" and second.pieces[0].state == INSERTED


def test_rows_that_are_taken_out_are_gone_with_their_words() -> None:
    row = "<w:tr>{}<w:tc><w:p>{}</w:p></w:tc></w:tr>"
    kept, gone = row.format("", write_run("a")), row.format(f"<w:trPr>{track('del', '')}</w:trPr>", write_run("b"))
    reading = read_body(f"<w:tbl>{kept}{gone}</w:tbl>")
    assert [(p.text, p.is_gone, p.place.row) for p in reading.paragraphs[:2]] == [("a", False, 1), ("", True, 2)]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb"),
        ('<w:r><w:br w:type="page"/><w:t>a</w:t></w:r>', "a"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a\nb"),
        ("<w:r><w:t>a</w:t><w:softHyphen/><w:t>b</w:t><w:noBreakHyphen/></w:r>", "ab\u2011"),
        ('<w:r><w:sym w:font="Symbol" w:char="00B1"/></w:r>', "±"),
        ('<w:r><w:sym w:char="not"/><w:t>a</w:t></w:r>', "a"),
        (f'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{write_run("a")}</w:sdtContent></w:sdt>', "a"),
        (f'<w:smartTag>{write_run("a")}</w:smartTag>', "a"),
        (f'<w:fldSimple w:instr=" PAGE ">{write_run("7")}</w:fldSimple>', "7"),
        (f'<mc:AlternateContent><mc:Choice>{write_run("a")}</mc:Choice><mc:Fallback>{write_run("a")}</mc:Fallback>'
         "</mc:AlternateContent>", "a"),
    ],
)  # fmt: skip
def test_each_way_of_writing_text_is_read_once(content: str, text: str) -> None:
    assert read_body(f"<w:p>{content}</w:p>").paragraphs[0].text == text


def test_a_field_gives_its_result_and_leads_where_its_instruction_says() -> None:
    parts = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    instruction = write_run(' HYPERLINK \\l "figure_x" ', "instrText")
    body = f"<w:p>{parts[0]}{instruction}{parts[1]}{write_run('12')}{parts[2]}{write_run(' men')}</w:p>"
    assert [(p.text, p.anchor) for p in read_body(body).paragraphs[0].pieces] == [("12", "figure_x"), (" men", "")]


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        (f"<w:r><w:pict>{BOX}</w:pict></w:r>", "a text box", "in a box"),
        ("<w:r><w:object/></w:r>", "an embedded object", ""),
        ("<m:oMath><m:r><m:t>E=mc²</m:t></m:r></m:oMath>", "an equation", "E=mc²"),
        ('<w:r><w:drawing><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></w:drawing></w:r>',
         "a chart that was drawn in the file", ""),
        ('<w:r><w:drawing><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"/></w:drawing></w:r>',
         "a diagram (SmartArt)", ""),
    ],
)  # fmt: skip
def test_what_is_no_text_is_left_over_with_its_words(content: str, kind: str, text: str) -> None:
    (leftover,) = read_body(f"<w:p>{content}</w:p>").leftovers
    assert (leftover.kind, leftover.text) == (kind, text) and leftover.part.startswith("word/document.xml:")


def test_a_comment_has_its_words_its_paragraph_and_its_replies() -> None:
    file = WordFile(write_sample())
    paragraph = first(file)
    words = file.read(paragraph).split()[0]
    file.comment(paragraph, words, "Why?")
    file.comment(paragraph, words, "Because.", "Bo")
    file.comment(paragraph, words, "Really?", "Cy")
    file.thread([None, 0, 1], done=[0])
    reading = read_docx("x.docx", file.save())
    (comment,) = reading.comments
    assert (comment.stamp.author, comment.text, comment.words, comment.is_done) == ("Ada", "Why?", words, True)
    assert [(reply.stamp.author, reply.text) for reply in comment.replies] == [("Bo", "Because."), ("Cy", "Really?")]
    assert words in reading.paragraphs[comment.paragraph].text


def first(file: WordFile) -> Any:
    return next(p for p in file.root().iter(f"{{{W}}}p") if len(file.read(p).split()) > 8)


def test_a_note_of_a_hundred_pages_is_read_in_less_than_three_seconds() -> None:
    words = " ".join(f"word{number}" for number in range(90))
    body = "".join(
        f"<w:p>{''.join(write_run(word + ' ') for word in words.split())}{track('ins', write_run('new'))}</w:p>"
        for _ in range(600)
    )
    raw = replace_parts(write_sample(), {"word/document.xml": SHELL.format(body).encode()})
    start = time.process_time()
    reading = read_docx("long.docx", raw)
    assert time.process_time() - start < 3
    assert sum(len(paragraph.text.split()) for paragraph in reading.paragraphs) > 50_000


def test_the_words_before_are_those_that_no_change_put_in() -> None:
    body = f"<w:p>{write_run('a ')}{track('del', write_run('b', 'delText'))}{track('ins', write_run('c'))}</w:p>"
    (paragraph, *_) = read_body(body).paragraphs
    assert join_before(paragraph) == "a b"


def join_before(paragraph: FileParagraph) -> str:
    return "".join(piece.text for piece in paragraph.pieces if piece.state != INSERTED)
