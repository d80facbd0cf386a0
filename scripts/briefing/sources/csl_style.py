"""The citation style of the house, in which elements of citeproc-py are mended where they fall short of CSL.

What a style prints is marked: `<span class="field">` stands around the value of a field, with the language of a title,
and `<a>` around an address, so that whoever reads it need not guess which words are the work's and which the style's.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from citeproc import STYLES_PATH, formatter, model
from citeproc.frontend import CitationStylesStyle
from citeproc.source import DateRange, LiteralDate, Reference
from citeproc.string import String
from lxml import etree

from briefing.language.number_formatting import Language

STYLE = "harvard-cite-them-right"
NAMESPACE = "http://purl.org/net/xbiblio/csl"
ADDRESSES = ("URL", "DOI")
TITLES = ("title", "container-title", "collection-title")
EN_DASH = "–"
NAME_END = re.compile(r"\.(?!-)|\s+")  # of a given name, in "J.-P. B." after "P." and "B."


@dataclass(slots=True)
class Item:
    """A work as one citation or entry prints it; a field that has stood in for another is taken from its reference."""

    reference: Reference
    locator: str = ""
    letter: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    title_language: str = ""
    printed: set[str] = field(default_factory=set)


def _mark(text: object, language: str = "") -> str:
    lang = f' lang="{language}"' if language else ""
    return f'<span class="field"{lang}>{text}</span>'


# --- Elements, each named for that of CSL ------------------------------------------------------------------------


class TextElement(model.Text):  # type: ignore[misc]
    """A field, a term or a macro."""

    def render(self, item: Item, *args: Any, **kwargs: Any) -> Any:
        """Print the text, and mark which words are of a field or an address."""
        variable = self.get("variable")
        text, language = self.process(item, *args, **kwargs)
        if not text or variable in (None, "year-suffix"):
            return self.markup(text, language)
        if variable in ADDRESSES:
            address = f"{self.get('prefix', '')}{text}"
            target = address if variable == "URL" else quote(address, safe="/:;,()")
            return f'<a href="{html.escape(target)}">{html.escape(address)}</a>'
        cased = self.case(self.strip_periods(text), language)
        title_language = item.title_language if variable in TITLES else ""
        return self.wrap(self.quote(self.format(_mark(cased, title_language))))

    def _variable(self, item: Item, context: Any) -> Any:
        variable = self.get("variable")
        if variable in ("locator", "year-suffix"):
            return item.locator if variable == "locator" else item.letter
        item.printed.add(variable)
        return super()._variable(item, context)

    def _term(self, item: Item) -> Any:
        return String(self.get_root().say(super()._term(item)))


class LabelElement(model.Label):  # type: ignore[misc]
    """The word before a number or a name; a locator has its own already."""

    def process(self, item: Item, variable: str | None = None, *args: Any, **kwargs: Any) -> Any:
        """Give the word, in the plural where the numbers are several."""
        is_locator = (variable or self.get("variable")) == "locator"
        return None if is_locator else super().process(item, variable, *args, **kwargs)


class DateElement(model.Date):  # type: ignore[misc]
    """A date: a range prints once what its ends share, and "circa" what is not certain."""

    def process(self, item: Item, *args: Any, **kwargs: Any) -> Any:
        """Give the parts of the date that the style asks for."""
        if self.get("form") is not None:
            return self.get_root().say_date(super().process(item, *args, **kwargs))
        date = item.reference[self.get("variable")]
        parts = [part.get("name") for part in self.iterchildren()]
        if isinstance(date, LiteralDate):
            return self.wrap(_mark(date.text)) if "year" in parts else None
        text = self._print_range(date, parts) if isinstance(date, DateRange) else self._print_parts(date, parts)
        if date.circa and "year" in parts:
            text = self.get_root().language.grammar.get("circa", "c. {year}").replace("{year}", text)
        return self.wrap(text) if text else None

    def _print_parts(self, date: Any, parts: list[str]) -> str:
        text = str(self.render_single_date(date, list(parts), self) or "").strip()
        # The rules of a language know dates with their years.
        return self.get_root().say_date(f"{text} {date.year}").removesuffix(f" {date.year}") if "day" in parts else text

    def _print_range(self, dates: Any, parts: list[str]) -> str:
        first, last = (self._print_parts(date, parts) for date in (dates.begin, dates.end))
        if (first == last and dates.begin.year == dates.end.year) or not first:
            return last
        shared = [dates.begin.get(part) == dates.end.get(part) for part in ("year", "month")]
        if "day" in parts and all(shared) and "day" in dates.begin:
            first = first.removesuffix(self._print_parts(dates.begin, ["month"])).strip()
        return f"{first}{EN_DASH}{last}"


class NameElement(model.Name):  # type: ignore[misc]
    """Names of people, with initials and, in citations, with as much as tells them apart."""

    def process(self, item: Item, variable: str, context: Any = None, sort_options: Any = None, **kwargs: Any) -> Any:
        """Give the names of a role."""
        options = {**(sort_options or {}), **(item.names if self.get("form") == "short" else {})}
        return super().process(item, variable, context, options, **kwargs)

    def initialize(self, given: str, mark: str, context: Any) -> str:
        """Shorten given names."""
        return initialize(given, mark)

    def markup(self, text: Any) -> Any:
        """Mark the names as a field."""
        return self.wrap(self.format(_mark(text))) if text else None


class NamesElement(model.Names):  # type: ignore[misc]
    """The people of one or more roles."""

    def process(self, item: Item, *args: Any, **kwargs: Any) -> Any:
        """Give the names of the roles, and remember which were asked for."""
        item.printed.update(self.get("variable").split())
        return super().process(item, *args, **kwargs)


class SubstituteElement(model.Substitute):  # type: ignore[misc]
    """What stands in where there is no author; it is not printed a second time."""

    def render(self, item: Item, *args: Any, **kwargs: Any) -> Any:
        """Print the first that there is, and take it from the reference."""
        before = set(item.printed)
        text = super().render(item, *args, **kwargs)
        for variable in item.printed - before:
            dict.pop(item.reference, variable.replace("-", "_"), None)
        return text

    def add_to_repressed_list(self, child: Any, context: Any) -> None:
        """Leave citeproc's own list alone, which knows no macros."""


