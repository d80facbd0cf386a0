"""Find the rows of observations.csv that a figure rests on, and make ready what a newer value would be written as."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from briefing.figures.encoding import EncodedFigure
from briefing.returns.items import ObservationRow

KNOWN_ON, LEFT_OPEN = "known_on", ("value", "source", "status")


def list_observation_rows(
    figure: str, figures: Mapping[str, EncodedFigure], file: str, table: str, day: str, comment: str
) -> list[ObservationRow]:
    """List the rows of a figure, or of all that it is computed from, each with a row for a value known from `day` on.

    Value, source and status are left to whoever finds the new value stated.
    """
    lines = table.splitlines()
    header = next(csv.reader([lines[0].lstrip("\ufeff")]))
    found = []
    for line in dict.fromkeys(_list_lines(figure, figures)):
        record = dict(zip(header, next(csv.reader([lines[line - 1]])), strict=False))
        fresh = {**record, **dict.fromkeys(LEFT_OPEN, ""), KNOWN_ON: day, "comment": comment}
        text = io.StringIO()
        csv.writer(text, lineterminator="").writerow(fresh.get(name, "") for name in header)
        found.append(ObservationRow(place=f"{file}:{line}", row=lines[line - 1].strip(), new=text.getvalue()))
    return found


def _list_lines(figure: str, figures: Mapping[str, EncodedFigure]) -> Iterator[int]:
    known = figures.get(figure)
    if known is None:
        return
    if known["line"]:
        yield known["line"]
    for name in known["derived_from"]:
        yield from _list_lines(name, figures)
