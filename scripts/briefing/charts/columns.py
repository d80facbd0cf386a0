"""Draw sums spread over years as columns, a year each, that stand on each other where they overlap."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from briefing.charts.canvas import Sheet
from briefing.charts.spec import Term, Terms

COLUMNS = 34.0  # millimetres: the height of the columns where the sheet leaves it open
SHARE = 0.86  # of a year's width that its column takes
ARROW = 2.2


def draw_terms(sheet: Sheet, terms: Terms, values: Mapping[str, Decimal]) -> None:
    """Draw the names of the sums with their colours, then the columns: the first sum at the foot."""
    years = range(min(term.start for term in terms.terms), max(term.end for term in terms.terms) + 1)
    width = sheet.width / len(years)
    top = 0.0
    for term in terms.terms:
        _write_name(sheet, term, top)
        top += _measure_name(sheet, term)
    foot = sheet.height - sheet.get_leading("small") - 0.8
    sums = {year: sum(float(values[term.yearly]) for term in _list_running(terms, year)) for year in years}
    scale = (foot - top - ARROW - 2.0) / (max(sums.values()) or 1.0)
    for number, year in enumerate(years):
        x, y = (number + (1 - SHARE) / 2) * width, foot
        for term in _list_running(terms, year):
            height = float(values[term.yearly]) * scale
            y -= height
            sheet.fill(x, y, width * SHARE, height, term.tone, f"bar-{term.figure}-{year}")
            if y + height < foot:
                sheet.fill(x, y + height - 0.15, width * SHARE, 0.3, "paper")
            if term.bound == "lower":
                sheet.arrow_head(x + width * SHARE / 2, y - 0.5 - ARROW, ARROW, "axis", way="up")
        centre = (number + 0.5) * width
        sheet.write(centre, sheet.height - 0.8, str(year), "small", align="center", colour="quiet")
    sheet.stroke([(0, foot), (sheet.width, foot)], "axis", "axis")


def measure_terms(sheet: Sheet, terms: Terms) -> float:
    """Give the height that the names and the columns need on a sheet of this width."""
    names = sum(_measure_name(sheet, term) for term in terms.terms)
    return names + COLUMNS + ARROW + 3.0 + sheet.get_leading("small")


def _list_running(terms: Terms, year: int) -> list[Term]:
    return [term for term in terms.terms if term.start <= year <= term.end]


def _measure_name(sheet: Sheet, term: Term) -> float:
    return len(_list_lines(sheet, term)) * sheet.get_leading("label") + 1.6


def _list_lines(sheet: Sheet, term: Term) -> list[tuple[str, str]]:
    """List what is said of a sum, as (text, role); on a narrow sheet total and average have a line each."""
    room = sheet.width - 1.2 * sheet.get_size("label")
    said = [term.value, term.average] if sheet.is_narrow else [f"{term.value}  ·  {term.average}"]
    return [
        *((line, "group") for line in sheet.wrap(term.label, room, "group")),
        *((line, "label") for text in said for line in sheet.wrap(text, room)),
    ]


def _write_name(sheet: Sheet, term: Term, top: float) -> None:
    """Write what is said of a sum beside its colour."""
    size, leading = sheet.get_size("label"), sheet.get_leading("label")
    sheet.fill(0, top + size * 0.28, size * 0.75, size * 0.75, term.tone)
    for number, (line, role) in enumerate(_list_lines(sheet, term)):
        sheet.write(size * 1.2, top + size + number * leading, line, role)
