"""No page has an empty foot for a picture that begins the next, where words that follow it could stand before it."""

import itertools
from typing import Any

import pytest
from weasyprint import HTML

from briefing.writers.pdf.page_feet import LEAST_SHARE, fill_feet, get_root

pytestmark = pytest.mark.layout

STYLE = """@page { size: 80mm 100mm; margin: 5mm } p { margin: 0 } h2, h3 { break-after: avoid }
figure { break-inside: avoid; margin: 0 } html { font: 10pt/1.4 sans-serif } .footnote { float: footnote }"""
HEIGHT = 90  # millimetres of a page that text has
LINE = "Words that fill a line of this page. "
ROUNDS = 8


def make_section(number: int, parts: list[str]) -> str:
    """Make a section: digits are paragraphs of so many lines, f a picture, n a note, s a subsection of what follows."""
    written, end = f"<h2>H{number}</h2>", ""
    for place, part in enumerate(parts):
        name = f"S{number}P{place}"
        if part.startswith("f"):
            written += f'<figure id="{name}"><div style="height: {part[1:]}mm"></div><p>{name}</p></figure>'
        elif part == "s":
            written, end = f"{written}{end}<section><h3>{name}</h3>", "</section>"
        elif part == "n":
            written += f'<p>{name} {LINE}<span class="footnote">{name}.</span></p>'
        else:
            written += f"<p>{name} {LINE * int(part)}</p>"
    return f"<section>{written}{end}</section>"


SECTIONS = [
    ["9", "f40", "6", "6", "6"],
    ["4", "f50", "s", "5", "5", "s", "8"],
    ["3", "f30", "f45", "7", "8", "9"],
    ["n", "8", "f60", "n", "n", "5"],
    ["9", "9", "f70"],
    ["2", "f60", "s", "f60", "3", "9"],
    ["12", "f35", "2", "2", "2", "2", "2", "2"],
]


def make_page() -> HTML:
    body = "".join(make_section(number, parts) for number, parts in enumerate(SECTIONS))
    return HTML(string=f'<html lang="en"><style>{STYLE}</style><body>{body}</body></html>')


def list_texts(element: Any) -> list[str]:
    return " ".join(element.itertext()).split()


def find_empty_feet(document: Any) -> list[str]:
    """List the pictures that begin a page after a foot that is emptier than it may be, though words follow them."""
    found = []
    for page, following in itertools.pairwise(document.pages):
        lines = [box for box in get_root(page).descendants() if type(box).__name__ == "LineBox"]
        pictures = [box for box in get_root(page).descendants() if box.element_tag == "figure"]
        bottom = max(box.position_y + box.margin_height() for box in lines + pictures)
        notes = [box.position_y for box in page._page_box.children if type(box).__name__ == "FootnoteAreaBox"]
        end = min([(HEIGHT + 5) * 96 / 25.4, *notes])
        first = next(box for box in get_root(following).descendants() if box.element_tag in ("figure", "p", "h2", "h3"))
        if first.element_tag == "figure" and end - bottom > LEAST_SHARE * HEIGHT * 96 / 25.4:
            found.append(first.element.get("id"))
    return found


def test_feet_are_filled_with_what_follows_the_picture() -> None:
    page = make_page()
    document = page.render()
    before, words = find_empty_feet(document), sorted(list_texts(get_root(document.pages[0]).element))
    assert len(before) > 2
    for _ in range(ROUNDS):
        if not fill_feet(document):
            break
        document = page.render()
    left = find_empty_feet(document)
    # Nothing but another picture, or the next section, follows these.
    assert set(left) <= {"S2P1", "S4P2", "S5P1"}, left
    root = get_root(document.pages[0]).element
    assert sorted(list_texts(root)) == words


@pytest.mark.parametrize("label", ["", '<p class="moved cause-text">Moved to here</p>'])
def test_a_picture_stays_before_what_a_redline_shows_as_moved(label: str) -> None:
    before, moved = f"<p>{LINE * 9}</p>", f"{label}<ins><p>{LINE * 6}</p></ins>"
    body = f'<section><h2>H</h2>{before}<figure><div style="height: 60mm"></div></figure>{moved}</section>'
    document = HTML(string=f'<html lang="en"><style>{STYLE}</style><body>{body}</body></html>').render()
    assert len(document.pages) > 1 and not fill_feet(document)


def test_pictures_keep_their_order_and_their_section() -> None:
    page = make_page()
    document = page.render()
    root = get_root(document.pages[0]).element
    order = [figure.get("id") for figure in root.iter("figure")]
    while fill_feet(document):
        document = page.render()
    assert [figure.get("id") for figure in root.iter("figure")] == order
    for number, section in enumerate(root.find("body").findall("section")):
        assert all(figure.get("id").startswith(f"S{number}P") for figure in section.iter("figure"))
        assert all(child.tag != "figure" or place > 1 for place, child in enumerate(section))
