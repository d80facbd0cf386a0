"""Write the body of a Word file as HTML with the same measures, one long column, so that its lines can be counted.

It is read off the very XML that goes into the file: what stands there is measured, nothing is written twice.
Ids in it: `b3` the fourth block, `b3r2` the third row of it, `n1` the mark of the first footnote, `f1` its text,
`body-end` and `end` the ends of the blocks and of the footnotes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from briefing.writers.docx.styles import Styles, resolve_paragraph
from briefing.writers.docx.xml import Element, expand_name

_JOINER = "\u2060"
_EMU_PER_POINT = 12700
_TWIPS_PER_POINT = 20
_COLUMN = 1_000_000
"""The height of the column, in millimetres: more than any note needs."""


def write_proxy(body: Element, footnotes: Element, styles: Styles) -> str:
    """Write the HTML layout proxy of a body and of its footnotes, which follow it."""
    blocks = "".join(_write_block(block, f"b{index}", styles) for index, block in enumerate(body))
    notes = "".join(_write_note(note, styles) for note in footnotes if not get_attribute(note, "w:type"))
    css = write_proxy_css(styles)
    end = '<p id="body-end"></p>'
    return f'<html><head><style>{css}</style></head><body>{blocks}{end}{notes}<p id="end"></p></body></html>'


def write_proxy_css(styles: Styles) -> str:
    """Write the style sheet of the layout proxy from the styles of the Word file."""
    rules = [_write_page_rule(styles)]
    rules += [_write_paragraph_rule(styles, style) for style in styles["paragraphs"]]
    rules += [_write_table_rules(style, own) for style, own in styles["tables"].items()]
    return "\n".join(rules)


def _write_page_rule(styles: Styles) -> str:
    """Write the page, the fonts, and what holds for every element."""
    page, font = styles["page"], styles["font"]
    family = f"{font['family']}, '{font['fallback']}'"
    faces = "\n".join(
        f"@font-face {{ font-family: {font['family']}; src: url(font:{file}); "
        f"font-weight: {'bold' if 'bold' in face else 'normal'}; "
        f"font-style: {'italic' if 'italic' in face else 'normal'} }}"
        for face, file in font["faces"].items()
    )
    return f"""{faces}
