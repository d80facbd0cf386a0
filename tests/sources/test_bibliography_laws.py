"""Laws of citations and lists of works, over generated works, in both languages."""

import os
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.document.nodes import Link, Text
from briefing.document.walking import get_text, walk_nodes
from briefing.language.number_formatting import Language
from briefing.language.typography import set_run
from briefing.sources.citations import CitationPrinter, make_sort_key
from briefing.sources.csl_items import read_item, read_language
from briefing.sources.csl_mends import make_initials
from briefing.sources.prose_syntax import CitedWork
from support.house import get_house
from support.measures import make_language

pytestmark = pytest.mark.many
COUNT = int(os.environ.get("BIBLIOGRAPHIES", "60"))
LANGUAGES = {"en": make_language(), "fr": Language("fr", "fr-FR", {}, {}, get_house("fr").grammar)}
LAWS = settings(max_examples=COUNT, deadline=None, suppress_health_check=[HealthCheck.too_slow])

FAMILIES = st.sampled_from(["Tarlen", "Sapt", "N’Diaye", "Øst", "Œuvre", "ag Ghali", "de la Tour", "Zed", "Ba"])
GIVEN = st.sampled_from(
    ["", "Fritz", "Iyad ag", "al-Hassan", "el Hadj Oumar", "Jean-Pierre", "N'Diaye", "Abdoul-aziz B.", "J.-M.", "É."]
)
PEOPLE = st.builds(lambda family, given: {"family": family, "given": given}, FAMILIES, GIVEN)
BODIES = st.builds(lambda name: {"literal": name}, st.sampled_from(["Land Office", "U.S. Agency", "Keïta & Co."]))
NAMES = st.lists(PEOPLE | BODIES, min_size=1, max_size=3, unique_by=str)
TITLES = st.sampled_from(
    ["A roll", "Maps", "What next?", "No. 5.", "Mali", "The <i>long</i> way", "21<sup>st</sup> century", "Stop!", "Oh…",
     'The <span class="nocase">mali</span> file', "Tarlen", "A, B and C", "Étude: un", "U.S.A."]
)  # fmt: skip
YEARS = st.integers(1950, 2019)
DAYS = st.builds(lambda year, month, day: [year, month, day], YEARS, st.integers(1, 12), st.integers(1, 28))
DATES = st.one_of(
    st.builds(lambda year: {"date-parts": [[year]]}, YEARS),
    st.builds(lambda year: {"date-parts": [[str(year)]]}, YEARS),
    st.builds(lambda day: {"date-parts": [day]}, DAYS),
    st.builds(lambda day: {"date-parts": [day, [day[0], day[1], 28]]}, DAYS),
    st.builds(lambda day: {"date-parts": [day, [day[0], 12, 30]]}, DAYS),
    st.builds(lambda day: {"date-parts": [day[:2], [day[0], 12]]}, DAYS),
    st.builds(lambda year: {"date-parts": [[year], [year]]}, YEARS),
    st.builds(lambda year: {"date-parts": [[year], [year + 2]]}, YEARS),
    st.builds(lambda year: {"date-parts": [[year]], "circa": True}, YEARS),
    st.builds(lambda year: {"literal": f"spring {year}"}, YEARS),
)
ADDRESSES = st.sampled_from(
    [
        "https://example.org/a..b/../c?d=1..2",
        "https://example.org/?a=1&b=2;c:d!e",
        "http://example.org/x.",
        "https://e.org/é%20»",
    ]
)
DOIS = st.sampled_from(["10.1000/(SICI)1097<1::AID>3.0.CO;2-#", "10.5/a..b", "10.1093/x.y?z!"])
WORKS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["report", "book", "article-journal", "article-newspaper", "chapter", "treaty"]),
        "title": TITLES,
    },
    optional={
        "author": NAMES,
        "editor": NAMES,
        "issued": DATES,
        "publisher": st.sampled_from(["Mint", "Mali Press", ""]),
        "container-title": st.sampled_from(["Strelsau Courier", "Whole"]),
        "URL": ADDRESSES,
        "DOI": DOIS,
        "language": st.sampled_from(["English", "fre", "en_US", "français", "fr", "", "DE", "pt-br"]),
        "page": st.sampled_from(["3-9", "4"]),
    },
)
BIBLIOGRAPHIES = st.lists(WORKS, min_size=1, max_size=5).map(
    lambda works: {f"w{number}": read_item({"id": f"w{number}", **work}) for number, work in enumerate(works)}
)


