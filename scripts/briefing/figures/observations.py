"""Observations: what was measured, of which period, known since when."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

UNDATED = "undated"
BOUNDS = {"L": 1, "T": -1}  # status codes: the true value lies above ("over") or below ("less than") the value


@dataclass(frozen=True, slots=True)
class Observation:
    """One measurement of an indicator; `line` is its row in observations.csv, `column` that of its unit."""

    indicator: str
    period: str
    value: Decimal
    unit: str
    source: str
    known_on: str
    status: str
    line: int
    column: int = 1

    @property
    def bound(self) -> int:
        """Say on which side of the value the true one lies: 1 above, -1 below, 0 at the value."""
        return BOUNDS.get(self.status, 0)


class LaterRow(TypedDict):
    """A row of observations.csv that is known only after the as-of date (`known_on`, an ISO date)."""

    indicator: str
    line: int
    known_on: str


def rank_period(period: str) -> str:
    """Give the text by which periods sort in time: the end of an interval; undated ones come first."""
    return "" if period == UNDATED else period.rpartition("/")[2]
