"""Print citations and bibliography entries in the house's CSL style (citeproc)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from briefing.document.nodes import BibliographyEntry, Cite, CitePart, Inline, Text
from briefing.formats.strict_json import read_strict_json
from briefing.language.number_formatting import Language
from briefing.problems import Problem, SourceError
from briefing.sources.csl_html import get_plain_text, mark_phrases, put_addresses, read_markup
from briefing.sources.csl_items import list_slips, read_item, read_language
from briefing.sources.csl_markup import name_authors
from briefing.sources.csl_mends import (
    list_addresses,
    list_odd_names,
    make_initials,
    mend_entry,
    mend_year,
    prepare_item,
)
from briefing.sources.locators import print_locator
from briefing.sources.prose_syntax import CitedWork

STYLE = "harvard-cite-them-right"
STATUS_INCOMPLETE = "reference incomplete"
PROBE = "probe:"
"""What begins the keys of works that are printed to see how names are."""
# Letters without a decomposition, and where a reader looks for them.
_LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "ð": "d", "đ": "d", "ł": "l", "ß": "ss", "þ": "th", "ı": "i", "ɛ": "e",
            "ɔ": "o", "ŋ": "n", "ɲ": "n", "ɓ": "b", "ɗ": "d", "ɖ": "d", "ƴ": "y", "ħ": "h"}  # fmt: skip


def read_bibliography(file: str, text: str) -> dict[str, dict[str, Any]]:
    """Read CSL-JSON items by key; broken JSON, a missing id and an id that stands twice are problems."""
    items = read_strict_json(file, text)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise SourceError([Problem(file, 1, 1, "expected a list of works in brackets, each of them in braces")])
    works: dict[str, dict[str, Any]] = {}
    problems = []
    for item in map(read_item, items):
        key = str(item.get("id", ""))
        places = [found.start() for found in re.finditer(rf'"id"\s*:\s*"{re.escape(key)}"', text)]
        line = 1 + text.count("\n", 0, places[-1] if places else 0)
        if not key or key in works:
            what = f'the id "{key}" stands twice' if key else "an item has no id"
            problems.append(Problem(file, line, 1, f"{what}; give every work an id of its own"))
        if "issued" in item and not _find_year(item):
            wanted = 'expected {"date-parts": [[2015]]}, or no key "issued" at all'
            problems.append(Problem(file, line, 1, f'the date of "{key}" is not one that a style prints; {wanted}'))
        problems += [Problem(file, line, 1, f'the work "{key}" {slip}') for slip in list_slips(item)]
        if not item.get("title") and not item.get("custom"):
            remedy = 'give it one, or say what is known in "custom": {"description": "…"}'
            problems.append(Problem(file, line, 1, f'the work "{key}" has no title; {remedy}'))
        if (language := item.get("language")) and not (isinstance(language, str) and read_language(language)):
            message = f'"{language}" names no language; write a code such as "fr" or "en-GB", or remove the key'
            problems.append(Problem(file, line, 1, message))
        works[key] = item
    if problems:
        raise SourceError(problems)
    return works


def _find_year(work: Mapping[str, Any]) -> str:
    """Find the year in which a work was issued, or nothing."""
    try:
        return str(work["issued"]["date-parts"][0][0])
    except (KeyError, IndexError, TypeError):
        return ""


class CitationPrinter:
    """Prints the citations of one note in one language; it remembers what was cited, for the bibliography.

    `listed` are the works among which those that would be cited alike are told apart by letters: those of the list.
    """

    def __init__(
        self, works: Mapping[str, Mapping[str, Any]], language: Language, listed: Iterable[str] | None = None
    ) -> None:
        self.works, self.language = works, language
        self.cited: dict[str, None] = {}
        self._listed = list(works if listed is None else listed)
        style = CitationStylesStyle(STYLE, locale=language.locale, validate=False)
        probes = {f"{PROBE}{number}": name for number, name in enumerate(list_odd_names(works.values()))}
        items = [prepare_item(work) for work in works.values()]
        for key, name in probes.items():
            items.append({"id": key, "type": "book", "author": [{"family": "X", "given": name}]})
        self._printed: dict[str, tuple[str, str]] = {}
        self._bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.html)
        self._initials = self._list_wrong_initials(probes)

    def cite(self, works: Iterable[CitedWork]) -> Cite:
        """Print a citation; every key must be known."""
        works = list(works)
        self.cited.update(dict.fromkeys(work.key for work in works))
        return Cite(tuple(CitePart(work.key, self._print(work), work.locator) for work in works))

    def _print(self, work: CitedWork) -> str:
        names, year = self._split(work.key)
        year = mend_year(self.works[work.key], year, self._letters.get(work.key, ""), self.language)
        text = self.language.apply("citations", f"{names}, {year}" if names else year)
        return f"{text}, {print_locator(work.locator, self.language)}" if work.locator else text

    @cached_property
    def _letters(self) -> dict[str, str]:
        """Find the letters of works that would be cited alike, in the order of their titles."""
        groups: dict[tuple[str, str], list[str]] = {}
        for key in self._listed:
            groups.setdefault(self._split(key), []).append(key)
        return {
            key: name_letter(position)
            for keys in groups.values()
            if len(keys) > 1
            for position, key in enumerate(sorted(keys, key=lambda key: (str(self.works[key].get("title", "")), key)))
        }

    def _split(self, key: str) -> tuple[str, str]:
        """Split what the style prints of a work in a citation into names, or its title, and the year."""
        if key not in self._printed:  # the style prints a work the same way each time, and slowly
            names, _, year = self._cite_plainly(key).rpartition(", ")
            self._printed[key] = names or get_plain_text(str(self.works[key].get("title", ""))), year
        return self._printed[key]

    def _cite_plainly(self, key: str) -> str:
        citation = Citation([CitationItem(key)])
        self._bibliography.register(citation)
        printed = str(self._bibliography.cite(citation, lambda item: None))
        return get_plain_text(printed).removeprefix("(").removesuffix(")")

    def _list_wrong_initials(self, probes: Mapping[str, str]) -> dict[str, str]:
        """Map the initials that citeproc-py gets wrong to right ones."""
        for key in probes:
            self._cite_plainly(key)
        entries = zip(self._bibliography.keys, map(str, self._bibliography.bibliography()), strict=True)
        printed = {key: entry.removeprefix("X, ").partition(" (")[0] for key, entry in entries}
        pairs = {printed[key]: make_initials(name) for key, name in probes.items()}
        return {wrong: right for wrong, right in pairs.items() if wrong != right}

    def list_entries(self, keys: Iterable[str], status_text: str) -> tuple[BibliographyEntry, ...]:
        """List the works as entries, by author, year and title as the style prints them."""
        wanted = set(keys)
        for key in wanted:
            self._split(key)
        printed = zip(self._bibliography.keys, self._bibliography.bibliography(), strict=True)
        mended = {key: self._mend(key, str(entry)) for key, entry in printed if key in wanted}
        return tuple(
            BibliographyEntry(
                id=f"ref-{key}",
                key=key,
                children=self._describe(key, entry),
                status=status_text if self._custom(key).get("status") == STATUS_INCOMPLETE else "",
                facts=tuple(self._custom(key).get("facts", ())),
            )
            for key, entry in sorted(mended.items(), key=lambda pair: make_sort_key(get_plain_text(pair[1])))
        )

    def _mend(self, key: str, entry: str) -> str:
        year = self._split(key)[1]
        lettered = mend_year(self.works[key], year, self._letters.get(key, ""), self.language)
        return mend_entry(self.works[key], entry, (year, lettered), self._initials, self.language)

    def _describe(self, key: str, entry: str) -> tuple[Inline, ...]:
        """Give an entry as the style prints it, its titles in their own language, then what is known of one without."""
        work = self.works[key]
        children = read_markup(self.language.apply("citations", entry))
        if (own := work.get("language", self.language.tag)) != self.language.tag:
            titles = [str(work[name]) for name in ("title", "container-title") if name in work]
            children = mark_phrases(children, [get_plain_text(title) for title in titles], own)
        children = put_addresses(children, list_addresses(work))
        description = str(self._custom(key).get("description", ""))
        return (*children, Text(f" {description}.")) if description else children

    def name_authors(self, key: str) -> str:
        """Name the authors of a work, or its title where it has none, without the year."""
        return name_authors(self.works[key])

    def _custom(self, key: str) -> Mapping[str, Any]:
        custom = self.works[key].get("custom", {})
        return custom if isinstance(custom, Mapping) else {}


def name_letter(position: int) -> str:
    """Name the letter of the work at a position among those that are cited alike: a to z, then aa, ab and so on."""
    first, last = divmod(position, 26)
    return (name_letter(first - 1) if first else "") + chr(ord("a") + last)


def make_sort_key(entry: str) -> tuple[str, str]:
    """Make what entries are sorted by: N’Diaye stands where Ndiaye would, É where E would, Œ where Oe would."""
    folded = "".join(_LETTERS.get(letter, letter) for letter in entry.casefold())
    letters = unicodedata.normalize("NFD", folded)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in "'’")
    return " ".join(re.findall(r"\w+", plain)), entry
