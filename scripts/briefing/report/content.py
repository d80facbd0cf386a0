"""Report what was checked: problems, figures and their age, wordings, facts, acronyms, citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from briefing.document.nodes import Bibliography, Cite, Document, FigureUse, Table
from briefing.document.walking import walk_nodes
from briefing.figures.derived import Derived
from briefing.figures.figure import Figure, mixes_periods
from briefing.figures.observations import rank_period
from briefing.language.number_formatting import FORMS, Language, print_figure, print_period, print_periods
from briefing.problems import Problem, encode_problem
from briefing.report.rows import Age, Citations, FigureChange, FigureRow, Mixture, Report, Translation
from briefing.sources.acronyms import Acronym

KINDS = (
    "wording",
    "acronym",
    "citation",
    "consistency",
    "plausibility",
    "staleness",
    "translation",
    "glossary",
    "parity",
)


def judge_problems(problems: Iterable[Problem], policy: Mapping[str, str]) -> list[Problem]:
    """Give every problem the severity that the configuration sets for its kind; warnings stay warnings."""
    return [
        Problem(
            p.file,
            p.line,
            p.column,
            p.message,
            p.kind,
            "warning" if p.severity == "warning" else policy.get(p.kind, "error"),
        )
        for p in sorted(set(problems))
    ]


def make_report(
    document: Document,
    figures: Mapping[str, Figure],
    before: Mapping[str, Figure],
    derived: Derived,
    problems: Iterable[Problem],
    uses: Mapping[str, Iterable[str]],
    acronyms: Mapping[str, Acronym],
    language: Language,
    translations: Mapping[str, Translation] | None = None,
) -> Report:
    """Make the report of a note as what JSON can hold; `problems` are already judged."""
    problems = list(problems)
    used = {name: figures[name] for name in figures if name in uses}
    metadata = document.metadata
    return {
        "note": metadata.note,
        "title": metadata.title,
        "edition": metadata.edition,
        "as_of": metadata.as_of,
        "version": metadata.version,
        "counts": {**count_problems(problems), **count_figures(document, figures, used)},
        "problems": [encode_problem(problem) for problem in problems if problem.severity == "error"],
        "warnings": [encode_problem(problem) for problem in problems if problem.severity != "error"],
        "changes": list_figure_changes(before, figures, uses, language),
        "baseline": derived["baseline"],
        "later": derived["later"],
        "checks": derived["checks"],
        "mixtures": list_mixtures(used, figures, language),
        "unused_figures": [name for name in figures if name not in uses and not _feeds(name, figures)],
        "age": list_ages(used, metadata.as_of, language),
        "acronyms": {
            row.id.removeprefix("acronym-"): acronym_text(row.cells, acronyms)
            for row in _list_rows(document, "acronyms")
        },
        "citations": describe_citations(document),
        "translations": dict(translations or {}),
        "facts": map_facts(document),
    }


def count_problems(problems: Sequence[Problem]) -> dict[str, int]:
    """Count errors and warnings, and what was found of each kind, whatever the configuration calls it."""
    errors = sum(problem.severity == "error" for problem in problems)
    kinds = {f"{kind}_problems": sum(problem.kind == kind for problem in problems) for kind in KINDS}
    unbound = sum(problem.kind == "unbound" for problem in problems)
    return {"problems": errors, "warnings": len(problems) - errors, "unbound_numbers": unbound, **kinds}


def count_figures(document: Document, figures: Mapping[str, Figure], used: Mapping[str, Figure]) -> dict[str, int]:
    """Count the figures, how the note uses them, and the facts that it carries."""
    stated = _list_figure_uses(document)
    return {
        "figures": len(figures),
        "figures_used": len(used),
        "derived_figures_printed": sum(bool(figure.derived_from) for figure in used.values()),
        "wordings_checked": sum(node.form not in ("", *FORMS) for node in stated),
        "numbers_bound": len(stated),
        "facts_placed": len(map_facts(document)),
    }


def list_mixtures(used: Mapping[str, Figure], figures: Mapping[str, Figure], language: Language) -> list[Mixture]:
    """List the derived figures that join values of different periods, or known since different days (vintages)."""
    mixtures: list[Mixture] = []
    for name, figure in used.items():
        vintages = sorted(_list_vintages(name, figures))
        if figure.derived_from and (mixes_periods(figure) or len(vintages) > 1):
            mixtures.append(
                {
                    "figure": name,
                    "label": figure.label,
                    "periods": ", ".join(print_period(period, language) or period for period in figure.periods),
                    "vintages": vintages,
                    "formula": figure.formula,
                }
            )
    return mixtures


def _list_vintages(name: str, figures: Mapping[str, Figure]) -> set[str]:
    figure = figures[name]
    if not figure.derived_from:
        return {figure.known_on}
    return {vintage for used in figure.derived_from for vintage in _list_vintages(used, figures)}


def _list_figure_uses(document: Document) -> list[FigureUse]:
    return [node for node in walk_nodes(document) if isinstance(node, FigureUse)]


def _feeds(name: str, figures: Mapping[str, Figure]) -> bool:
    return any(name in figure.derived_from for figure in figures.values())


def _list_rows(document: Document, role: str) -> list[Any]:
    return [row for block in document.blocks if isinstance(block, Table) and block.role == role for row in block.rows]


def acronym_text(cells: tuple[Any, ...], acronyms: Mapping[str, Acronym]) -> str:
    """Give what an acronym of the list stands for."""
    return acronyms[cells[0][0].text].expansion


def map_facts(document: Document) -> dict[str, list[str]]:
    """Map each fact to the ids of the blocks, lines, rows and entries that carry it."""
    facts: dict[str, list[str]] = {}
    for node in walk_nodes(document):
        for fact in getattr(node, "facts", ()):
            facts.setdefault(fact, []).append(node.id)
    return dict(sorted(facts.items()))


def list_figure_changes(
    before: Mapping[str, Figure], now: Mapping[str, Figure], uses: Mapping[str, Iterable[str]], language: Language
) -> list[FigureChange]:
    """List the figures that differ from what was known on the baseline date: in value, period, unit, bound or form."""
    changes: list[FigureChange] = []
    for name, figure in now.items():
        old = before.get(name)
        if old is None or _state(old) == _state(figure):
            continue
        change = (figure.value - old.value) / abs(old.value) * 100 if old.value else None
        changes.append(
            {
                "figure": name,
                "label": figure.label,
                "old": print_figure(old, language, "numeral"),
                "old_period": print_periods(old.periods, language),
                "new": print_figure(figure, language, "numeral"),
                "new_period": print_periods(figure.periods, language),
                "change_percent": None if change is None else round(float(change), 2),
                "known_on": figure.known_on,
                "derived_from": list(figure.derived_from),
                "where_used": list(uses.get(name, ())),
            }
        )
    return changes


def _state(figure: Figure) -> tuple[object, ...]:
    """Give all of a figure that a reader can see change."""
    form = (figure.scale, figure.digits)
    return (figure.value, figure.periods, figure.unit, figure.bound, figure.status, *form)


def list_ages(figures: Mapping[str, Figure], as_of: str, language: Language) -> list[Age]:
    """List observed figures by the age of their data on the as-of date, in whole years, oldest first."""
    ages: list[Age] = []
    for name, figure in figures.items():
        ends = [rank_period(period) for period in figure.periods if rank_period(period)]
        if not figure.formula and ends and figure.unit != "year":
            age = max(0, int(as_of[:4]) - int(max(ends)[:4]))
            ages.append(
                {"figure": name, "label": figure.label, "period": print_periods(figure.periods, language), "years": age}
            )
    return sorted(ages, key=lambda row: (-row["years"], row["figure"]))


def describe_citations(document: Document) -> Citations:
    """Say which works are cited, listed, and probably those meant."""
    cited = dict.fromkeys(part.key for node in walk_nodes(document) if isinstance(node, Cite) for part in node.parts)
    entries = [entry for block in document.blocks if isinstance(block, Bibliography) for entry in block.entries]
    return {
        "cited": list(cited),
        "listed": [entry.key for entry in entries],
        "probable": [entry.key for entry in entries if entry.status],
    }


def list_figure_rows(
    figures: Mapping[str, Figure],
    uses: Mapping[str, Iterable[str]],
    as_of: str,
    language: Language,
    indicators: Mapping[str, str] | None = None,
) -> list[FigureRow]:
    """List every figure as a row of figures.json: exact value, printed text, provenance, and where it is used.

    `indicators` has the indicator that each figure is of, where it is not called as the figure is.
    """
    return [
        {
            "id": name,
            "indicator": (indicators or {}).get(name, name),
            "label": figure.label,
            "value": format(figure.value.normalize(), "f"),
            "unit": figure.unit,
            "text": print_figure(figure, language, "numeral"),
            "period": ", ".join(figure.periods),
            "as_of": as_of,
            "source": ", ".join(figure.sources),
            "known_on": figure.known_on,
            "status": figure.status,
            "bound": {1: "lower", -1: "upper", 0: ""}.get(figure.bound if figure.bound is not None else 2, "unknown"),
            "derived_from": list(figure.derived_from),
            "formula": figure.formula,
            "where_used": list(uses.get(name, ())),
        }
        for name, figure in figures.items()
    ]
