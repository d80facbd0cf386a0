"""Check that acronyms are listed, used, and spelled out at first use in running text."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping

from briefing.document.nodes import Block, Cite, Inlines, KeyPoints
from briefing.document.schema import Trait
from briefing.document.walking import get_text, list_asides, list_runs, list_texts, walk_nodes, walk_pieces
from briefing.language.number_formatting import Language
from briefing.problems import Place, Problem
from briefing.sources.acronyms import Acronym, find_acronyms, make_pattern

CANDIDATE = re.compile(r"(?:(?<![\w-])|(?<=[^\W\d_A-Z]-))[A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*(?:-[A-Z0-9]+)*(?![\w])")
PART = re.compile(r"\w+")
ROMAN = re.compile(r"[IVX]+s?")


def find_used(blocks: Iterable[Block], pattern: re.Pattern[str]) -> dict[str, None]:
    """Find the acronyms that the blocks use, in figures too (USD 4.3 billion), in order of first use."""
    used: dict[str, None] = {}
    for node in walk_nodes(tuple(blocks)):
        for text in list_texts(node, without=Trait.ASIDE | Trait.MADE):
            used.update((match[1], None) for match in find_acronyms(pattern, text))
    return used


def check_acronyms(
    blocks: Iterable[Block],
    acronyms: Mapping[str, Acronym],
    names: Iterable[re.Pattern[str]],
    places: Mapping[str, Place],
    listed_at: Place,
    language: Language,
    waiting: Container[str] = (),
) -> list[Problem]:
    """Check that acronyms are listed, used, and spelled out at first use in running text.

    Key points come before the text, which spells out what they use. Acronyms whose keys are `waiting` stand in blocks
    that are not translated yet, where they may be spelled out.
    """
    blocks = tuple(blocks)
    pattern = make_pattern(acronyms)
    spelled: set[str] = set()
    problems: list[Problem] = []
    in_short = {point.id for block in blocks if isinstance(block, KeyPoints) for point in block.points}
    for name, text in _list_running_text(blocks):
        place = places.get(name, Place("text", 1))
        problems.extend(_check_listed(text, acronyms, pattern, names, place))
        for match in find_acronyms(pattern, text):
            if match[1] not in spelled and name not in in_short:
                spelled.add(match[1])
                acronym = acronyms[match[1]]
                if acronym.key not in waiting and not _is_spelled_out(text, match, acronym, language):
                    origin = f"*{acronym.origin}*, " if acronym.origin else ""
                    remedy = f'write "{acronym.expansion} ({origin}{match[1]})"'
                    problems.append(
                        place.report(f"{match[1]} is not spelled out at its first use; {remedy}", "acronym")
                    )
    used = find_used(blocks, pattern)
    for short, acronym in acronyms.items():
        if short not in used and acronym.key not in waiting:
            place = Place(listed_at.file, acronym.line)
            problems.append(
                place.report(f"{short} is listed and never used; the list leaves it out", "acronym", "warning")
            )
    return problems


def _check_listed(
    text: str,
    acronyms: Mapping[str, Acronym],
    pattern: re.Pattern[str],
    names: Iterable[re.Pattern[str]],
    place: Place,
) -> Iterator[Problem]:
    """Report what looks like an acronym and is neither listed, nor part of a listed name or of an exemption."""
    exempt = [match.span() for name in names for match in name.finditer(text)]
    expansions = " ".join(acronym.expansion for acronym in acronyms.values())
    unlisted = text
    for found in find_acronyms(pattern, text):
        unlisted = unlisted[: found.start()] + " " * len(found[0]) + unlisted[found.end() :]
    for match in CANDIDATE.finditer(text):
        parts = PART.findall(unlisted[slice(*match.span())])
        known = all(part in acronyms or ROMAN.fullmatch(part) for part in parts)
        known = known or match[0].removesuffix("s") in expansions
        if not known and not any(start <= match.start() and match.end() <= end for start, end in exempt):
            yield place.report(
                f"{match[0]} is used and not listed; add it to acronyms.csv or to the exemptions", "acronym"
            )


def _list_running_text(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """List the running text of each piece, then of the footnotes that hang on it; citations are left out.

    Titles, labels and cells are no running text: there is no room in them to spell anything out.
    """
    for piece in walk_pieces(blocks):
        for run in list_runs(piece, without=Trait.APART):
            for line in (run, *list_asides(run)):
                yield piece.id, _get_own_text(line)


def _get_own_text(children: Inlines) -> str:
    return "".join(get_text(child) for child in children if not isinstance(child, Cite))


def _is_spelled_out(text: str, match: re.Match[str], acronym: Acronym, language: Language) -> bool:
    """Tell whether "Expansion (ACR)" or "ACR (expansion)" stands at a match, in the singular or the plural.

    An acronym of a name in another language has that name too: "Arab Movement (Mouvement arabe, MA)".
    """
    wanted = _fold(acronym.expansion, language)
    before, after = _fold(text[: match.start()], language), _fold(text[match.end() :], language)
    if acronym.origin:
        return before.endswith(f"{wanted} ({_fold(acronym.origin, language)},")
    opened = before.removesuffix("(").rstrip()
    return (before.endswith("(") and opened.endswith(wanted)) or after.startswith(f"({wanted}")


def _fold(text: str, language: Language) -> str:
    """Give a text as it is compared: without case, hyphens, kinds of spaces and plurals."""
    flat = text.casefold().replace("’", "'").replace("‑", "-").replace("-", " ")
    return language.apply("singular", " ".join(flat.split()))
