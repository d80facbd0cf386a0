"""Choose the observations that a note may use: the latest vintage known on its as-of date (pandas)."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from briefing.figures.observations import LaterRow, Observation, rank_period
from briefing.formats.csv_table import read_table


def read_observations(text: str) -> pd.DataFrame:
    """Read observations.csv as text columns, with the line of each row and the column of its unit.

    Values stay text, so that no digit is lost.
    """
    table = read_table(text)
    column = table.header.index("unit") + 1
    rows = [{**row, "line": line, "column": column} for line, row in table.records()]
    return pd.DataFrame(rows, columns=[*table.header, "line", "column"])


def select_known(observations: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Keep, for each indicator and period, the latest vintage known on `as_of` (an ISO date)."""
    known = observations[observations["known_on"] <= as_of]
    return known.sort_values(["known_on", "line"]).groupby(["indicator", "period"], as_index=False).last()


def list_later(observations: pd.DataFrame, as_of: str) -> list[LaterRow]:
    """List the rows that are known only after `as_of`, which change nothing yet, in the order of the table."""
    later = observations[observations["known_on"] > as_of]
    return [
        {"indicator": str(row["indicator"]), "line": int(row["line"]), "known_on": str(row["known_on"])}
        for row in later.to_dict("records")
    ]


def index_observations(known: pd.DataFrame) -> dict[str, dict[str, Observation]]:
    """Index selected observations by indicator and period, periods in the order of time."""
    index: dict[str, dict[str, Observation]] = {}
    ordered = known.sort_values("period", key=lambda column: column.map(rank_period))
    for row in ordered.to_dict("records"):
        observation = Observation(
            indicator=str(row["indicator"]),
            period=str(row["period"]),
            value=Decimal(str(row["value"])),
            unit=str(row["unit"]),
            source=str(row["source"]),
            known_on=str(row["known_on"]),
            status=str(row["status"]),
            line=int(row["line"]),
            column=int(row["column"]),
        )
        index.setdefault(observation.indicator, {})[observation.period] = observation
    return index
