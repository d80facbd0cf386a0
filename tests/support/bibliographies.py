"""Bibliographies at random, as people write them and as reference managers export them."""

from typing import Any

from hypothesis import strategies as st

from briefing.language.number_formatting import Language
from support.house import get_house
from support.measures import make_language, read_common

FAMILIES = ("Tarlen", "Øst", "Œuvre", "N’Diaye", "Ag Erless", "al-Sapt", "Hentzau", "Zenda-Strel", "École", "R.")
GIVEN = (
    "", "Fritz", "Fritz K.", "F. K.", "F.K.", "Jean-Pierre", "J.-P.", "Mohamed ag", "ag Mohamed", "al-Hassan",
    "Abd al-", "el Hadj", "N’Diaye", "Élise", "ʿAbd", "-", ".", "d’Arc",
)  # fmt: skip
BODIES = ("Land Office", "Mint of Strelsau Inc.", "U.N.", "Who?", "Office “Est”")
TITLES = (
    "Alpha", "Beta", "Who governs?", "What now!", "A report.", "U.S. aid", "Rolls of the U.S.", "Wait…", "One: two",
    "Land Office", "Tarlen", "The <i>Zenda</i> file", "21<sup>st</sup> century", "Q&A", "2015", "Title :",
    '<span class="nocase">mali</span> rolls',
)  # fmt: skip
ADDRESSES = (
    "https://example.org/a..b/../c?d=1..2", "https://example.org/?a=1&copy=2", "https://example.org/a;b::c?",
    "http://x.org/.", "https://example.org/a_(b)", "https://example.org/p.%203", "https://example.org/«a»;",
)  # fmt: skip
DOIS = ("10.1000/(SICI)1097<1::AID>3.0.CO;2-#", "10.1000/a..b", "10.1000/182", "10.1641/0006<A:B>2.0.CO;2")
TYPES = ("report", "book", "article-journal", "article-newspaper", "chapter", "treaty", "webpage", "thesis", "article")
YEARS = st.integers(1950, 2025)


def _drop_empty(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


NAMES = st.one_of(
    st.fixed_dictionaries({"family": st.sampled_from(FAMILIES), "given": st.sampled_from(GIVEN)}),
    st.fixed_dictionaries(
        {"family": st.sampled_from(FAMILIES), "given": st.just("Rosa"), "non-dropping-particle": st.just("van")}
    ),
    st.fixed_dictionaries({"literal": st.sampled_from(BODIES)}),
    st.just({"family": "Kin", "given": "M. L.", "suffix": "Jr."}),
)


def _write_days(year: int, month: int, day: int, other: tuple[int, int, int], form: str) -> dict[str, Any]:
    first, last = sorted([(year, month, day), other])
    parts = {
        "year": [[year]],
        "text": [[str(year), str(month)]],
        "month": [[year, month]],
        "day": [[year, month, day]],
        "same month": [[year, month, 2], [year, month, 5]],
        "same year": [[year, 3], [year, 6]],
        "year twice": [[year], [year]],
        "range": [list(first), list(last)],
    }
    return {"literal": f"c. {year}"} if form == "words" else {"date-parts": parts[form]}


DATES = st.builds(
    lambda date, circa: {**date, **({"circa": True} if circa else {})},
    st.builds(
        _write_days,
        YEARS,
        st.integers(1, 12),
        st.integers(1, 28),
        st.tuples(YEARS, st.integers(1, 12), st.integers(1, 28)),
        st.sampled_from(["year", "text", "month", "day", "same month", "same year", "year twice", "range", "words"]),
    ),
    st.booleans(),
)


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


WORKS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(TYPES),
        "title": st.sampled_from(TITLES),
        "author": _maybe(st.lists(NAMES, max_size=5)),
        "editor": _maybe(st.lists(NAMES, max_size=2)),
        "issued": _maybe(DATES),
        "container-title": _maybe(st.sampled_from(TITLES)),
        "publisher": _maybe(st.sampled_from(BODIES)),
        "publisher-place": _maybe(st.just("Strelsau")),
        "volume": _maybe(st.just("3")),
        "page": _maybe(st.sampled_from(["4", "4-6", "4–6"])),
        "edition": _maybe(st.sampled_from(["2", "revised ed."])),
        "URL": _maybe(st.sampled_from(ADDRESSES)),
        "DOI": _maybe(st.sampled_from(DOIS)),
        "accessed": _maybe(st.just({"date-parts": [["2018", 3, 1]]})),
        "language": _maybe(st.sampled_from(["English", "fre", "en_US", "de", ""])),
    }
).map(_drop_empty)
BIBLIOGRAPHIES = st.lists(WORKS, min_size=1, max_size=5).map(
    lambda works: [{"id": f"work{number}", **work} for number, work in enumerate(works)]
)


def list_languages() -> dict[str, Language]:
    """Give the languages of the house."""
    tables = read_common("hedges"), read_common("units")
    return {"en": make_language(), "fr": Language("fr", "fr-FR", *tables, get_house("fr").grammar)}
