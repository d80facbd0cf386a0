"""Sections of prose that nobody has written are told; those that have a word, or that the build fills, are not."""

import pytest

from briefing.checks.sections import check_sections
from support.badinputs import try_sources
from support.editions import change_raw

HEADER = "acronym,acronym_fr,expansion_en,expansion_fr,language,language_fr,facts,comment"


def check(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in check_sections("text/05.md", text, ("acronyms",))]


@pytest.mark.parametrize("text", ["", "\n \n\t\n", "<!-- F001 -->\n", "<!--\nF001\nF002 -->\n\n"])
def test_an_empty_file_is_told(text: str) -> None:
    ((line, message),) = check(text)
    assert line == 1 and message.startswith("this file is empty; write")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# Help {#help}\n", [1]),
        ("# Help {#help}\n\n## More {#more}\n\n<!-- F001 -->\n", [3]),
        ("# One {#one}\n\n# Two {#two}\n\nText.\n", [1]),
        ("# One {#one}\n\nText.\n\n## A {#a}\n\n## B {#b}\n\nText.\n", [5]),
    ],
)
def test_a_heading_without_text_is_told(text: str, lines: list[int]) -> None:
    assert [line for line, _ in check(text)] == lines


@pytest.mark.parametrize(
    "text",
    [
        "# Acronyms {#acronyms}\n",
        "# One {#one}\n\n## A {#a}\n\nText.\n",
        "# One {#one}\n\n![](chart:guards)\n",
        "Text.\n",
    ],
)
def test_a_section_that_says_something_is_fine(text: str) -> None:
    assert check(text) == []


def test_an_empty_section_file_stops_the_note() -> None:
    problems, edition = try_sources(change_raw("tiny", {"text/05-more.md": "\n"}))
    assert edition is None and "sources/tiny/text/05-more.md:1:1: this file is empty" in "\n".join(map(str, problems))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("security <b>sector</b> reform", "<b>"),
        ("{security} sector reform", "{security}"),
        ("security &amp; reform", "&amp;"),
    ],
)
def test_markup_in_an_acronym_is_told_at_its_cell(cell: str, said: str) -> None:
    table = f"{HEADER}\nSSR,RSS,{cell},réforme,en,,,\n"
    problems, _ = try_sources(change_raw("tiny", {"acronyms.csv": table}))
    assert any((p.line, p.column) == (2, 3) and f'"{said}"' in p.message for p in problems)


@pytest.mark.parametrize(
    "left", ["a [link](https://example.org", "**bold", "`code", "~~gone~~", "{name}", "\\emph{x}", "{% if %}"]
)
def test_markup_left_in_prose_is_told_at_its_place(left: str) -> None:
    problems, edition = try_sources(
        change_raw("tiny", {"text/02-help.md": f"# Help {{#help}}\n\nThe UN helps: {left}\n"})
    )
    assert edition is None and any(p.line == 3 and p.severity == "error" for p in problems)


def test_the_key_of_acronyms_is_the_acronym() -> None:
    table = (
        "acronym,acronym_fr,expansion_en,expansion_fr,language,language_fr,facts,comment\n"
        + "UN,ONU,United Nations,x,en,,,\n" * 2
    )
    problems, _ = try_sources(change_raw("tiny", {"acronyms.csv": table}))
    (message,) = [p.message for p in problems if p.line == 3 and p.file.endswith("acronyms.csv")]
    assert "has the same acronym)" in message and "known_on" not in message


def test_a_list_below_a_heading_of_the_second_level_is_told() -> None:
    problems, _ = try_sources(
        change_raw("tiny", {"text/03-acronyms.md": "# More {#more}\n\n## Acronyms {#acronyms}\n"})
    )
    assert any("are listed below a heading of level 1" in problem.message and problem.line == 3 for problem in problems)
