"""Report what was checked of a note in all its languages, and list its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.compose.findings import Findings
from briefing.document.nodes import Document
from briefing.figures.derived import Derived
from briefing.figures.encoding import decode_figure
from briefing.language.house_texts import House
from briefing.problems import Place, Problem, decode_problem
from briefing.report.content import judge_problems, list_figure_rows, make_report
from briefing.report.coverage import count_coverage
from briefing.report.rows import FigureRow, Report
from briefing.sources.snapshot import Snapshot
from briefing.translate.parity import compare_documents


@dataclass(frozen=True, slots=True)
class Edition:
    """A language of a note: its document, and what was found while it was composed."""

    document: Document
    findings: Findings


def report_note(
    snapshot: Snapshot,
    derived: Derived,
    editions: Mapping[str, Edition],
    house: House,
    policy: Mapping[str, str],
) -> tuple[Report, list[FigureRow]]:
    """Report on a note, and list its figures; the first of the `editions` (by language) is that of the source.

    The policy says what each kind of problem is. Nothing fails over what is found.
    """
    source, *others = editions
    document, findings = editions[source].document, editions[source].findings
    figures = {name: decode_figure(fields) for name, fields in derived["figures"].items()}
    before = {name: decode_figure(fields) for name, fields in derived["before"].items()}
    language, acronyms = snapshot.language(house), snapshot.sources.acronyms(source)
    parity = {tag: compare_editions(snapshot, editions, source, tag) for tag in others}
    judged = gather_problems(derived, editions, parity, policy)
    translations = {
        tag: count_coverage(editions[tag].findings["marks"], parity[tag], (document, editions[tag].document))
        for tag in others
    }
    report = make_report(document, figures, before, derived, judged, findings["uses"], acronyms, language, translations)
    measured = {name: spec.measures for name, spec in snapshot.sources.specs.items()}
    return report, list_figure_rows(figures, findings["uses"], derived["as_of"], language, measured)


def gather_problems(
    derived: Derived,
    editions: Mapping[str, Edition],
    parity: Mapping[str, Sequence[Problem]],
    policy: Mapping[str, str],
) -> list[Problem]:
    """Gather what was found in the sources, in each language and between the languages, as the policy judges it."""
    told = [derived["problems"], *(edition.findings["problems"] for edition in editions.values())]
    problems = [decode_problem(fields) for part in told for fields in part]
    return judge_problems([*problems, *(problem for part in parity.values() for problem in part)], policy)


def compare_editions(snapshot: Snapshot, editions: Mapping[str, Edition], source: str, tag: str) -> list[Problem]:
    """List what a translation and its source do not have in common."""
    edition = editions[tag]
    places = {name: Place(*place) for name, place in edition.findings["places"].items()}
    acronyms = (snapshot.sources.acronyms(source), snapshot.sources.acronyms(tag))
    both = (editions[source].document, edition.document)
    return compare_documents(*both, acronyms, snapshot.unit_table, places, edition.findings["left"])
