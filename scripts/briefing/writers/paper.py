"""Say what of a note is on paper, and where its numbers lead there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing.document.nodes import Document, Link, ReturnToContents, Row, Table
from briefing.document.version_names import OLD, is_deleted
from briefing.document.walking import get_text, walk_nodes

COMPUTED = "computed-"
WORK = "#ref-"


@dataclass(frozen=True, slots=True)
class FigureTarget:
    """Where a number leads, by the id of a node, and what is said of it there and then: value, period, source.

    What a redline alone holds may lead nowhere, which is "".
    """

    target: str
    said: str = ""


def find_annex(document: Document, role: str = "figures") -> list[Table]:
    """Find the tables that list the figures of a note, or those of another role."""
    return [block for block in document.blocks if isinstance(block, Table) and block.role == role]


def find_figure_rows(document: Document) -> dict[str, Row]:
    """Find the row of each figure in the table of all figures; the new version's takes the place of the old one's."""
    rows = sorted((row for table in find_annex(document) for row in table.rows), key=lambda row: not is_deleted(row))
    return {row.id.removeprefix("figure-").removesuffix(OLD): row for row in rows}


def find_paper_targets(document: Document) -> dict[str, FigureTarget]:
    """Find where each number leads on paper: to its computation, else to the work that it is from.

    Without a table of computations it leads to its row in the table of all figures, which then is on paper too.
    """
    rows = find_figure_rows(document)
    computed = {row.id for table in find_annex(document, "computations") for row in table.rows}
    if not computed:
        return {name: FigureTarget(row.id) for name, row in rows.items()}
    targets = {}
    for name, row in rows.items():
        works = [node.target[1:] for node in walk_nodes(row.cells[-1:]) if isinstance(node, Link)]
        works = [target for target in works if f"#{target}".startswith(WORK)]
        target = f"{COMPUTED}{name}" if f"{COMPUTED}{name}" in computed else next(iter(works), "")
        targets[name] = FigureTarget(target, "; ".join(get_text(cell) for cell in row.cells))
    return targets


def take_paper(document: Document) -> Document:
    """Give what is on paper: no ways back to the contents, nor a table of all figures if there is one of computations.

    A PDF has bookmarks for the ways back, Word its navigation pane.
    """
    dropped = [id(table) for table in find_annex(document)] if find_annex(document, "computations") else []
    kept = (block for block in document.blocks if not isinstance(block, ReturnToContents) and id(block) not in dropped)
    return replace(document, blocks=tuple(kept))
