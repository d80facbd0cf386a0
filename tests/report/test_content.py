"""The report: counts, changes, ages, and the place of every fact."""

import dataclasses
import json
from typing import Any

import pytest
from lxml import html

from briefing.figures.encoding import encode_figure
from briefing.problems import Problem
from briefing.report.content import (
    KINDS,
    judge_problems,
    list_ages,
    list_figure_changes,
    list_figure_rows,
    map_facts,
)
from briefing.report.page import group_problems, write_report_page
from briefing.workflow.outcome import describe_outcome
from support.editions import FOLDERS, make_edition, read_source, set_value
from support.house import read_page_templates
from support.reporting import ERRORS, report_on


def test_the_report_of_the_tiny_note_counts_what_it_holds() -> None:
    counts = report_on("tiny")["counts"]
    expected = {
        "problems": 0,
        "unbound_numbers": 0,
        "wording_problems": 0,
        "acronym_problems": 0,
        "citation_problems": 0,
        "consistency_problems": 0,
        "plausibility_problems": 0,
        "staleness_problems": 0,
        "figures": 6,
        "figures_used": 6,
        "derived_figures_printed": 2,
        "facts_placed": 3,
    }
    assert {name: counts[name] for name in expected} == expected


def test_the_configuration_makes_an_error_a_warning_and_never_a_warning_an_error() -> None:
    false, unused = Problem("a", 1, 1, "m", "wording"), Problem("b", 1, 1, "m", "acronym", "warning")
    judged = judge_problems([false, unused], {**ERRORS, "wording": "warning"})
    assert [(problem.file, problem.severity) for problem in judged] == [("a", "warning"), ("b", "warning")]
    assert judge_problems([Problem("c", 1, 1, "m")], ERRORS)[0].severity == "error"


def test_a_broken_wording_is_counted_as_an_error_or_as_a_warning() -> None:
    files = {"observations.csv": set_value("tiny", "guards", "2018", "2850")}
    strict, lenient = (
        report_on("tiny", files=files),
        report_on("tiny", policy={**ERRORS, "wording": "warning"}, files=files),
    )
    assert strict["counts"]["problems"] == strict["counts"]["wording_problems"] == lenient["counts"]["warnings"] > 0
    assert lenient["counts"]["problems"] == 0 and len(lenient["warnings"]) == len(strict["problems"])


def test_changes_since_the_baseline_are_listed_with_what_follows_from_them() -> None:
    report = report_on("tiny", before="2019-02-11", settings={"as_of": "2020-02-01"})
    changes = {change["figure"]: change for change in report["changes"]}
    assert set(changes) == {"population", "population_density", "people_per_guard"}
    assert changes["population"]["change_percent"] == 8.33
    assert (changes["population"]["old_period"], changes["population"]["new_period"]) == ("2018", "2019")
    assert changes["people_per_guard"]["derived_from"] == ["population", "guards"]
    assert changes["population"]["where_used"] == ["key-population", "guards-1"]
    assert report_on("tiny")["changes"] == []


def test_figures_that_mix_periods_and_the_age_of_data_are_listed() -> None:
    report = report_on("tiny", settings={"as_of": "2020-02-01"})
    # The area has no date, so that nobody knows whether it is of the same year.
    assert [row["figure"] for row in report["mixtures"]] == ["population_density", "people_per_guard"]
    assert [row["figure"] for row in report_on("tiny")["mixtures"]] == ["population_density"]
    assert [(row["figure"], row["years"]) for row in report["age"]] == [
        ("guards", 2),
        ("women_guards", 2),
        ("population", 1),
    ]


def test_acronyms_and_citations_are_described() -> None:
    report = report_on("tiny")
    assert report["acronyms"] == {"ssr": "security sector reform", "un": "United Nations"}
    assert report["citations"]["probable"] == ["watch"] and set(report["citations"]["listed"]) == {
        "census2018",
        "watch",
    }


def test_facts_are_mapped_to_everything_that_carries_them() -> None:
    facts = map_facts(make_edition("tiny").composition.document)
    assert facts["F001"] == ["key-population", "guards-1", "figure-population"]
    assert facts["F003"] == ["number-1", "chart-guards", "figure-guards"]


def test_a_row_of_figures_json_leads_back_to_source_period_and_formula() -> None:
    edition = make_edition("tiny")
    rows = {
        row["id"]: row
        for row in list_figure_rows(edition.figures, edition.composition.uses, "2019-02-11", edition.language)
    }
    assert rows["guards"]["bound"] == "lower" and rows["people_per_guard"]["bound"] == "upper"
    assert (rows["population"]["value"], rows["population"]["source"]) == ("1200000", "census2018")
    assert rows["population_density"]["formula"] == "population / area"
    assert rows["area"]["period"] == "undated"


def test_ages_count_no_undated_figures_and_no_future() -> None:
    edition = make_edition("tiny")
    assert {row["years"] for row in list_ages(edition.figures, "2017-01-01", edition.language)} == {0}
    assert "area" not in {row["figure"] for row in list_ages(edition.figures, "2019-01-01", edition.language)}


def test_a_change_from_zero_has_no_percentage() -> None:
    edition = make_edition("tiny")
    before = {
        "population": dataclasses.replace(edition.figures["population"], value=edition.figures["population"].value * 0)
    }
    assert list_figure_changes(before, edition.figures, {}, edition.language)[0]["change_percent"] is None


def test_the_page_of_the_report_shows_every_problem_and_escapes_it() -> None:
    files = {"text/02-help.md": read_source("tiny", "text/02-help.md").replace("money", "<b>5</b> & 6")}
    report = json.loads(json.dumps(report_on("tiny", files=files)))
    page = write_report_page(report, read_page_templates(), {})
    assert len(report["problems"]) == 4
    assert "raw HTML (&lt;b&gt;)" in page and "<b>)" not in page
    words = html.fromstring(page).text_content()
    assert all(problem["file"] in words for problem in report["problems"])


