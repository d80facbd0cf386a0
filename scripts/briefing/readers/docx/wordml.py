"""Small questions to the XML of a Word file."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.writers.docx.xml import Element, expand_name

W = expand_name("w:p").removesuffix("p")
A = expand_name("a:t").removesuffix("t")
W14 = expand_name("w14:paraId").removesuffix("paraId")
MC = expand_name("mc:Choice").removesuffix("Choice")
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def name_element(element: Element) -> str:
    """Give the local name of an element; "" for what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def choose_alternative(alternatives: Element) -> Element:
    """Choose the first of some alternatives that say the same."""
    return next(iter(alternatives), alternatives)


def is_said_again(box: Element, top: Element) -> bool:
    """Tell whether a text box says again, for old programs, what another says, or stands in another box."""
    parent = box.getparent()
    while parent is not None and parent is not top:
        if parent.tag in (f"{MC}Fallback", f"{W}txbxContent"):
            return True
        parent = parent.getparent()
    return False


def find_table(row: Element) -> Element | None:
    """Find the table that a row is of."""
    return next(row.iterancestors(f"{W}tbl"), None)


def find_row(cell: Element) -> Element | None:
    """Find the row that a cell is of."""
    return next(cell.iterancestors(f"{W}tr"), None)


def join_texts_of(element: Element, tag: str) -> str:
    """Join the texts of a kind that stand below an element."""
    return " ".join(text.text or "" for text in element.iter(tag))


def read_symbol(element: Element) -> str:
    """Read a character that is named by its number; none where there is no such number."""
    try:
        return chr(int(element.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return ""


def read_field_target(instruction: str) -> str:
    """Read where a HYPERLINK field leads within the file; nothing for another field."""
    words = instruction.split()
    if words[:2] and words[0] == "HYPERLINK" and "\\l" in words and words.index("\\l") + 1 < len(words):
        return words[words.index("\\l") + 1].strip('"')
    return ""


def list_notes(root: Element) -> Iterator[tuple[str, Element]]:
    """List the footnotes or endnotes of a part with their ids, without the lines above them."""
    for note in root:
        if name_element(note) in ("footnote", "endnote") and note.get(f"{W}type", "normal") == "normal":
            yield note.get(f"{W}id", ""), note
