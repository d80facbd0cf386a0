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


@pytest.mark.parametrize(
    ("bound", "words"), [("minimum", "at least"), ("maximum", "at most"), ("exclusiveMinimum", "more than")]
)
def test_a_bound_is_told_so_that_a_number_that_keeps_it_fits(bound: str, words: str) -> None:
    schema = {"type": "object", "properties": {"factor": {"type": "number", bound: 3}}}
    number = {"minimum": 2, "maximum": 4, "exclusiveMinimum": 3}[bound]
    with pytest.raises(SourceError, match=f"f.yaml:1:9: factor: {number} does not fit; expected {words} 3"):
        check_schema("f.yaml", read_yaml("f.yaml", f"factor: {number}\n"), schema)


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


SCALARS = {
    "type": "object",
    "properties": {
        "text": {"type": "string"},
        "whole": {"type": "integer"},
        "number": {"type": "number"},
        "flag": {"type": "boolean"},
        "list": {"type": "array"},
    },
}


@pytest.mark.parametrize(
    ("written", "advice", "mend", "value"),
    [
        ("text: 2015", "in quotation marks", 'text: "2015"', "2015"),
        ("text: 2019-02-11", "in quotation marks", 'text: "2019-02-11"', "2019-02-11"),
        ("text: true", "in quotation marks", 'text: "true"', "true"),
        ('whole: "2015"', "write it without quotation marks", "whole: 2015", 2015),
        ('number: "12.4"', "write it without quotation marks", "number: 12.4", 12.4),
        ('flag: "true"', "write it without quotation marks", "flag: true", True),
        ("list: one", "expected a list", "list: [one]", ["one"]),
    ],
)
def test_what_is_advised_on_a_value_of_another_type_mends_it(
    written: str, advice: str, mend: str, value: object
) -> None:
    content = read_yaml("note.yaml", written)
    with pytest.raises(SourceError) as failure:
        check_schema("note.yaml", content, SCALARS)
    (problem,) = failure.value.problems
    assert problem.message.endswith(advice) and problem.column == written.index(" ") + 2
    mended = read_yaml("note.yaml", mend)
    check_schema("note.yaml", mended, SCALARS)
    assert list(mended.values()) == [value]


@pytest.mark.parametrize(
    "written", ['whole: "twelve"', "number: twelve", "whole:", "text:", "list:", "text: [one]", "list: {a: 1}"]
)
def test_what_cannot_be_mended_by_quotation_marks_is_not_told_to_be_quoted(written: str) -> None:
    with pytest.raises(SourceError) as failure:
        check_schema("note.yaml", read_yaml("note.yaml", written), SCALARS)
    (problem,) = failure.value.problems
    assert "quot" not in problem.message and "None" not in problem.message and "expected " in problem.message


@pytest.mark.parametrize("key", ["7", "true", "2019-02-11", "1.5"])
def test_a_key_that_is_no_text_is_told_and_quoting_it_mends_it(key: str) -> None:
    for text in (f"text: one\n{key}: two\n", f"list:\n- {key}: two\n"):
        with pytest.raises(SourceError) as failure:
            check_schema("note.yaml", read_yaml("note.yaml", text), SCALARS)
        (problem,) = failure.value.problems
        assert problem.line == 2 and "is no text; mend it, or quote it" in problem.message
        check_schema("note.yaml", read_yaml("note.yaml", text.replace(key, f'"{key}"')), SCALARS)


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "null", "~"])
def test_an_empty_file_is_told_to_be_empty(text: str) -> None:
    with pytest.raises(SourceError) as failure:
        check_schema("note.yaml", read_yaml("note.yaml", text), SCALARS)
    (problem,) = failure.value.problems
    assert str(problem).startswith("note.yaml:1:1: the file: this is empty; expected keys") and "None" not in str(
        problem
    )


@pytest.mark.parametrize("day", ["2019-02-30", "2019-13-01", "2019-02-31 10:00:00"])
def test_a_day_that_is_none_is_told_at_its_place(day: str) -> None:
    with pytest.raises(SourceError) as failure:
        read_yaml("note.yaml", f"title: A\nas_of: 2019-02-11\nissued: {day}\n")
    (problem,) = failure.value.problems
    assert (problem.line, problem.column) == (3, 9)


def test_what_stands_twice_is_named() -> None:
    schema = {"properties": {"languages": {"uniqueItems": True}}}
    with pytest.raises(SourceError) as failure:
        check_schema("note.yaml", read_yaml("note.yaml", "languages: [en, fr, en]"), schema)
    (problem,) = failure.value.problems
    assert str(problem) == 'note.yaml:1:12: languages: "en" stands twice; remove one of them'


@pytest.mark.parametrize("key", ["title", "label", "statement", "reason", "when"])
@pytest.mark.parametrize(
    "text", ["guards # of the king", "guards #1", "Guards # all", "# all guards", "2015 # the year"]
)
def test_a_text_that_a_comment_cuts_is_told(key: str, text: str) -> None:
    with pytest.raises(SourceError) as failure:
        read_yaml("note.yaml", f"id: guards  # a name\n{key}: {text}\n")
    (problem,) = failure.value.problems
    assert problem.line == 2 and problem.column == len(key) + 3 + text.index("#")
    read_yaml("note.yaml", f'id: guards  # a name\n{key}: "{text}"\n')
