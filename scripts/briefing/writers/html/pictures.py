"""Put the pictures of charts into a page: their words are found and read, and the page's colours are theirs."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree
from markupsafe import Markup

from briefing.document.nodes import Chart
from briefing.document.version_names import PHONE, TEXT, name_form
from briefing.document.walking import get_text
from briefing.writers.html.elements import make_element
from briefing.writers.html.surroundings import Surroundings


def pick_drawings(images: Mapping[str, bytes], name: str) -> tuple[bytes, ...]:
    """Pick the SVGs of a picture: that for a page, and that for a phone if there is one."""
    text = name_form(name, TEXT)
    page = images[text if text in images else f"{name}.svg"]
    phone = images.get(name_form(name, PHONE))
    return (page, phone) if phone else (page,)


def write_picture(chart: Chart, around: Surroundings) -> Markup:
    """Write the picture of a chart, on a screen twice: the style sheet shows the one that is drawn for its width.

    On paper it is that for a phone where there is room for no more.
    """
    described = get_text(chart.alternative)
    if around.variant == "pdf":
        if small := around.images.get(name_form(chart.image, PHONE)) if around.is_narrow else None:
            return make_element("img", src=small, alt=described, class_="narrow")
        style = f"width:{chart.width:g}mm;height:{chart.height:g}mm"
        sides = (("width", chart.width), ("height", chart.height))
        pixels = {side: f"{length / 25.4 * 96:.0f}" for side, length in sides}
        return make_element("img", src=around.images[chart.image], alt=described, style=style, **pixels)
    drawings = around.drawings[chart.image]
    places = ("on-page", "on-phone") if len(drawings) > 1 else (None,)
    shown = (_write_drawing(svg, place) for svg, place in zip(drawings, places, strict=True))
    return make_element("div", *shown, class_="drawing", role="img", aria_label=described)


def _write_drawing(svg: bytes, place: str | None) -> Markup:
    root = etree.fromstring(svg)
    for name in {"width", "height"} & set(root.keys()):
        del root.attrib[name]
    if place:
        root.set("class", place)
    return Markup(etree.tostring(root, encoding="unicode"))
