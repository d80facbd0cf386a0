"""Print citations and bibliography entries in the house's CSL style, and tell works apart that would print alike."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeAlias

from citeproc.source import Reference
from citeproc.source.json import CiteProcJSON

from briefing.document.inlines import trim_end
from briefing.document.nodes import BibliographyEntry, Cite, CitePart, Inline, Text
from briefing.language.collation import make_sort_key
from briefing.language.number_formatting import Language
from briefing.sources.csl_markup import get_plain_text, name_authors, read_markup, simplify_markup
from briefing.sources.csl_style import CitationStyle, Item, initialize
from briefing.sources.locators import print_locator
from briefing.sources.prose_syntax import CitedWork
from briefing.sources.works import STATUS_PROBABLE

# What CSL adds to names until a citation tells its work: all authors, their initials, or both.
NameOptions: TypeAlias = tuple[tuple[str, str], ...]
ALL, INITIALS = ("et-al-min", "0"), ("form", "long")
MORE_NAMES: tuple[NameOptions, ...] = ((ALL,), (INITIALS,), (ALL, INITIALS))
STANDING_IN = ("author", "editor", "translator")
TEXTS = (
    *("title", "title-short", "container-title", "collection-title", "collection-number", "publisher", "genre", "page"),
    *("publisher-place", "number", "volume", "issue", "edition", "number-of-volumes", "medium", "event", "DOI", "URL"),
    "language",
)
PEOPLE = (*STANDING_IN, "container-author")
FIELDS = (*TEXTS, *PEOPLE, "issued", "accessed")
FULL_STOP = re.compile(r"\.\s*$")


@dataclass(frozen=True, slots=True)
class _Distinction:
    """What tells a work from those that would print alike: more of its names, or a letter after its year."""

    names: NameOptions = ()
    letter: str = ""


PLAIN = _Distinction()
_Asked: TypeAlias = tuple[str, str, str, _Distinction, bool]
"""All that the print of a work depends on: the language, the work, its locator, what tells it, if it is listed."""
_PRINTED: dict[_Asked, str] = {}
_MOST_PRINTED = 1 << 12


def _print_once(asked: _Asked, make: Callable[[], str]) -> str:
    """Print a work, unless it was printed so before: the style prints it the same way each time, and slowly."""
    if asked not in _PRINTED:
        if len(_PRINTED) >= _MOST_PRINTED:
            _PRINTED.clear()
        _PRINTED[asked] = make()
    return _PRINTED[asked]


class CitationPrinter:
    """Prints the citations of one note in one language; it remembers what was cited, for the bibliography.

    `listed` are the works among which those that would be cited alike are told apart: those of the list.
    """

    def __init__(
        self, works: Mapping[str, Mapping[str, Any]], language: Language, listed: Iterable[str] | None = None
    ) -> None:
        self.works, self.language = works, language
        self.cited: dict[str, None] = {}
        self._distinctions: dict[str, _Distinction] = {}
        # All that the print of a work depends on: how the language writes, and the work.
        self._spoken = json.dumps([language.tag, language.locale, language.grammar], default=str)
        self._written = {key: json.dumps(work, default=str) for key, work in works.items()}
        self._tell_apart(works if listed is None else listed)

    @cached_property
    def _style(self) -> CitationStyle:
        return CitationStyle(self.language)

    @cached_property
    def _references(self) -> tuple[dict[str, Reference], dict[str, Reference]]:
        """Give the works as they are cited, and as they are listed."""
        return _make_references(self.works, is_full=False), _make_references(self.works, is_full=True)

    def cite(self, works: Iterable[CitedWork]) -> Cite:
        """Print a citation; every key must be known."""
        works = tuple(works)
        self.cited.update(dict.fromkeys(work.key for work in works))
        return Cite(tuple(CitePart(work.key, self._print(work.key, work.locator), work.locator) for work in works))

    def _tell_apart(self, keys: Iterable[str]) -> None:
        """Tell works apart that print alike: by more of their names, then by letters in the order of the list."""
        alike = self._group(keys)
        for works in alike:
            counts = [len({self._cite(key, "", _Distinction(names)) for key in works}) for names in MORE_NAMES]
            if (most := max(counts)) > 1:
                self._distinctions.update(dict.fromkeys(works, _Distinction(MORE_NAMES[counts.index(most)])))
        for works in self._group(itertools.chain(*alike)):
            for number, key in enumerate(sorted(works, key=self._make_sort_key)):
                self._distinctions[key] = replace(self._distinctions.get(key, PLAIN), letter=_count_in_letters(number))

    def _group(self, keys: Iterable[str]) -> list[list[str]]:
        """Group the works that print alike."""
        groups: dict[str, list[str]] = {}
        for key in keys:
            groups.setdefault(self._print(key), []).append(key)
        return [group for group in groups.values() if len(group) > 1]

    def list_entries(self, keys: Iterable[str], status_text: str) -> tuple[BibliographyEntry, ...]:
        """List the works as entries, by author, year and title."""
        return tuple(
            BibliographyEntry(
                id=f"ref-{key}",
                key=key,
                children=self._describe(key),
                status=status_text if self._custom(key).get("status") == STATUS_PROBABLE else "",
                facts=tuple(self._custom(key).get("facts", ())),
            )
            for key in sorted(keys, key=self._make_sort_key)
        )

    def _describe(self, key: str) -> tuple[Inline, ...]:
        """Give an entry as the style prints it, its titles in their own language; one without has its key instead."""
        told = self._distinctions.get(key, PLAIN)
        asked = (self._spoken, self._written[key], "", told, True)
        children = read_markup(_print_once(asked, lambda: self._style.list(self._make_item(key, "", told, True))))
        known_by = str(self._custom(key).get("key", ""))
        return (*trim_end(children, FULL_STOP), Text(f" [{known_by}]")) if known_by else children

    def name_authors(self, key: str) -> str:
        """Name the authors of a work, or its title where it has none, without the year."""
        return name_authors(self.works[key])

    def _print(self, key: str, locator: str = "") -> str:
        return self._cite(key, locator, self._distinctions.get(key, PLAIN))

    def _cite(self, key: str, locator: str, distinction: _Distinction) -> str:
        """Print a part of a citation."""

        def make() -> str:
            printed = print_locator(locator, self.language, self._style.get_term) if locator else ""
            return get_plain_text(self._style.cite(self._make_item(key, printed, distinction, is_full=False)))

        return _print_once((self._spoken, self._written[key], locator, distinction, False), make)

    def _make_item(self, key: str, locator: str, told: _Distinction, is_full: bool) -> Item:
        reference = Reference.__new__(Reference)
        reference.update(self._references[is_full][key])
        own = str(self.works[key].get("language", ""))
        return Item(reference, locator, told.letter, dict(told.names), own if own != self.language.tag else "")

    def _make_sort_key(self, key: str) -> tuple[Any, ...]:
        """Make what works are sorted by: names, the year (those without last), the title."""
        work = self.works[key]
        people: Sequence[Mapping[str, str]] = next((work[role] for role in STANDING_IN if work.get(role)), ())
        title = make_sort_key(get_plain_text(simplify_markup(str(work.get("title", "")))))
        names = [make_sort_key(_write_name(name)) for name in people] or [make_sort_key(name_authors(work))]
        date = work.get("issued", {})
        year = str(date.get("date-parts", [[date.get("literal", "~")]])[0][0])
        return names, year, title, self._distinctions.get(key, PLAIN).letter, key

    def _custom(self, key: str) -> Mapping[str, Any]:
        custom = self.works[key].get("custom", {})
        return custom if isinstance(custom, Mapping) else {}


def _write_name(name: Mapping[str, str]) -> str:
    given = initialize(name.get("given", ""), ".")
    return f"{name.get('short') or name.get('literal') or name.get('family', '')} {given} {name.get('suffix', '')}"


def _shorten_name(name: Mapping[str, str], is_full: bool) -> Mapping[str, str]:
    """Give a name as citeproc reads it, that of a body with a short one as short, or in full behind it."""
    if "short" not in name:
        return name
    return {"literal": f"{name['short']} ({name['literal']})" if is_full else name["short"]}


def _count_in_letters(number: int) -> str:
    """Count from 0 as letters do: a, b and, after z, aa, ab."""
    first, last = divmod(number, 26)
    return (_count_in_letters(first - 1) if first else "") + chr(ord("a") + last)


def _make_references(works: Mapping[str, Mapping[str, Any]], is_full: bool) -> dict[str, Reference]:
    """Give the works as citeproc reads them: what the style prints, with no markup but italics and bold.

    A body that has a short name is cited by it, and in full is listed under it: "OECD (Organisation for …)".
    """
    items = []
    for number, work in enumerate(works.values()):  # citeproc takes keys for the same that differ in capitals alone
        texts = {name: simplify_markup(str(work[name])) for name in TEXTS if name in work}
        people = {role: [_shorten_name(name, is_full) for name in work[role]] for role in PEOPLE if role in work}
        fields = {key: work[key] for key in FIELDS if key in work}
        items.append({"id": number, "type": work["type"], **fields, **texts, **people})
    return dict(zip(works, CiteProcJSON(items).values(), strict=True))
