"""Whatever a reviewer types at the start of a block comes back as words: it makes no list, no heading and no rule."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.document.nodes import List, Paragraph, Text
from briefing.document.walking import get_text
from briefing.problems import Place
from briefing.returns.homes import TEXT, Home
from briefing.returns.line_starts import escape_starts
from briefing.returns.prose_source import list_prose_blocks
from briefing.returns.regions import find_regions
from briefing.returns.source_tokens import PROSE, find_body, tie
from briefing.returns.splices import apply_splices, splice_region
from briefing.returns.tokens import tokenise
from briefing.sources.prose import ProseReader
from support.editions import read_raw
from support.returned import bring_back, export_again, read_texts, send_out, squeeze
from support.reviewing import WordFile

STARTS = (
    *("19. ", "19.", "1) ", "1)", "1999. Then", "0. ", "- ", "-", "--", "---", "- - -", "-5 ", "+ ", "+5 ", "* "),
    *("# ", "#", "###### ", "####### ", "#1 ", "> ", ">", ">>>>>>> ", "<<<<<<< ", "=======", "=", "==", "||||||| "),
    *("|", "| a | b |", "::: ", ": ", "<!-- F001 -->", "<!--", "<b>", "[^x]: ", "[x]: http://a.b", "[x]:", "    "),
    *("```", "``` x", "\\", "\\- ", "1\\. ", "![](chart:guards)", "![a](b)", "___", "_ _ _", "&#45; ", "&gt; "),
    *("{#a}", "{{ a }}", "{lang=fr}", "(a) ", "a. ", "• ", "– ", "$$", "%", "---\n", "@a ", "\t", "~~~", "***"),
)
WORDS = ("one", "two", "three", "19", "-", "+", ">", "#", "=", "1.", "2018.", "|", ":")


def test_every_start_that_a_reviewer_types_comes_back_as_typed() -> None:
    file = WordFile(send_out("tiny"), "Ada")
    for name, start in {"guards_1": "19. ", "number_1": "- ", "help_1": "# ", "help_2_1": "1) "}.items():
        word = file.read(file.find(name)).split()[0]
        file.replace(file.find(name), word, start + word)
    last = file.find("help_2_3")
    file.edit(file.find("help_2_2"), 0, len("a count of the"), "+ the")
    after = file.find("chart_guards_source")
    for start in reversed(STARTS):
        file.add(after, f"{start}xx")
        file.add(last, f"{start}xx", "ListBullet")
    reviewed = file.save()
    found = bring_back(reviewed)
    assert {item["outcome"] for item in found.proposal["items"]} == {"patch"}
    again, wanted = (squeeze(read_texts(raw)) for raw in (export_again(found, read_raw("tiny")), reviewed))
    assert again == wanted


LINES = st.lists(st.sampled_from(("one", "two", "three", "over 19 men", "a - b", "c = d", "in 2018. Then")), min_size=1)


@settings(max_examples=120, deadline=None)
@example("", ["in 2018. Then"], ["2018. Then"])
@example("- ", ["A 19 men"], ["19. men"])
@given(
    st.sampled_from(("", "- ", "[^x]: ")),
    LINES,
    st.lists(st.sampled_from((*WORDS, *(start.strip() or "a" for start in STARTS))), min_size=1, max_size=6),
)
def test_what_is_written_into_a_block_is_read_as_the_reviewer_wrote_it(
    mark: str, lines: list[str], words: list[str]
) -> None:
    body, wanted = "\n".join(lines), " ".join(words)
    text = f"Before.[^x]\n\n{mark}{body}\n" if mark.startswith("[") else f"Before.\n\n{mark}{body}\n"
    block = list_prose_blocks("x.md", text)[-1]
    reader = ProseReader(None)  # type: ignore[arg-type]
    source = text[block.start : block.end]
    tied = tie(reader.read_line("x.md", source[find_body(source) :], Place("x.md", 1)), source, PROSE)
    old, new = tokenise(body), tokenise(wanted)
    home = Home(TEXT, block=block, tie=tied, file=("x.md",), offset=block.start, tokens=tuple(old))
    splices = [splice_region(home, region, new, 1) for region in find_regions(old, new, [])]
    assert None not in splices
    written = apply_splices(text, escape_starts(text, block, splices))  # type: ignore[arg-type]
    blocks = ProseReader(None).read_file("x.md", written)  # type: ignore[arg-type]
    runs = [find_run(block) for block in blocks]
    if mark.startswith("["):
        runs = [inline.children for inline in runs[0] if not isinstance(inline, Text)]
    assert [squeeze([get_text(run)]) for run in runs[-1:]] == [squeeze([wanted])], written
    assert len(blocks) == (1 if mark.startswith("[") else 2)


def find_run(block: object) -> tuple:  # type: ignore[type-arg]
    if isinstance(block, List):
        (item,) = block.items
        return item.children
    assert isinstance(block, Paragraph), block
    return block.children


def test_lines_that_were_not_touched_stay_as_they_are() -> None:
    text = "One two\n2. three\n\n1. four\n"
    block = list_prose_blocks("x.md", text)[0]
    assert not re.search(r"\\", apply_splices(text, escape_starts(text, block, [])))
