"""Know countries by their codes and names, from a table that the house keeps."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from briefing.problems import name_nearest


class UnknownCountryError(ValueError):
    """No country has this name or code; the message says what is near."""


@dataclass(frozen=True, slots=True)
class CountryFacts:
    """A country: ISO 3166-1 codes, the id of its outline, its name (in a sentence too), its area, and its capital."""

    iso2: str
    iso3: str
    outline: str
    name: str
    prose: str
    continent: str
    area_km2: Decimal
    capital: str
    longitude: float
    latitude: float

    @property
    def at(self) -> tuple[float, float]:
        """Give the place of the capital in degrees, longitude first."""
        return self.longitude, self.latitude


def read_countries(text: str) -> list[CountryFacts]:
    """Read the table of countries."""
    texts = ("iso2", "iso3", "outline", "name", "prose", "continent", "capital")
    return [
        CountryFacts(
            **{key: row[key] for key in texts},
            area_km2=Decimal(row["area_km2"]),
            longitude=float(row["longitude"]),
            latitude=float(row["latitude"]),
        )
        for row in csv.DictReader(io.StringIO(text))
    ]


def make_slug(name: str) -> str:
    """Write a name in small letters and hyphens, as notes are named."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def find_country(countries: Iterable[CountryFacts], note: str, code: str = "") -> CountryFacts:
    """Find the country of a note: by a code (two or three letters) or a name that is given, or else by the note's name.

    Raises `UnknownCountryError`.
    """
    countries = list(countries)
    sought = code or note
    keys = {country: (country.iso2, country.iso3, country.name, country.prose) for country in countries}
    # What a note is called may be anything, and a short name a code by chance.
    for country, names in keys.items():
        if make_slug(sought) in map(make_slug, names if code else names[2:]):
            return country
    if code:
        near = name_nearest(code, [country.name for country in countries])
        raise UnknownCountryError(f"COUNTRY={code}: no country with an outline has this code or name; {near}")
    near = name_nearest(note, [make_slug(country.name) for country in countries])
    said = "say which country it is on by its code in ISO 3166-1, such as COUNTRY=NE"
    raise UnknownCountryError(f"NOTE={note}: no country is called so ({near}); {said}")
