"""Lay out the pages of a language of a note, and find the one on which something has changed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from briefing.document.nodes import Document, is_made
from briefing.preview.session import Desk, Proof, gather_material
from briefing.writers.material import Material, write_format

PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Layout:
    """What is laid out, as another process can be handed it, with the id of the block that changed first.

    `changed` goes on with the blocks before it, nearest first.
    """

    material: Material
    changed: Sequence[str]


def plan_layout(desk: Desk, tag: str, proof: Proof, before: Document | None) -> Layout:
    """Plan the layout of a proof; `before` is the document from which it has changed."""
    target = next(target for target in desk.targets if target.tag == tag)
    material = gather_material(desk, proof.raw, proof.document, proof.images, target, PDF)
    listed = replace(material, list_attachments=partial(dict, material.list_attachments()))
    return Layout(listed, list_changed(before, proof.document) if before else [])


def list_changed(before: Document, after: Document) -> list[str]:
    """List the ids of the first block of the text that has changed and of those before it, nearest first."""
    known = set(before.blocks)
    front = [block for block in after.blocks if not is_made(block)]
    first = next((number for number, block in enumerate(front) if block not in known), None)
    return [] if first is None else [block.id for block in front[first::-1]]


def lay_out(layout: Layout) -> tuple[bytes, int]:
    """Give the PDF, as the build writes it, and the number of the page that changed first."""
    pdf = write_format(PDF, layout.material)
    return pdf, find_page(pdf, layout.changed)


def find_page(pdf: bytes, names: Sequence[str]) -> int:
    """Find the page to which the first of some names leads that leads anywhere; the first page where none does."""
    import pikepdf  # only the process that lays out needs it

    with pikepdf.open(io.BytesIO(pdf)) as file:
        places = pikepdf.NameTree(file.Root.Names.Dests)  # there is one for each block
        pages = [page.obj.objgen for page in file.pages]
        leads = next((places[name] for name in names if name in places), None)
        return 1 if leads is None else pages.index(leads[0].objgen) + 1
