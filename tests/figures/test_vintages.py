"""Laws of vintages: a note uses the latest value known on its as-of date, and never a later one."""

import io
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.figures.vintages import index_observations, read_observations, select_known

HEADER = "indicator,period,value,unit,source,known_on,status,comment\n"
DAYS = st.dates().map(lambda day: day.replace(year=2015 + day.year % 10).isoformat())
ROWS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["2016", "2017"]), DAYS),
    min_size=1,
    max_size=12,
    unique=True,
)


def write_rows(rows: list[tuple[str, str, str]]) -> str:
    table = io.StringIO()
    table.write(HEADER)
    for value, (indicator, period, known_on) in enumerate(rows):
        table.write(f"{indicator},{period},{value},persons,unstated,{known_on},A,\n")
    return table.getvalue()


@given(ROWS, DAYS)
@settings(max_examples=50, deadline=None, derandomize=True)
def test_the_value_chosen_is_the_latest_one_known(rows: list[tuple[str, str, str]], as_of: str) -> None:
    index = index_observations(select_known(read_observations(write_rows(rows)), as_of))
    wanted: dict[tuple[str, str], int] = {}
    for indicator, period, known_on in rows:
        rivals = [day for name, time, day in rows if (name, time) == (indicator, period) and day <= as_of]
        if rivals and known_on == max(rivals):
            wanted[indicator, period] = rows.index((indicator, period, known_on))
    chosen = {(name, period): int(found.value) for name, periods in index.items() for period, found in periods.items()}
    assert chosen == wanted
    assert all(found.known_on <= as_of for periods in index.values() for found in periods.values())


def test_values_keep_every_digit_and_text_stays_text() -> None:
    row = "no,2017,1234567890123.4567890,persons,NA,2019-02-11,A,null\n"
    found = index_observations(select_known(read_observations(HEADER + row), "2019-02-11"))["no"]["2017"]
    assert found.value == Decimal("1234567890123.4567890")
    assert (found.source, found.line) == ("NA", 2)


def test_the_latest_period_stands_last_whatever_the_order_of_the_rows() -> None:
    rows = [("a", "2017", "2019-01-01"), ("a", "2016", "2019-01-01")]
    index = index_observations(select_known(read_observations(write_rows(rows)), "2019-02-11"))
    assert list(index["a"]) == ["2016", "2017"]
