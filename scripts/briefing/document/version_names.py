"""Give what only the old version of a redline has names of its own, so that a page can hold both versions."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from typing import Any

from briefing.document.changes import Versioned
from briefing.document.nodes import Chart, Deletion, Document, FigureUse, Link
from briefing.document.versions import take_version
from briefing.document.walking import map_nodes, walk_nodes

OLD = ".old"
"""What is put behind the id of a node, or the name of a picture, that only the old version has."""
TEXT, PHONE = ".text", ".phone"
"""What stands before the end of the name of a picture whose text is text, and of such a one for phones."""


def name_versions_apart(document: Document) -> Document:
    """Rename what was deleted where the new version has the same id; links in it lead to what was meant.

    The pictures of deleted charts are those of the old version: `<image>.old`.
    """
    if not document.is_redline:
        return document
    gone = _count_ids(tuple(node for node in walk_nodes(document.blocks) if is_deleted(node)))
    living = _count_ids(document.blocks) - gone
    names = _find_new_ids(document) | {name: name + OLD if name in living else name for name in gone}
    blocks = map_nodes(document.blocks, lambda node: _rename(node, names) if is_deleted(node) else node)
    return dataclasses.replace(document, blocks=blocks)


def name_old_page(identifier: str) -> str:
    """Name the page of a heading in the old version, given the id by which a redline's writer knows the heading."""
    return identifier.removesuffix(OLD) + OLD


def split_chart(chart: Chart) -> tuple[Chart, Chart]:
    """Give both versions of a chart that was changed, the old one with names of its own."""
    return _rename(take_version(chart, "old"), {chart.id: chart.id + OLD}), take_version(chart, "new")


def is_changed(chart: Chart) -> bool:
    """Tell whether a chart stands in both versions and a reader sees a difference."""
    return any(attribute.cause for attribute in chart.before)


def take_new_chart(chart: Chart) -> Chart:
    """Give the new version of a chart with what is said against its wordings, which accepting it leaves out."""
    return dataclasses.replace(chart, before=())


def list_drawn_doubts(chart: Chart) -> list[FigureUse]:
    """List what a chart draws with a wording that is not true, each once; what its caption says bears its own mark."""
    said, drawn = (
        {(use.figure, use.form): use for use in walk_nodes(nodes) if isinstance(use, FigureUse) and use.doubt}
        for nodes in ((chart.title, chart.source, chart.disclaimer), (chart.alternative, chart.points, chart.labels))
    )
    return [use for key, use in drawn.items() if key not in said]


def list_pictures(document: Document) -> list[str]:
    """List the names of the pictures that a document shows (`<name>.svg`, `<name>.png`), each once."""
    named = name_versions_apart(document)
    charts = [block for block in named.blocks if isinstance(block, Chart)]
    shown = [version for chart in charts for version in (split_chart(chart) if is_changed(chart) else (chart,))]
    return list(dict.fromkeys(chart.image for chart in shown))


def name_form(image: str, form: str) -> str:
    """Name another form of a picture: "map.text.svg" of "map", "map.text.old.svg" of "map.old"."""
    base, old, _ = image.partition(OLD)
    return f"{base}{form}{old}.svg"


def _count_ids(node: Any) -> Counter[str]:
    """Count the ids at and below a node or a tuple of nodes."""
    return Counter(inner.id for inner in walk_nodes(node) if getattr(inner, "id", ""))


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


def _rename(node: Any, names: Mapping[str, str]) -> Any:
    """Rename a node of the old version and all below it, and lead its links to the new names."""

    def rename(inner: Any) -> Any:
        changed: dict[str, str] = {}
        if hasattr(inner, "id"):
            changed["id"] = names.get(inner.id, inner.id)
        if isinstance(inner, Link) and inner.target.startswith("#"):
            changed["target"] = "#" + names.get(inner.target[1:], inner.target[1:])
        if isinstance(inner, Chart):
            changed["image"] = inner.image + OLD
        return dataclasses.replace(inner, **changed) if changed else inner

    return map_nodes(node, rename)
