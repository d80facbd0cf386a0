"""YAML sources: text stays text, and every mistake is told with its place."""

import pytest

from briefing.formats.yaml_source import check_schema, find_place, read_yaml
from briefing.problems import SourceError

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title"],
    "properties": {
        "title": {"type": "string"},
        "as_of": {
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\d$",
            "description": 'a quoted date such as "2019-02-11"',
        },
        "kind": {"enum": ["note", "brief"]},
        "lines": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"label": {"type": "string"}, "value": {"type": "string"}},
            },
        },
    },
}


def fail(text: str) -> list[str]:
    with pytest.raises(SourceError) as failure:
        check_schema("note.yaml", read_yaml("note.yaml", text), SCHEMA)
    return [str(problem) for problem in failure.value.problems]


def test_norway_and_leading_zeros_stay_text() -> None:
    read = read_yaml("a.yaml", "countries: [no, yes, on, off, NO]\ncode: 012\n")
    assert read["countries"] == ["no", "yes", "on", "off", "NO"]
    assert read["code"] == 12 and read["code"] != 10


def test_a_key_that_stands_twice_is_told_with_its_line() -> None:
    (problem,) = fail("title: A\nkind: note\ntitle: B\n")
    assert problem.startswith("note.yaml:3:1: this is not valid YAML") and '"title"' in problem


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: [a\n", "note.yaml:2:1:"),
        ("title: a\n\tkind: b\n", "note.yaml:2:1:"),
        ("title: a: b\n", "note.yaml:1:9:"),
        ("a: 1\n---\nb: 2\n", "note.yaml:2:1:"),
    ],
)
def test_broken_yaml_is_told_with_line_and_column(text: str, place: str) -> None:
    (problem,) = fail(text)
    assert problem.startswith(place) and "this is not valid YAML" in problem


def test_an_unknown_key_is_told_at_its_place_with_the_nearest_known() -> None:
    problems = fail("title: A\nlines:\n  - label: B\n    valeu: C\n")
    (problem,) = problems
    assert problem.startswith("note.yaml:4:5:") and problem.endswith('"valeu" is not known here, did you mean "value"?')


def test_all_breaches_are_told_at_once() -> None:
    problems = fail("kind: letter\nas_of: 2019-2-11\n")
    assert len(problems) == 3
    assert any(problem.startswith("note.yaml:1:7: kind: ") and "note, brief" in problem for problem in problems)
    assert any(problem.startswith("note.yaml:2:8: as_of: ") and "a quoted date" in problem for problem in problems)
    assert any("'title' is a required property; add it" in problem for problem in problems)


def test_an_unquoted_date_is_asked_to_be_quoted() -> None:
    (problem,) = fail("title: A\nas_of: 2019-02-11\n")
    assert problem.startswith("note.yaml:2:8:") and "is a date; expected text, in quotation marks" in problem


def test_an_empty_file_is_a_problem_and_no_crash() -> None:
    (problem,) = fail("")
    assert problem.startswith("note.yaml:1:1: the file: ")


def test_a_place_is_found_as_near_as_the_file_tells() -> None:
    root = read_yaml("a.yaml", "a:\n  - b: 1\n  - b: 2\n")
    assert (find_place("a.yaml", root, ("a", 1, "b")).line, find_place("a.yaml", root, ("a", 1, "b")).column) == (3, 8)
    assert find_place("a.yaml", root, ("a", 7)).line == 2
    assert find_place("a.yaml", None, ("a",)).line == 1
