"""Find what new data has left behind: citations, words for a method, typed dates, and notes on figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.document.walking import get_text
from briefing.figures.figure import Figure
from briefing.language.number_formatting import Language, print_date, print_period, print_periods
from briefing.review.sentences import Sentence
from briefing.review.states import NoteVersion, has_moved, name_works, was_computed

_METADATA = ("title", "subtitle", "edition_text", "description")
_YEAR = re.compile(r"(?<![\d–/-])\d{4}(?![\d–/-])")


@dataclass(frozen=True, slots=True)
class Remnant:
    """What was left behind: of which kind, what is wrong, in which sentence, or in which source."""

    kind: str
    says: str
    sentence: Sentence | None = None
    place: str = ""
    quoted: str = ""
    is_sure: bool = True


def find_remnants(
    old: NoteVersion, new: NoteVersion, sentences: Sequence[Sentence], language: Language
) -> Iterator[Remnant]:
    """Find what new data has left behind in the source language; what only may be untrue now is not `is_sure`."""
    yield from _find_citations(old, new, sentences, language.tag)
    yield from _find_methods(old, new, sentences, language)
    yield from _find_dates(old, new, sentences, language)
    yield from _find_years(old, new, sentences, language)
    yield from _find_notes(old, new, language)
    yield from _find_mixtures(old, new, sentences, language)


def _find_citations(old: NoteVersion, new: NoteVersion, sentences: Sequence[Sentence], tag: str) -> Iterator[Remnant]:
    """Find citations of what a figure of their sentence comes from no more, where none says from what it comes now.

    A figure that is computed comes from all that its inputs come from.
    """
    names = {**name_works(old.documents[tag]), **name_works(new.documents[tag])}
    for sentence in sentences:
        for name in dict.fromkeys(use.figure for use in sentence.uses):
            before, after = old.state.figures.get(name), new.state.figures.get(name)
            if before is None or after is None or was_computed(before, after):
                continue
            cited = [key for key in sentence.cited if key in before.sources]
            if cited and not set(sentence.cited) & set(after.sources):
                sources = _name_sources(after, names)
                origin = "is now computed from" if after.derived_from else "now comes from"
                says = f"It cites {names.get(cited[0], cited[0])} for “{after.label}”, which {origin} {sources}."
                yield Remnant("citation", says, sentence)
                break


def _name_sources(figure: Figure, names: Mapping[str, str]) -> str:
    return "; ".join(names.get(key, "no stated source" if key == "unstated" else key) for key in figure.sources)


def _lower(label: str) -> str:
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _find_methods(
    old: NoteVersion, new: NoteVersion, sentences: Sequence[Sentence], language: Language
) -> Iterator[Remnant]:
    """Find sentences on a figure that was computed and is observed now, or the other way round."""
    changed = _list_methods(old, new, language.tag)
    for sentence in sentences:
        for name in dict.fromkeys(use.figure for use in sentence.uses if use.form != "period"):
            if name in changed:
                words = _find_words(sentence.typed, language)
                said = f" It says “{words}”." if words else ""
                yield Remnant("method", f"{changed[name]}{said}", sentence, is_sure=bool(words))


def _list_methods(old: NoteVersion, new: NoteVersion, tag: str) -> dict[str, str]:
    said, names = {}, name_works(new.documents[tag])
    for name, after in new.state.figures.items():
        before = old.state.figures.get(name)
        if before and was_computed(before, after):
            sources = _name_sources(after, names)
            ways = ("was computed", f"now comes from {sources}")
            way = ways if before.derived_from else ("was taken from a source", "is now computed")
            said[name] = f"{after.label} {way[0]}, and {way[1]}."
    return said


def _find_words(text: str, language: Language) -> str:
    """Find a word that says how a figure was come by: "own calculation"."""
    for word in language.grammar.get("methods", ()):
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE):
            return str(word)
    return ""


def _find_date(text: str, dates: Sequence[str]) -> str:
    """Find the first of some dates that a text names, whose spaces typography may have fixed."""
    plain = " ".join(text.split())
    return next((date for date in dates if " ".join(date.split()) in plain), "")


def _find_dates(
    old: NoteVersion, new: NoteVersion, sentences: Sequence[Sentence], language: Language
) -> Iterator[Remnant]:
    """Find the old as-of date where it is typed, by its day or month, once the note is of another.

    A day is as likely that of something else, such as a work; so are dates in the limits of the evidence.
    """
    before, after = old.state.as_of, new.state.as_of
    if before[:7] == after[:7]:
        return
    document = new.documents[language.tag]
    dates = [print_date(before, language), print_period(before[:7], language)]
    now = document.metadata.as_of_text
    for sentence in sentences:
        if typed := _find_date(sentence.typed, dates):
            yield Remnant("date", _tell_date(typed, now), sentence, is_sure=typed != dates[0])
    file = f"sources/{document.metadata.note}/note.yaml"
    texts = {name: getattr(document.metadata, name) for name in _METADATA}
    texts["limits"] = get_text(tuple(block for block in document.blocks if block.id == "colophon-limits"))
    for name, text in texts.items():
        if typed := _find_date(text, dates):
            is_sure = typed != dates[0] and name != "limits"
            yield Remnant("date", _tell_date(typed, now), None, f"{file}, {name}", text, is_sure)
    if document.metadata.issued < after:
        says = f"The note is issued on {print_date(document.metadata.issued, language)}, before its data: {now}."
        yield Remnant("date", says, place=f"{file}, issued, edition")


def _tell_date(typed: str, now: str) -> str:
    return f"“{typed}” is typed; the data are as of {now}. A date of something else, such as a work, stays."


def _find_years(
    old: NoteVersion, new: NoteVersion, sentences: Sequence[Sentence], language: Language
) -> Iterator[Remnant]:
    """Find years typed in a sentence whose figure is of another year now."""
    for sentence in sentences:
        figures = {use.figure: new.state.figures.get(use.figure) for use in sentence.uses}
        kept = {year for figure in figures.values() if figure for year in _list_years(figure)}
        for name, after in figures.items():
            before = old.state.figures.get(name)
            if before is None or after is None or not has_moved(before, after):
                continue
            gone = [year for year in _YEAR.findall(sentence.typed) if year in _list_years(before) - kept]
            for year in gone[:1]:
                yield Remnant("date", f"“{year}” is typed; {_tell_period(after, language)}.", sentence)


def _tell_period(figure: Figure, language: Language) -> str:
    periods = print_periods(figure.periods, language)
    return f"{_lower(figure.label)} {f'is now of {periods}' if periods else 'is undated now'}"


def _list_years(figure: Figure) -> set[str]:
    return {year for period in figure.periods for year in re.findall(r"\d{4}", period)}


def _find_notes(old: NoteVersion, new: NoteVersion, language: Language) -> Iterator[Remnant]:
    """Find notes of figures.yaml on figures that are of another year, source or method now."""
    methods = _list_methods(old, new, language.tag)
    note, names = new.documents[language.tag].metadata.note, name_works(new.documents[language.tag])
    for name, after in new.state.figures.items():
        before = old.state.figures.get(name)
        if before is None or not after.note or before.note != after.note:
            continue
        place = f"sources/{note}/figures.yaml, {name}"
        gone = [year for year in _YEAR.findall(after.note) if year in _list_years(before) - _list_years(after)]
        if gone:
            yield Remnant("date", f"“{gone[0]}” is typed; {_tell_period(after, language)}.", None, place, after.note)
        elif name in methods:
            is_sure = bool(_find_words(after.note, language))
            yield Remnant("method", methods[name], None, place, after.note, is_sure)
        elif before.sources != after.sources:
            sources = _name_sources(after, names)
            origin = "is now computed from" if after.derived_from else "now comes from"
            says = f"{after.label} {origin} {sources}; read whether its note is true of that."
            yield Remnant("note", says, None, place, after.note, False)


def _find_mixtures(
    old: NoteVersion, new: NoteVersion, sentences: Sequence[Sentence], language: Language
) -> Iterator[Remnant]:
    """Find sentences on a figure of another year than they name, or whose years are farther apart than before."""
    for sentence in sentences:
        for name in dict.fromkeys(use.figure for use in sentence.uses if use.form != "period"):
            before, after = old.state.figures.get(name), new.state.figures.get(name)
            if before is None or after is None or not has_moved(before, after):
                continue
            if _list_years(after) and (named := _find_named_year(sentence, name, old, new)):
                years = print_periods(after.periods, language)
                now = print_periods(named.periods, language)
                says = f"{after.label} is now of {years}; the sentence names {now}, the year of {_lower(named.label)}."
                yield Remnant("date", says, sentence)
            elif after.derived_from and _measure_span(after) > _measure_span(before):
                was, now = (print_periods(figure.periods, language) for figure in (before, after))
                says = f"{after.label} now joins values of {now} (before: {was})."
                yield Remnant("mixture", says, sentence, is_sure=False)


def _find_named_year(sentence: Sentence, name: str, old: NoteVersion, new: NoteVersion) -> Figure | None:
    """Find the figure whose year a sentence names, where that was the year of another figure in it and is no more."""
    printed = dict.fromkeys(use.figure for use in sentence.uses if use.form == "period")
    was, is_now = (_list_years(version.state.figures[name]) for version in (old, new))
    if name in printed:
        return None
    for other in printed:
        before, after = old.state.figures.get(other), new.state.figures.get(other)
        if before and after and was & _list_years(before) and not is_now & _list_years(after):
            return after
    return None


def _measure_span(figure: Figure) -> int:
    years = [int(year) for year in _list_years(figure)]
    return max(years, default=0) - min(years, default=0)
