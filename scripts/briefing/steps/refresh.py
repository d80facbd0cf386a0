"""Refresh a note from its publishers: ask, compare, and write what they say as a proposal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from briefing.checks.observation_cells import read_plain_rows
from briefing.figures.observations import Observation
from briefing.formats.csv_table import read_table
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import check_schema, find_place, read_yaml
from briefing.language.house_texts import read_house
from briefing.problems import Problem, SourceError, encode_problem
from briefing.refresh import PAGE
from briefing.refresh.answers import AnswerError, read_answer
from briefing.refresh.comparison import NEW, REVISED, SeriesComparison, compare_series
from briefing.refresh.lines import draw_lines
from briefing.refresh.origins import (
    PUBLISHERS,
    Origin,
    Publisher,
    check_origins,
    check_publishers,
    read_origins,
    read_publishers,
)
from briefing.refresh.patches import add_rows, add_works, make_rows, make_work, name_work, write_patch
from briefing.refresh.proposal import (
    VERDICTS,
    Proposal,
    count_verdicts,
    describe_comparison,
    summarise,
    write_proposal_text,
)
from briefing.report.content import judge_problems
from briefing.report.editor_page import fill_page
from briefing.review.impact_page import write_verdict
from briefing.review.rows import Impact
from briefing.sources.snapshot import Snapshot, read_snapshot
from briefing.steps.compare import TABLES, compare_versions, read_version
from briefing.steps.compose import Target
from briefing.steps.take_version import make_version
from briefing.steps.validate import check_sources

AS_OF = re.compile(r"""(?m)^(as_of:\s*)["']?\d{4}-\d\d-\d\d["']?""")
OBSERVATIONS, BIBLIOGRAPHY, NOTE = "observations.csv", "bibliography.json", "note.yaml"

Ask = Callable[[Origin], tuple[Sequence[bytes], str]]
"""Asks for a series: the pages of the answer, and the day on which it was given; or fails with an `AnswerError`."""


@dataclass(frozen=True, slots=True)
class ProposedCommit:
    """A change of sources with its message; `files` are by path below sources/."""

    message: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class RefreshedNote:
    """What a refresh wrote: files by name, the commits that would accept it, and what could not be had."""

    files: Mapping[str, str]
    commits: tuple[ProposedCommit, ...]
    proposal: Proposal
    failures: tuple[Problem, ...]


def refresh_note(
    note: str,
    raw: Mapping[str, bytes],
    house_files: Mapping[str, bytes],
    targets: Sequence[Target],
    ask: Ask,
    day: str,
    policy: Mapping[str, str],
) -> RefreshedNote:
    """Ask for each series that an indicator comes from, and propose rows for what the note does not have.

    `raw` has the bytes of all sources by path below sources/, `house_files` those of the house's texts. This fails with
    a `SourceError` where the sources themselves are wrong. The policy says what each kind of problem is.
    """
    snapshot, publishers = _read_sources(note, raw, policy)
    table = _get_text(note, raw, OBSERVATIONS)
    observed: dict[str, list[Observation]] = {}
    for row in read_plain_rows(read_table(table)):
        observed.setdefault(row.indicator, []).append(row)
    if wrong := list(_check_day(snapshot, day)):
        raise SourceError(wrong)
    origins = read_origins(snapshot.sources, publishers)
    unrounded = {spec.indicator for spec in snapshot.sources.specs.values() if spec.digits is None}
    comparisons = [_compare(origin, observed.get(origin.indicator, ()), ask, unrounded) for origin in origins]
    commits = _make_commits(note, raw, comparisons)
    accepted = _accept(raw, commits)
    moved = _move_as_of(note, accepted, day)
    impact, problems = _foresee(note, raw, moved, house_files, targets, policy)
    proposal: Proposal = {
        "note": note,
        "day": day,
        "as_of": str(snapshot.sources.note["as_of"]),
        "indicators": [describe_comparison(row, observed.get(row.origin.indicator, ())) for row in comparisons],
        "without_origin": sorted(observed.keys() - {origin.indicator for origin in origins}),
        "problems": [encode_problem(problem) for problem in problems],
        "impact": impact,
    }
    files = {
        "observations.patch": _write_patch(note, raw, accepted, OBSERVATIONS),
        "bibliography.patch": _write_patch(note, raw, accepted, BIBLIOGRAPHY),
        "as-of.patch": _write_patch(note, accepted, moved, NOTE),
        "proposal.json": json.dumps(proposal, ensure_ascii=False, indent=1) + "\n",
        "proposal.md": write_proposal_text(proposal),
    }
    if any(row.proposed for row in comparisons):
        commits = [
            *commits,
            ProposedCommit(f"Take the data of {note} as of {day}", {f"{note}/{NOTE}": moved[f"{note}/{NOTE}"]}),
        ]
    failures = tuple(
        row.origin.place.report(f"{row.origin.publisher.name}, {row.origin.series}: {row.failure}", "refresh")
        for row in comparisons
        if row.failure
    )
    return RefreshedNote(files, tuple(commits), proposal, failures)


def read_contact(note: str, raw: Mapping[str, bytes]) -> str:
    """Read whom a publisher can ask about a note; nothing where the note does not say it, which is told elsewhere."""
    with suppress(SourceError, KeyError, TypeError):
        return str(read_yaml(f"sources/{note}/{NOTE}", _get_text(note, raw, NOTE))["contact"])
    return ""


def write_proposal_page(proposal: Proposal, templates: Mapping[str, str], fonts: Mapping[str, bytes]) -> str:
    """Write a proposal as a page."""
    lines = {row["indicator"]: draw_lines(row) for row in proposal["indicators"]}
    verdict = write_verdict(proposal["impact"]) if proposal["impact"] else ""
    counts = count_verdicts(proposal["indicators"])
    said = {"summary": summarise(proposal), "news": counts[VERDICTS[NEW]] + counts[VERDICTS[REVISED]]}
    report = {**proposal, **said, "lines": lines, "verdict": verdict}
    return fill_page(PAGE, templates, fonts, {"report": report})


def _read_sources(
    note: str, raw: Mapping[str, bytes], policy: Mapping[str, str]
) -> tuple[Snapshot, Mapping[str, Publisher]]:
    """Read the sources and the publishers, whole and right."""
    if wrong := _list_errors(note, raw, policy):
        raise SourceError(wrong)
    name = f"sources/{PUBLISHERS}"
    if PUBLISHERS not in raw:
        message = "this file is missing; it says how publishers are asked, as docs/refresh.md describes"
        raise SourceError([Problem(name, 1, 1, message)])
    written = read_yaml(name, decode_source(name, raw[PUBLISHERS]))
    schema = "common/schemas/publishers.yaml"
    check_schema(name, written, read_yaml(schema, decode_source(schema, raw[schema]), plain=False))
    snapshot, publishers = read_snapshot(note, raw), read_publishers(written)
    if wrong := [*check_publishers(written), *check_origins(snapshot.sources, publishers)]:
        raise SourceError(wrong)
    return snapshot, publishers


def _check_day(snapshot: Snapshot, day: str) -> Iterator[Problem]:
    """Report a day that lies before the note's as-of date, to which no row that is known then could be new."""
    sources = snapshot.sources
    if day < (as_of := str(sources.note["as_of"])):
        place = find_place(sources.name(NOTE), sources.note, ("as_of",))
        yield place.report(f"as_of is {as_of}, and the clock says {day}; set the clock, or as_of if it is to come")


def _list_errors(note: str, raw: Mapping[str, bytes], policy: Mapping[str, str]) -> list[Problem]:
    problems = judge_problems(check_sources(note, raw), policy)
    return [problem for problem in problems if problem.severity == "error"]


def _compare(
    origin: Origin, observations: Sequence[Observation], ask: Ask, unrounded: Container[str]
) -> SeriesComparison:
    """Ask for a series and compare it; what goes wrong is part of the comparison, and the others go on.

    `unrounded` are the indicators whose figures are printed with all the digits that their values have.
    """
    if not observations:
        return SeriesComparison(origin, failure=f"{OBSERVATIONS} has no row of it yet; add one, which says its unit")
    try:
        pages, day = ask(origin)
        series = read_answer(pages, origin)
    except AnswerError as error:
        return SeriesComparison(origin, failure=str(error))
    own = re.compile(rf"{re.escape(origin.publisher.id)}([^a-z].*)?")  # worldbank, worldbank2017, worldbank-wdi
    ours = {row.source for row in observations if own.fullmatch(row.source)}
    return compare_series(origin, series, observations, day, ours, origin.indicator in unrounded)


def _make_commits(note: str, raw: Mapping[str, bytes], comparisons: Iterable[SeriesComparison]) -> list[ProposedCommit]:
    """Make a commit for each publisher that has something new, each upon the one before."""
    by_publisher: dict[tuple[str, str], list[SeriesComparison]] = {}
    for row in comparisons:
        if row.proposed:
            by_publisher.setdefault((row.origin.publisher.id, row.retrieved), []).append(row)
    table, works = (_get_text(note, raw, name) for name in (OBSERVATIONS, BIBLIOGRAPHY))
    commits = []
    for (_, day), rows in by_publisher.items():
        publisher = rows[0].origin.publisher
        table = add_rows(table, [row for comparison in rows for row in make_rows(comparison)])
        works = add_works(works, [make_work(publisher, day)])
        series = "\n".join(f"{row.origin.indicator}: {row.origin.series}" for row in rows)
        message = f"Add what {publisher.name} has published ({name_work(publisher, day)})\n\n{series}\n"
        files = {f"{note}/{OBSERVATIONS}": table.encode(), f"{note}/{BIBLIOGRAPHY}": works.encode()}
        commits.append(ProposedCommit(message, files))
    return commits


def _accept(raw: Mapping[str, bytes], commits: Iterable[ProposedCommit]) -> dict[str, bytes]:
    accepted = dict(raw)
    for commit in commits:
        accepted.update(commit.files)
    return accepted


def _move_as_of(note: str, raw: Mapping[str, bytes], day: str) -> dict[str, bytes]:
    settings = AS_OF.sub(rf'\g<1>"{day}"', _get_text(note, raw, NOTE), count=1)
    return {**raw, f"{note}/{NOTE}": settings.encode()}


def _foresee(
    note: str,
    raw: Mapping[str, bytes],
    moved: Mapping[str, bytes],
    house_files: Mapping[str, bytes],
    targets: Sequence[Target],
    policy: Mapping[str, str],
) -> tuple[Impact | None, list[Problem]]:
    """Foresee what accepting brings once the as-of date has moved; or say why the sources could not be read then."""
    if wrong := [problem for problem in _list_errors(note, moved, policy) if problem.kind == "source"]:
        return None, wrong
    tags = [target.tag for target in targets]
    tables = {f"sources/common/{name}.yaml": moved[f"common/{name}.yaml"] for name in TABLES}
    made = [{**make_version(note, files, house_files, targets), **tables} for files in (raw, moved)]
    old, new = (read_version(name, note, files, tags) for name, files in zip(("now", "refreshed"), made, strict=True))
    houses = {
        target.tag: read_house(target.tag, house_files, target.locale)
        for target in targets
        if target.tag in new.documents
    }
    return compare_versions(old, new, houses, policy)[1], []


def _get_text(note: str, raw: Mapping[str, bytes], name: str) -> str:
    """Give a source as text, with its line ends as they are."""
    return raw[f"{note}/{name}"].decode("utf-8")


def _write_patch(note: str, old: Mapping[str, bytes], new: Mapping[str, bytes], name: str) -> str:
    return write_patch(f"sources/{note}/{name}", _get_text(note, old, name), _get_text(note, new, name))
