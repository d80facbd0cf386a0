"""Print a report as a page that an editor reads in a browser: what must be mended first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefing.problems import EncodedProblem
from briefing.report import REPORT_PAGE
from briefing.report.editor_page import fill_page
from briefing.report.rows import Report

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


def write_report_page(report: Report, templates: Mapping[str, str], fonts: Mapping[str, bytes]) -> str:
    """Write a report as a page: what must be mended, what should be looked at, what changed, what was checked."""
    said = {
        "report": report,
        "verdict": f"{len(report['problems'])} to mend, {len(report['warnings'])} to look at",
        "problems": group_problems(report["problems"]),
        "warnings": group_problems(report["warnings"]),
    }
    return fill_page(REPORT_PAGE, templates, fonts, said)


def group_problems(problems: Iterable[EncodedProblem]) -> list[tuple[str, list[EncodedProblem]]]:
    """Group problems by their kind, in the order in which the kinds are named; what has none comes last."""
    groups: dict[str, list[EncodedProblem]] = {title: [] for title in (*_TITLES.values(), "Other")}
    for problem in problems:
        groups[_TITLES.get(problem["kind"], "Other")].append(problem)
    return [(title, group) for title, group in groups.items() if group]
