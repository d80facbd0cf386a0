"""Take one of its two versions out of a redline, whole."""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Iterator
from typing import Any, Literal, TypeVar

from briefing.document.changes import Mark, Versioned
from briefing.document.nodes import Chart, Deletion, Document, FigureUse, Inlines, Insertion, Text
from briefing.document.schema import Role, find_fields

Which = Literal["old", "new"]
_Node = TypeVar("_Node")


def accept(document: Document) -> Document:
    """Give the new version of a redline; a document that is none stays as it is."""
    return take_version(document, "new")


def reject(document: Document) -> Document:
    """Give the old version of a redline; a document that is none stays as it is."""
    return take_version(document, "old")


def take_version(node: _Node, version: Which) -> _Node:
    """Take one version of a node, or of a tuple of nodes; what the other version alone has is left out of a tuple."""
    taken: _Node = _take(node, version)
    return taken


def mark_version(document: Document, version: Which) -> Document:
    """Take one version out of a redline, in which what it alone has is still marked, as an insertion.

    A chart that the other version draws otherwise is marked whole. The document is no redline any more.
    """
    marked: Document = _keep_marks(document, version)
    return dataclasses.replace(marked, is_redline=False, versions=())


def set_out(node: Versioned, name: str, form: str = "{}") -> Inlines:
    """Set an attribute out as inlines, with that of the old version where a reader is to see that it was another.

    It is a text, around which `form` is printed, or a run of inlines.
    """
    new = _print_text(getattr(node, name), form)
    for attribute in node.before:
        if attribute.name == name and attribute.cause:
            old = _print_text(attribute.value, form)
            changes = ((Deletion, old), (Insertion, new))
            return tuple(change(children, attribute.cause) for change, children in changes if children)
    return new


def _print_text(text: str | Inlines, form: str) -> Inlines:
    if isinstance(text, tuple):
        return text
    return (Text(form.format(text)),) if text else ()


def _take(node: Any, version: Which) -> Any:
    if isinstance(node, tuple):
        children = tuple(_take_children(node, version))
        same = len(children) == len(node) and all(map(operator.is_, children, node))
        return node if same else children
    if not dataclasses.is_dataclass(node) or isinstance(node, type):
        return node
    changed = {
        name: taken
        for name in find_fields(type(node), Role.NODES)
        if (taken := _take(value := getattr(node, name), version)) is not value
    }
    if isinstance(node, Versioned):
        changed |= {"mark": None, "before": ()} if node.mark or node.before else {}
        changed |= {attribute.name: attribute.value for attribute in node.before if version == "old"}
    if isinstance(node, FigureUse) and node.doubt:
        changed["doubt"] = ""
    if isinstance(node, Document) and node.is_redline:
        changed |= {"is_redline": False, "versions": ()}
    return dataclasses.replace(node, **changed) if changed else node


def _keep_marks(node: Any, version: Which) -> Any:
    """Leave out what the other version alone has, and keep the marks of what this one alone has."""
    if isinstance(node, tuple):
        return tuple(_keep_marked_children(node, version))
    if isinstance(node, Insertion | Deletion):
        return Insertion(_take(node.children, version), node.cause)
    if isinstance(node, FigureUse):
        return _take(node, version)  # a page is as it is, without what a redline says beside its text
    if not dataclasses.is_dataclass(node) or isinstance(node, type):
        return node
    names = find_fields(type(node), Role.NODES)
    changed: dict[str, Any] = {name: _keep_marks(getattr(node, name), version) for name in names}
    if isinstance(node, Versioned):
        changed |= {attribute.name: attribute.value for attribute in node.before if version == "old"}
        shown = [attribute for attribute in node.before if attribute.cause]
        changed["before"] = tuple(dataclasses.replace(attribute, value=()) for attribute in shown)
        changed["mark"] = Mark("inserted", node.mark.cause, node.mark.move) if node.mark else None
        if isinstance(node, Chart):
            causes = (attribute.cause for attribute in shown if attribute.cause)
            changed |= {"before": (), "mark": next((Mark("inserted", cause) for cause in causes), changed["mark"])}
    return dataclasses.replace(node, **changed)


def _keep_marked_children(children: tuple[Any, ...], version: Which) -> list[Any]:
    """Keep the children that a version has; texts are joined where something was left out between them."""
    held: list[Any] = []
    is_seam = False
    for child in children:
        if _find_version(child) not in (None, version):
            is_seam = True
            continue
        if is_seam and held and isinstance(held[-1], Text) and isinstance(child, Text):
            held[-1] = Text(held[-1].text + child.text)
        else:
            held.append(_keep_marks(child, version))
        is_seam = False
    return held


def _find_version(node: Any) -> Which | None:
    """Tell which version alone has a node; none where both have it."""
    match node:
        case Deletion() | Versioned(mark=Mark(kind="deleted")):
            return "old"
        case Insertion() | Versioned(mark=Mark(kind="inserted")):
            return "new"
    return None


def _take_children(children: tuple[Any, ...], version: Which) -> Iterator[Any]:
    """Take the children that a version has; texts are joined where a mark parted them, and nowhere else."""
    held: Text | None = None
    is_seam = False
    for child, begins_at_seam in _open_marks(children, version):
        is_seam = is_seam or begins_at_seam
        if child is None:
            continue
        if isinstance(child, Text):
            if held is not None and is_seam:
                child = Text(held.text + child.text)
            elif held is not None:
                yield held
            held = child
        else:
            if held is not None:
                yield held
            held = None
            yield _take(child, version)
        is_seam = False
    if held is not None:
        yield held


def _open_marks(children: tuple[Any, ...], version: Which) -> Iterator[tuple[Any, bool]]:
    """Give each child that a version has, and whether a mark's edge stands before it; None stands for an edge alone."""
    left_out, kept = (Deletion, Insertion) if version == "new" else (Insertion, Deletion)
    for child in children:
        if isinstance(child, left_out):
            yield None, True
        elif isinstance(child, kept):
            for index, inner in enumerate(child.children):
                yield inner, index == 0
            yield None, True
        elif isinstance(child, Versioned) and child.mark:
            if (child.mark.kind == "inserted") == (version == "new"):
                yield child, False
        else:
            yield child, False