@page {{ size: {page["width"]}mm {_COLUMN}mm; margin: 0 {page["right"]}mm 0 {page["left"]}mm }}
html {{ font-family: {family}; hyphens: manual; overflow-wrap: anywhere }}
body, p, table {{ margin: 0 }}
table {{ border-collapse: separate; border-spacing: 0; table-layout: fixed }}
td {{ vertical-align: top; text-align: left }}
sup {{ font-size: 58%; line-height: 0; font-weight: bold }}
.picture {{ display: block }}
.gap {{ font-style: normal }}"""


def _write_paragraph_rule(styles: Styles, style: str) -> str:
    """Write the rule of a paragraph style, without the space around it, which depends on its neighbours."""
    full = resolve_paragraph(styles, style)
    rule = {
        "font-size": f"{full['size']}pt",
        "line-height": "0" if full["line"] == "auto" else f"{full['line']}pt",
        "font-weight": "bold" if full.get("bold") else "normal",
        "font-style": "italic" if full.get("italic") else "normal",
        "padding-left": f"{full.get('left', 0)}pt",
        "padding-right": f"{full.get('right', 0)}pt",
    }
    if full.get("caps"):
        rule["text-transform"] = "uppercase"
    if "letter_spacing" in full:
        rule["letter-spacing"] = f"{full['letter_spacing']}pt"
    for side, key in (("top", "rule_above"), ("bottom", "rule_below")):
        if key in full:
            rule[f"border-{side}"] = f"{full[key]['width']}pt solid"
            rule[f"padding-{side}"] = f"{full[key]['space']}pt"
    margins = f"margin: {full.get('before', 0)}pt 0 {full.get('after', 0)}pt"
    return f".{style} {{ {'; '.join(f'{key}: {value}' for key, value in rule.items())} }} td .{style} {{ {margins} }}"


def _write_table_rules(style: str, own: Mapping[str, Any]) -> str:
    """Write the rules of a table style: the padding of its cells and the borders that make its rows higher."""
    padding = " ".join(f"{own['padding'][side]}pt" for side in ("top", "right", "bottom", "left"))
    names = ("first_rule", "header_rule", "row_rule", "last_rule")
    first, head, row, last = (own.get(name, {"width": 0})["width"] for name in names)
    return (
        f".{style} td {{ padding: {padding}; border-bottom: {row}pt solid }}\n"
        f".{style} .head td {{ border-bottom-width: {head}pt }}\n"
        f".{style} tr:first-child td {{ border-top: {first}pt solid }}\n"
        f".{style} tr:last-child td {{ border-bottom-width: {last}pt }}"
    )


def get_attribute(element: Element | None, name: str) -> str:
    """Give an attribute by its prefixed name; "" where there is none."""
    return "" if element is None else str(element.get(expand_name(name), ""))


def find_element(element: Element, *path: str) -> Element | None:
    """Find an element below another by the prefixed names of the way to it."""
    return element.find("/".join(expand_name(name) for name in path))


def _write_block(block: Element, identifier: str, styles: Styles) -> str:
    """Write a paragraph or a table."""
    if block.tag == expand_name("w:tbl"):
        return _write_table(block, identifier, styles)
    return _write_paragraph(block, identifier, styles)


def _write_paragraph(paragraph: Element, identifier: str, styles: Styles) -> str:
    """Write a paragraph, with what it says otherwise than its style."""
    style = get_attribute(find_element(paragraph, "w:pPr", "w:pStyle"), "w:val")
    rules = []
    indents = find_element(paragraph, "w:pPr", "w:ind")
    if indents is not None:
        rules.append(f"padding-left: {int(get_attribute(indents, 'w:left')) / _TWIPS_PER_POINT}pt")
    if style == "Bibliography":
        rules.append(f"text-indent: -{resolve_paragraph(styles, style)['hanging']}pt")
    content = "".join(_write_inlines(list(paragraph)[1:], styles))
    place = f'id="{identifier}" ' if identifier else ""
    return f'<p {place}class="{style}" style="{"; ".join(rules)}">{content}</p>\n'


def _write_inlines(inlines: Sequence[Element], styles: Styles) -> Iterator[str]:
    """Write runs, and the links around runs.

    What a tab follows hangs in the indent and takes no room; what follows a tab of its own stands at the right edge.
    """
    for inline in inlines:
        if inline.tag == expand_name("w:hyperlink"):
            yield from _write_inlines(list(inline), styles)
        elif inline.tag == expand_name("w:r"):
            if find_element(inline, "w:tab") is None:
                yield _write_run(inline, styles)
            elif find_element(inline, "w:t") is None:
                return


def _write_run(run: Element, styles: Styles) -> str:
    """Write a run: text, breaks, the room of a picture or the mark of a footnote."""
    content = ""
    for part in run:
        if part.tag == expand_name("w:t"):
            content += _write_text(part.text or "")
        elif part.tag == expand_name("w:br"):
            content += "<br>"
        elif part.tag == expand_name("w:drawing"):
            content += _write_picture(part, styles)
        elif part.tag == expand_name("w:footnoteReference"):
            number = get_attribute(part, "w:id")
            return f'<a id="n{number}"></a><sup>{number}</sup>'
    return _write_emphasis(run, content, styles)


def _write_text(text: str) -> str:
    """Write text so that its lines break where Word breaks them.

    Word, unlike CSS, does not break after a slash. A space at the edge stands in an element of its own: WeasyPrint 70
    breaks a line much too early where the text before an element fits only without its last space.
    """
    core = text.strip(" ")
    if not core:
        return '<i class="gap"> </i>' if text else ""
    before, after = ('<i class="gap"> </i>' if space else "" for space in text.split(core, 1))
    return before + escape(core, quote=False).replace("/", f"/{_JOINER}") + after


def _write_emphasis(run: Element, content: str, styles: Styles) -> str:
    """Put what makes text wider or narrower around it: bold and italic, from the run or its style."""
    properties = find_element(run, "w:rPr")
    if properties is None:
        return content
    own = styles["characters"].get(get_attribute(find_element(properties, "w:rStyle"), "w:val"), {})
    if own.get("bold") or find_element(properties, "w:b") is not None:
        content = f"<b>{content}</b>"
    if own.get("italic") or find_element(properties, "w:i") is not None:
        content = f"<em>{content}</em>"
    return content


def _write_picture(drawing: Element, styles: Styles) -> str:
    """Write the room that a picture takes."""
    extent = find_element(drawing, "wp:inline", "wp:extent")
    assert extent is not None
    height = int(extent.get("cy", "0")) / _EMU_PER_POINT + styles["picture_depth"]
    return f'<span class="picture" style="height: {height}pt"></span>'


def _write_note(note: Element, styles: Styles) -> str:
    """Write the text of a footnote; its first run is the mark again, its second the tab."""
    content = "".join(_write_inlines(list(note[0])[3:], styles))
    return f'<p id="f{get_attribute(note, "w:id")}" class="FootnoteText">{content}</p>\n'


def _write_table(table: Element, identifier: str, styles: Styles) -> str:
    """Write a table; its columns have the widths of its grid."""
    style = get_attribute(find_element(table, "w:tblPr", "w:tblStyle"), "w:val")
    widths = [int(get_attribute(column, "w:w")) / _TWIPS_PER_POINT for column in table.iter(expand_name("w:gridCol"))]
    columns = "".join(f'<col style="width: {width}pt">' for width in widths)
    rows = "".join(
        _write_row(row, f"{identifier}r{index}", styles)
        for index, row in enumerate(table.iterchildren(expand_name("w:tr")))
    )
    return f'<table id="{identifier}" class="{style}" style="width: {sum(widths)}pt">{columns}{rows}</table>\n'


def _write_row(row: Element, identifier: str, styles: Styles) -> str:
    """Write a row of a table."""
    head = "head" if find_element(row, "w:trPr", "w:tblHeader") is not None else ""
    cells = []
    for cell in row.iterchildren(expand_name("w:tc")):
        span = get_attribute(find_element(cell, "w:tcPr", "w:gridSpan"), "w:val") or "1"
        content = "".join(_write_paragraph(block, "", styles) for block in cell.iterchildren(expand_name("w:p")))
        cells.append(f'<td colspan="{span}">{content}</td>')
    return f'<tr id="{identifier}" class="{head}">{"".join(cells)}</tr>'
