"""A slip is told at the key or the text that has it, with what would mend it, not at the entry around it."""

import pytest

from support.steps import read_whole, take_steps

OBSERVATIONS, FIGURES, CHARTS = "tiny/observations.csv", "tiny/figures.yaml", "tiny/charts.yaml"
SLIPS = [
    (FIGURES, "population / area", "population / guards", "formula", "mend the formula or the unit"),
    (FIGURES, "persons/km2", "persons/km3", "unit", 'did you mean "persons/km2"?'),
    (FIGURES, "label: Guards", 'label: Guards\n    period: "2017"', "period", "the known names are: 2018"),
    (CHARTS, "{figure: women_guards", "{figure: women_gards", "women_gards", 'did you mean "women_guards"?'),
    (CHARTS, "{figure: women_guards", "{figure: area", "area", "one scale with guards, in persons"),
    (CHARTS, "label: Women", 'label: "{{ women_gards }}"', '"{{ women', 'did you mean "women_guards"?'),
    (CHARTS, "label: Women", 'label: "Women [@nobody]"', '"Women [', 'no work "nobody"'),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "at", "said"), SLIPS)
def test_a_slip_is_told_where_it_stands(file: str, old: str, new: str, at: str, said: str) -> None:
    raw = read_whole("tiny")
    text = raw[file].decode().replace(old, new, 1)
    told = take_steps("tiny", {**raw, file: text.encode()}, ("en",))
    problem = next(p for p in told if p.severity == "error" and p.file == f"sources/{file}")
    line = text.splitlines()[problem.line - 1]
    before = line[: problem.column - 1]
    assert said in problem.message
    assert line[problem.column - 1 :].startswith(at) or before.endswith(f"{at}: ")


def test_a_figure_whose_rows_are_known_later_names_them_and_both_remedies() -> None:
    raw = read_whole("tiny")
    later = raw[OBSERVATIONS].replace(b"census2018,2019-02-11,A,\narea", b"census2018,2019-03-11,A,\narea")
    problem = next(iter(take_steps("tiny", {**raw, OBSERVATIONS: later}, ("en",))))
    assert "line 2 on 2019-03-11, line 6 on 2020-01-15: mend known_on there, or as_of in note.yaml" in problem.message
