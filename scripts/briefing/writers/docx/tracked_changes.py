"""Write tracked changes of Word: who changed what and when, and whether it goes or comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from briefing.document.changes import Cause, Mark
from briefing.document.nodes import Block, Document, Inline, ListItem
from briefing.document.versions import Which
from briefing.writers.docx.change_log import ChangeLog, TrackedChange
from briefing.writers.docx.fields import begin_field, end_field
from briefing.writers.docx.story import WordSpot
from briefing.writers.docx.xml import Element, expand_name, make, make_value

_IN_DELETIONS = {"w:t": "w:delText", "w:instrText": "w:delInstrText"}
"""OOXML: inside w:del, text is w:delText, not w:t, and the instruction of a field is w:delInstrText."""

_TAGS = {"inserted": "w:ins", "deleted": "w:del"}
_MOVES = {"inserted": "w:moveTo", "deleted": "w:moveFrom"}


def blame_house(place: WordSpot) -> Cause:
    """Say why numbers of headings and captions change: they are counted anew."""
    return Cause("house", place.story.labels["cause_house"])


def list_versions(block: Block | ListItem, document: Document) -> tuple[Which, ...]:
    """List the versions that have a block or an item, the old one first; what is no redline is a new version."""
    if not document.is_redline:
        return ("new",)
    if block.mark:
        return ("new",) if block.mark.kind == "inserted" else ("old",)
    return ("old", "new")


def find_tracked_end(paragraph: Element) -> bool:
    """Tell whether the end of a paragraph is tracked."""
    return paragraph[0].find(expand_name("w:rPr")) is not None


def join_moves(body: Element, changes: ChangeLog) -> None:
    """Turn a deleted paragraph whose words its author puts in elsewhere into a move; pictures are no words.

    LibreOffice takes the two for a move whatever they are called, settles both at once, and then, unless they are one,
    gives the paragraph after them the style of the one that went. Under two authors, a reader who takes one author's
    changes and leaves the other's would have the paragraph twice, or not at all.
    """
    pictures = set(body.iterdescendants(expand_name("w:drawing")))
    paragraphs = [paragraph for paragraph in body.iterchildren(expand_name("w:p")) if find_tracked_end(paragraph)]
    paragraphs = [paragraph for paragraph in paragraphs if pictures.isdisjoint(paragraph.iterdescendants())]
    arrivals: dict[tuple[str, str], list[Element]] = defaultdict(list)
    for paragraph in paragraphs:
        if (end := _find_end(paragraph, "w:ins")) is not None:
            arrivals[_read_words(paragraph), _read_author(end)].append(paragraph)
    for paragraph in paragraphs:
        end = _find_end(paragraph, "w:del")
        if end is not None and (found := arrivals[_read_words(paragraph), _read_author(end)]):
            _move_paragraph(paragraph, "w:del", "w:moveFrom", changes.begin_move("pair", "deleted"), changes)
            _move_paragraph(found.pop(0), "w:ins", "w:moveTo", changes.begin_move("pair", "inserted"), changes)


def _move_paragraph(paragraph: Element, old: str, new: str, name: str, changes: ChangeLog) -> None:
    """Turn the marks of a paragraph into those of a move of a name."""
    marks = list(paragraph.iter(expand_name(old)))
    author, date = (marks[0].get(expand_name(key)) for key in ("w:author", "w:date"))
    for element in [inner for mark in marks for inner in mark.iter()]:
        local = {expand_name(there): expand_name(here) for here, there in _IN_DELETIONS.items()}
        element.tag = expand_name(new) if element in marks else local.get(element.tag, element.tag)
    start = TrackedChange(changes, str(author), str(date)).describe_element()
    paragraph.insert(1, make(f"{new}RangeStart", {**start, "name": name}))
    paragraph.append(make(f"{new}RangeEnd", {"id": start["id"]}))


def _read_author(mark: Element) -> str:
    return str(mark.get(expand_name("w:author")))


def _find_end(paragraph: Element, tag: str) -> Element | None:
    return paragraph[0].find(f"{expand_name('w:rPr')}/{expand_name(tag)}")


def _read_words(paragraph: Element) -> str:
    """Read what two paragraphs have in common that differ in numbers alone."""
    texts = paragraph.iter(expand_name("w:t"), expand_name("w:delText"))
    return "".join(character for text in texts for character in text.text or "" if character.isalpha())


def join_changes(inlines: Sequence[Inline]) -> Iterator[tuple[Cause | None, list[Inline]]]:
    """Join what was taken out with what was put in for the same cause."""
    for cause, group in groupby(inlines, key=lambda inline: getattr(inline, "cause", None)):
        yield cause, list(group)


def track_content(content: Iterable[Element], version: Which, cause: Cause, place: WordSpot) -> Iterator[Element]:
    """Track what only one version has of a paragraph."""
    change = place.story.changes.begin_change(cause)
    yield from _track_runs(content, "w:ins" if version == "new" else "w:del", change, place)


def track_elements(elements: Iterable[Element], mark: Mark | None, place: WordSpot) -> Iterator[Element]:
    """Track paragraphs and tables as inserted or deleted, whole; without a mark they stay as they are.

    Paragraphs have no comment: its anchor keeps LibreOffice from taking the whole paragraph out, and what is left of it
    gives its style to the one after it.
    """
    is_first = True
    for element in elements:
        if mark and element.tag == expand_name("w:tbl"):
            for row in element.iterchildren(expand_name("w:tr")):
                track_row(row, mark, place, is_first)
                is_first = False
        elif mark:
            _track_paragraph(element, mark, place)
        yield element


def track_row(row: Element, mark: Mark | None, place: WordSpot, is_first: bool = True) -> Element:
    """Track a row of a table and all that its cells hold; without a mark it stays as it is."""
    if mark:
        tag = _TAGS[mark.kind]
        change = place.story.changes.begin_change(mark.cause)
        row[0].append(make(tag, change.describe_element()))
        for paragraph in row.iter(expand_name("w:p")):
            # What ends the paragraph of a cell goes with the row; marked too, it is carried into what follows.
            content = list(paragraph)[1:]
            content = comment_on(content, mark.cause, place) if is_first else content
            paragraph[1:] = list(_track_runs(content, tag, change, place))
            is_first = False
    return row


def _track_paragraph(paragraph: Element, mark: Mark, place: WordSpot) -> None:
    """Track a paragraph with its end; what was moved has one name at both places, and so Word settles both at once."""
    changes = place.story.changes
    tag = (_MOVES if mark.move else _TAGS)[mark.kind]
    change = changes.begin_change(mark.cause)
    content = list(_track_runs(list(paragraph)[1:], tag, change, place))
    if mark.move:
        start = change.describe_element()
        name = {"name": changes.begin_move(mark.move, mark.kind)}
        content = [
            make(f"{tag}RangeStart", {**start, **name}),
            *content,
            make(f"{tag}RangeEnd", {"id": start["id"]}),
        ]
    paragraph[1:] = content
    end_mark = make("w:rPr", None, make(tag, change.describe_element()))
    section = paragraph[0].find(expand_name("w:sectPr"))
    # OOXML: the properties of a section follow those of the paragraph's end.
    paragraph[0].insert(len(paragraph[0]) if section is None else paragraph[0].index(section), end_mark)


def _track_runs(elements: Iterable[Element], tag: str, change: TrackedChange, place: WordSpot) -> Iterator[Element]:
    """Put runs into `w:ins` or `w:del`, and leave bookmarks outside."""
    flat = [run for element in elements for run in _open_link(element, place)]
    for is_run, group in groupby(flat, key=lambda element: element.tag == expand_name("w:r")):
        if is_run:
            yield make(tag, change.describe_element(), _write_runs(group, tag))
        else:
            yield from group


def _open_link(element: Element, place: WordSpot) -> Iterator[Element]:
    """Turn a link into a field: runs alone may stand in a tracked change, and Word itself writes it so."""
    if element.tag != expand_name("w:hyperlink"):
        yield element
        return
    anchor, reference = (element.get(expand_name(name)) for name in ("w:anchor", "r:id"))
    target = rf'\l "{anchor}"' if anchor else f'"{place.part.rels[reference].target_ref}"'
    yield from begin_field(f" HYPERLINK {target} ")
    yield from list(element)
    yield end_field()


def _write_runs(runs: Iterable[Element], tag: str) -> Iterator[Element]:
    for run in runs:
        for name, replacement in _IN_DELETIONS.items() if tag == "w:del" else ():
            for element in run.iterchildren(expand_name(name)):
                element.tag = expand_name(replacement)
        yield run


def comment_on(content: Sequence[Element], cause: Cause | None, place: WordSpot) -> list[Element]:
    """Put a comment on content, if its cause has one that the section does not have yet."""
    if cause is None or not cause.comment or place.story.changes.is_said(cause):
        return list(content)
    return _add_comment(content, cause, place)


def doubt_content(content: Sequence[Element], doubt: str, place: WordSpot) -> list[Element]:
    """Put a comment on a wording that is not true.

    Where the new version alone has the wording, the comment stands behind it, and goes with it if it is rejected.
    """
    if not doubt:
        return list(content)
    is_shared = place.versions == ("old", "new")
    return _add_comment(content, Cause("wording", place.story.labels["doubt_author"], doubt), place, is_shared)


def _add_comment(content: Sequence[Element], cause: Cause, place: WordSpot, has_range: bool = True) -> list[Element]:
    number = {"id": place.story.changes.add_comment(cause)}
    look = make("w:rPr", None, make_value("w:rStyle", "CommentReference"))
    reference = make("w:r", None, look, make("w:commentReference", number))
    if not has_range:
        return [*content, reference]
    return [make("w:commentRangeStart", number), *content, make("w:commentRangeEnd", number), reference]
