"""Hold two languages of a note against each other: figures, citations, notes, charts, headings and acronyms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping

from briefing.document.inlines import split_sentences
from briefing.document.nodes import (
    Abbreviation,
    Block,
    Chart,
    Cite,
    Document,
    FigureUse,
    Heading,
    Inlines,
    Link,
    Note,
    Paragraph,
    is_made,
)
from briefing.document.walking import list_parts, walk_nodes
from briefing.problems import Place, Problem
from briefing.sources.acronyms import Acronym
from briefing.translate.messages import get_words

DIGITS = re.compile(r"\d+")
ROMAN = {"I": 1, "V": 5, "X": 10}


def compare_documents(
    source: Document,
    translated: Document,
    acronyms: tuple[Mapping[str, Acronym], Mapping[str, Acronym]],
    units: Container[str],
    places: Mapping[str, Place],
    left: Collection[str] = (),
) -> list[Problem]:
    """Compare two languages of a note block by block, without those that are `left` to be translated.

    While there are such, or others differ, the lists that the program makes from all blocks are not compared either.
    `acronyms` are those of either language; those that are units of measure are worded by each language for itself.
    """
    problems = []
    old, new = ({block.id: block for block in document.blocks} for document in (source, translated))
    top = Place(f"{translated.metadata.note} ({translated.metadata.language})", 1)
    names = [*old, *(name for name in new if name not in old)]
    for name in sorted(names, key=lambda name: is_made((old | new)[name])):
        place = places.get(name, top)
        if name not in new or name not in old:
            where = "the source" if name in old else "the translation"
            problems.append(place.report(f'the block "{name}" is in {where} only', "parity"))
            continue
        if name in left or ((left or problems) and is_made(new[name])):
            continue
        for what, before, after in _list_differences(old[name], new[name], acronyms, units):
            message = (
                f'{what} of "{name}" differ: the source has {before}, the translation has {after}; make them agree'
            )
            problems.append(place.report(message, "parity"))
    if list(old) != list(new) and set(old) == set(new):
        problems.append(
            top.report("the blocks stand in another order than in the source; compose them again", "parity")
        )
    return problems


def _list_differences(
    old: Block, new: Block, acronyms: tuple[Mapping[str, Acronym], Mapping[str, Acronym]], units: Container[str]
) -> Iterator[tuple[str, str, str]]:
    ours, theirs = _take_stock(old, acronyms[0], units), _take_stock(new, acronyms[1], units)
    for what, before in ours.items():
        if before != theirs[what]:
            missing, more = before - theirs[what], theirs[what] - before
            yield what, _say(missing) or "nothing more", _say(more) or "nothing more"


def _say(counter: Counter[str]) -> str:
    return ", ".join(f"{name} ({count} times)" if count > 1 else name for name, count in sorted(counter.items()))


def _take_stock(block: Block, acronyms: Mapping[str, Acronym], units: Container[str]) -> dict[str, Counter[str]]:
    """Count what a block holds of each kind, by names that no language changes."""
    nodes = list(walk_nodes(block))
    return {
        "the kind": Counter([type(block).__name__]),
        "the headings": Counter(f"{n.number} {n.id}" for n in nodes if isinstance(n, Heading)),
        "the figures": Counter(f"{n.figure} {n.form}".strip() for n in nodes if isinstance(n, FigureUse)),
        "the citations": Counter(
            f"@{part.key}" + (f", {part.locator}" if part.locator else "")
            for n in nodes
            if isinstance(n, Cite)
            for part in n.parts
        ),
        "the notes": Counter(n.id for n in nodes if isinstance(n, Note)),
        "the links": Counter(n.target for n in nodes if isinstance(n, Link)),
        "the charts": Counter(n.image for n in nodes if isinstance(n, Chart)),
        "the parts": Counter(_list_parts(block)),
        "the sentences": Counter(_list_sentences(block)),
        "the acronyms": Counter(set(_list_acronyms(block, acronyms, units))),
    }


def _list_parts(block: Block) -> list[str]:
    if is_made(block):  # each language has an order of its own
        return [part.id for part in list_parts(block)]
    return [f"{n} {part.id}" for n, part in enumerate(list_parts(block), 1)]


def _list_sentences(block: Block) -> list[str]:
    """List the sentences by number, where one of them is the key sentence in every language."""
    if not isinstance(block, Paragraph) or not block.key_sentence:
        return []
    return [f"sentence {number}" for number, _ in enumerate(split_sentences(block.children), 1)]


def _list_acronyms(block: Block, acronyms: Mapping[str, Acronym], units: Container[str]) -> Iterator[str]:
    if is_made(block):
        return
    for node in walk_nodes(block):
        if isinstance(node, Abbreviation):
            found = acronyms.get(node.text) or acronyms.get(node.text.removesuffix("s"))
            if found and found.key not in units:
                yield found.key


# --- Numbers -----------------------------------------------------------------------------------------------------


def compare_numbers(
    source: Inlines,
    translated: Inlines,
    place: Place,
    names: Collection[re.Pattern[str]] = (),
    centuries: re.Pattern[str] | None = None,
) -> Iterator[Problem]:
    """Report a message whose typed numbers (years, days, laws) are not those of the source.

    `names` may hold others: "Group of 5", « Groupe des cinq ». `centuries` finds the Roman numerals that a language
    writes where the source has digits.
    """
    before, after = _list_numbers(source, (), None), _list_numbers(translated, (), centuries)
    if before == after or _list_numbers(source, names, None) == _list_numbers(translated, names, centuries):
        return
    lost, more = _say(before - after) or "none", _say(after - before) or "none"
    message = f"the typed numbers differ: lost {lost}, added {more}; write those of the source"
    yield place.report(message, "unbound" if after - before else "parity")  # no source has what is added


def _list_numbers(
    inlines: Inlines, names: Collection[re.Pattern[str]], centuries: re.Pattern[str] | None
) -> Counter[str]:
    text = get_words(inlines)
    for name in names:
        text = name.sub(" ", text)
    numbers = Counter(str(int(digits)) for digits in DIGITS.findall(text))
    if centuries:
        numbers.update(str(read_roman(match[1])) for match in centuries.finditer(text))
    return numbers


def read_roman(numeral: str) -> int:
    """Read a Roman numeral up to XXXIX, as centuries have them."""
    values = [ROMAN[letter] for letter in numeral]
    return sum(-v if v < n else v for v, n in zip(values, [*values[1:], 0], strict=True))
