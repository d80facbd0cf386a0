"""What charts.yaml may hold: each mistake is told once, at its own line and column, in an editor's words."""

import copy
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from briefing.charts.reading import parse_charts
from briefing.formats.yaml_source import read_yaml
from briefing.problems import Problem, SourceError
from briefing.sources.snapshot import read_snapshot
from support.editions import FOLDERS, read_raw
from support.house import ROOT

SCRIPTS = ROOT / "scripts"
Path = tuple[str | int, ...]
CHARTS = [(note, row) for note in FOLDERS for row in yaml.safe_load(read_raw(note)[f"{note}/charts.yaml"])["charts"]]
# What a chart may leave out.
OPTIONAL = {
    "facts",
    "disclaimer",
    "value",
    "group",
    "tone",
    "part",
    "reference",
    "change",
    "side",
    "inset",
    "bound",
    "rivers",
    "key",
}
COMMON = {"id": "trial", "title": "Trial", "source": "none", "alternative": "A trial", "width": 160, "height": 60}
TIMELINE = (
    "{kind: timeline, panels: [{start: 1960, end: 2018, step: 10, label: All}], tones: [{id: strong, label: Any}],"
    " events: [{dates: ['%s'], when: Once, label: It happens, tone: strong}]}"
)
MAP = "{kind: map, window: %s, country: '466', scale_km: 300, countries: [], places: []}"
TERM = "{figure: a, yearly: b, start: 2015, end: 2014, label: A, value: B, average: C}"


def find_problems(text: str) -> list[Problem]:
    try:
        parse_charts(read_yaml("charts.yaml", text))
    except SourceError as error:
        return list(error.problems)
    return []


def write(*rows: Any) -> str:
    """Write charts with each key and entry on a line of its own."""
    return yaml.safe_dump({"charts": list(rows)}, allow_unicode=True, sort_keys=False, width=10_000)


def tell(content: str) -> str:
    """Give the one message of a chart that has one mistake."""
    (problem,) = find_problems(write({**COMMON, **yaml.safe_load(content)}))
    return problem.message


def list_paths(node: Any, path: Path = ()) -> Iterator[Path]:
    """List the ways to all keys below a node."""
    for step, child in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if isinstance(step, str):
            yield (*path, step)
        yield from list_paths(child, (*path, step))


def follow(node: Any, path: Path) -> Any:
    for step in path:
        node = node[step]
    return node


def locate(text: str, path: Path, of_key: bool = False) -> tuple[int, int]:
    """Find a value, or its key, by the marks of another reader (PyYAML)."""
    key = node = yaml.compose(text)
    for step in path:
        pairs = node.value if isinstance(node, yaml.MappingNode) else [(child, child) for child in node.value]
        key, node = pairs[step] if isinstance(step, int) else next(pair for pair in pairs if pair[0].value == step)
    mark = (key if of_key else node).start_mark
    return mark.line + 1, mark.column + 1


def spoil(row: dict[str, Any], path: Path, fault: str) -> tuple[dict[str, Any], Path, bool]:
    """Put a fault at a key of a chart; give the chart, the way to what is wrong, and whether that is the key itself."""
    row = copy.deepcopy(row)
    parent, name = follow(row, path[:-1]), str(path[-1])
    match fault:
        case "deleted":
            del parent[name]
            return row, path[:-1], False
        case "misspelled":
            written = {f"{name}s" if key == name else key: value for key, value in parent.items()}
            parent.clear()
            parent.update(written)
            return row, (*path[:-1], f"{name}s"), True
        case _:
            parent[name] = {"text": "list"} if isinstance(parent[name], list) else ["an entry"]
            return row, path, False


@pytest.mark.many
@pytest.mark.parametrize("fault", ["deleted", "misspelled", "of a wrong type"])
@pytest.mark.parametrize(("note", "row"), CHARTS, ids=[f"{note}-{row['id']}" for note, row in CHARTS])
def test_a_fault_at_any_key_of_any_chart_is_told_once_at_its_place(note: str, row: dict[str, Any], fault: str) -> None:
    # The id of the chart before it is the start of this one's.
    before = {**CHARTS[0][1], "id": row["id"][:-1]}
    tried = 0
    for path in list_paths(row):
        if fault == "deleted" and path[-1] in OPTIONAL:
            continue
        spoilt, wrong, of_key = spoil(row, path, fault)
        if path == ("kind",) and fault == "misspelled":
            wrong, of_key = (), False  # without its kind, no key of a chart is known
        text = write(before, spoilt)
        problems = find_problems(text)
        assert [(p.line, p.column) for p in problems] == [locate(text, ("charts", 1, *wrong), of_key)], (path, problems)
        assert str(path[-1]) in problems[0].message
        tried += 1
    assert tried >= 10


