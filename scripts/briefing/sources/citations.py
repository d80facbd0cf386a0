"""Print citations and bibliography entries in the house's CSL style (citeproc)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    Locator,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from briefing.document.inlines import merge_texts
from briefing.document.nodes import BibliographyEntry, Cite, CitePart, Emphasis, Inline, Span, Strong, Text
from briefing.document.walking import get_text
from briefing.formats.strict_json import read_strict_json
from briefing.language.number_formatting import Language
from briefing.problems import Problem, SourceError
from briefing.sources.csl_markup import name_authors
from briefing.sources.prose_syntax import CitedWork

STYLE = "harvard-cite-them-right"
STATUS_INCOMPLETE = "reference incomplete"


def read_bibliography(file: str, text: str) -> dict[str, dict[str, Any]]:
    """Read CSL-JSON items by key; broken JSON, a missing id and an id that stands twice are problems."""
    items = read_strict_json(file, text)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise SourceError([Problem(file, 1, 1, "expected a list of works in brackets, each of them in braces")])
    works: dict[str, dict[str, Any]] = {}
    problems = []
    for item in items:
        key = str(item.get("id", ""))
        places = [found.start() for found in re.finditer(rf'"id"\s*:\s*"{re.escape(key)}"', text)]
        line = 1 + text.count("\n", 0, places[-1] if places else 0)
        if not key or key in works:
            what = f'the id "{key}" stands twice' if key else "an item has no id"
            problems.append(Problem(file, line, 1, f"{what}; give every work an id of its own"))
        if "issued" in item and not _find_year(item):
            wanted = 'expected {"date-parts": [[2015]]}, or no key "issued" at all'
            problems.append(Problem(file, line, 1, f'the date of "{key}" is not one that a style prints; {wanted}'))
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
    """Prints the citations of one note in one language; it remembers what was cited, for the bibliography."""

    def __init__(self, works: Mapping[str, Mapping[str, Any]], language: Language) -> None:
        self.works, self.language = works, language
        self.cited: dict[str, None] = {}
        self._printed: dict[CitedWork, str] = {}
        items = [{k: v for k, v in work.items() if k not in ("custom", "note")} for work in add_year_suffixes(works)]
        style = CitationStylesStyle(STYLE, locale=language.locale, validate=False)
        self._bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.html)

    def cite(self, works: Iterable[CitedWork]) -> Cite:
        """Print a citation; every key must be known."""
        return Cite(tuple(CitePart(work.key, self._print(work), work.locator) for work in works))

    def _print(self, work: CitedWork) -> str:
        self.cited[work.key] = None
        if work in self._printed:  # the style prints a work the same way each time, and slowly
            return self._printed[work]
        locator = Locator("page", work.locator.removeprefix("pp.").removeprefix("p.").strip()) if work.locator else None
        citation = Citation([CitationItem(work.key, locator=locator) if locator else CitationItem(work.key)])
        self._bibliography.register(citation)
        printed = self._bibliography.cite(citation, lambda item: None)
        text = get_plain_text(str(printed)).removeprefix("(").removesuffix(")")
        self._printed[work] = self.language.apply("citations", text)
        return self._printed[work]

    def list_entries(self, keys: Iterable[str], status_text: str) -> tuple[BibliographyEntry, ...]:
        """List the works as entries, by author, year and title as the style prints them."""
        for key in keys:
            self._print(CitedWork(key, ""))
        printed = zip(self._bibliography.keys, self._bibliography.bibliography(), strict=True)
        return tuple(
            BibliographyEntry(
                id=f"ref-{key}",
                key=key,
                children=self._describe(key, str(entry)),
                status=status_text if self._custom(key).get("status") == STATUS_INCOMPLETE else "",
                facts=tuple(self._custom(key).get("facts", ())),
            )
            for key, entry in sorted(printed, key=lambda pair: _make_sort_key(str(pair[1])))
        )

    def _describe(self, key: str, entry: str) -> tuple[Inline, ...]:
        """Give an entry as the style prints it, its titles in their own language, then what is known of one without."""
        work = self.works[key]
        children = read_markup(self.language.apply("citations", entry.replace("..", ".")))
        if (own := work.get("language", self.language.tag)) != self.language.tag:
            titles = [str(work[name]) for name in ("title", "container-title") if name in work]
            children = mark_phrases(children, titles, own)
        description = str(self._custom(key).get("description", ""))
        return (*children, Text(f" {description}.")) if description else children

    def name_authors(self, key: str) -> str:
        """Name the authors of a work, or its title where it has none, without the year."""
        return name_authors(self.works[key])

    def _custom(self, key: str) -> Mapping[str, Any]:
        custom = self.works[key].get("custom", {})
        return custom if isinstance(custom, Mapping) else {}


def _make_sort_key(entry: str) -> str:
    """Make what entries are sorted by: N’Diaye stands where Ndiaye would, É where E would."""
    letters = unicodedata.normalize("NFD", get_plain_text(entry).casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in "'’")
    return " ".join(re.findall(r"\w+", plain))


def add_year_suffixes(works: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Tell works of the same authors and year apart by "a", "b" … in the order of their titles.

    citeproc-py does not do this by itself and would print 2015 twice.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for key, work in works.items():
        year = _find_year(work)
        authors = json.dumps(work.get("author", []), sort_keys=True)
        if year and work.get("author"):  # a work without authors is cited by its title
            groups.setdefault((authors, year), []).append(key)
    suffixes = {
        key: chr(ord("a") + position)
        for keys in groups.values()
        if len(keys) > 1
        for position, key in enumerate(sorted(keys, key=lambda key: str(works[key].get("title", ""))))
    }
    return [{**work, **({"year-suffix": suffixes[key]} if key in suffixes else {})} for key, work in works.items()]


class _MarkupReader(HTMLParser):
    """Collects the little markup that citation styles print (italics, bold) as inlines."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[list[Inline]] = [[]]

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.stack.append([])

    def handle_endtag(self, tag: str) -> None:
        children = tuple(self.stack.pop())
        match tag:
            case "i" | "em":
                self.stack[-1].append(Emphasis(children))
            case "b" | "strong":
                self.stack[-1].append(Strong(children))
            case _:
                self.stack[-1].extend(children)

    def handle_data(self, data: str) -> None:
        self.stack[-1].append(Text(data))


def read_markup(markup: str) -> tuple[Inline, ...]:
    """Turn the markup of a citation style into inlines."""
    reader = _MarkupReader()
    reader.feed(markup)
    reader.close()
    return tuple(reader.stack[0])


def mark_phrases(inlines: Iterable[Inline], phrases: Iterable[str], language: str) -> tuple[Inline, ...]:
    """Mark phrases of a run as being in a language."""
    pattern = re.compile("|".join(re.escape(phrase) for phrase in phrases if phrase) or "(?!)")
    marked: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text(text=text):
                end = 0
                for found in pattern.finditer(text):
                    marked += [Text(text[end : found.start()]), Span(language, (Text(found[0]),))]
                    end = found.end()
                marked.append(Text(text[end:]))
            case Emphasis(children=children):
                marked.append(Emphasis(mark_phrases(children, phrases, language)))
            case _:
                marked.append(inline)
    return merge_texts(marked)


def get_plain_text(markup: str) -> str:
    """Drop the markup of a citation style."""
    return get_text(read_markup(markup))
