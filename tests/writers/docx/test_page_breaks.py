"""How a column of lines and rows breaks into pages."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document.nodes import Heading
from briefing.writers.docx.page_breaks import BlockBox, LineBox, break_pages, join_lines
from briefing.writers.docx.page_numbers import lay_out_pages
from support.documents import make_sample_document, make_sample_images
from support.docx_file import read_styles
from support.house import make_fonts, read_labels

pytestmark = pytest.mark.layout


def lines(count: int, notes: Sequence[float] = ()) -> tuple[LineBox, ...]:
    return tuple(LineBox(10, notes[index] if index < len(notes) else 0) for index in range(count))


def paragraph(count: int, **how: float | bool) -> BlockBox:
    return BlockBox(lines(count), margin_lines=min(2, count), **how)  # type: ignore[arg-type]


def pages(*stacks: BlockBox, height: float = 100) -> list[int]:
    return break_pages(stacks, (height, height), separator=5)


def test_blocks_fill_a_page_before_they_go_to_the_next() -> None:
    assert pages(paragraph(5), paragraph(5), paragraph(1)) == [1, 1, 2]


def test_between_two_blocks_stands_the_larger_space_of_the_two() -> None:
    assert pages(paragraph(5, after=8), paragraph(4, before=10)) == [1, 1]
    assert pages(paragraph(5, after=8), paragraph(4, before=10), paragraph(1)) == [1, 1, 2]
    assert pages(paragraph(5, after=8), paragraph(4, before=10.2, keep_lines=True)) == [1, 2]


def test_no_space_stands_at_the_top_of_a_page() -> None:
    assert pages(paragraph(10), paragraph(10, before=30), paragraph(1)) == [1, 2, 3]


def test_two_lines_at_least_stand_on_either_side_of_a_break() -> None:
    assert pages(paragraph(9), paragraph(3)) == [1, 2]
    assert pages(paragraph(8), paragraph(4), paragraph(8), paragraph(1)) == [1, 1, 2, 3]
    assert pages(paragraph(8), paragraph(3)) == [1, 2]
    assert pages(paragraph(7), paragraph(3), paragraph(1)) == [1, 1, 2]


def test_a_heading_goes_with_the_first_lines_of_what_follows() -> None:
    heading = paragraph(1, keep_with_next=True)
    assert pages(paragraph(8), heading, paragraph(6)) == [1, 2, 2]
    assert pages(paragraph(7), heading, paragraph(6)) == [1, 1, 1]
    assert pages(paragraph(6), heading, heading, paragraph(6)) == [1, 1, 1, 1]
    assert pages(paragraph(7), heading, heading, paragraph(6)) == [1, 2, 2, 2]


def test_what_cannot_be_kept_together_is_broken_all_the_same() -> None:
    assert pages(*[paragraph(1, keep_with_next=True)] * 25) == [1] * 10 + [2] * 10 + [3] * 5
    assert pages(BlockBox((LineBox(500),)), paragraph(1)) == [1, 2]


def test_a_line_needs_room_for_its_footnotes_too() -> None:
    noted = BlockBox(lines(4, [0, 0, 20]), margin_lines=2)
    assert pages(paragraph(3), noted, paragraph(1)) == [1, 1, 2]
    assert pages(paragraph(5), noted, paragraph(5), paragraph(1)) == [1, 1, 2, 3]


def test_a_table_repeats_its_header_on_each_page() -> None:
    table = BlockBox((LineBox(30), *[LineBox(20)] * 7), repeated=10)
    assert pages(table, paragraph(1)) == [1, 2]
    assert pages(table, paragraph(3), paragraph(1)) == [1, 3, 3]


def test_the_head_of_a_group_stands_with_a_row_of_it() -> None:
    rows = [LineBox(10), LineBox(20, 1), LineBox(30), LineBox(10, 2), LineBox(40, 4)]
    kept = [True, True, False, True, False]  # the header, a head of a group, its row; another head and row
    assert join_lines(rows, kept) == (LineBox(60, 1), LineBox(50, 6))
    assert join_lines(rows, [False] * 5) == tuple(rows)
    assert join_lines(rows, [True] * 5) == (LineBox(110, 7),)


def test_the_first_page_may_be_higher_than_the_others() -> None:
    assert break_pages([paragraph(12), paragraph(10), paragraph(1)], (120, 100), 0) == [1, 2, 3]


@given(
    st.lists(
        st.builds(
            paragraph,
            st.integers(1, 30),
            before=st.sampled_from([0, 7]),
            keep_with_next=st.booleans(),
            keep_lines=st.booleans(),
            starts_page=st.booleans(),
        )
    )
)
def test_pages_never_run_backwards_and_none_is_left_out(stacks: list[BlockBox]) -> None:
    numbers = pages(*stacks)
    assert numbers == sorted(numbers)
    assert all(number >= 1 for number in numbers)
    assert all(later > earlier for earlier, later, stack in zip(numbers, numbers[1:], stacks[1:], strict=False)
               if stack.starts_page)  # fmt: skip


def test_every_heading_of_a_document_has_a_page_in_order() -> None:
    document = make_sample_document()
    found = lay_out_pages(document, read_labels(), read_styles(), make_fonts(), make_sample_images())
    assert list(found) == [block.id for block in document.blocks if isinstance(block, Heading)]
    assert list(found.values()) == sorted(found.values())
    assert found["introduction"] == 2
