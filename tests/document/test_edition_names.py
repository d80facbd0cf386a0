"""The names of editions: they stand in the order in which they came out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document.edition_names import EditionName, order_editions, read_edition_name

NAMES = st.builds(
    EditionName, st.dates().map(lambda day: day.strftime("%Y-%m").rjust(7, "0")), st.integers(min_value=0, max_value=99)
)


@given(NAMES)
def test_a_name_is_read_as_it_is_written_and_comes_before_its_next_revision(name: EditionName) -> None:
    assert read_edition_name(str(name)) == name
    assert order_editions(map(str, (name.next_revision, name)))[0] == str(name) or name.revision == 99


def test_the_tenth_revision_comes_after_the_ninth_and_what_is_no_name_is_left_out() -> None:
    names = [
        "2019-02-r10",
        "2019-02-r9",
        "x",
        "2019-03",
        "2019-02",
        "2019-13",
        "2019-02-r0",
        "2019-02-r9.old",
        "2018-12",
    ]
    assert order_editions(names) == ["2018-12", "2019-02", "2019-02-r9", "2019-02-r10", "2019-03"]
    with pytest.raises(ValueError, match='"2019-13" is no name of an edition'):
        read_edition_name("2019-13")
