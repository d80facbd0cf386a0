"""Names: what prose, box, charts, formulas and checks name must exist; all that does not is told with the nearest."""

import pytest

from briefing.problems import SourceError
from briefing.sources.note_sources import check_names
from briefing.sources.snapshot import read_snapshot
from support.editions import change_raw, read_source


def fail(changes: dict[str, tuple[str, str]]) -> list[str]:
    texts = {name: read_source("tiny", name).replace(old, new) for name, (old, new) in changes.items()}
    assert all(texts[name] != read_source("tiny", name) for name in texts)
    with pytest.raises(SourceError) as failure:
        check_names(read_snapshot("tiny", change_raw("tiny", texts)).sources)
    return [str(problem).removeprefix("sources/tiny/") for problem in failure.value.problems]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("text/01-guards.md", "{{ area }}", "{{ aera }}", 'there is no figure "aera"; did you mean "area"?'),
        ("text/01-guards.md", "[@watch]", "[@wach]", 'the bibliography has no work "wach"; did you mean "watch"?'),
        ("text/01-guards.md", "chart:guards", "chart:gards", 'there is no chart "gards"; did you mean "guards"?'),
        ("text/02-help.md", "{{ women_guards }}", "{{ women_gards }}", 'there is no figure "women_gards"'),
        (
            "figures.yaml",
            '"{{ population }}"',
            '"{{ populaton }}"',
            'figures.yaml:29:12: there is no figure "populaton"',
        ),
        (
            "figures.yaml",
            "[census2018]",
            "[census2017]",
            'figures.yaml:31:14: the bibliography has no work "census2017"',
        ),
        ("figures.yaml", "population / area", "population / aera", 'figures.yaml:17:14: there is no figure "aera"'),
        ("figures.yaml", "population / area", "population /", 'figures.yaml:17:14: "population /" is not a formula'),
        ("figures.yaml", "right: guards", "right: gards", 'figures.yaml:39:12: there is no figure "gards"'),
        ("charts.yaml", "figure: women_guards", "figure: women_gards", 'there is no figure "women_gards"'),
        ("charts.yaml", "of whom {{ women_guards }}", "of whom {{ women_gards }}", 'there is no figure "women_gards"'),
        ("charts.yaml", "[@watch]", "[@wach]", 'the bibliography has no work "wach"'),
    ],
)
def test_a_name_that_is_not_known_is_one_problem_at_its_place(file: str, old: str, new: str, told: str) -> None:
    (problem,) = fail({file: (old, new)})
    assert told in problem and problem.startswith(f"{file}:")
    if file.endswith(".md"):
        before = read_source("tiny", file).replace(old, new).partition(new)[0]
        line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        assert problem.startswith(f"{file}:{line}:{column if 'chart' not in new else 1}: ")


def test_names_of_all_files_are_told_together() -> None:
    problems = fail(
        {
            "text/01-guards.md": ("{{ area }}", "{{ aera }}"),
            "text/02-help.md": ("- money.", "- <b>money</b>."),
            "figures.yaml": ("left: women_guards", "left: men_guards"),
            "charts.yaml": ("[@watch]", "[@wach]"),
        }
    )
    assert [problem.split(":")[0] for problem in problems] == [
        "charts.yaml",
        "figures.yaml",
        "text/01-guards.md",
        "text/02-help.md",
        "text/02-help.md",
    ]


def test_a_chart_is_placed_once() -> None:
    (problem,) = fail({"text/02-help.md": ("offers to", "offers to\n\n![](chart:guards)\n\n")})
    assert problem.startswith("text/02-help.md:5:1: ") and 'the chart "guards" is placed twice' in problem


def test_a_chart_that_cannot_be_drawn_is_told_with_its_name() -> None:
    with pytest.raises(SourceError, match="chart guards: the key `marks` is missing"):
        text = read_source("tiny", "charts.yaml").partition("    marks:")[0]
        read_snapshot("tiny", change_raw("tiny", {"charts.yaml": text}))


def test_an_exemption_holds_whatever_its_case() -> None:
    (exemption,) = read_snapshot("tiny", change_raw("tiny", {})).sources.exemptions
    assert exemption.pattern.search("RULE 7") and not exemption.pattern.search("Rule 8")
