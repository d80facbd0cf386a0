"""Write charts and maps as pictures: an SVG for programs that draw it, a PNG for those that do not."""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from briefing.document.nodes import Chart
from briefing.document.walking import get_text
from briefing.writers.docx.story import WordSpot
from briefing.writers.docx.xml import NAMESPACES, Element, make, measure_emu

_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension by which Office 2016 and later find the SVG of a picture (MS-ODRAWXML 2.3.2.1)."""


def write_picture(chart: Chart, place: WordSpot) -> Element:
    """Write the drawing of a chart: its size, its alternative text, and where its two pictures are."""
    story = place.story
    number = story.count_picture()
    png = _relate_image(f"{chart.image}.png", CONTENT_TYPE.PNG, place)
    svg = _relate_image(f"{chart.image}.svg", "image/svg+xml", place)
    size = {"cx": measure_emu(chart.width), "cy": measure_emu(chart.height)}
    name = f"{chart.kind.capitalize()} {chart.number}"
    described = {"id": number, "name": name, "descr": get_text(chart.alternative), "title": get_text(chart.title)}
    data = make("a:graphicData", {"uri": NAMESPACES["pic"]}, _make_picture(number, name, png, svg, size))
    frame = make("wp:cNvGraphicFramePr", None, make("a:graphicFrameLocks", {"noChangeAspect": "1"}))
    inline = make(
        "wp:inline",
        {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
        make("wp:extent", size),
        make("wp:effectExtent", {"l": 0, "t": 0, "r": 0, "b": 0}),
        make("wp:docPr", described),
        frame,
        make("a:graphic", None, data),
    )
    return make("w:r", None, make("w:drawing", None, inline))


def _relate_image(name: str, content_type: str, place: WordSpot) -> str:
    """Make the part of an image, once, and relate the story to it."""
    partname = PackURI(f"/word/media/{name}")
    for relationship in place.part.rels.values():
        if not relationship.is_external and relationship.target_part.partname == partname:
            return str(relationship.rId)
    image = Part(partname, content_type, place.story.images[name], place.story.package)
    return place.part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)


def _make_picture(number: int, name: str, png: str, svg: str, size: dict[str, int]) -> Element:
    """Make the picture: the PNG as what is shown, the SVG as what is better."""
    extension = make("a:ext", {"uri": _SVG_EXTENSION}, make("asvg:svgBlip", {"r:embed": svg}))
    blip = make("a:blip", {"r:embed": png}, make("a:extLst", None, extension))
    transform = make("a:xfrm", None, make("a:off", {"x": 0, "y": 0}), make("a:ext", size))
    return make(
        "pic:pic",
        None,
        make("pic:nvPicPr", None, make("pic:cNvPr", {"id": number, "name": name}), make("pic:cNvPicPr")),
        make("pic:blipFill", None, blip, make("a:stretch", None, make("a:fillRect"))),
        make("pic:spPr", None, transform, make("a:prstGeom", {"prst": "rect"}, make("a:avLst"))),
    )
