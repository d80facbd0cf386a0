"""The report on a note, with changed sources."""

from typing import Any

from briefing.report.content import judge_problems, make_report
from support.editions import change_edition, derive_all

ERRORS = dict.fromkeys(("wording", "unbound", "acronym", "citation", "consistency"), "error")


def report_on(note: str, before: str = "", policy: dict[str, str] | None = None, **changes: Any) -> dict[str, Any]:
    edition = change_edition(note, changes.get("files", {}), **changes.get("settings", {}))
    baseline = before or edition.snapshot.sources.note["as_of"]
    return make_report(
        edition.composition.document,
        edition.figures,
        derive_all(edition.snapshot, baseline),
        {"baseline": baseline, "later": [], "checks": []},
        judge_problems(edition.problems, policy or ERRORS),
        edition.composition.uses,
        edition.snapshot.sources.acronyms("en"),
        edition.language,
    )
