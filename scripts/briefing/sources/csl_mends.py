"""Mend what citeproc-py prints otherwise than CSL asks: dates, letters, initials, editors, addresses, full stops.

A work is prepared before it is printed, and what is printed of it, as HTML, is mended after.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from babel.dates import format_skeleton

from briefing.language.number_formatting import Language

ADDRESS = "\ue010"
"""What stands for an address while the text around it is mended."""
_NOT_FOR_STYLES = ("custom", "note", "citation-key")


def prepare_item(work: Mapping[str, Any]) -> dict[str, Any]:
    """Prepare a work for the style: a date of two parts within a year is its first, editors alone are its authors."""
    item = {name: value for name, value in work.items() if name not in _NOT_FOR_STYLES}
    parts = list_date_parts(work)
    if parts:
        years = [part[:1] for part in parts]
        item["issued"] = {"date-parts": years if years[0] != years[-1] else parts[:1]}
    if is_edited(work):
        item["author"] = item.pop("editor")
    return item


def list_date_parts(work: Mapping[str, Any]) -> list[list[int]]:
    """List the days on which a work was issued: one, or the first and the last; none where there is no date."""
    issued = work.get("issued", {})
    parts = issued.get("date-parts", []) if isinstance(issued, Mapping) else []
    return [part for part in parts if isinstance(part, list) and part]


def is_edited(work: Mapping[str, Any]) -> bool:
    """Tell whether the editors of a work stand where its authors would."""
    return not work.get("author") and bool(work.get("editor"))


def mend_year(work: Mapping[str, Any], year: str, letter: str, language: Language) -> str:
    """Add to a year what the style leaves out: that it is not certain, and the letter that tells works apart."""
    issued = work.get("issued", {})
    lettered = f"{year}-{letter}" if letter and not year[-1:].isdigit() else f"{year}{letter}"
    if isinstance(issued, Mapping) and issued.get("circa"):
        return str(language.grammar.get("circa", "c. {year}")).replace("{year}", lettered)
    return lettered


def mend_entry(
    work: Mapping[str, Any], entry: str, years: tuple[str, str], initials: Mapping[str, str], language: Language
) -> str:
    """Mend an entry of the bibliography, given as HTML; `years` are the printed one, and what should stand there."""
    for wrong, right in initials.items():
        entry = entry.replace(wrong, right)
    head, mark, tail = entry.partition(f"({years[0]})")
    if mark:
        entry = f"{_mend_head(work, head, tail, language)} ({years[1]}){_mend_tail(work, tail)}"
    entry = _mend_days(work, entry, language)
    for address in list_addresses(work):
        entry = entry.replace(address, ADDRESS, 1)
    return _mend_stops(entry.replace(" [Preprint]", ""))


def _mend_head(work: Mapping[str, Any], head: str, tail: str, language: Language) -> str:
    """Mend what stands before the year: editors are named as such, and a title stands for missing authors."""
    if is_edited(work) and (labels := language.grammar.get("editors")):
        return f"{head.strip()} ({labels['other' if len(work['editor']) > 1 else 'one']})"
    found = _find_title(work, tail)
    return head.strip() or (found[0].strip(" .,") if found else str(work.get("title", "")))


def _mend_tail(work: Mapping[str, Any], tail: str) -> str:
    """Drop the title that follows the year where it stands for the authors already."""
    found = None if work.get("author") or is_edited(work) else _find_title(work, tail)
    if not found:
        return tail
    rest = tail[found.end() :].lstrip(" .,")
    return f" {rest}" if rest else "."


def _find_title(work: Mapping[str, Any], tail: str) -> re.Match[str] | None:
    """Find the title, with the marks around it, at the beginning of what follows the year."""
    around = r"(?:</?[ib]>|[‘’“”«»'\"\s\u00A0\u202F])*"
    title = str(work.get("title", ""))
    return re.match(rf"{around}{re.escape(title)}{around}", tail) if title else None


def _mend_days(work: Mapping[str, Any], entry: str, language: Language) -> str:
    """Print a range of days or months within a year where the style has printed the first of them."""
    parts = list_date_parts(work)
    depth = min(map(len, parts), default=0)
    if len(parts) != 2 or parts[0][0] != parts[1][0] or parts[0][:depth] == parts[1][:depth]:
        return entry
    days = [datetime.date(*part[:depth], *[1] * (3 - depth)) for part in parts]
    first, last = (format_skeleton({2: "MMMM", 3: "MMMMd"}[depth], day, locale=language.cldr) for day in days)
    if depth == 2:
        span = f"{first}–{last}"
    elif days[0].month != days[1].month:
        span = f"{first} – {last}"
    else:  # "2–5 March", and "March 2–5" where the month comes first
        span = f"{days[0].day}–{last}" if first.startswith(str(days[0].day)) else f"{first}–{days[1].day}"
    return entry.replace(first, span, 1)


def list_addresses(work: Mapping[str, Any]) -> Iterator[str]:
    """List the addresses that a style prints of a work, as it prints them."""
    if work.get("DOI"):
        yield f"https://doi.org/{str(work['DOI']).removeprefix('https://doi.org/')}"
    if work.get("URL"):
        yield str(work["URL"])


def _mend_stops(entry: str) -> str:
    """Leave one sign where two that end a sentence meet, and no space before it."""
    entry = re.sub(r"\s+(?=[.,](?:\s|$|<))", "", entry)
    entry = re.sub(r"([?!…](?:</[ib]>|[’”»])?)\.(?=\s|$|<)", r"\1", entry)
    return re.sub(r"(?<!\.)\.((?:</[ib]>)?)\.(?!\.)", r".\1", entry)


# --- Initials ----------------------------------------------------------------------------------------------------


def list_odd_names(works: Iterable[Mapping[str, Any]]) -> list[str]:
    """List the given names with a particle or a small letter, whose initials citeproc-py gets wrong."""
    given = {
        str(name["given"])
        for work in works
        for role in ("author", "editor")
        for name in work.get(role, ())
        if isinstance(name, Mapping) and "given" in name
    }
    return sorted(name for name in given if any(word[:1].islower() for word in re.split(r"[\s-]+", name)))


def make_initials(given: str) -> str:
    """Make the initials of given names: "Iyad ag" gives "I. ag", "al-Hassan" "al-H.", "Jean-Pierre" "J.-P."."""
    made = ""
    for word in given.split():
        if word[0].islower() and "-" not in word:
            made += f"{' ' if made else ''}{word} "
            continue
        first, *others = word.split("-")
        start = first if first[:1].islower() else f"{first[:1]}."
        made += "-".join([start, *(f"{part[:1]}." for part in others if part)])
    return made.strip()
