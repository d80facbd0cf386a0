"""Give what only the old version of a redline has names of its own, so that a page can hold both versions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.document.changes import Versioned
from briefing.document.nodes import Chart, Deletion, Document, Link
from briefing.document.versions import take_version
from briefing.document.walking import walk_nodes

OLD = ".old"
"""What is put behind the id of a node, or the name of a picture, that only the old version has."""


def name_versions_apart(document: Document) -> Document:
    """Rename what was deleted where the new version has the same id; links in it lead to what was meant.

    The pictures of deleted charts are those of the old version: `<image>.old`.
    """
    if not document.is_redline:
        return document
    living = {identifier for identifier, is_old in _list_ids(document.blocks, False) if not is_old}
    gone = {identifier for identifier, is_old in _list_ids(document.blocks, False) if is_old}
    names = _find_new_ids(document) | {identifier: identifier for identifier in gone - living}
    names |= {identifier: identifier + OLD for identifier in gone & living}
    return dataclasses.replace(document, blocks=_rename_deleted(document.blocks, names))


def name_old_page(identifier: str) -> str:
    """Name the page of a heading in the old version, given the id by which a redline's writer knows the heading."""
    return identifier.removesuffix(OLD) + OLD


def split_chart(chart: Chart) -> tuple[Chart, Chart]:
    """Give both versions of a chart that was changed, the old one with names of its own."""
    return _rename(take_version(chart, "old"), {chart.id: chart.id + OLD}), take_version(chart, "new")


def is_changed(chart: Chart) -> bool:
    """Tell whether a chart stands in both versions and a reader sees a difference."""
    return any(attribute.cause for attribute in chart.before)


def list_pictures(document: Document) -> list[str]:
    """List the names of the pictures that a document shows (`<name>.svg`, `<name>.png`), each once."""
    named = name_versions_apart(document)
    charts = [block for block in named.blocks if isinstance(block, Chart)]
    shown = [version for chart in charts for version in (split_chart(chart) if is_changed(chart) else (chart,))]
    return list(dict.fromkeys(chart.image for chart in shown))


def _list_ids(node: Any, is_old: bool) -> Iterator[tuple[str, bool]]:
    """List the ids of all nodes, and whether only the old version has them."""
    if isinstance(node, tuple):
        for child in node:
            yield from _list_ids(child, is_old)
    elif dataclasses.is_dataclass(node) and not isinstance(node, type):
        is_old = is_old or is_deleted(node)
        identifier = getattr(node, "id", "")
        if identifier:
            yield identifier, is_old
        for name in _list_fields(node):
            yield from _list_ids(getattr(node, name), is_old)


def _list_fields(node: Any) -> list[str]:
    return [field.name for field in dataclasses.fields(node) if field.name not in ("mark", "before")]


def is_deleted(node: Any) -> bool:
    """Tell whether only the old version has a node."""
    if isinstance(node, Deletion):
        return True
    return isinstance(node, Versioned) and node.mark is not None and node.mark.kind == "deleted"


def _find_new_ids(document: Document) -> dict[str, str]:
    """Find the new id of each node that had another in the old version."""
    return {
        attribute.value: node.id
        for node in walk_nodes(document.blocks)
        for attribute in getattr(node, "before", ())
        if attribute.name == "id"
    }


def _rename_deleted(node: Any, names: Mapping[str, str]) -> Any:
    """Rename what was deleted below a node."""
    if isinstance(node, tuple):
        return tuple(_rename_deleted(child, names) for child in node)
    if not dataclasses.is_dataclass(node) or isinstance(node, type):
        return node
    if is_deleted(node):
        return _rename(node, names)
    return dataclasses.replace(
        node, **{name: _rename_deleted(getattr(node, name), names) for name in _list_fields(node)}
    )


def _rename(node: Any, names: Mapping[str, str]) -> Any:
    """Rename a node of the old version and all below it, and lead its links to the new names."""
    if isinstance(node, tuple):
        return tuple(_rename(child, names) for child in node)
    if not dataclasses.is_dataclass(node) or isinstance(node, type):
        return node
    changed: dict[str, Any] = {name: _rename(getattr(node, name), names) for name in _list_fields(node)}
    if "id" in changed:
        changed["id"] = names.get(changed["id"], changed["id"])
    if isinstance(node, Link) and node.target.startswith("#"):
        changed["target"] = "#" + names.get(node.target[1:], node.target[1:])
    if isinstance(node, Chart):
        changed["image"] = node.image + OLD
    return dataclasses.replace(node, **changed)
