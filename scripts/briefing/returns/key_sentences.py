"""Keep the numbers of key sentences true: what a margin says again is the same sentence, wherever it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from briefing.document.inlines import split_sentences
from briefing.document.nodes import Inline, Paragraph, Span, Text
from briefing.document.walking import get_text
from briefing.problems import Place
from briefing.returns.prose_source import list_prose_blocks
from briefing.sources.prose import ProseReader
from briefing.sources.prose_syntax import FACTS, CitedWork, Surroundings

_LEAST = 0.5
"""What share of the words of two sentences must be the same for the one to be what became of the other."""


class _Sentence(NamedTuple):
    """A sentence: the line on which its paragraph begins, its number there from 1, and its words."""

    line: int
    number: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _NameKeeper:
    """Reads figures as their names: how a file is taken apart into sentences asks for no values."""

    def resolve_figure(self, name: str, form: str, place: Place, around: Surroundings) -> Inline:
        return Span("", (Text(f"{{{{ {name} }}}}"),))

    def resolve_citation(self, works: Iterable[CitedWork], place: Place) -> Inline:
        return Span("", ())

    def resolve_chart(self, chart: str, place: Place) -> None:
        return None


def follow_key_sentences(file: str, before: str, after: str) -> tuple[str, list[str]]:
    """Number the key sentences of a prose file anew after edits; and say, as file:line, which are no longer there.

    A paragraph has one: of two that stand in one paragraph now, the first is kept.
    """
    old, keys = _list_sentences(file, before)
    if not keys:
        return after, []
    new, _ = _list_sentences(file, after)
    wanted: dict[int, int] = {}
    lost = []
    for line, number in keys.items():
        (key,) = [sentence for sentence in old if (sentence.line, sentence.number) == (line, number)]
        found = _find(key, new)
        if found is None or found.line in wanted:
            what = "is no longer in the text" if found is None else "stands in one paragraph with another now"
            lost.append(f'{file}:{line}: the key sentence "{" ".join(key.words[:6])} …" {what}; choose another')
        else:
            wanted[found.line] = found.number
    return _write_numbers(file, after, wanted), lost


def _list_sentences(file: str, text: str) -> tuple[list[_Sentence], dict[int, int]]:
    """List the sentences of the paragraphs of a file; and, by line, the number of each key sentence."""
    reader = ProseReader(_NameKeeper())
    listed, keys = [], {}
    for block in reader.read_file(file, text):
        if isinstance(block, Paragraph):
            line = reader.places[block.id].line
            for number, sentence in enumerate(split_sentences(block.children), 1):
                listed.append(_Sentence(line, number, tuple(get_text(sentence).split())))
            if block.key_sentence:
                keys[line] = block.key_sentence
    return listed, keys


def _find(key: _Sentence, sentences: Sequence[_Sentence]) -> _Sentence | None:
    """Find what became of a sentence: the one that says the same, else the likest, if it is that or holds it."""
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(key.words)

    def measure(sentence: _Sentence) -> float:
        if sentence.words == key.words:
            return 1
        matcher.set_seq1(sentence.words)
        if matcher.quick_ratio() < _LEAST / 2:
            return 0
        longest = matcher.find_longest_match().size / len(key.words)
        return max(matcher.ratio(), longest) * 0.99

    best = max(sentences, key=measure, default=None)
    return best if best is not None and measure(best) >= _LEAST else None


def _write_numbers(file: str, text: str, wanted: dict[int, int]) -> str:
    """Write the number of the key sentence above each paragraph that has one, by its line, and above no other."""
    written, position = "", 0
    for block in sorted(list_prose_blocks(file, text), key=lambda block: block.start):
        comment = FACTS.fullmatch(text, block.outer, block.start)
        number = wanted.get(block.line)
        if number is None and (comment is None or comment[2] is None):
            continue
        if comment is not None and number == int(comment[2] or 0):
            continue
        said = [*(comment[1].split() if comment else ()), *([f"key sentence {number}"] if number else ())]
        written += text[position : block.outer] + (f"<!-- {' '.join(said)} -->\n" if said else "")
        position = block.start
    return written + text[position:]
