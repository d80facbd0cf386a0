"""Tests of `briefing.writers.html.blocks` and `tables`."""

import lxml.html
import pytest

from briefing.document.nodes import (
    Block,
    Column,
    Contents,
    Heading,
    KeyStatistic,
    KeyStatistics,
    Paragraph,
    ReturnToContents,
    Row,
    Table,
    Text,
)
from briefing.writers.html.blocks import write_block, write_sections
from briefing.writers.html.surroundings import Surroundings

LABELS = {"table": "Table", "close": "Close", "see_annex": "All figures"}
SCREEN = Surroundings("screen", LABELS)
PDF = Surroundings("pdf", LABELS)


def make_heading(id: str, level: int) -> Heading:
    return Heading(id, level, "", (Text(id),))


def make_table(caption: str) -> Table:
    columns = (Column("Law", 0.4), Column("", 0.3), Column("Budget", 0.3, "end"))
    cells = ((Text("LOPM"),), (), (Text("1,200"),))
    return Table("laws", "", 1, (Text(caption),) if caption else (), columns, (Row("laws-1", cells),))


def parse(block: Block, around: Surroundings = SCREEN) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(write_block(block, around))


def test_a_section_holds_its_subsections_and_the_way_back_stands_after_them() -> None:
    blocks = (
        make_heading("one", 1),
        make_heading("one-one", 2),
        Paragraph("p", ()),
        make_heading("one-two", 2),
        ReturnToContents("back", "Back"),
        make_heading("two", 1),
    )
    body = lxml.html.fragment_fromstring(write_sections(blocks, SCREEN), create_parent="div")
    assert [section.get("aria-labelledby") for section in body] == ["one", "two"]
    assert [child.get("id") or child.tag for child in body[0]] == ["one", "section", "section", "back"]


def test_blocks_before_any_heading_stand_in_no_section() -> None:
    assert write_sections((Paragraph("p", (Text("Alone."),)),), SCREEN) == '<p id="p">Alone.</p>'


def test_a_table_with_a_caption_scrolls_in_a_region_that_the_keyboard_reaches_and_the_caption_names() -> None:
    region = parse(make_table("Two laws"))
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    assert region.xpath(f".//*[@id='{region.get('aria-labelledby')}']")[0].text_content() == "Table 1. Two laws"


def test_paper_does_not_scroll() -> None:
    assert parse(make_table("Two laws"), PDF).tag == "table"


def test_the_first_cell_of_a_row_heads_it_and_an_empty_column_title_heads_nothing() -> None:
    table = parse(make_table(""))
    assert [(cell.tag, cell.get("scope")) for cell in table.xpath("./thead/tr/*")] == [
        ("th", "col"),
        ("td", None),
        ("th", "col"),
    ]
    assert [(cell.tag, cell.get("scope")) for cell in table.xpath("./tbody/tr/*")] == [
        ("th", "row"),
        ("td", None),
        ("td", None),
    ]


def test_a_row_with_too_few_cells_is_refused() -> None:
    table = Table("t", "", 0, (), (Column("a", 0.5), Column("b", 0.5)), (Row("r", ((Text("x"),),)),))
    with pytest.raises(ValueError):
        write_block(table, SCREEN)


def test_a_line_of_the_key_statistics_keeps_label_value_year_and_source_apart() -> None:
    line = KeyStatistic("key-area", (Text("Area"),), (Text("1,240,190 km²"),), (Text("2017"),), (Text("World Bank"),))
    box = parse(KeyStatistics("key", "Key statistics", ("", "Value", "Year", "Source"), (line,)))
    assert [cell.text_content() for cell in box.xpath("//tr[@id='key-area']/*")] == [
        "Area",
        "1,240,190 km²",
        "2017",
        "World Bank",
    ]


def test_the_contents_within_a_section_are_refused() -> None:
    with pytest.raises(ValueError, match="contents"):
        write_block(Contents("contents", "Contents"), SCREEN)
