"""Give the text of a note from a message catalogue, and report what its translations lose, add or do not say yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from briefing.document.nodes import Block, Cite, FigureUse, Inline, Inlines, Link, Note, Span, Text
from briefing.document.walking import map_nodes
from briefing.figures.figure import Figure
from briefing.formats.po_catalogue import Catalogue, Entry
from briefing.language.number_formatting import Language, print_figure
from briefing.language.tags import name_language
from briefing.language.typed_hedges import find_typed_hedge
from briefing.language.typography import join_texts
from briefing.language.untranslated import is_untranslated, list_said
from briefing.language.wordings import drop_capital, read_form
from briefing.problems import Place, Problem, name_nearest, shorten
from briefing.sources.acronyms import Acronym, exempt_acronyms, find_acronyms, make_pattern
from briefing.sources.citations import CitationPrinter
from briefing.sources.prose_syntax import CitedWork, Surroundings
from briefing.translate.blocks import has_words
from briefing.translate.messages import get_words, name_placeholders, read_message, walk_message, write_message
from briefing.translate.parity import compare_numbers

DONE, FUZZY, MISSING = "done", "fuzzy", "missing"


@dataclass
class CatalogueTranslator:
    """Translates from a catalogue; a message without a good translation stays in the source language, marked so.

    `release` makes each of those an error. `acronyms` are those of either language. `moved` leads from a place of the
    source to that of its translation, `states` from a message to "done", "fuzzy" or "missing"; `left` has the places of
    what has no translation or one that is told, `stale` those whose source has changed since it was translated, and
    `waiting` the keys of the acronyms there.
    """

    catalogue: Catalogue
    source: Language
    language: Language
    mark: str
    release: bool
    figures: Mapping[str, Figure] = field(default_factory=dict)
    citations: CitationPrinter | None = None
    acronyms: tuple[Mapping[str, Acronym], Mapping[str, Acronym]] = ({}, {})
    problems: list[Problem] = field(default_factory=list)
    moved: dict[Place, Place] = field(default_factory=dict)
    states: dict[tuple[str, str], str] = field(default_factory=dict)
    left: set[Place] = field(default_factory=set)
    stale: set[Place] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)
    pairs: list[tuple[str, Inlines, Inlines, Place]] = field(default_factory=list)

    def translate(self, context: str, inlines: Inlines, place: Place) -> Inlines:
        """Give a text in the language of the catalogue; figures are printed and works cited anew."""
        if not has_words(inlines):
            restated: Inlines = map_nodes(inlines, self._restate)
            return restated
        key = (context, write_message(inlines))
        entry = self.catalogue.find(key)
        if entry is None or not entry.text or entry.fuzzy:
            return self._leave(key, entry, inlines, place)
        at = self.catalogue.locate(entry)
        self.moved.setdefault(place, at)
        if self.states.get(key) == DONE:  # already checked
            return self._read(entry, inlines, at)[0]
        self.states[key] = DONE
        translated, problems = self._read(entry, inlines, at)
        problems += [] if problems else list(self._compare(entry, inlines, translated))
        self.problems += problems
        if problems:
            self._await(inlines, place)
            return inlines
        self.problems += self._doubt(key, entry)
        self.pairs.append((context, inlines, translated, at))
        if differences := [*self._compare_words(inlines, translated, at)]:
            self.problems += differences
            self._await(inlines, place)
        return translated

    def _read(self, entry: Entry, inlines: Inlines, at: Place) -> tuple[Inlines, list[Problem]]:
        resolver = _MessageResolver(self, inlines, entry)
        translated, problems = read_message(entry.text, inlines, resolver, at, self.language.quotes)
        return join_texts(translated, self.language), [*resolver.problems, *problems]

    @cached_property
    def _said(self) -> set[str]:
        return list_said(self.catalogue)

    def _doubt(self, key: tuple[str, str], entry: Entry) -> Iterator[Problem]:
        """Doubt a translation that is its source."""
        function_words = self.source.grammar.get("function_words", ())
        if entry.text == key[1] and is_untranslated(entry.text, self._said, function_words):
            own, other = (name_language(tag, "en") for tag in (self.language.tag, self.source.tag))
            message = f'the {own} text of "{shorten(key[1])}" is the {other} one; translate it'
            yield self.catalogue.locate(entry).report(message, "translation", "warning")

    def _leave(self, key: tuple[str, str], entry: Entry | None, inlines: Inlines, place: Place) -> Inlines:
        """Leave a text in the source language, marked as such."""
        self._await(inlines, place)
        if entry and entry.text:
            self.stale.add(place)
        if key not in self.states:
            self.states[key] = FUZZY if entry and entry.text else MISSING
            at = self.catalogue.locate(entry) if entry else place
            what = "is fuzzy" if entry and entry.text else "has no translation"
            remedy = f"in {self.catalogue.file}" if entry else f"after make translate, in {self.catalogue.file}"
            own = name_language(self.language.tag, "en")
            message = f'the {own} text of "{shorten(key[1])}" {what}; translate it {remedy}'
            self.problems.append(at.report(message, "translation", "error" if self.release else "warning"))
        return (Text(f"[{self.mark}] "), Span(self.source.tag, inlines))

    def _await(self, inlines: Inlines, place: Place) -> None:
        """Note that a text, and its acronyms, wait for a translation that holds."""
        self.left.add(place)
        self.waiting |= self._list_acronyms(inlines, self.acronyms[0])

    def _list_acronyms(self, inlines: Inlines, listed: Mapping[str, Acronym]) -> set[str]:
        """List the acronyms of a text by their keys, but for units of measure, which each language words for itself."""
        found = {listed[match[1]].key for match in find_acronyms(make_pattern(listed), get_words(inlines))}
        return found - self.language.units.keys()

    def _compare_words(self, source: Inlines, translated: Inlines, at: Place) -> Iterator[Problem]:
        """Compare the numbers that a translation types, and its acronyms, with those of its source."""
        names = [name.pattern for listed in self.acronyms for name in exempt_acronyms(listed.values())]
        centuries = self.language.grammar.get("centuries")
        yield from compare_numbers(source, translated, at, names, re.compile(centuries) if centuries else None)
        before, after = map(self._list_acronyms, (source, translated), self.acronyms)
        if before != after:
            shorts = {acronym.key: short for short, acronym in self.acronyms[1].items()}
            lost, more = (", ".join(sorted(shorts[key] for key in keys)) for keys in (before - after, after - before))
            message = f"the acronyms differ: lost {lost or 'none'}, added {more or 'none'}; write those of the source"
            yield at.report(message, "acronym")

    def _restate(self, inline: Inline) -> Inline:
        match inline:
            case FigureUse():
                return self.reword(inline)
            case Cite(parts=parts) if self.citations:
                return self.citations.cite([CitedWork(part.key, part.locator) for part in parts])
            case _:
                return inline

    def reword(self, use: FigureUse, form: str = "", within: bool = False) -> FigureUse:
        """Print a use of a figure in the language: by its wording, or in a form that a translator asks for.

        Within a sentence it takes its capital from where the translation puts it, if the language says so.
        """
        figure = self.figures[use.figure]
        own = drop_capital(use.form) if within and self.language.grammar.get("capitals") else use.form
        wording = read_form(own, figure, self.language)
        if wording is not None:
            text = wording.text
        else:
            feminine = form == "feminine"
            plain = own if feminine or not form else form
            text = print_figure(figure, self.language, plain)
            text = self.language.apply("feminine", text) if feminine else text
        return replace(use, text=text)

    def _compare(self, entry: Entry, source: Inlines, translated: Inlines) -> Iterator[Problem]:
        """Compare what a translation refers to with what its source does: figures, citations, footnotes, links."""
        before, after = _list_references(source), _list_references(translated)
        for token in before | after:
            if before[token] != after[token]:
                place = self.catalogue.locate(entry, token if after[token] else "")
                if not after[token]:
                    what = f"{token} is lost; put it back where the sentence needs it"
                elif not before[token]:
                    what = f"{token} is not in the source text; remove it"
                else:
                    what = f"{token} stands {after[token]} times, in the source text {before[token]}; make them agree"
                yield place.report(f'{what}, in the translation of "{shorten(write_message(source))}"', "translation")


@dataclass
class _MessageResolver:
    """Turns the names that a translation uses into nodes: those of its source, in the language of the catalogue."""

    translator: CatalogueTranslator
    source: Inlines
    entry: Entry
    problems: list[Problem] = field(default_factory=list)

    def resolve_figure(self, name: str, form: str, place: Place, around: Surroundings) -> Inline:
        placeholder = ".".join([name, *form.split()])
        uses = {key: use for use, key in name_placeholders(self.source).items()}
        if use := uses.get(placeholder):
            self._check_hedge(use, placeholder, around)
            return self.translator.reword(use, within=True)
        at = self.translator.catalogue.locate(self.entry, f"{{{placeholder}}}")
        self.problems.append(
            at.report(
                f'there is no "{{{placeholder}}}" in the source text; {name_nearest(placeholder, uses)}', "translation"
            )
        )
        return Text(placeholder)

    def _check_hedge(self, use: FigureUse, placeholder: str, around: Surroundings) -> None:
        """Report a hedge that is typed beside a figure."""
        figure, language = self.translator.figures[use.figure], self.translator.language
        if typed := find_typed_hedge(around.before, around.after, figure, use.form, language):
            at = self.translator.catalogue.locate(self.entry, f"{{{placeholder}}}")
            message = f"“{typed.words}” is typed {typed.side} {{{placeholder}}}, which says its own hedge; remove it"
            self.problems.append(at.report(message, "translation"))

    def resolve_form(self, use: FigureUse, form: str, place: Place) -> Inline:
        """Print a figure in the form that a translator asks for, such as "feminine"."""
        if form not in ("feminine", "words", "numeral", "ordinal", "plain"):
            self.problems.append(
                place.report(
                    f'"{form}" is no form of a figure; expected feminine, words, numeral, ordinal or plain',
                    "translation",
                )
            )
            return use
        return self.translator.reword(use, form, within=True)

    def resolve_citation(self, works: Iterable[CitedWork], place: Place) -> Inline:
        works, citations = list(works), self.translator.citations
        if citations is None:
            return Text("")
        unknown = [work.key for work in works if work.key not in citations.works]
        for key in unknown:
            at = self.translator.catalogue.locate(self.entry, f"@{key}")
            self.problems.append(
                at.report(f'the bibliography has no work "{key}"; {name_nearest(key, citations.works)}', "translation")
            )
        return Text("") if unknown else citations.cite(works)

    def resolve_chart(self, chart: str, place: Place) -> Block | None:
        return None


def _list_references(inlines: Inlines) -> Counter[str]:
    """Count what a message refers to, each as the message writes it."""
    names = name_placeholders(inlines)
    found: Counter[str] = Counter()
    for node in walk_message(inlines):
        match node:
            case FigureUse():
                found[f"{{{names[node]}}}"] += 1
            case Cite(parts=parts):
                found.update(f"@{part.key}" + (f", {part.locator}" if part.locator else "") for part in parts)
            case Note(id=name):
                found[f"[^{name.removeprefix('note-')}]"] += 1
            case Link(target=target):
                found[target] += 1
            case _:
                pass
    return found
