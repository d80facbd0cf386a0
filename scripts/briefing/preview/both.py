"""Set the languages of a note side by side, block by block, and mark what is not translated and what is stale."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from briefing.document.nodes import Block, Contents, ReturnToContents
from briefing.document.version_names import list_pictures
from briefing.formats.web_page import write_font_faces
from briefing.language.house_texts import read_house
from briefing.language.tags import name_language
from briefing.preview.session import Desk, Proof
from briefing.preview.shell import write_shell
from briefing.writers.html.blocks import write_block, write_footnotes
from briefing.writers.html.elements import join_markup, make_element
from briefing.writers.html.pictures import pick_drawings
from briefing.writers.html.surroundings import Surroundings, describe_surroundings, find_notes

NAMED = re.compile(r'( (?:id|aria-labelledby)="|href="#|url\(#)')
LANDMARK = re.compile(r'(<section\b[^>]*?) aria-labelledby="[^"]*"')
STATES = {"stale": "Stale: changed since it was translated", "left": "Not translated", "missing": "Not there"}


@dataclass(frozen=True, slots=True)
class _Side:
    """A language with what its blocks are written by."""

    tag: str
    proof: Proof
    around: Surroundings
    is_source: bool

    @property
    def blocks(self) -> dict[str, Block]:
        """Give the blocks that stand in the text, by id; the ways about a page are none of it."""
        blocks = self.proof.document.blocks
        return {block.id: block for block in blocks if not isinstance(block, Contents | ReturnToContents)}


def write_both(desk: Desk, proofs: Mapping[str, Proof]) -> bytes:
    """Write all languages as a page, that of the sources first; a block of another bears its id behind its tag."""
    tags = [target.tag for target in desk.targets]
    locales = {target.tag: target.locale for target in desk.targets}
    sides = [_make_side(desk, tag, locales[tag], proofs[tag], tag == tags[0]) for tag in tags if tag in proofs]
    blocks = [side.blocks for side in sides]
    ids = dict.fromkeys(name for found in blocks for name in found)
    pairs = [_write_pair(name, sides, [found.get(name) for found in blocks]) for name in ids]
    notes = [_write_cell(side, write_footnotes(find_notes(side.proof.document), side.around)) for side in sides]
    pairs.append(make_element("div", *notes, class_="pair"))
    metadata = sides[0].proof.document.metadata
    title = f"{metadata.title}: {', '.join(name_language(side.tag) for side in sides)}"
    templates = desk.read_templates("html")
    sheets = (write_font_faces(desk.fonts), templates["house.css"], templates["screen.css"])
    style = "\n".join((*sheets, f":root {{ --columns: {len(sides)}; }}"))
    header = make_element("header", make_element("h1", title))
    return write_shell(title, join_markup(pairs, "\n"), style, "both", header, script="")


def name_block(name: str, tag: str, source: str) -> str:
    """Name a block of a language as the page of all languages does."""
    return name if tag == source or not name else f"{tag}-{name}"


def _make_side(desk: Desk, tag: str, locale: str, proof: Proof, is_source: bool) -> _Side:
    labels = read_house(tag, desk.templates, locale).labels
    drawings = {name: pick_drawings(proof.images, name) for name in list_pictures(proof.document)}
    around = describe_surroundings(proof.document, "screen", labels, {})
    return _Side(tag, proof, replace(around, drawings=drawings), is_source)


def _write_pair(name: str, sides: list[_Side], blocks: list[Block | None]) -> Markup:
    states = [_find_state(name, side, block) for side, block in zip(sides, blocks, strict=True)]
    cells = (
        _write_cell(side, write_block(block, side.around) if block else Markup(), state)
        for side, block, state in zip(sides, blocks, states, strict=True)
    )
    state = next(filter(None, states), "")
    return make_element("div", *cells, class_=f"pair {state}".rstrip())


def _find_state(name: str, side: _Side, block: Block | None) -> str:
    if block is None:
        return "missing"
    return next((state for state in ("stale", "left") if name in side.proof.findings[state]), "")


def _write_cell(side: _Side, written: Markup, state: str = "") -> Markup:
    marked = [make_element("p", STATES[state], class_="state", lang="en")] if state else []
    plain = LANDMARK.sub(r"\1", str(written))  # two of one name would be no help in finding either
    named = plain if side.is_source else NAMED.sub(rf"\g<1>{side.tag}-", plain)
    return make_element("div", *marked, Markup(named), lang=side.proof.document.metadata.language)
