"""Turn the styles of templates/docx.yaml into Word's style, numbering and settings parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefing.writers.docx.theme import make_fonts, name_slot
from briefing.writers.docx.xml import Element, make, make_flag, make_value, measure_millimetres, measure_twips

Styles = Mapping[str, Any]

# Styles that Word knows by these names and hides from no list.
_PRIMARY = ("Normal", "Title", "Subtitle", "Heading1", "Heading2", "Caption", "ListBullet", "ListNumber", "BodyText")
# The other styles that are Word's own; the rest are the house's, which Word has to be told.
_OF_NOTES = ("FootnoteText", "FootnoteReference", "CommentText", "CommentReference")
_BUILT_IN = (*_PRIMARY, *_OF_NOTES, "TOCHeading", "TOC1", "TOC2", "Bibliography", "Header", "Footer", "Hyperlink")
_NUMBERED = {"Heading1": (1, 0), "Heading2": (1, 1), "ListBullet": (2, 0), "ListNumber": (3, 0)}


def resolve_paragraph(styles: Styles, style: str) -> dict[str, Any]:
    """Give all that a paragraph style says, with what it takes from the styles under it."""
    own = styles["paragraphs"][style]
    base = resolve_paragraph(styles, own["based_on"]) if "based_on" in own else {}
    return {**base, **own}


def adapt_styles(styles: Styles, is_redline: bool) -> Styles:
    """Give the styles of a note, or those of a redline, on whose light grounds the colours of reviewers can be read."""
    if not is_redline:
        return styles
    adapted = dict(styles)
    for kind, changes in styles["redline"].items():
        adapted[kind] = {name: {**own, **changes.get(name, {})} for name, own in styles[kind].items()}
    return adapted


def measure_text_width(styles: Styles) -> float:
    """Give the width of the text, in millimetres."""
    page = styles["page"]
    return float(page["width"] - page["left"] - page["right"])


def find_language(styles: Styles, language: str) -> str:
    """Give the language tag with a region, as Word's spelling checkers are named."""
    return str(styles["languages"].get(language, language))


def build_styles(styles: Styles, language: str) -> Element:
    """Build the root of word/styles.xml."""
    return make(
        "w:styles",
        {"mc:Ignorable": "w14"},
        _make_defaults(styles, language),
        make("w:latentStyles", {"defLockedState": False, "defUIPriority": 99, "defSemiHidden": False,
                                "defUnhideWhenUsed": False, "defQFormat": False, "count": 376}),
        [_make_paragraph_style(styles, style) for style in styles["paragraphs"]],
        _make_basic_styles(),
        [_make_character_style(styles, style) for style in styles["characters"]],
        [_make_table_style(styles, style) for style in styles["tables"]],
    )  # fmt: skip


def _make_defaults(styles: Styles, language: str) -> Element:
    """Make what holds where no style says anything."""
    tag = find_language(styles, language)
    run = make(
        "w:rPr",
        None,
        make_fonts(styles),
        # Kerning for every size; Word's own default is none.
        make_value("w:kern", 2),
        make_value("w:sz", 20),
        make_value("w:szCs", 20),
        make("w:lang", {"val": tag, "eastAsia": tag, "bidi": "ar-SA"}),
        make("w14:ligatures", {"w14:val": "standard"}),
    )
    return make("w:docDefaults", None, make("w:rPrDefault", None, run), make("w:pPrDefault"))


def _make_basic_styles() -> Iterator[Element]:
    """Make the three styles without which Word adds its own."""
    yield make(
        "w:style",
        {"type": "character", "default": True, "styleId": "DefaultParagraphFont"},
        make_value("w:name", "Default Paragraph Font"),
        make_value("w:uiPriority", 1),
        make_flag("w:semiHidden"),
    )
    sides = [make(f"w:{side}", {"w": 0, "type": "dxa"}) for side in ("top", "left", "bottom", "right")]
    yield make(
        "w:style",
        {"type": "table", "default": True, "styleId": "TableNormal"},
        make_value("w:name", "Normal Table"),
        make_value("w:uiPriority", 99),
        make_flag("w:semiHidden"),
        make("w:tblPr", None, make("w:tblInd", {"w": 0, "type": "dxa"}), make("w:tblCellMar", None, sides)),
    )
    yield make(
        "w:style",
        {"type": "numbering", "default": True, "styleId": "NoList"},
        make_value("w:name", "No List"),
        make_value("w:uiPriority", 99),
        make_flag("w:semiHidden"),
    )


