"""Find the page on which each heading of a Word file stands, from a proxy of its layout.

Word counts pages when it opens a file; a contents list that is right before that needs the pages from elsewhere, and
from the sources alone, whatever programs the machine has.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from briefing.document.nodes import Document, Heading
from briefing.writers.docx.fields import name_contents_bookmark
from briefing.writers.docx.footnotes import build_footnotes
from briefing.writers.docx.layout_proxy import find_element, get_attribute, write_proxy
from briefing.writers.docx.package import start_package
from briefing.writers.docx.page_breaks import BlockBox, LineBox, break_pages, join_lines
from briefing.writers.docx.story import WordSpot
from briefing.writers.docx.styles import resolve_paragraph
from briefing.writers.docx.writer import write_body
from briefing.writers.docx.xml import Element, expand_name

_POINTS_PER_MILLIMETRE = 72 / 25.4
_POINTS_PER_PIXEL = 0.75


class _FontFetcher(URLFetcher):  # type: ignore[misc]
    """Fetch fonts by the name of their file, and nothing else."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        super().__init__(fail_on_errors=True)
        self._fonts = fonts

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Give the font that the layout proxy's style sheet asks for."""
        name = url.removeprefix("font:")
        return URLFetcherResponse(url, self._fonts[name], {"Content-Type": "font/ttf"})


def lay_out_pages(
    document: Document,
    labels: Mapping[str, str],
    styles: Mapping[str, Any],
    fonts: Mapping[str, bytes],
    images: Mapping[str, bytes],
) -> dict[str, int]:
    """Give the page, counted from 1, of each heading of a note by its id."""
    draft = start_package()
    story = write_body(document, labels, images, styles, {}, draft)
    footnotes = build_footnotes(WordSpot(story, draft.footnotes))
    positions = _measure_positions(write_proxy(draft.body, footnotes, styles), fonts)
    boxes = [_box_block(block, index, positions, styles) for index, block in enumerate(draft.body)]
    page = styles["page"]
    cover = (page["height"] - page["bottom"]) * _POINTS_PER_MILLIMETRE
    height = cover - page["top"] * _POINTS_PER_MILLIMETRE
    numbers = break_pages(boxes, (height if story.cover is None else cover, height), styles["footnote_separator"])
    return _find_headings(draft.body, numbers, story.headings)


def _measure_positions(proxy: str, fonts: Mapping[str, bytes]) -> dict[str, float]:
    """Lay the layout proxy out and give the height at which each of its ids stands, in points from the top."""
    html = HTML(string=proxy, base_url="https://note.invalid/", url_fetcher=_FontFetcher(fonts))
    (column,) = html.render(font_config=FontConfiguration()).pages
    return {identifier: place[1] * _POINTS_PER_PIXEL for identifier, place in column.anchors.items()}


def _find_headings(body: Element, numbers: Sequence[int], headings: Sequence[Heading]) -> dict[str, int]:
    """Give the pages of the headings by their bookmarks for the contents."""
    identifiers = {name_contents_bookmark(index): heading.id for index, heading in enumerate(headings)}
    pages = {}
    for block, number in zip(body, numbers, strict=True):
        for mark in block.iterchildren(expand_name("w:bookmarkStart")):
            name = get_attribute(mark, "w:name")
            if name in identifiers:
                pages[identifiers[name]] = number
    return pages


def _box_block(block: Element, index: int, positions: Mapping[str, float], styles: Mapping[str, Any]) -> BlockBox:
    """Make the box of lines or rows of a block from the positions of its parts."""
    following = f"b{index + 1}"
    end = positions.get(following, positions["body-end"])
    if block.tag == expand_name("w:tbl"):
        return _box_table(block, index, positions, end, styles)
    style = get_attribute(find_element(block, "w:pPr", "w:pStyle"), "w:val")
    full = resolve_paragraph(styles, style)
    lines = _slice_lines(block, positions[f"b{index}"], end, full, positions, styles)
    keep = full.get("keep_with_next", False) or find_element(block, "w:pPr", "w:keepNext") is not None
    fresh = find_element(block, "w:pPr", "w:pageBreakBefore") is not None or _follows_cover(block)
    return BlockBox(
        lines,
        before=full.get("before", 0.0),
        after=full.get("after", 0.0),
        keep_with_next=keep,
        keep_lines=full.get("keep_lines", False),
        starts_page=fresh,
        margin_lines=min(styles["widow_lines"], len(lines)),
    )


def _follows_cover(block: Element) -> bool:
    """Tell whether a block is the first of the section after the cover."""
    previous = block.getprevious()
    return previous is not None and find_element(previous, "w:pPr", "w:sectPr") is not None


def _slice_lines(
    block: Element,
    top: float,
    end: float,
    full: Mapping[str, Any],
    positions: Mapping[str, float],
    styles: Mapping[str, Any],
) -> tuple[LineBox, ...]:
    """Slice a paragraph into its lines; those at its edges carry its rules, each one its footnotes."""
    if full["line"] == "auto":
        return (LineBox(end - top),)
    above, below = (_measure_rule(full.get(side)) for side in ("rule_above", "rule_below"))
    line = full["line"]
    count = max(round((end - top - above - below) / line), 1)
    heights = [line] * count
    heights[0] += above
    heights[-1] += below
    notes = [0.0] * count
    for mark, height in _list_notes(block, positions, styles):
        notes[min(int((positions[f"n{mark}"] - top - above) / line), count - 1)] += height
    return tuple(LineBox(height, note) for height, note in zip(heights, notes, strict=True))


def _measure_rule(rule: Mapping[str, Any] | None) -> float:
    """Measure the room of a rule over or under a paragraph."""
    return float(rule["width"] + rule["space"]) if rule else 0.0


def _list_notes(block: Element, positions: Mapping[str, float], styles: Mapping[str, Any]) -> list[tuple[int, float]]:
    """List the footnotes whose marks stand in a block, with the height of each."""
    marks = [int(get_attribute(mark, "w:id")) for mark in block.iter(expand_name("w:footnoteReference"))]
    after = resolve_paragraph(styles, "FootnoteText")["after"]
    return [(mark, positions.get(f"f{mark + 1}", positions["end"]) - positions[f"f{mark}"] + after) for mark in marks]


def _box_table(
    table: Element, index: int, positions: Mapping[str, float], end: float, styles: Mapping[str, Any]
) -> BlockBox:
    """Make the box of a table's rows; header rows, repeated on each page, and heads of groups go with the next row."""
    rows = list(table.iterchildren(expand_name("w:tr")))
    tops = [positions[f"b{index}r{number}"] for number in range(len(rows))] + [end]
    heights = [below - top for top, below in itertools.pairwise(tops)]
    notes = [sum(height for _, height in _list_notes(row, positions, styles)) for row in rows]
    lines = [LineBox(height, note) for height, note in zip(heights, notes, strict=True)]
    heads = sum(find_element(row, "w:trPr", "w:tblHeader") is not None for row in rows)
    joined = join_lines(lines, [_stays_with_next(row, styles) for row in rows])
    return BlockBox(joined, repeated=sum(heights[:heads]))


def _stays_with_next(row: Element, styles: Mapping[str, Any]) -> bool:
    """Tell whether Word keeps a row with the next one: where its paragraphs ask for that."""
    named = (get_attribute(style, "w:val") for style in row.iter(expand_name("w:pStyle")))
    return all(resolve_paragraph(styles, style).get("keep_with_next", False) for style in named)
