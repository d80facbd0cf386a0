"""Lay the body of a Word file out as HTML, with the same measures, so that its pages can be counted without Word.

The twin is read off the very XML that goes into the file: what stands there is laid out, nothing is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from briefing.docx_styles import Styles, resolve_paragraph
from briefing.docx_xml import Element, expand_name

_EMU_PER_POINT = 12700
_TWIPS_PER_POINT = 20


def write_twin(body: Element, footnotes: Element, styles: Styles) -> str:
    """Write the HTML twin of a body and its footnotes; an element of it has the name of its bookmark as its id."""
    twin = _Twin(styles, {_get(note, "w:id"): note for note in footnotes})
    content = "".join(twin.lay_out_blocks(list(body)))
    return f"<html><head><style>{write_twin_css(styles)}</style></head><body>{content}</body></html>"


def write_twin_css(styles: Styles) -> str:
    """Write the style sheet of the twin from the styles of the Word file."""
    rules = [_write_page_rule(styles)]
    rules += [_write_paragraph_rule(styles, style) for style in styles["paragraphs"]]
    rules += [_write_character_rule(style, own) for style, own in styles["characters"].items()]
    for style, own in styles["tables"].items():
        padding = " ".join(f"{own['padding'][side]}pt" for side in ("top", "right", "bottom", "left"))
        rules.append(f".{style} td {{ padding: {padding}; border-bottom: {own['row_rule']['width']}pt solid }}")
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
    margins = " ".join(f"{page[side]}mm" for side in ("top", "right", "bottom", "left"))
    lines = styles["widow_lines"]
    note = resolve_paragraph(styles, "FootnoteText")
    return f"""{faces}
@page {{ size: {page["width"]}mm {page["height"]}mm; margin: {margins};
  @footnote {{ margin-top: {styles["footnote_separator"]}pt }} }}
html {{ font-family: {family}; orphans: {lines}; widows: {lines}; hyphens: manual; overflow-wrap: anywhere }}
body, p, table {{ margin: 0 }}
table {{ border-collapse: separate; border-spacing: 0; table-layout: fixed; width: 100% }}
td {{ vertical-align: top }}
tr {{ break-inside: avoid }}
.footnote {{ float: footnote; footnote-policy: line; font-size: {note["size"]}pt; line-height: {note["line"]}pt;
  padding-left: {note["left"]}pt; font-weight: normal; font-style: normal; margin-bottom: {note["after"]}pt;
  text-align: left }}
