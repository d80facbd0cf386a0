"""What reviewers type is no mark of ours: every character of the grammar of a text comes back as it was typed."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.document.nodes import Text
from briefing.problems import Place
from briefing.returns.homes import TEXT, Home
from briefing.returns.prose_source import PARAGRAPH, ProseBlock
from briefing.returns.splices import write_prose
from briefing.returns.tokens import tokenise
from briefing.sources.prose import ProseReader
from briefing.sources.prose_syntax import HALF_WRITTEN
from briefing.steps.take_version import make_version
from briefing.translate.messages import MessageReader
from support.editions import read_raw
from support.house import read_house_files
from support.returned import TARGETS, bring_back, export_again, read_texts, send_out, squeeze
from support.reviewing import WordFile

MARKS = (
    *HALF_WRITTEN, *r"*_\[](){}<>`~!&#@$^|+-=:%/", "*a*", "**a**", "_a_", "__a__", "a__b", "***", "{{ population }}",
    "{population}", "{{population}}", "[a]{lang=fr}", "[a]{{lang=en}}", "[@watch]", "@watch", "(@watch)", "[^reform]",
    "[a](b)", "![a](b)", "<b>", "</b>", "<br/>", "<!-- a -->", "<http://a.b>", "http://a.b", "mailto:a@b.org", "&amp",
    "`a`", "~~a~~", r"\*", r"\{{", r"\\", r"\n", r"\alpha", "{% if %}", "$a_b$", "$x^a$", "%s", "a|b", "<<", "[[a]]",
)  # fmt: skip
PLACE = Place("x", 1, 1)


@pytest.mark.parametrize(("language", "word"), [("en", "inhabitants"), ("fr", "habitants")])
def test_every_mark_that_a_reviewer_types_comes_back_as_typed(language: str, word: str) -> None:
    file = WordFile(send_out("tiny", language), "Ada")
    file.replace(file.find("guards_1"), word, f"{word} {' xx '.join(MARKS)} xx")
    reviewed = file.save()
    found = bring_back(reviewed, language=language)
    assert [item["outcome"] for item in found.proposal["items"]] == ["patch"]
    raw = {**read_raw("tiny"), **found.changed}
    made = make_version("tiny", raw, read_house_files(), [target for target in TARGETS if target.tag == language])
    assert json.loads(made[f"findings.{language}.json"])["problems"] == []
    again, wanted = (squeeze(read_texts(raw)) for raw in (export_again(found, raw, language=language), reviewed))
    assert again == wanted


@given(st.lists(st.sampled_from((*MARKS, "a", " ", " a ", "population", "lang=fr")), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_no_marks_together_are_read_as_one(parts: list[str]) -> None:
    text = "".join(parts).strip() or "a"
    block = ProseBlock("x", PARAGRAPH, 1, 0, 0, 0)
    prose, message = ProseReader(None), MessageReader(None)  # type: ignore[arg-type]
    read = prose.read_line("x", write_prose(tokenise(text), Home(TEXT, block=block)), PLACE)
    translated = message.read_message("x", write_prose(tokenise(text), Home(TEXT)), PLACE)
    for inlines in (read, translated):
        assert all(isinstance(inline, Text) for inline in inlines)
        assert squeeze(["".join(inline.text for inline in inlines)]) == squeeze([text])  # type: ignore[union-attr]
    assert not prose.problems and not message.problems
