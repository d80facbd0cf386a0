"""Figures: observed or derived, each wrong one told with its place and what would do."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.figures.encoding import decode_figure, encode_figure
from briefing.figures.figure import Figure, derive_figures, mixes_periods
from briefing.figures.figure_specs import FigureSpec, read_figure_specs
from briefing.figures.observations import Observation
from briefing.formats.yaml_source import read_yaml
from briefing.problems import Place, SourceError
from support.measures import make_figure, make_units


def observe(indicator: str, value: str, unit: str = "persons", period: str = "2017", status: str = "A") -> Observation:
    return Observation(indicator, period, Decimal(value), unit, "census", "2019-02-11", status, 2)


def derive(text: str, *observations: Observation) -> dict[str, Figure]:
    specs = read_figure_specs("figures.yaml", read_yaml("figures.yaml", text))
    index: dict[str, dict[str, Observation]] = {}
    for observation in observations:
        index.setdefault(observation.indicator, {})[observation.period] = observation
    return derive_figures(specs, index, make_units())


def fail(text: str, *observations: Observation) -> list[str]:
    with pytest.raises(SourceError) as failure:
        derive(text, *observations)
    return [str(problem) for problem in failure.value.problems]


def test_a_derived_figure_is_computed_from_figures_in_any_order_and_keeps_where_it_comes_from() -> None:
    text = """figures:
  share: {label: Share, formula: "share(women, all_staff)", unit: "%"}
  women: {label: Women}
  all_staff: {label: Staff}
"""
    women = Observation("women", "2014", Decimal(30), "persons", "survey", "2020-01-01", "A", 3)
    figures = derive(text, women, observe("all_staff", "240", status="L"))
    share = figures["share"]
    assert list(figures) == ["share", "women", "all_staff"]
    assert (share.value, share.bound, share.derived_from) == (Decimal("12.5"), -1, ("women", "all_staff"))
    assert (share.periods, share.sources, share.known_on) == (("2014", "2017"), ("survey", "census"), "2020-01-01")
    assert mixes_periods(share) and not mixes_periods(figures["women"])


def test_a_circle_of_formulas_is_one_located_error() -> None:
    text = """figures:
  a: {label: A, formula: b + 1, unit: times}
  b: {label: B, formula: c * 2, unit: times}
  c: {label: C, formula: a, unit: times}
"""
    (problem,) = fail(text)
    assert problem.startswith("figures.yaml:")
    assert all(f"{name}" in problem for name in "abc") and "need each other; break the circle" in problem


def test_only_the_first_of_figures_that_rest_on_each_other_is_reported() -> None:
    text = """figures:
  a: {label: A, formula: area * population, unit: persons}
  b: {label: B, formula: a * 2, unit: persons}
  area: {label: Area}
  population: {label: P}
"""
    problems = fail(text, observe("area", "5", "km2"), observe("population", "7"))
    assert len(problems) == 1
    assert "figures.yaml:2:" in problems[0] and "the unit persons is person; mend" in problems[0]


def test_all_missing_observations_are_told_at_once_with_the_nearest_name() -> None:
    text = """figures:
  populaton: {label: P}
  pinned: {label: Q, indicator: population, period: "2014"}
"""
    problems = fail(text, observe("population", "7"))
    assert len(problems) == 2
    assert 'did you mean "population"?' in problems[0]
    assert "has no observation for 2014; the known names are: 2017" in problems[1]


def test_adding_people_to_dollars_is_refused_at_the_figure() -> None:
    text = """figures:
  people: {label: P}
  money: {label: M}
  both: {label: B, formula: people + money, unit: persons}
"""
    problem, row = fail(text, observe("people", "7"), observe("money", "3", "USD"))
    assert problem.startswith("figures.yaml:4:") and "cannot add person and USD" in problem
    slip = 'column unit: "USD" does not fit the formulas of both; expected the one its source has, of persons'
    assert row == f"observations.csv:2:1: {slip}"


def test_an_observation_goes_before_a_formula_and_the_latest_period_before_earlier_ones() -> None:
    text = """figures:
  gdp: {label: GDP, indicator: gdp_usd, formula: head * people, unit: USD}
  head: {label: H}
  people: {label: P}
