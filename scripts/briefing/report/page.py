"""Print a report as a page that an editor reads in a browser: what must be mended first."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import DictLoader, Environment, StrictUndefined

from briefing.problems import EncodedProblem
from briefing.report.rows import Report

_LOCALE = "en_GB"  # the report is for editors, and in English
_TITLES = {
    "wording": "Wordings that are not true",
    "unbound": "Numbers without a figure",
    "acronym": "Acronyms",
    "citation": "Citations",
    "consistency": "Figures that do not agree",
    "plausibility": "Values that cannot be, or hardly",
    "staleness": "Data that newer ones should have replaced",
    "translation": "Translations",
    "glossary": "Terms against the glossary",
    "parity": "What one language says and another does not",
}
_CODE = re.compile(r"(\{\{.*?\}\})")


def fill_page(template: str, **values: object) -> str:
    """Fill the template of a page for editors; a name that it uses and the values lack is an error."""
    environment = Environment(
        loader=DictLoader({"page": template}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "change": _write_change,
        "day": _write_day,
        "number": _write_number,
        "split_code": _split_code,
    }
    return environment.get_template("page").render(values) + "\n"


def write_report_page(report: Report, template: str) -> str:
    """Write a report as a page: what must be mended, what should be looked at, what changed, what was checked."""
    said = {
        "verdict": f"{len(report['problems'])} to mend, {len(report['warnings'])} to look at",
        "problems": group_problems(report["problems"]),
        "warnings": group_problems(report["warnings"]),
    }
    return fill_page(template, report=report, **said)


def group_problems(problems: Iterable[EncodedProblem]) -> list[tuple[str, list[EncodedProblem]]]:
    """Group problems by their kind, in the order in which the kinds are named; what has none comes last."""
    groups: dict[str, list[EncodedProblem]] = {title: [] for title in (*_TITLES.values(), "Other")}
    for problem in problems:
        groups[_TITLES.get(problem["kind"], "Other")].append(problem)
    return [(title, group) for title, group in groups.items() if group]


def _write_number(value: str | float) -> str:
    """Write a number as readers read it, to three digits after the point."""
    return str(format_decimal(Decimal(str(value)), "#,##0.###", _LOCALE))


def _write_change(percent: float) -> str:
    """Write a change in per cent with its sign."""
    return f"{format_decimal(Decimal(str(percent)), '+#,##0.0;−#,##0.0', _LOCALE)}%"


def _write_day(day: str) -> str:
    """Write an ISO date as readers read it; what is none stays as it is."""
    try:
        return str(format_date(datetime.date.fromisoformat(day), "d MMMM y", _LOCALE))
    except ValueError:
        return day


def _split_code(message: str) -> list[tuple[str, bool]]:
    """Split what quotes a figure of the prose from the words around it."""
    return [(part, bool(_CODE.fullmatch(part))) for part in _CODE.split(message) if part]