def print_all(works: dict[str, dict[str, Any]], tag: str) -> tuple[dict[str, str], dict[str, Any]]:
    """Print the citation of each work, and the entries of the list, set as the language sets text."""
    printer = CitationPrinter(works, LANGUAGES[tag])
    cited = {key: get_text(printer.cite([CitedWork(key, "")])) for key in works}
    entries = {entry.key: set_run(entry.children, LANGUAGES[tag]) for entry in printer.list_entries(works, "")}
    return cited, entries


@pytest.mark.parametrize("tag", LANGUAGES)
@LAWS
@given(BIBLIOGRAPHIES)
def test_no_two_works_are_cited_alike_and_each_has_its_year(tag: str, works: dict[str, dict[str, Any]]) -> None:
    cited, entries = print_all(works, tag)
    assert len(set(cited.values())) == len(works), cited
    for key, work in works.items():
        for part in work.get("issued", {}).get("date-parts", []):
            assert str(part[0]) in cited[key], (cited[key], work)
            assert str(part[0]) in get_text(entries[key]), (get_text(entries[key]), work)
        if work.get("issued", {}).get("circa"):
            assert ("c. " if tag == "en" else "vers ") in cited[key]
        # The citation leads to its entry: both have the same year with the same letter.
        year = cited[key].rstrip(")").rpartition(", ")[2]
        assert year in get_text(entries[key]).replace("\u00a0", " "), (cited[key], get_text(entries[key]))


@pytest.mark.parametrize("tag", LANGUAGES)
@LAWS
@given(BIBLIOGRAPHIES)
def test_an_entry_is_punctuated_once_and_says_nothing_twice(tag: str, works: dict[str, dict[str, Any]]) -> None:
    _, entries = print_all(works, tag)
    for key, entry in entries.items():
        work = works[key]
        text = get_text(tuple(Text("address") if isinstance(inline, Link) else inline for inline in entry))
        for wrong in (" .", " ,", "..", "?.", "!.", "….", ".-.", ",,", "( ", "[Preprint]", "<", "nocase", "\ue010"):
            assert wrong not in text, (wrong, text, work)
        assert not re.search(r"[,;] ?\.", text), text
        if not work.get("author"):
            title = re.sub(r"<[^>]*>", "", work["title"])
            elsewhere = str(work.get("publisher")) + str(work.get("editor"))
            assert text.count(title) <= 1 + elsewhere.count(title), (text, work)
            for editor in work.get("editor", ()) if len(works) == 1 else ():
                name = str(editor.get("family") or editor.get("literal"))
                assert text.count(name) <= str(work["editor"]).count(name) + title.count(name), (text, work)


@pytest.mark.parametrize("tag", LANGUAGES)
@LAWS
@given(BIBLIOGRAPHIES)
def test_an_address_is_printed_as_it_is_written(tag: str, works: dict[str, dict[str, Any]]) -> None:
    _, entries = print_all(works, tag)
    for key, entry in entries.items():
        links = [node for node in walk_nodes(entry) if isinstance(node, Link)]
        wanted = {works[key].get("URL"), f"https://doi.org/{works[key].get('DOI')}"}
        for link in links:
            assert link.target == get_text(link.children) and link.target in wanted
        if "DOI" in works[key] and works[key]["type"] in ("report", "book", "article-journal"):
            assert links, (get_text(entry), works[key])


@LAWS
@given(BIBLIOGRAPHIES)
def test_entries_stand_in_the_order_in_which_a_reader_looks_for_them(works: dict[str, dict[str, Any]]) -> None:
    printer = CitationPrinter(works, LANGUAGES["en"])
    keys = [make_sort_key(get_text(entry.children)) for entry in printer.list_entries(works, "")]
    assert [key[0] for key in keys] == sorted(key[0] for key in keys)
    assert make_sort_key("Œuvre, B.") < make_sort_key("Øst, B.") < make_sort_key("Zed, B.")