.footnote::footnote-call {{ font-size: 58%; line-height: 0; vertical-align: super; font-weight: bold }}
.footnote::footnote-marker {{ content: ""; margin: 0 }}
img, .picture {{ display: block }}"""


def _write_paragraph_rule(styles: Styles, style: str) -> str:
    """Write the rule of a paragraph style; space before it is set where the space after the last one is known."""
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
    if full.get("keep_with_next"):
        rule["break-after"] = "avoid"
    if full.get("keep_lines"):
        rule["break-inside"] = "avoid"
    if full.get("page_break_before"):
        rule["break-before"] = "page"
    return f".{style} {{ {'; '.join(f'{key}: {value}' for key, value in rule.items())} }}"


def _write_character_rule(style: str, own: Mapping[str, Any]) -> str:
    """Write the rule of a character style: what of it changes a width."""
    weight = "bold" if own.get("bold") else "inherit"
    slope = "italic" if own.get("italic") else "inherit"
    return f".{style} {{ font-weight: {weight}; font-style: {slope} }}"


def _get(element: Element | None, name: str) -> str:
    """Give an attribute; "" where there is none."""
    return "" if element is None else str(element.get(expand_name(name), ""))


def _find(element: Element, *path: str) -> Element | None:
    """Find an element below another by the prefixed names of the way to it."""
    return element.find("/".join(expand_name(name) for name in path))


class _Twin:
    """Lay out blocks and inlines; `notes` are the footnotes by their id."""

    def __init__(self, styles: Styles, notes: Mapping[str, Element]) -> None:
        self._styles = styles
        self._notes = notes

    def lay_out_blocks(self, blocks: Sequence[Element]) -> Iterator[str]:
        """Lay out paragraphs and tables.

        Between two paragraphs stands the larger of the spaces after the one and before the other, as in HTML: Word does
        so unless `w:doNotUseHTMLParagraphAutoSpacing` is set.
        """
        after = 0.0
        for block in blocks:
            if block.tag == expand_name("w:p"):
                own = resolve_paragraph(self._styles, _get(_find(block, "w:pPr", "w:pStyle"), "w:val"))
                yield self._lay_out_paragraph(block, max(after, own.get("before", 0)))
                after = own.get("after", 0)
            elif block.tag == expand_name("w:tbl"):
                yield self._lay_out_table(block, after)
                after = 0.0

    def _lay_out_paragraph(self, paragraph: Element, space: float) -> str:
        """Lay out a paragraph, with what it says otherwise than its style."""
        style = _get(_find(paragraph, "w:pPr", "w:pStyle"), "w:val")
        properties = paragraph[0]
        rules = [f"margin-top: {space}pt"]
        if _find(properties, "w:pageBreakBefore") is not None:
            rules.append("break-before: page")
        if _find(properties, "w:keepNext") is not None:
            rules.append("break-after: avoid")
        indents = _find(properties, "w:ind")
        if indents is not None:
            rules.append(f"padding-left: {int(_get(indents, 'w:left')) / _TWIPS_PER_POINT}pt")
        if _get(_find(properties, "w:jc"), "w:val") == "right":
            rules.append("text-align: right")
        if style == "Bibliography":
            own = resolve_paragraph(self._styles, style)
            rules.append(f"text-indent: -{own['hanging']}pt")
        content = "".join(self._lay_out_inlines(list(paragraph)[1:]))
        return f'<p class="{style}" style="{"; ".join(rules)}">{content}</p>\n'

    def _lay_out_inlines(self, inlines: Sequence[Element]) -> Iterator[str]:
        """Lay out runs, the links around runs, and bookmarks.

        What a tab follows hangs in the indent and takes no room; what follows a tab of its own stands at the right edge.
        """
        for inline in inlines:
            if inline.tag == expand_name("w:r"):
                if _find(inline, "w:tab") is None:
                    yield self._lay_out_run(inline)
                elif _find(inline, "w:t") is None:
                    return
            elif inline.tag == expand_name("w:hyperlink"):
                yield from self._lay_out_inlines(list(inline))
            elif inline.tag == expand_name("w:bookmarkStart"):
                yield f'<a id="{_get(inline, "w:name")}"></a>'

    def _lay_out_run(self, run: Element) -> str:
        """Lay out a run: text, breaks, a picture or the mark of a footnote."""
        content = ""
        for part in run:
            if part.tag == expand_name("w:t"):
                # Word does not break a line after a slash; a word joiner keeps the twin from it.
                content += escape(part.text or "").replace("/", "/\u2060")
            elif part.tag == expand_name("w:br"):
                content += "<br>"
            elif part.tag == expand_name("w:drawing"):
                content += self._lay_out_drawing(part)
            elif part.tag == expand_name("w:footnoteReference"):
                return self._lay_out_footnote(self._notes[_get(part, "w:id")])
        properties = _find(run, "w:rPr")
        if properties is None or not content:
            return content
        rules = "font-weight: bold;" if _find(properties, "w:b") is not None else ""
        rules += "font-style: italic;" if _find(properties, "w:i") is not None else ""
        style = _get(_find(properties, "w:rStyle"), "w:val")
        return f'<span class="{style}" style="{rules}">{content}</span>'

    def _lay_out_drawing(self, drawing: Element) -> str:
        """Lay out the room that a picture takes."""
        extent = _find(drawing, "wp:inline", "wp:extent")
        assert extent is not None
        height = int(extent.get("cy", "0")) / _EMU_PER_POINT + self._styles["picture_depth"]
        return f'<span class="picture" style="height: {height}pt"></span>'

    def _lay_out_footnote(self, note: Element) -> str:
        """Lay out a footnote at the place of its mark; its own first run is the mark again, its second the tab."""
        paragraph = note[0]
        content = "".join(self._lay_out_inlines(list(paragraph)[3:]))
        return f'<span class="footnote">{content}</span>'

    def _lay_out_table(self, table: Element, after: float) -> str:
        """Lay out a table; its header rows go into a head that is repeated."""
        style = _get(_find(table, "w:tblPr", "w:tblStyle"), "w:val")
        grid = _find(table, "w:tblGrid")
        assert grid is not None
        widths = [int(_get(column, "w:w")) / _TWIPS_PER_POINT for column in grid]
        columns = "".join(f'<col style="width: {width}pt">' for width in widths)
        head, rows = "", ""
        for row in table.iterchildren(expand_name("w:tr")):
            if _find(row, "w:trPr", "w:tblHeader") is not None:
                head += self._lay_out_row(row)
            else:
                rows += self._lay_out_row(row)
        return (
            f'<table class="{style}" style="margin-top: {after}pt">{columns}'
            f"<thead>{head}</thead><tbody>{rows}</tbody></table>\n"
        )

    def _lay_out_row(self, row: Element) -> str:
        """Lay out a row of a table."""
        cells = []
        for cell in row.iterchildren(expand_name("w:tc")):
            span = _get(_find(cell, "w:tcPr", "w:gridSpan"), "w:val") or "1"
            content = "".join(self.lay_out_blocks(list(cell)))
            cells.append(f'<td colspan="{span}">{content}</td>')
        return f"<tr>{''.join(cells)}</tr>"
