"""Figures: observed or derived, each wrong one told with its place and what would do."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.figures.figure import (
    Figure,
    FigureSpec,
    decode_figure,
    derive_figures,
    encode_figure,
    mixes_periods,
    read_figure_specs,
)
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
    (problem,) = fail(text, observe("people", "7"), observe("money", "3", "USD"))
    assert problem.startswith("figures.yaml:4:") and "cannot add person and USD" in problem


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
    assert specs["a"] == FigureSpec("a", "A", Place("f.yaml", 2, 6), indicator="a")
    assert (specs["b"].place.line, specs["b"].scale, specs["b"].digits) == (4, "million", 1)