def test_a_fault_in_one_of_two_charts_of_like_names_is_told_in_the_right_one() -> None:
    row = {**CHARTS[0][1], "id": "women"}
    second = copy.deepcopy(row) | {"id": "women-by-force", "marks": [{"figure": "guards", "label": 2017}]}
    text = write(row, second)
    raw = {**read_raw("tiny"), "tiny/charts.yaml": text.encode("utf-8")}
    with pytest.raises(SourceError) as failure:
        read_snapshot("tiny", raw)
    (problem,) = [problem for problem in failure.value.problems if problem.file == "sources/tiny/charts.yaml"]
    assert (problem.line, problem.column) == locate(text, ("charts", 1, "marks", 0, "label"))
    assert problem.message.startswith("chart women-by-force, key `marks`, item 1, key `label`: expected text")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{kind: pie}", "chart trial, key `kind`: \"pie\" is no kind of chart; expected one of 'bars', "),
        ("{kind: bars}", "chart trial: the key `marks` is missing; add it"),
        ("{kind: bars, marks: few}", 'chart trial, key `marks`: expected a list, found "few"'),
        ("{kind: bars, marks: []}", "chart trial, key `marks`: expected a list of at least 1, found 0"),
        ("{kind: bars, marks: [few]}", 'chart trial, key `marks`, item 1: expected keys and their values, found "few"'),
        ("{kind: bars, marks: [{figure: a}]}", "chart trial, key `marks`, item 1: the key `label` is missing"),
        (
            "{kind: bars, marks: [{figure: a, label: 2017}]}",
            "chart trial, key `marks`, item 1, key `label`: expected text (dates and years in quotation marks), "
            "found 2017",
        ),
        ("{kind: bars, marks: [{figure: a, label: }]}", "chart trial, key `marks`, item 1, key `label`: expected text"),
        ("{kind: bars, marks: [{figure: a, label: b, tone: loud}]}", "chart trial, key `marks`, item 1, key `tone`: "),
        (
            "{kind: bars, marks: [{figure: a, label: b}], colour: red}",
            "chart trial: the key `colour` is not known here, did you mean ",
        ),
        (
            "{kind: bars, marks: [{figure: a, label: b}], height: tall}",
            'chart trial, key `height`: expected a number, found "tall"',
        ),
        (
            "{kind: bars, marks: [{figure: a, label: b}], reference: }",
            "chart trial, key `reference`: expected keys and their values, found nothing",
        ),
        (
            "{kind: bars, marks: [{figure: a, label: b}], change: {start: a, end: c, label: d}}",
            'chart trial, key `change`, key `end`: "c" is not known; expected one of a',
        ),
        (
            f"{{kind: terms, terms: [{TERM}]}}",
            "chart trial, key `terms`, item 1, key `end`: 2014 lies before the start",
        ),
        (MAP % "[1, 2, 3]", "chart trial, key `window`: expected a list of at least 4, found 3"),
        (MAP % "[1, 2, 3, 4, 5]", "chart trial, key `window`: expected a list of at most 4, found 5"),
        (MAP % "[25, 9, 6, 12]", "chart trial, key `window`: this is on no map; expected degrees in the order"),
        (TIMELINE % "1950", "chart trial, key `events`, item 1, key `dates`, item 1: the date 1950 lies on no panel"),
        (
            TIMELINE % "18 June 2013",
            'chart trial, key `events`, item 1, key `dates`, item 1: "18 June 2013" is no date',
        ),
    ],
)
def test_a_mistake_names_the_chart_and_the_key(content: str, message: str) -> None:
    assert tell(content).startswith(message)


def test_a_date_without_quotation_marks_is_told_as_it_is_written() -> None:
    (problem,) = find_problems(write({**CHARTS[0][1], "title": "DAY"}).replace("DAY", "2013-06-18"))
    assert problem.message.endswith("expected text (dates and years in quotation marks), found 2013-06-18")


@pytest.mark.parametrize("text", ["", "charts: []", "charts: few", "- id: one", "chart: [{id: one}]"])
def test_a_file_without_charts_is_told(text: str) -> None:
    (problem,) = find_problems(text)
    assert problem.message == "charts: expected a list of charts under the key `charts`"


def test_a_key_beside_the_charts_is_told_at_its_line() -> None:
    (problem,) = find_problems(write(CHARTS[0][1]) + "maps: []\n")
    assert problem.line == write(CHARTS[0][1]).count("\n") + 1 and "`maps` is not known" in problem.message


def test_all_charts_with_mistakes_are_told_at_once() -> None:
    problems = find_problems("charts: [{id: one, kind: pie}, {id: two, kind: pie}, {id: two, kind: bars, marks: [7]}]")
    assert len(problems) == 2 + 1 + 5 + 1  # two kinds, a name that stands twice, five keys that are missing, a mark


def test_charts_can_be_made_where_there_is_no_pydantic() -> None:
    program = (
        "import sys; sys.modules['pydantic'] = sys.modules['pydantic_core'] = None\n"
        "from briefing.charts.spec import Bars, ChartMark, Prose\n"
        "print(Bars((ChartMark('guards', Prose('Guards')),)).marks[0].tone)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=SCRIPTS, capture_output=True, text=True, check=True)
    assert done.stdout == "strong\n"
