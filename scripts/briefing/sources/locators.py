"""Read which part of a work a citation means ("para. 12", "pp. 4-6, annex B"), and print it in any language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from briefing.language.number_formatting import Language

# The locators of CSL, and two that reports have besides, each with how English and French name them, without periods.
WORDS = {
    "page": "p pg page | pp pgs pages",
    "paragraph": "para par paragraph paragr paragraphe al alinéa ¶ | paras pars paragraphs paragraphes alinéas ¶¶",
    "section": "s sec sect section § | ss secs sects sections §§",
    "chapter": "ch chap chapter chapitre | chs chaps chapters chapitres",
    "article": "art article | arts articles",
    "annex": "annex annexe | annexes",
    "appendix": "app append appendix appendice | apps appendices",
    "box": "box encadré | boxes encadrés",
    "volume": "vol volume tome t | vols volumes tomes",
    "issue": "no nr nº n° numéro issue | nos issues numéros",
    "part": "pt part partie | pts parts parties",
    "book": "bk book livre | bks books livres",
    "figure": "fig figure | figs figures",
    "table": "tab tbl table tableau | tabs tables tableaux",
    "note": "n fn note footnote | nn fns notes footnotes",
    "line": "l line ligne | ll lines lignes",
    "column": "col column colonne | cols columns colonnes",
    "folio": "fol f folio | fols folios",
    "verse": "v verse verset | vv verses versets",
    "rule": "r rule règle | rr rules règles",
    "title": "tit title titre | tits titles titres",
    "sub-verbo": "s.v sv | s.vv svv",
}
CSL_NAMES = {"article": "article-locator", "title": "title-locator", "annex": "appendix"}
SINGULAR, PLURAL = (
    {word: name for name, words in WORDS.items() for word in words.split(" | ")[number].split()} for number in (0, 1)
)
LABEL = re.compile(r"(?P<label>§+|¶+|[^\W\d_]+(?:\.[^\W\d_]+)*[°º]?)\.?\s*(?P<value>.*)")
ROMAN = "[ivxlcdm]+|[IVXLCDM]+"
# "12", "4-6", "3.2(b)", "xii", "B", "IV-2", "4 and 6"
VALUE = re.compile(rf"(?:\w*\d|(?:{ROMAN}|[A-Za-z])(?!\w)).*")
BARE = re.compile(rf"\w*\d.*|(?:{ROMAN})(?:\s*[-–].*)?")
RANGE = re.compile(rf"(?<=[\divxlcdm])\s*(?:--?|–)\s*(?=\d|(?:{ROMAN})\b)")
MANY = re.compile(rf"(?:\d|\b(?:{ROMAN}))\w*\s*(?:[–&,]|and\b|et\b)\s*(?:\w*\d|(?:{ROMAN})\b)")
AND = re.compile(r"\s+(?:and|et|&)\s+")
GetTerm: TypeAlias = Callable[[str, str | None, bool], str]
"""Says a term of CSL: its name, its form, and whether it stands for several."""
LABELS = "p., para., ch., sec., §, art., annex, app., box, vol., no., pt., fig., table, note"


@dataclass(frozen=True, slots=True)
class Locator:
    """A part of a work: what kind it is, its number as written, and whether it is several."""

    kind: str
    value: str
    is_plural: bool


def read_locator(text: str) -> list[Locator] | None:
    """Read the parts of a work that a citation names; a number alone is a page. None where a word is not known."""
    locators: list[Locator] = []
    for piece in filter(None, re.split(r"\s*,\s*", text.strip())):
        found = LABEL.fullmatch(piece)
        label = found["label"].casefold() if found else ""
        kind = SINGULAR.get(label) or PLURAL.get(label)
        if found and kind and (VALUE.fullmatch(found["value"]) or (kind == "sub-verbo" and found["value"])):
            locators.append(_make_locator(kind, found["value"], label in PLURAL))
        elif not BARE.fullmatch(piece):
            return None
        elif locators:
            last = locators.pop()
            locators.append(_make_locator(last.kind, f"{last.value}, {piece}", True))
        else:
            locators.append(_make_locator("page", piece, False))
    return locators or None


def check_locator(text: str) -> str:
    """Say what is wrong with a locator, if anything is."""
    is_wrong = text and read_locator(text) is None
    return f'"{text}" names no part of a work; write its number after one of {LABELS}' if is_wrong else ""


def _make_locator(kind: str, value: str, is_plural: bool) -> Locator:
    value = RANGE.sub("–", value)
    return Locator(kind, value, is_plural or bool(MANY.search(value)))


def print_locator(text: str, language: Language, get_term: GetTerm) -> str:
    """Print a locator with the words of a language, those of its own table before those of CSL; else as written."""
    joined = f" {get_term('and', None, False)} "
    printed = (
        f"{_name_kind(locator, language, get_term)} {AND.sub(joined, locator.value)}"
        for locator in read_locator(text) or ()
    )
    return ", ".join(printed) or text


def _name_kind(locator: Locator, language: Language, get_term: GetTerm) -> str:
    if names := language.grammar.get("locators", {}).get(locator.kind):
        return str(names[locator.is_plural])
    name = CSL_NAMES.get(locator.kind, locator.kind)
    return get_term(name, "short", locator.is_plural) or get_term(name, None, locator.is_plural)