def read_page(report: Any) -> html.HtmlElement:
    page = write_report_page(report, read_page_templates(), {})
    return html.fromstring(page)


def list_read(element: html.HtmlElement) -> list[str]:
    return [" ".join(text.split()) for text in element.itertext() if text.strip()]


def test_the_page_says_first_what_must_be_mended_by_what_is_wrong() -> None:
    files = {"observations.csv": set_value("tiny", "guards", "2018", "2850")}
    report = report_on("tiny", files=files)
    page = read_page(report)
    counts = [cell.text_content() for cell in page.xpath("//ul[@class='verdict']//strong")]
    assert counts == [str(len(report["problems"])), "0", "0"] and counts[0] != "0"
    headings = [heading.text_content() for heading in page.xpath("//h2|//h3")]
    assert headings[:3] == [
        f"Must be mended ({counts[0]})",
        f"Wordings that are not true ({counts[0]})",
        "To look at (0)",
    ]
    told = page.xpath("//section[@aria-labelledby='problems']//li")
    assert [item.xpath("p/code")[0].text_content() for item in told] == [
        f"{problem['file']}:{problem['line']}:{problem['column']}" for problem in report["problems"]
    ]


def test_every_kind_of_problem_has_a_heading_and_no_problem_is_left_out() -> None:
    problems = [
        {"file": "a", "line": 1, "column": 1, "message": kind, "kind": kind, "severity": "error"}
        for kind in (*KINDS, "unbound", "something new")
    ]
    groups = group_problems(problems)  # type: ignore[arg-type]
    assert sorted(problem["message"] for _, group in groups for problem in group) == sorted(
        problem["message"] for problem in problems
    )
    assert [title for title, _ in groups].count("Other") == 1 and len(groups) == len(problems)


def test_the_page_prints_numbers_days_and_changes_as_readers_read_them() -> None:
    report = {**report_on("tiny"), "baseline": "2018-12-31"}
    report["checks"] = [
        {
            "statement": "S",
            "formula": "a >= b",
            "relation": ">",
            "left": "16200000.00",
            "right": "2700000",
            "outcome": "holds",
            "reason": "",
        },
    ]
    report["changes"] = [
        {"label": "Guards", "old": "1", "old_period": "", "new": "2", "new_period": "2019", "change_percent": change,
         "known_on": "2019-01-05", "derived_from": []} for change in (-26.51, 1250.0)
    ]  # fmt: skip
    page = read_page(report)
    assert {"−26.5%", "+1,250.0%", "5 January 2019"} <= set(list_read(page))
    assert page.xpath("//td[@data-head='Comparison']")[0].text_content().startswith("16,200,000 > 2,700,000")
    assert "Changed since 31 December 2018 (2)" in [heading.text_content() for heading in page.xpath("//h2")]


def test_what_a_message_quotes_of_the_prose_is_set_as_code() -> None:
    problem = {"file": "a.md", "line": 1, "column": 1, "kind": "wording", "severity": "warning",
               "message": "{{ a | over 5 }} is 4; write {{ a | under 5 }}"}  # fmt: skip
    page = read_page({**report_on("tiny"), "warnings": [problem]})
    (said,) = page.xpath("//ul[@class='items warning']/li/p[not(@class)]")
    assert said.text_content() == problem["message"]
    assert [code.text_content() for code in said.xpath("code")] == ["{{ a | over 5 }}", "{{ a | under 5 }}"]


def test_every_cell_says_its_column_on_a_phone() -> None:
    change = {"label": "Guards", "old": "1", "old_period": "", "new": "2", "new_period": "2019", "change_percent": None,
              "known_on": "2019-01-05", "derived_from": ["guards"]}  # fmt: skip
    check = {"statement": "S", "formula": "a", "relation": "<", "left": "1", "right": "2",
             "outcome": "fails", "reason": "why"}  # fmt: skip
    page = read_page({**report_on("tiny"), "changes": [change], "checks": [check]})
    tables = page.xpath("//table")
    assert len(tables) == 4  # of changes, checks, mixtures, ages
    for row in page.xpath("//tbody/tr"):
        assert len(row.xpath("th[@scope='row']")) == 1 and all(cell.get("data-head") for cell in row.xpath("td"))


def test_the_outcome_names_files_sizes_version_and_warnings() -> None:
    manifest = {"version": "0123456789ab", "outputs": {"mali.en.pdf": {"bytes": 2048}, "report.json": {"bytes": 10}}}
    warning = {"file": "acronyms.csv", "line": 2, "column": 1, "message": "SSR is listed and never used"}
    later = [{"indicator": "gdp", "line": 7, "known_on": "2020-01-15"}]
    report = {"as_of": "2019-02-11", "warnings": [warning], "later": later}
    said = describe_outcome("outputs/mali", manifest, report)
    assert "1 row is known only after the as-of date, 2019-02-11, and not used yet, from line 7 of obs" in said
    assert "outputs/mali/mali.en.pdf" in said and "2 kB" in said and "0123456789ab" in said
    assert "Warning: acronyms.csv:2:1: SSR is listed and never used" in said and "1 warning;" in said


@pytest.mark.parametrize("note", FOLDERS)
def test_the_report_is_what_json_can_hold(note: str) -> None:
    report = report_on(note)
    assert json.loads(json.dumps(report)) == report
    assert {name: encode_figure(figure) for name, figure in make_edition(note).figures.items()}
