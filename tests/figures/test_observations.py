"""Observations: periods sort by their ends, and bounds come from the status."""

from decimal import Decimal

import pytest

from briefing.figures.observations import Observation, rank_period


def test_periods_sort_by_their_ends_and_undated_ones_come_first() -> None:
    periods = ["2017", "2015/2019", "undated", "2018-01", "2016/2018-06", "2018"]
    assert sorted(periods, key=rank_period) == ["undated", "2017", "2018", "2018-01", "2016/2018-06", "2015/2019"]


@pytest.mark.parametrize(("status", "bound"), [("A", 0), ("E", 0), ("U", 0), ("L", 1), ("T", -1)])
def test_only_the_statuses_of_bounds_make_bounds(status: str, bound: int) -> None:
    assert Observation("i", "2017", Decimal(1), "persons", "s", "2019-02-11", status, 2).bound == bound
