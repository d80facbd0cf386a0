"""Fill the feet of pages that a picture leaves empty: what follows the picture is set before it, as books do.

A picture is not divided, so that one that does not fit begins the next page, with a hole before it. WeasyPrint 70 has
no property that lets it float to the edge of a page, so such pictures are looked for in the pages, and each is put
behind as much of what follows it as fills the foot. It stays in its section, before the next picture, and before what
a redline shows as come, gone or moved, whose place beside it is what is told.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

LEAST_SHARE = 0.1
"""Of the height of the text of a page: a foot that is emptier is filled."""
_HEADINGS = ("h2", "h3")
_LEAVES = ("LineBox", "BlockReplacedBox", "InlineReplacedBox", "TableCellBox")
_WHOLE = ("figure", "table")
_CHANGED = ("ins", "del")


def fill_feet(document: Any) -> bool:
    """Move the pictures that leave a foot empty in WeasyPrint's `document`, in the tree that it was laid out from.

    Gives whether there was one that could be moved; the tree is to be laid out again then.
    """
    found = False
    for page, following in itertools.pairwise(document.pages):
        foot = _measure_foot(page)
        if foot > LEAST_SHARE * page._page_box.height:
            parents = {child: parent for parent in get_root(page).element.iter() for child in parent}
            block = _find_first_block(following, parents)
            if block is not None and next(block.iter("figure"), None) is not None:
                found |= _put_back(block, foot - LEAST_SHARE * page._page_box.height, parents, document)
    return found


def get_root(page: Any) -> Any:
    """Give the box of the text of a page, without those of its margins and notes."""
    (root,) = (box for box in page._page_box.children if box.element_tag == "html")
    return root


def _measure_foot(page: Any) -> float:
    """Measure what is empty between the text of a page and its notes or its edge, in CSS pixels."""
    box = page._page_box
    notes = [child.position_y for child in box.children if type(child).__name__ == "FootnoteAreaBox"]
    bottom = max(leaf.position_y + leaf.height for leaf in _list_leaves(page))
    return float(min([box.content_box_y() + box.height, *notes]) - bottom)


def _list_leaves(page: Any) -> Iterator[Any]:
    return (box for box in get_root(page).descendants() if type(box).__name__ in _LEAVES)


def _find_first_block(page: Any, parents: dict[Element, Element]) -> Element | None:
    """Find what a page begins with: a part of a section, or nothing where it is none."""
    element = next(_list_leaves(page)).element
    while (parent := parents.get(element)) is not None and parent.tag != "section":
        element = parent
    return element if parent is not None else None


def _put_back(block: Element, room: float, parents: dict[Element, Element], document: Any) -> bool:
    """Put a block behind what follows it, until that is as high as `room`; tell whether it could be."""
    used, place = 0.0, None
    for follower in _list_followers(parents[block], block):
        if used >= room:
            break
        used += _measure_height(follower, document)
        place = place if follower.tag in _HEADINGS else follower
    if place is None:
        return False
    parents[block].remove(block)
    parent = parents[place]
    parent.insert(list(parent).index(place) + 1, block)
    return True


def _list_followers(section: Element, block: Element) -> Iterator[Element]:
    """List what stands after a block in its section and the first part of that, up to what it may not pass."""
    for follower in list(section)[list(section).index(block) + 1 :]:
        parts = list(follower) if follower.tag == "section" else [follower]
        for part in parts:
            is_whole = any(next(part.iter(tag), None) is not None for tag in _WHOLE)
            if is_whole or part.tag in ("section", *_CHANGED) or "moved" in part.get("class", "").split():
                return
            yield part
        if follower.tag == "section":
            return


def _measure_height(element: Element, document: Any) -> float:
    """Measure how high an element is, over the pages that it stands on, in CSS pixels."""
    heights = (
        max((box.margin_height() for box in get_root(page).descendants() if box.element is element), default=0.0)
        for page in document.pages
    )
    return float(sum(heights))