@LAWS
@given(BIBLIOGRAPHIES)
def test_letters_are_those_of_the_works_that_are_listed(works: dict[str, dict[str, Any]]) -> None:
    """A work that stands alone in the list has no letter, whatever else the file holds."""
    for key in works:
        alone = CitationPrinter(works, LANGUAGES["en"], [key])
        by_itself = CitationPrinter({key: works[key]}, LANGUAGES["en"])
        assert get_text(alone.cite([CitedWork(key, "")])) == get_text(by_itself.cite([CitedWork(key, "")]))


@pytest.mark.parametrize(
    ("given_names", "initials"),
    [
        ("Fritz", "F."),
        ("Iyad ag", "I. ag"),
        ("al-Hassan", "al-H."),
        ("el Hadj Oumar", "el H.O."),
        ("Jean-Pierre", "J.-P."),
        ("N'Diaye", "N."),
        ("Abdoul-aziz", "A.-a."),
    ],
)
def test_particles_and_small_letters_stay_in_initials(given_names: str, initials: str) -> None:
    assert make_initials(given_names) == initials


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("English", "en"), ("french", "fr"), ("français", "fr"), ("fre", "fr"), ("ger", "de"), ("en_US", "en-US"),
        ("en-us", "en-US"), ("FR", "fr"), ("zh-hans", "zh-Hans"), ("Klingonese", ""), ("xx", ""), ("in French", ""),
    ],
)  # fmt: skip
def test_a_language_is_a_tag_however_it_is_written(written: str, tag: str) -> None:
    assert read_language(written) == tag


@pytest.mark.parametrize(
    ("parts", "english", "french"),
    [
        ([[2015, 3, 2], [2015, 3, 5]], "2–5 March", "2–5 mars"),
        ([[2015, 3, 2], [2015, 4, 5]], "2 March – 5 April", "2 mars – 5 avril"),
        ([[2015, 3, 2]], "2 March", "2 mars"),
    ],
)
def test_a_range_of_days_is_printed_as_one(parts: list[list[int]], english: str, french: str) -> None:
    work = {"id": "fair", "type": "article-newspaper", "title": "At the fair", "container-title": "Strelsau Courier",
            "author": [{"family": "Tarlen", "given": "Fritz"}], "issued": {"date-parts": parts}}  # fmt: skip
    for tag, words in (("en", english), ("fr", french)):
        cited, entries = print_all({"fair": work}, tag)
        assert cited["fair"] == "(Tarlen, 2015)"
        text = re.sub(r"[\u2009\u00a0\u202f]", " ", get_text(entries["fair"]))
        assert text.startswith("Tarlen, F. (2015)") and text.endswith(f"Strelsau Courier, {words}."), text


@pytest.mark.parametrize(
    ("locator", "english", "french"),
    [
        ("p. 4", "p. 4", "p. 4"),
        ("4", "p. 4", "p. 4"),
        ("pp. 4-6", "pp. 4–6", "p. 4–6"),
        ("para. 12", "para. 12", "par. 12"),
        ("paras. 12-14", "paras 12–14", "par. 12–14"),
        ("ch. 3", "ch. 3", "chap. 3"),
        ("art. 5", "art. 5", "art. 5"),
        ("§ 7", "§ 7", "§ 7"),
        ("§§ 7-9", "§§ 7–9", "§ 7–9"),
        ("annex II", "annex II", "annexe II"),
    ],
)
def test_a_part_of_a_work_is_named_in_the_language(locator: str, english: str, french: str) -> None:
    work = {"id": "w", "type": "book", "title": "T", "author": [{"literal": "A"}], "issued": {"date-parts": [[2018]]}}
    for tag, words in (("en", english), ("fr", french)):
        cite = CitationPrinter({"w": work}, LANGUAGES[tag]).cite([CitedWork("w", locator)])
        assert get_text(cite) == f"(A, 2018, {words})"


def test_a_title_is_marked_where_it_stands_and_not_in_a_name() -> None:
    work = {"id": "w", "type": "report", "title": "Mali", "author": [{"family": "Malinowski", "given": "A."}],
            "issued": {"date-parts": [[2015]]}, "language": "fr", "publisher": "Mali Press"}  # fmt: skip
    (entry,) = CitationPrinter({"w": work}, LANGUAGES["en"]).list_entries(["w"], "")
    marked = [get_text(node.children) for node in walk_nodes(entry.children) if getattr(node, "language", "") == "fr"]
    assert marked == ["Mali"]
    assert get_text(entry.children) == "Malinowski, A. (2015) Mali. Mali Press."
