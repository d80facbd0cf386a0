"""Fill the files of a new note from the house's templates: all that a note needs, with what is true of its country."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

from briefing.scaffold.country import CountryFacts

MARK = re.compile(r"@([A-Z0-9_]+)@")
ACRONYM = "SSR"
_EXPANSIONS = {"en": ("SSR", "security sector reform"), "fr": ("RSS", "réforme du secteur de la sécurité")}


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note that is to be begun: its name, its title, its country, and the day of its beginning."""

    name: str
    title: str
    country: CountryFacts
    today: date


def fill_templates(note: NewNote, templates: Mapping[str, str], chart: Mapping[str, Any]) -> dict[str, str]:
    """Fill the templates, by path in the folder of the note, with the words of a note and what its map shows."""
    country, prose = note.country, note.country.prose
    words = {
        "NOTE": note.name,
        "TITLE": _quote(note.title),
        "SUBTITLE": _quote(f"Security sector reform in {prose}"),
        "EDITION": note.today.strftime("%Y-%m"),
        "EDITION_TEXT": _quote(format_date(note.today, "MMMM yyyy", "en_GB")),
        "TODAY": note.today.isoformat(),
        "ISO3": country.iso3,
        "NAME": _quote(country.name),
        "DESCRIPTION": _quote(f"A background note on security sector reform in {prose}, which has only been begun."),
        "CAPITAL": _quote(country.capital),
        "AREA": str(country.area_km2),
        "PACKAGE_TITLE": _quote(f"Figures and acronyms of the background note on {prose}"),
        "PACKAGE_DESCRIPTION": _quote(
            f"The observations behind every number of the note on {prose}, and the acronyms that it uses."
        ),
        "MAP_TITLE": _quote(f"{prose[0].upper()}{prose[1:]} and its surroundings"),
        "MAP_TEXT": _quote(_describe_map(country, chart)),
        "MAP": _write_map(chart),
        "PROSE": prose,
        "CAPITAL_NAME": country.capital,
    }
    return {name: MARK.sub(lambda match: words[match[1]], text) for name, text in templates.items()}


def write_acronyms(columns: Sequence[str], languages: Sequence[str]) -> str:
    """Write the table of acronyms with the one that every note uses, in the columns of its descriptor."""
    row = dict.fromkeys(columns, "")
    row["acronym"], row["language"] = ACRONYM, languages[0]
    for tag, (acronym, expansion) in _EXPANSIONS.items():
        values = {f"acronym_{tag}": acronym, f"expansion_{tag}": expansion}
        row |= {name: value for name, value in values.items() if name in row}
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    return stream.getvalue()


def _quote(text: str) -> str:
    """Write a text as YAML reads it, whatever it holds: a text of JSON is one of YAML."""
    return json.dumps(text, ensure_ascii=False)


def _describe_map(country: CountryFacts, chart: Mapping[str, Any]) -> str:
    """Say in words what the map shows."""
    others = [row["label"] for row in chart["countries"] if row["id"] != country.outline]
    around = f"{', '.join(others[:-1])} and {others[-1]}" if others[1:] else "".join(others)
    said = [
        f"Map of {country.prose}, with its capital {country.capital} as a square.",
        f"Around it, the map names {around}." if around else "",
        "Parts of the country that lie far away are not shown." if chart["has_far_parts"] else "",
        "A small map shows where in Africa it lies." if "inset" in chart else "",
    ]
    return " ".join(filter(None, said))


def _write_map(chart: Mapping[str, Any]) -> str:
    """Write the keys of a map as the lines of charts.yaml that say them, a name a line."""
    lines = []
    for key, value in chart.items():
        if key in ("countries", "places"):
            lines += [f"    {key}:", *(f"      - {_write_row(row)}" for row in value)]
        elif key != "has_far_parts":
            lines.append(f"    {key}: {json.dumps(value)}")
    return "\n".join(lines)


def _write_row(row: Mapping[str, Any]) -> str:
    return (
        "{"
        + ", ".join(f"{key}: {_quote(value) if isinstance(value, str) else value}" for key, value in row.items())
        + "}"
    )
