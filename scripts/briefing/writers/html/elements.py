"""Make HTML elements whose text and attributes are always escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

_VOID_ELEMENTS = frozenset({"br", "col", "img", "input"})


def make_element(tag: str, *children: str, **attributes: str | None) -> Markup:
    """Make an element; an attribute that is None is left out; `aria_label` and `class_` give aria-label and class."""
    opening = "".join(
        Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), value)
        for name, value in attributes.items()
        if value is not None
    )
    if tag in _VOID_ELEMENTS:
        return Markup("<{}{}>").format(Markup(tag), Markup(opening))
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(tag), Markup(opening), join_markup(children))


def join_markup(parts: Iterable[str], separator: str = "") -> Markup:
    """Join texts and elements, escaping the texts."""
    return Markup(separator).join(escape(part) for part in parts)