def _name_style(kind: str, style: str) -> dict[str, object]:
    """Give the attributes by which a style is known."""
    return {"type": kind, **({} if style in _BUILT_IN else {"customStyle": True}), "styleId": style}


def _make_paragraph_style(styles: Styles, style: str) -> Element:
    """Make a paragraph style."""
    own = styles["paragraphs"][style]
    attributes = _name_style("paragraph", style)
    if style == "Normal":
        attributes["default"] = True
    return make(
        "w:style",
        attributes,
        make_value("w:name", own["name"]),
        make_value("w:basedOn", own["based_on"]) if "based_on" in own else None,
        make_value("w:next", own["next"]) if "next" in own else None,
        make_value("w:uiPriority", 9 if style in _PRIMARY else 39),
        make_flag("w:qFormat") if style in _PRIMARY else None,
        _make_paragraph_properties(styles, style),
        make("w:rPr", None, make_run_properties(styles, own)),
    )


def _make_paragraph_properties(styles: Styles, style: str) -> Element:
    """Make the paragraph properties of a style, in the order that the schema asks for."""
    own = styles["paragraphs"][style]
    full = resolve_paragraph(styles, style)
    flags = {"keep_with_next": "w:keepNext", "keep_lines": "w:keepLines"}
    numbering = _NUMBERED.get(style)
    return make(
        "w:pPr",
        None,
        [make_flag(name, own[key]) for key, name in flags.items() if key in own],
        make_flag("w:widowControl") if style == "Normal" else None,
        _make_number_properties(*numbering) if numbering else None,
        _make_rules(styles, own),
        _make_tabs(styles, own),
        make_flag("w:suppressAutoHyphens") if style == "Normal" else None,
        _make_spacing(full),
        _make_indents(own),
        make_value("w:jc", own.get("align", "left")) if "align" in own or style == "Normal" else None,
        make_value("w:outlineLvl", own["outline"]) if "outline" in own else None,
    )


def _make_number_properties(number: int, level: int) -> Element:
    """Make the link from a style or a paragraph to its numbering."""
    return make("w:numPr", None, make_value("w:ilvl", level) if level else None, make_value("w:numId", number))


def _make_rules(styles: Styles, own: Mapping[str, Any]) -> Element | None:
    """Make the lines over and under a paragraph."""
    # OOXML: paragraphs with the same rules are framed as one; the rule between them must be asked for.
    sides = [
        ("w:top", own.get("rule_above")),
        ("w:bottom", own.get("rule_below")),
        ("w:between", own.get("rule_above")),
    ]
    rules = [make_border(styles, side, rule) for side, rule in sides if rule]
    return make("w:pBdr", None, rules) if rules else None


def make_border(styles: Styles, side: str, rule: Mapping[str, Any] | None) -> Element:
    """Make a border of a paragraph, table or cell; None makes one that is not there."""
    if rule is None:
        return make(side, {"val": "nil"})
    # OOXML: a border's width counts in eighths of a point.
    width = {"val": "single", "sz": round(rule["width"] * 8), "space": rule.get("space", 0)}
    colour = rule["colour"]
    return make(side, {**width, "color": styles["colours"][colour], "themeColor": name_slot(styles, colour)})


def _make_tabs(styles: Styles, own: Mapping[str, Any]) -> Element | None:
    """Make tab stops; `end` is one at the right edge, with a leader where the style has one."""
    if "tabs" not in own:
        return None
    end: dict[str, object] = {"val": "right", "pos": measure_millimetres(measure_text_width(styles))}
    if "leader" in own:
        end = {"val": "right", "leader": own["leader"], "pos": end["pos"]}
    places = [end if stop == "end" else {"val": "left", "pos": measure_twips(stop)} for stop in own["tabs"]]
    return make("w:tabs", None, [make("w:tab", place) for place in places])


