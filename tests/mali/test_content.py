"""The note on Mali: every fact is placed, every number follows its data, and every wording is held to them."""

import functools
import itertools
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from briefing.document.nodes import (
    Abbreviation,
    Bibliography,
    Chart,
    Cite,
    FigureUse,
    Heading,
    KeyPoints,
    KeyStatistics,
    List,
    Note,
    Paragraph,
    Table,
    Text,
    heads_group,
)
from briefing.document.walking import get_text, walk_nodes
from briefing.problems import Problem
from briefing.report.content import KINDS, list_figure_changes, map_facts
from support.editions import Edition, change_edition, derive_all, set_value
from support.mali import (
    FACTS,
    change_mali,
    list_parts,
    list_texts,
    list_used_figures,
    make_mali,
    raise_by_a_tenth,
    read_rows,
)
from support.measures import compute_exactly, make_units

UPDATED = "2026-04-01"
BASELINE = "2019-02-11"


def list_sample(size: int) -> list[tuple[str, str]]:
    """List figures that the note prints as observed, with their periods, evenly through figures.yaml."""
    figures, uses = make_mali().figures, make_mali().composition.uses
    observed = [(name, figures[name].periods[0]) for name in figures if name in uses and figures[name].line]
    return observed[:: len(observed) // size][:size]


def list_dependants(name: str) -> set[str]:
    """List a figure with all that are computed from it, directly or not, and those of the same observation."""
    figures, specs = make_mali().figures, make_mali().snapshot.sources.specs
    same = (specs[name].indicator, figures[name].periods)
    found = {other for other in figures if (specs[other].indicator, figures[other].periods) == same} | {name}
    for _ in range(len(figures)):
        more = {other for other, figure in figures.items() if found & set(figure.derived_from)}
        if more <= found:
            break
        found |= more
    return found


@functools.cache
def list_unchanged() -> dict[str, Any]:
    """List the parts of the note as it is, but for its version id."""
    return {part: node for part, _, node in list_parts(change_edition("mali", {}).composition.document)}


def list_wordings(edition: Edition) -> list[Problem]:
    return [problem for problem in edition.problems if problem.kind == "wording"]


def test_the_note_has_no_problem_of_any_kind() -> None:
    assert {kind: [str(p) for p in make_mali().problems if p.kind == kind] for kind in KINDS} == {
        kind: [] for kind in KINDS
    }


def test_every_fact_is_carried_by_something_that_stands_in_the_note() -> None:
    document = make_mali().composition.document
    facts = map_facts(document)
    ids = {node.id for node in walk_nodes(document) if hasattr(node, "id")}
    assert tuple(facts) == FACTS
    assert all(carriers and set(carriers) <= ids for carriers in facts.values())


def test_the_facts_of_prose_are_not_left_to_tables_alone() -> None:
    document = make_mali().composition.document
    tables = {row.id for block in document.blocks if isinstance(block, Table) for row in block.rows}
    tables |= {entry.id for block in document.blocks if isinstance(block, Bibliography) for entry in block.entries}
    told = [fact for fact, carriers in map_facts(document).items() if set(carriers) - tables]
    assert len(told) >= 380


def test_at_least_20_derived_figures_are_printed() -> None:
    edition = make_mali()
    assert sum(bool(edition.figures[name].formula) for name in edition.composition.uses) >= 20


def test_page_one_has_five_key_points_with_a_figure_or_a_date_and_a_box_with_six_lines_on_security() -> None:
    points, box = make_mali().composition.document.blocks[:2]
    assert isinstance(points, KeyPoints) and isinstance(box, KeyStatistics)
    assert len(points.points) == 5
    assert all(re.search(r"\d", get_text(point.children)) for point in points.points)
    heads = [number for number, line in enumerate(box.lines) if heads_group(line)]
    assert len(heads) == 2 and heads[0] == 0 and len(box.lines) - heads[1] - 1 == 6
    assert all("".join(list_texts(line.value)).strip() for line in box.lines if not heads_group(line))


def test_the_note_has_four_charts_and_a_map_each_with_a_source_and_an_alternative() -> None:
    charts = [block for block in make_mali().composition.document.blocks if isinstance(block, Chart)]
    assert sum(chart.kind == "chart" for chart in charts) >= 4 and sum(chart.kind == "map" for chart in charts) == 1
    assert all(chart.source and len(get_text(chart.alternative)) > 80 for chart in charts)
    assert all(chart.disclaimer for chart in charts if chart.kind == "map")


def test_the_prose_of_the_seven_sections_is_about_6000_words_long() -> None:
    section, words = "", 0
    for block in make_mali().composition.document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = block.number
        if section in tuple("1234567") and isinstance(block, Paragraph | List):
            words += sum(len(text.split()) for text in list_texts(block))
    assert 5500 <= words <= 7500


def test_every_figure_that_is_used_has_a_row_of_the_annex_unless_it_counts_a_list() -> None:
    document = make_mali().composition.document
    rows = {row.id for block in document.blocks if isinstance(block, Table) for row in block.rows}
    used = {node.figure for node in walk_nodes(document) if isinstance(node, FigureUse)}
    counts = {name for name in used if make_mali().figures[name].counts}
    assert {f"figure-{name}" for name in used} - rows == {f"figure-{name}" for name in counts}


def test_every_work_that_is_cited_is_listed_and_the_probable_say_so() -> None:
    edition = make_mali()
    document = edition.composition.document
    entries = {
        entry.key: entry for block in document.blocks if isinstance(block, Bibliography) for entry in block.entries
    }
    cited = {part.key for node in walk_nodes(document) if isinstance(node, Cite) for part in node.parts}
    assert cited <= set(entries)
    works = edition.snapshot.sources.works
    probable = {key for key in entries if works[key].get("custom", {}).get("status") == "probable"}
    assert probable == {key for key, entry in entries.items() if entry.status} != set()


def test_every_acronym_that_is_used_is_listed_and_every_one_listed_is_used() -> None:
    document = make_mali().composition.document
    (table,) = [block for block in document.blocks if isinstance(block, Table) and block.role == "acronyms"]
    listed = {"".join(list_texts(row.cells[0])) for row in table.rows}
    marked = {node.text for node in walk_nodes(document.blocks) if isinstance(node, Abbreviation)}
    printed = {word for node in walk_nodes(document) if isinstance(node, FigureUse) for word in node.text.split()}
    assert {text if text in listed else text.removesuffix("s") for text in marked} <= listed
    assert listed <= {text.removesuffix("s") for text in marked} | marked | printed | {"USD", "FCFA", "EUR"}


def test_every_derived_figure_is_what_fractions_give_from_the_rows_of_the_table() -> None:
    edition, units = make_mali(), make_units()
    specs = edition.snapshot.sources.specs
    rows = [row for row in read_rows() if row["known_on"] <= BASELINE]
    observed: dict[str, Fraction] = {}
    for name, spec in specs.items():
        found = [row for row in rows if row["indicator"] == spec.indicator and spec.period in ("", row["period"])]
        if found:
            row = max(found, key=lambda row: "" if row["period"] == "undated" else row["period"].split("/")[-1])
            observed[name] = Fraction(row["value"]) * Fraction(units[row["unit"]].factor)
        elif spec.counts:
            observed[name] = Fraction(spec.items)
    values = dict(observed)
    waiting = [name for name in specs if name not in values]
    while waiting:
        ready = [name for name in waiting if set(edition.figures[name].derived_from) <= set(values)]
        assert ready, waiting
        for name in ready:
            values[name] = compute_exactly(specs[name].formula, values)
        waiting = [name for name in waiting if name not in values]
    derived = [name for name in specs if name not in observed]
    assert len(derived) >= 20
    for name in specs:
        figure = edition.figures[name]
        exact = values[name] / Fraction(units[figure.unit].factor)
        assert abs(Fraction(figure.value) - exact) <= abs(exact) * Fraction(1, 10**25), name


@pytest.mark.parametrize(("name", "period"), list_sample(18))
def test_a_changed_observation_changes_what_uses_it_and_nothing_else(name: str, period: str) -> None:
    spec = make_mali().snapshot.sources.specs[name]
    (row,) = [
        row
        for row in read_rows()
        if (row["indicator"], row["period"]) == (spec.indicator, period) and row["known_on"] <= BASELINE
    ]
    before = list_unchanged()
    edition = change_mali(spec.indicator, period, raise_by_a_tenth(row["value"]))
    after = {part: node for part, _, node in list_parts(edition.composition.document)}
    touched = list_dependants(name)
    changed = {part for part in before if before[part] != after.get(part)}
    assert list(before) == list(after)
    assert f"figure-{name}" in changed
    for part in changed:
        row_of = part.removeprefix("figure-")
        assert row_of in touched or list_used_figures(before[part]) & touched, part
    moved = {other for other in make_mali().figures if make_mali().figures[other].value != edition.figures[other].value}
    assert moved <= touched and name in moved


def test_population_of_19_million_is_followed_by_text_box_annex_and_derived_figures() -> None:
    edition = change_mali("population", "2017", "19000000")
    uses = edition.composition.uses
    document = edition.composition.document
    printed = [node for node in walk_nodes(document) if isinstance(node, FigureUse) and node.figure == "population"]
    million = "\N{NO-BREAK SPACE}million"
    assert {"key-population"} < set(uses["population"])
    assert {node.text.removeprefix("about ") for node in printed if node.form != "period"} == {f"19{million}"}
    texts = {part: "".join(list_texts(node)) for part, _, node in list_parts(document)}
    assert f"19{million} persons" in texts["figure-population"]
    assert not any(f"18{million}" in text for text in texts.values())
    density = edition.figures["population_density"].value
    assert abs(density - Decimal(19000000) / Decimal(1240190)) < Decimal("1e-20")
    assert edition.figures["gdp"].value == 19000000 * make_mali().figures["gdp_per_capita"].value


def test_a_police_strength_of_5900_breaks_what_rests_on_it_and_each_says_what_is_true() -> None:
    edition = change_mali("police_personnel", "undated", "5900")
    wordings = list_wordings(edition)
    over = [problem for problem in wordings if '"over 6,000" is false' in problem.message]
    assert {problem.file for problem in over} == {
        "sources/mali/charts.yaml",
        "sources/mali/figures.yaml",
        "sources/mali/text/04-security-sector.md",
        "sources/mali/text/05-reform.md",
    }
    (prose,) = [problem for problem in over if problem.file.endswith("security-sector.md")]
    assert "police_personnel is now 5,900 (a lower bound)" in prose.message
    assert "{{ police_personnel | over 6000 }}" in prose.message and '"over 5900"' in prose.message
    lines = edition.snapshot.sources.files["text/04-security-sector.md"].split("\n")
    assert lines[prose.line - 1][prose.column - 1 :].startswith("{{ police_personnel | over 6000 }}")
    dependants = list_dependants("police_personnel")
    named = {problem.message.split(" is false: ")[1].split(" is now ")[0] for problem in wordings}
    assert {"police_personnel", "internal_personnel"} <= named <= dependants
    assert all("true would be: " in problem.message for problem in wordings)
    assert {problem.kind for problem in edition.problems} <= {"wording", "consistency"}


def test_a_police_strength_of_6001_breaks_no_wording() -> None:
    assert list_wordings(change_mali("police_personnel", "undated", "6001")) == []


def test_the_later_vintage_changes_population_and_gdp_and_breaks_wordings_at_their_places() -> None:
    edition = change_edition("mali", {}, as_of=UPDATED)
    population, gdp = edition.figures["population"], edition.figures["gdp"]
    assert (population.value, population.periods, population.known_on) == (24478595, ("2024",), "2026-03-06")
    assert (gdp.formula, gdp.sources, gdp.known_on) == ("", ("worldbank-wdi",), "2026-03-20")
    changes = list_figure_changes(
        derive_all(edition.snapshot, BASELINE), edition.figures, edition.composition.uses, edition.language
    )
    changed = {change["figure"] for change in changes}
    assert (
        {"population", "gdp", "population_density", "debt_to_gdp"}
        <= changed
        <= list_dependants("population") | list_dependants("gdp")
    )
    wordings = list_wordings(edition)
    assert len(wordings) >= 3
    for problem in wordings:
        line = edition.snapshot.sources.files[problem.file.removeprefix("sources/mali/")].split("\n")[problem.line - 1]
        assert problem.file.endswith(".yaml") or line[problem.column - 1 :].startswith("{{ ")


def test_the_later_vintage_changes_nothing_before_the_day_on_which_it_was_known() -> None:
    assert change_edition("mali", {}, as_of="2026-03-05").figures == make_mali().figures


def test_every_observation_that_was_known_is_used_or_feeds_a_figure() -> None:
    specs = make_mali().snapshot.sources.specs.values()
    indicators = {spec.indicator for spec in specs}
    unused = {row["indicator"] for row in read_rows() if row["known_on"] <= BASELINE} - indicators
    assert unused == set()


def test_no_two_sections_spell_a_name_in_two_ways() -> None:
    texts = " ".join(list_texts(make_mali().composition.document.blocks))
    for wrong in (
        "Tombouctou",
        "Touareg",
        "Songhay",
        "Fulani",
        "Boubacar Keita",
        "Menaka",
        "Segou",
        "Islamic terrorist",
    ):
        assert wrong not in texts, wrong


def test_notes_are_numbered_without_a_gap() -> None:
    numbers = [node.number for node in walk_nodes(make_mali().composition.document) if isinstance(node, Note)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_run_of_text_holds_what_the_grammar_of_prose_should_have_read() -> None:
    texts = [node.text for node in walk_nodes(make_mali().composition.document) if isinstance(node, Text)]
    marks = ("{{", "}}", "[@", "[^", "{#", "<!--", "**")
    assert not [text for text, mark in itertools.product(texts, marks) if mark in text]


def test_setting_a_value_changes_one_row_only() -> None:
    before = [",".join(row.values()) for row in read_rows()]
    after = set_value("mali", "population", "2017", "19000000").split("\n")[1:]
    changed = [line for line, row in zip(after, read_rows(), strict=False) if row["value"] not in line]
    assert len(before) == len(read_rows()) and len(changed) == 1
