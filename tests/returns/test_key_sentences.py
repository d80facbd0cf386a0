"""What a margin says again stays the same sentence, whatever a reviewer does to the paragraph it stands in."""

import pytest

from briefing.document.inlines import quote_sentence
from briefing.document.nodes import Paragraph
from briefing.document.walking import get_text
from briefing.returns.key_sentences import follow_key_sentences
from support.editions import read_raw
from support.returned import bring_back, compose, write_out
from support.reviewing import WordFile

TEXT = """# Help {#help}

<!-- F001 key sentence 2 -->
One day came. The {{ guards | over 3000 }} men left the town. Nobody knew.

<!-- key sentence 1 -->
Rain fell on all roads [@watch].

More came.
"""


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("One day came.", "One day came. It was late.", "F001 key sentence 3 / key sentence 1"),
        ("One day came. ", "", "F001 key sentence 1 / key sentence 1"),
        ("men left", "men soon left", "F001 key sentence 2 / key sentence 1"),
        ("came. The", "came.\n\nThe", "F001 / key sentence 1 / key sentence 1"),
        ("town. Nobody", "town; nobody", "F001 key sentence 2 / key sentence 1"),
        ("The {{ guards | over 3000 }} men left the town. ", "", "F001 / key sentence 1 / lost 4"),
        ("Nobody knew.\n\n<!-- key sentence 1 -->\n", "Nobody knew. ", "F001 key sentence 2 / lost 7"),
        ("More came.", "More came.\n\nStill more.", "F001 key sentence 2 / key sentence 1"),
    ],
)
def test_the_number_of_a_key_sentence_follows_it(old: str, new: str, kept: str) -> None:
    text, lost = follow_key_sentences("help.md", TEXT, TEXT.replace(old, new))
    comments = [line[5:-4] for line in text.split("\n") if line.startswith("<!--")]
    assert " / ".join([*comments, *(f"lost {place.split(':')[1]}" for place in lost)]) == kept
    assert [line for line in text.split("\n") if "<!--" not in line] == [
        line for line in TEXT.replace(old, new).split("\n") if "<!--" not in line
    ]


def test_a_sentence_put_in_before_a_key_sentence_leaves_the_margin_as_it_was() -> None:
    name, facts = "tiny/text/01-guards.md", b"<!-- F001 F002 "
    raw = read_raw("tiny")
    raw = {**raw, name: raw[name].replace(facts, facts + b"key sentence 2 ")}
    file = WordFile(write_out(raw))
    file.edit(file.find("guards_1"), 0, 0, "It is a small country. ")
    found = bring_back(file.save(), base=raw)
    assert found.proposal["doubts"] == [] and b"F001 F002 key sentence 3 -->" in found.changed[name]
    said = []
    for sources in (raw, {**raw, **found.changed}):
        blocks = compose("tiny", "en", sources).blocks
        (paragraph,) = [block for block in blocks if isinstance(block, Paragraph) and block.key_sentence]
        said.append(get_text(quote_sentence(paragraph.children, paragraph.key_sentence)))
    assert said[0] == said[1] and said[0].startswith("On average")