"""
    inputs = [observe("head", "2", "USD/person"), observe("people", "5", period="2016"), observe("people", "7")]
    assert derive(text, *inputs)["gdp"].value == 14
    observed = derive(text, *inputs, observe("gdp_usd", "15", "USD"))["gdp"]
    assert (observed.value, observed.formula) == (15, "")


@given(st.decimals(-(10**15), 10**15, places=6), st.sampled_from([0, 1, -1, None]))
def test_a_figure_goes_to_json_and_back_unchanged(value: Decimal, bound: int | None) -> None:
    figure = make_figure(value, bound=bound, periods=("2016", "2017"), facts=("F001",), digits=1)
    assert decode_figure(json.loads(json.dumps(encode_figure(figure)))) == figure


def test_a_spec_knows_its_place() -> None:
    text = "figures:\n  a: {label: A}\n  b:\n    label: B\n    format: {scale: million, digits: 1}\n"
    specs = read_figure_specs("f.yaml", read_yaml("f.yaml", text))
    keys = {"label": Place("f.yaml", 2, 14)}
    assert specs["a"] == FigureSpec("a", "A", Place("f.yaml", 2, 6), keys, indicator="a")
    assert (specs["b"].place.line, specs["b"].scale, specs["b"].digits) == (4, "million", 1)


SHARES = [
    ("women / all_staff", "%", "12.5"),
    ("women / all_staff", "‰", "125"),
    ("women / all_staff", "per 1,000", "125"),
    ("women / all_staff", "per 100,000", "12500"),
    ("women / all_staff", "times", "0.125"),
]


@pytest.mark.parametrize(("formula", "unit", "value"), SHARES)
def test_a_share_is_computed_in_the_unit_that_is_asked_for(formula: str, unit: str, value: str) -> None:
    text = f"""figures:
  women: {{label: W}}
  all_staff: {{label: S}}
  rate: {{label: R, formula: {formula}, unit: "{unit}"}}
"""
    assert derive(text, observe("women", "30"), observe("all_staff", "240"))["rate"].value == Decimal(value)


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("100 * women / all_staff", "%"),
        ("women / all_staff * 100", "%"),
        ("share(women, all_staff) / 0.01", "%"),
        ("100 - share(women, all_staff)", "%"),
        ("women / all_staff * 1000", "‰"),
        ("women * 1000 / all_staff", "per 1,000"),
        ("100000 * women / all_staff", "per 100,000"),
        ("women / (all_staff / 100000)", "per 100,000"),
        ("all_staff * rate_of_leave / 100", "persons"),
        ("all_staff * (100 - rate_of_leave)", "persons"),
    ],
)
def test_a_factor_reckoned_twice_is_told_and_the_formula_that_is_offered_is_right(formula: str, unit: str) -> None:
    rows = observe("women", "30"), observe("all_staff", "240"), observe("rate_of_leave", "25", "%")
    names = "".join(f"  {row.indicator}: {{label: L}}\n" for row in rows)
    text = f'figures:\n{names}  rate: {{label: R, formula: "{formula}", unit: "{unit}"}}\n'
    (problem,) = fail(text, *rows)
    assert problem.startswith("figures.yaml:5:") and "reckons with" in problem
    offered = text.replace(formula, problem.rpartition("; write ")[2])
    plain = [Decimal(30) / 240, 1 - Decimal(30) / 240, Decimal(60), Decimal(180)]
    assert derive(offered, *rows)["rate"].value * make_units()[unit].factor in plain


def test_the_row_of_a_wrong_unit_is_told_where_one_alone_would_mend_the_formulas() -> None:
    text = """figures:
  people: {label: P}
  area: {label: A}
  guards: {label: G}
  density: {label: D, formula: people / area, unit: persons/km2}
  each: {label: E, formula: people / guards, unit: times}
"""
    good = {"people": ("7", "persons"), "area": ("2", "km2"), "guards": ("3", "persons")}

    def fail_with(**units: str) -> list[str]:
        given = {name: (value, units.get(name, unit)) for name, (value, unit) in good.items()}
        rows = [replace(observe(name, *cells), line=n, column=4) for n, (name, cells) in enumerate(given.items(), 2)]
        return [problem for problem in fail(text, *rows) if problem.startswith("observations.csv")]

    (row,) = fail_with(area="persons")
    assert row.startswith("observations.csv:3:4:") and row.endswith("of km2")
    (row,) = fail_with(people="km2")
    assert row.startswith("observations.csv:2:4:") and row.endswith("of persons")
    (row,) = fail_with(guards="USD")
    assert row.startswith("observations.csv:4:4:") and row.endswith("of persons")


def test_a_figure_that_counts_a_list_takes_what_it_says_and_needs_no_observation() -> None:
    figure = derive("figures:\n  forces: {label: Forces, counts: {list: police-2, items: 3}}\n")["forces"]
    assert (figure.value, figure.unit, figure.counts, figure.sources) == (Decimal(3), "count", "police-2", ())
    assert decode_figure(encode_figure(figure)) == figure


def test_a_figure_that_counts_a_list_has_no_formula_besides() -> None:
    (told,) = fail("figures:\n  forces: {label: Forces, unit: count, counts: {list: police-2, items: 3}}\n")
    assert 'it counts the list "police-2" and has the key "unit" too; keep one of the two' in told