def _make_spacing(full: Mapping[str, Any]) -> Element:
    """Make the space before and after a paragraph and the height of its lines."""
    exact = full["line"] != "auto"
    line = {"line": measure_twips(full["line"]), "lineRule": "exact"} if exact else {"line": 240, "lineRule": "auto"}
    space = {"before": measure_twips(full.get("before", 0)), "after": measure_twips(full.get("after", 0))}
    return make("w:spacing", {**space, **line})


def _make_indents(own: Mapping[str, Any]) -> Element | None:
    """Make the indents of a paragraph."""
    indents = {key: measure_twips(own[key]) for key in ("left", "right", "hanging") if key in own}
    return make("w:ind", indents) if indents else None


def make_run_properties(styles: Styles, own: Mapping[str, Any]) -> list[Element]:
    """Make the run properties of a style, in the order that the schema asks for."""
    flags = {"bold": "w:b", "italic": "w:i", "caps": "w:caps"}
    properties = [make_fonts(styles, own["face"])] if "face" in own else []
    properties += [make_flag(name, own[key]) for key, name in flags.items() if key in own]
    if "colour" in own:
        properties.append(make_colour(styles, own["colour"]))
    if "letter_spacing" in own:
        properties.append(make_value("w:spacing", measure_twips(own["letter_spacing"])))
    if "size" in own:
        properties += [make_value(tag, round(own["size"] * 2)) for tag in ("w:sz", "w:szCs")]
    if "underline" in own:
        line = own["underline"]
        properties.append(make("w:u", {"val": line["kind"], "color": styles["colours"][line["colour"]]}))
    if own.get("superscript"):
        properties.append(make_value("w:vertAlign", "superscript"))
    return properties


def _make_character_style(styles: Styles, style: str) -> Element:
    """Make a character style."""
    own = styles["characters"][style]
    return make(
        "w:style",
        _name_style("character", style),
        make_value("w:name", own["name"]),
        make_value("w:basedOn", "DefaultParagraphFont"),
        make_value("w:uiPriority", 99),
        make("w:rPr", None, make_run_properties(styles, own)),
    )


def _make_table_style(styles: Styles, style: str) -> Element:
    """Make a table style: hair lines between rows, a stronger one under the header."""
    own = styles["tables"][style]
    padding = [
        make(f"w:{side}", {"w": measure_twips(own["padding"][side]), "type": "dxa"})
        for side in ("top", "left", "bottom", "right")
    ]
    borders = [("w:top", "first_rule"), ("w:bottom", "last_rule"), ("w:insideH", "row_rule")]
    table = make(
        "w:tblPr",
        None,
        make("w:tblInd", {"w": 0, "type": "dxa"}),
        make("w:tblBorders", None, [make_border(styles, side, own[key]) for side, key in borders if key in own]),
        make("w:tblCellMar", None, padding),
    )
    header = make("w:tcBorders", None, make_border(styles, "w:bottom", own.get("header_rule")))
    return make(
        "w:style",
        {"type": "table", "customStyle": True, "styleId": style},
        make_value("w:name", own["name"]),
        make_value("w:basedOn", "TableNormal"),
        make_value("w:uiPriority", 99),
        table,
        make("w:tcPr", None, make_shading(styles, own["fill"])) if "fill" in own else None,
        make("w:tblStylePr", {"type": "firstRow"}, make("w:tblPr"), make("w:tcPr", None, header)),
    )


def make_colour(styles: Styles, colour: str) -> Element:
    """Make the colour of text: the theme's, and as it is without themes."""
    return make("w:color", {"val": styles["colours"][colour], "themeColor": name_slot(styles, colour)})


def make_shading(styles: Styles, colour: str) -> Element:
    """Make the background of a cell."""
    fill = {"fill": styles["colours"][colour], "themeFill": name_slot(styles, colour)}
    return make("w:shd", {"val": "clear", "color": "auto", **fill})
