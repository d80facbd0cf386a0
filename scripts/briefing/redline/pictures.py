"""Tell what differs between the two versions of a chart: in the words around its picture, and in the picture."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from briefing.document.changes import Cause
from briefing.document.nodes import Chart, Deletion, Emphasis, FigureUse, Inlines, Insertion, Span, Strong
from briefing.document.version_names import split_chart, take_new_chart
from briefing.document.walking import get_text, walk_nodes
from briefing.redline.inlines import compare_inlines

_AROUND = ("title", "source", "disclaimer")
"""The fields of a chart whose words stand around its picture."""


def mark_versions(chart: Chart) -> tuple[Chart, Chart]:
    """Give both versions of a chart that was changed; of the words around its picture each marks what it alone has."""
    old, new = split_chart(chart)
    causes = {attribute.name: attribute.cause for attribute in chart.before if attribute.cause}
    return (
        dataclasses.replace(old, **_mark_words(old, new, causes, Insertion)),
        dataclasses.replace(take_new_chart(chart), **_mark_words(old, take_new_chart(chart), causes, Deletion)),
    )


def _mark_words(old: Chart, new: Chart, causes: Mapping[str, Cause], foreign: type[Any]) -> dict[str, Any]:
    """Compare the words around two pictures; `foreign` is the kind of mark that stands in the other version alone."""
    return {
        name: _leave_out(compare_inlines(getattr(old, name), getattr(new, name), lambda *_, c=causes[name]: c), foreign)
        for name in _AROUND
        if name in causes
    }


def _leave_out(inlines: Inlines, kind: type[Any]) -> Inlines:
    return tuple(
        dataclasses.replace(inline, children=_leave_out(inline.children, kind))
        if isinstance(inline, Emphasis | Strong | Span)
        else inline
        for inline in inlines
        if not isinstance(inline, kind)
    )


def has_same_words(chart: Chart) -> bool:
    """Tell whether both versions of a chart have the same words around the picture."""
    old, new = split_chart(chart)
    return all(get_text(getattr(old, name)) == get_text(getattr(new, name)) for name in _AROUND)


def list_drawn(chart: Chart) -> tuple[list[str], list[str]]:
    """List the texts and numbers that only the old picture of a chart shows, and those that only the new one does."""
    old, new = (_list_shown(version) for version in split_chart(chart))
    return [text for text in old if text not in new], [text for text in new if text not in old]


def _list_shown(chart: Chart) -> dict[str, None]:
    labels = (get_text(label.children) for label in chart.labels)
    points = (use.text for use in walk_nodes(chart.points) if isinstance(use, FigureUse))
    return dict.fromkeys(filter(None, (*labels, *points)))