class StyleElement(model.Style):  # type: ignore[misc]
    """The root of the style, with the language that it speaks."""

    def say(self, term: object) -> str:
        """Say a term of CSL's locale as the house does."""
        words: str = self.language.apply("citations", str(term))
        return words

    def say_date(self, date: object) -> str:
        """Say a date as the language does: "1er mars 2015"."""
        words: str = self.language.apply("dates", str(date or ""))
        return words


MENDED = (TextElement, LabelElement, DateElement, NameElement, NamesElement, SubstituteElement, StyleElement)


def initialize(given: str, mark: str) -> str:
    """Shorten given names to initials: "Jean-Pierre" is "J.-P."; "ag", "el" and "al-" stay as they are."""
    words = filter(None, map(partial(_shorten, mark=mark.strip()), NAME_END.split(unicodedata.normalize("NFC", given))))
    text = ""
    for word in words:
        is_joined = text.endswith(mark) and not word[0].islower()
        text += word if is_joined or not text else f" {word}"
    return text


def _shorten(name: str, mark: str) -> str:
    """Shorten a given name; where it begins with a small letter, only its capitalised pieces are shortened."""
    pieces = [piece.replace(".", "") for piece in re.split("[-‐‑]", name) if any(map(str.isalpha, piece))]
    initials = [next((letter for letter in piece if letter.isupper() or letter.islower()), "") for piece in pieces]
    keeps_small = bool(initials) and not initials[0].isupper()
    return "-".join(
        piece if not initial or (keeps_small and initial.islower()) else initial + mark
        for piece, initial in zip(pieces, initials, strict=True)
    )


# --- The style ---------------------------------------------------------------------------------------------------


class CitationStyle(CitationStylesStyle):  # type: ignore[misc]
    """The style of the house in a language."""

    root: Any

    def __init__(self, language: Language) -> None:
        lookup = etree.ElementNamespaceClassLookup()
        elements = [*model.CitationStylesElement.__subclasses__(), *MENDED]
        lookup.get_namespace(NAMESPACE).update({_name_element(element): element for element in elements})
        lookup.get_namespace(NAMESPACE)[None] = model.CitationStylesElement
        parser = etree.XMLParser(remove_comments=True, encoding="UTF-8", no_network=True)
        parser.set_element_class_lookup(lookup)
        self.xml = etree.parse(Path(STYLES_PATH) / f"{STYLE}.csl", parser)
        self.root = self.xml.getroot()
        self.root.formatter, self.root.language = formatter.html, language
        self.root.set_locale_list(language.locale, validate=False)
        for text in self.root.xpath_search(".//cs:text[@value='Preprint']"):
            text.getparent().getparent().getparent().set("type", "article")  # the style says it of journals as well
            del text.attrib["value"]
            text.attrib.update({"term": "preprint", "text-case": "capitalize-first"})
        if not language.grammar.get("serial_comma", True):
            for names in self.root.xpath_search(".//cs:name[not(@delimiter-precedes-last)]"):
                names.set("delimiter-precedes-last", "never")
        self._citation, self._bibliography = self.root.citation.layout, self.root.bibliography.layout
        self._citation.repressed = self._bibliography.repressed = {}

    def cite(self, item: Item) -> str:
        """Print a work as one part of a citation."""
        return str(self._citation.render_children(item) or "")

    def list(self, item: Item) -> str:
        """Print a work as an entry of the bibliography."""
        return str(self._bibliography.wrap(self._bibliography.render_children(item)) or "")

    def get_term(self, name: str, form: str | None, plural: bool) -> str:
        """Say a term of CSL's locale, or nothing where it has none."""
        get = self.root.get_plural_term if plural else self.root.get_single_term
        return str(self.root.say(get(name=name, form=form)))


def _name_element(element: type[Any]) -> str:
    return element.__name__.removesuffix("Element").replace("_", "-").lower()
