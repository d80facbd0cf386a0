"""Make HTML elements whose text and attributes are always escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

_VOID_ELEMENTS = frozenset({"br", "col", "img", "input"})


def make_element(tag: str, *children: str, **attributes: str | None) -> Markup:
    """Make an element; an attribute that is None is left out; `aria_label` and `class_` give aria-label and class."""
    opening = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in _VOID_ELEMENTS:
        return Markup(f"<{tag}{opening}>")
    return Markup(f"<{tag}{opening}>{join_markup(children)}</{tag}>")


def join_markup(parts: Iterable[str], separator: str = "") -> Markup:
    """Join texts and elements, escaping the texts."""
    return Markup(str.join(separator, map(escape, parts)))
