"""Prose: what it says becomes blocks; what it must not hold is told with file, line and column, all at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.document.inlines import find_sentence, quote_sentence, split_sentences
from briefing.document.nodes import (
    Block,
    Cite,
    CitePart,
    Emphasis,
    FigureUse,
    Heading,
    Inline,
    List,
    Note,
    Paragraph,
    Span,
    Text,
)
from briefing.document.walking import get_text, walk_nodes
from briefing.problems import Place
from briefing.sources.prose import ProseReader
from briefing.sources.prose_syntax import CitedWork, Surroundings


@dataclass
class Recorder:
    """Keeps what it is asked for."""

    asked: list[tuple[str, Place, str]] = field(default_factory=list)

    def resolve_figure(self, name: str, form: str, place: Place, around: Surroundings) -> Inline:
        self.asked.append((f"{name} | {form}", place, around.sentence))
        return FigureUse(name, "9", form)

    def resolve_citation(self, works: Iterable[CitedWork], place: Place) -> Inline:
        return Cite(tuple(CitePart(work.key, f"{work.key} {work.locator}".strip()) for work in works))

    def resolve_chart(self, chart: str, place: Place) -> Block | None:
        self.asked.append((f"chart {chart}", place, ""))
        return None


def read(text: str) -> tuple[list[Block], list[str], Recorder]:
    reader = ProseReader(Recorder())
    blocks = reader.read_file("a.md", text)
    assert isinstance(reader.resolver, Recorder)
    return blocks, [str(problem) for problem in sorted(reader.problems)], reader.resolver


def test_sections_are_numbered_by_the_program_through_all_files() -> None:
    reader = ProseReader(Recorder())
    blocks = reader.read_file("a.md", "# A {#a}\n\n## B {#b}\n\n## C {#c}\n")
    blocks += reader.read_file("b.md", "# D {#d}\n\n## E {#e}\n")
    headings = [(block.number, block.id, get_text(block.children)) for block in blocks if isinstance(block, Heading)]
    assert headings == [("1", "a", "A"), ("1.1", "b", "B"), ("1.2", "c", "C"), ("2", "d", "D"), ("2.1", "e", "E")]
    assert not reader.problems


def test_facts_belong_to_the_block_after_them() -> None:
    blocks, problems, _ = read("<!-- F001 F002 -->\nOne.\n\nTwo.\n\n<!-- F003 -->\n- three\n- four\n")
    assert [getattr(block, "facts", None) for block in blocks] == [("F001", "F002"), (), ("F003",)]
    assert not problems


def test_a_comment_names_the_key_sentence_of_a_paragraph_beside_its_facts_or_alone() -> None:
    blocks, problems, _ = read("<!-- F001 key sentence 2 -->\nOne. Two.\n\n<!-- key sentence 1 -->\nOne.\n\nTwo.\n")
    assert not problems
    assert [block.key_sentence for block in blocks if isinstance(block, Paragraph)] == [2, 1, 0]
    assert isinstance(blocks[0], Paragraph) and blocks[0].facts == ("F001",)
    for text in ("<!-- key sentence 3 -->\nOne. Two.\n", "<!-- key sentence 1 -->\n- one\n"):
        _, problems, _ = read(text)
        assert len(problems) == 1 and "there is no sentence" in problems[0] and ":2:" in problems[0]


def test_a_key_sentence_is_one_of_those_that_make_its_paragraph_and_loses_only_citations_and_notes() -> None:
    cite, mark = Cite((CitePart("a", "A, 2015"),)), Note("n", 1, (Text("Said."),))
    run = (
        Text("One army.  The "),
        Emphasis((Text("Force"),)),
        Text(" has "),
        FigureUse("a", "12"),
        Text(" men "),
        cite,
    )
    run = (*run, Text("."), mark, Text(" It said so. "), FigureUse("b", "3"), Text(" remain. Étant la?"))
    whole = ["One army.", "The Force has 12 men (A, 2015).", "It said so.", "3 remain.", "Étant la?"]
    assert [get_text(sentence) for sentence in split_sentences(run)] == whole
    assert get_text(quote_sentence(run, 2)) == "The Force has 12 men."
    assert quote_sentence(run, 6) == quote_sentence(run, 0) == ()


def test_figures_citations_notes_and_spans_become_nodes() -> None:
    blocks, problems, _ = read('About {{ a | over  6000 }} "men" [@b, p. 4; @c].[^n] [mot]{lang=fr}\n\n[^n]: Note.\n')
    (paragraph,) = blocks
    assert isinstance(paragraph, Paragraph) and not problems
    kinds = [type(node).__name__ for node in paragraph.children]
    assert kinds == ["Text", "FigureUse", "Text", "Cite", "Text", "Note", "Text", "Span"]
    assert "“men”" in get_text(paragraph.children) and "(b p. 4; c)" in get_text(paragraph.children)
    assert next(node for node in paragraph.children if isinstance(node, Span)).language == "fr"


def test_a_list_keeps_its_order_and_one_paragraph_an_item() -> None:
    blocks, problems, _ = read("1. a\n2. b\n   c\n\n- d\n\n  e\n")
    ordered, bullets = blocks
    assert isinstance(ordered, List) and isinstance(bullets, List)
    assert ordered.ordered and [get_text(item.children) for item in ordered.items] == ["a", "b c"]
    assert problems == ["a.md:5:1: an item of a list is one paragraph; split it or write prose"]


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("One <b>two.\n", "1:5", "raw HTML (<b>)"),
        ("One.\n\n<div>\ntwo\n</div>\n", "3:1", "raw HTML"),
        ("<script>alert(1)</script>\n", "1:1", "raw HTML"),
        ("One [two](javascript:alert(1)).\n", "1:11", 'a link to "javascript:alert(1)" is not allowed'),
        ("One <javascript:alert(1)>.\n", "1:6", 'a link to "javascript:alert(1)" is not allowed'),
        ("One [two](data:text/html;base64,eA==).\n", "1:11", "is not allowed"),
        ("One [two](file:///etc/passwd).\n", "1:11", "is not allowed"),
        ("One {{ a }}\nand {{ b.\n", "2:5", '"{{" starts a figure that is not closed'),
        ("One a }} b.\n", "1:7", "the end of a figure without its start"),
        ("- one\n- two {{ b\n", "2:7", '"{{" starts a figure that is not closed'),
        ("One {{ a | b | c }}.\n", "1:5", "is not a figure"),
        ("One {{ a-b }}.\n", "1:5", "is not a figure"),
        ("One {{ }}.\n", "1:5", "is not a figure"),
        ("One {{ ().__class__ }}.\n", "1:5", "is not a figure"),
        ("One {{ 9**(9**9) }}.\n", "1:5", "is not a figure"),
        ("One [^two].\n", "1:5", "a footnote that is not defined"),
        ("One.\n\n[^two]: Three.\n", "3:1", 'the footnote "two" is never referred to'),
        ("One.[^n] Two.[^n]\n\n[^n]: Three.\n", "1:1", 'the footnote "n" is referred to twice'),
        ("One.[^n]\n\n[^n]: Three.[^n]\n", "3:1", 'the footnote "n" is referred to twice'),
        ("One [@two.\n", "1:5", "a citation that is not closed"),
        ("One [@; @two].\n", "1:5", "is not a citation"),
        ("# One\n", "1:1", "the heading has no id"),
        ("# One {#one}\n\n# Two {#one}\n", "3:1", 'the id "one" stands twice'),
        ("### One {#one}\n", "1:1", "headings of two levels"),
        ("One. {#one}\n", "1:6", "a heading id out of its place"),
        ("    One.\n", "1:1", "an indented code block"),
        ("```\nOne.\n```\n", "1:1", "a code fence"),
        ("> One.\n", "1:1", "blockquote"),
        ("One `two`.\n", "1:1", "code inline has no place here"),
        ("One ![](chart:two) three.\n", "1:1", "image has no place here"),
        ("![](http://example.org/spy.png)\n", "1:1", "image has no place here"),
        ("One [two]{.big}.\n", "1:1", "only a language may stand in braces"),
    ],
)
def test_what_has_no_place_in_a_note_is_one_problem_at_its_place(text: str, place: str, what: str) -> None:
    _, problems, _ = read(text)
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"a.md:{place}: ") and what in problems[0]


def test_all_problems_of_a_file_are_told_together() -> None:
    text = "# One\n\nTwo <i>three {{ four.\n\n[five](javascript:six) [^seven]\n"
    _, problems, _ = read(text)
    assert [problem.split(": ")[0] for problem in problems] == [
        "a.md:1:1",
        "a.md:3:5",
        "a.md:3:14",
        "a.md:5:8",
        "a.md:5:24",
    ]


def test_a_label_of_a_footnote_stands_in_one_file_only() -> None:
    reader = ProseReader(Recorder())
    reader.read_file("a.md", "# A {#a}\n\nOne.[^n]\n\n[^n]: Two.\n")
    reader.read_file("b.md", "# B {#b}\n\nThree.[^n]\n\n[^n]: Four.\n")
    assert [str(problem).split("; ")[0] for problem in reader.problems] == [
        'b.md:3:1: the footnote "n" stands in another file too'
    ]


def test_notes_are_numbered_from_1_in_the_order_of_their_marks() -> None:
    blocks, _, _ = read("One.[^b] Two.[^a]\n\n[^a]: A.\n\n[^b]: B.\n")
    notes = [node for node in walk_nodes(tuple(blocks)) if isinstance(node, Note)]
    assert [(note.number, get_text(note.children)) for note in notes] == [(1, "B."), (2, "A.")]


def test_a_figure_is_asked_for_with_its_place_and_its_sentence() -> None:
    text = "First one. The police has {{ a | over 6000 }} people,\nor {{ b }} [@c]. Last one.[^n]\n\n"
    text += "- x\n- y {{ d }}.\n\n[^n]: See {{ e }}.\n"
    _, problems, recorder = read(text)
    sentence = "The police has {{ a | over 6000 }} people, or {{ b }} [@c]."
    assert not problems
    assert recorder.asked == [
        ("a | over 6000", Place("a.md", 1, 27), sentence),
        ("b | ", Place("a.md", 2, 4), sentence),
        ("e | ", Place("a.md", 7, 11), "See {{ e }}."),
        ("d | ", Place("a.md", 5, 5), "y {{ d }}."),
    ]


@given(st.text(st.sampled_from("ab .![]{}()@#^:-_*`<>&\"'\\\n|1"), max_size=40))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_text_makes_the_reader_fail_or_hides_a_figure(text: str) -> None:
    blocks, problems, _ = read(text)
    plain = "".join(node.text for node in walk_nodes(tuple(blocks)) if isinstance(node, Text))
    assert "{{" not in plain or problems or "\\{" in text  # what is escaped is meant as typed


def test_a_sentence_ends_at_a_full_stop_before_a_capital() -> None:
    content = "One 1.5 here. Two {{ a }} there! Three?"
    assert find_sentence(content, content.index("{{")) == "Two {{ a }} there!"
    assert find_sentence(content, 0) == "One 1.5 here."
