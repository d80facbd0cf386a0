"""Citations: printed in the house's style, told apart by letters, and honest about what is missing."""

import json
from typing import Any

import pytest

from briefing.document.nodes import Emphasis, Span, Text
from briefing.document.walking import get_text, walk_nodes
from briefing.problems import SourceError
from briefing.sources.citations import CitationPrinter
from briefing.sources.csl_markup import get_plain_text, read_markup
from briefing.sources.csl_style import initialize
from briefing.sources.prose_syntax import CitedWork
from briefing.sources.works import read_bibliography
from support.bibliographies import list_languages
from support.measures import make_language


def make_work(
    key: str, title: str, year: int | None = 2015, author: str = "World Bank", **fields: Any
) -> dict[str, Any]:
    issued = {"issued": {"date-parts": [[year]]}} if year else {}
    authors = {"author": [{"literal": author}]} if author else {}
    return {"id": key, "type": "report", "title": title, **authors, **issued, **fields}


def make_printer(*works: dict[str, Any]) -> CitationPrinter:
    return CitationPrinter({work["id"]: work for work in works}, make_language())


def cite(printer: CitationPrinter, key: str, locator: str = "") -> str:
    return get_text(printer.cite([CitedWork(key, locator)]))


def test_works_of_one_author_and_year_are_told_apart_in_the_order_of_their_titles() -> None:
    printer = make_printer(make_work("b", "Beta"), make_work("a", "Alpha"), make_work("c", "Gamma", 2016))
    assert [cite(printer, key) for key in "abc"] == [
        "(World Bank, 2015a)",
        "(World Bank, 2015b)",
        "(World Bank, 2016)",
    ]
    entries = [get_text(entry.children) for entry in printer.list_entries("abc", "")]
    assert [entry.split(")")[0] for entry in entries] == ["World Bank (2015a", "World Bank (2015b", "World Bank (2016"]


def test_works_without_authors_are_cited_by_title_and_get_no_letters() -> None:
    works = [make_work("a", "Alpha", author=""), make_work("b", "Beta", author="")]
    assert [cite(make_printer(*works), key) for key in "ab"] == ["(Alpha, 2015)", "(Beta, 2015)"]


def test_a_work_without_a_year_says_so() -> None:
    assert cite(make_printer(make_work("a", "Alpha", None)), "a") == "(World Bank, no date)"


@pytest.mark.parametrize(("locator", "printed"), [("p. 4", "p. 4"), ("pp. 4-6", "pp. 4–6"), ("", "")])
def test_pages_are_printed(locator: str, printed: str) -> None:
    text = cite(make_printer(make_work("a", "Alpha")), "a", locator)
    assert text.replace("-", "–") == f"(World Bank, 2015{', ' + printed if printed else ''})"


def test_two_authors_are_both_named_and_their_particles_kept() -> None:
    authors = [{"family": "Goff", "given": "D."}, {"family": "Veen", "given": "E.", "non-dropping-particle": "van"}]
    printer = make_printer(
        {"id": "a", "type": "report", "title": "T", "author": authors, "issued": {"date-parts": [[2015]]}}
    )
    assert cite(printer, "a") == "(Goff and van Veen, 2015)"
    assert printer.name_authors("a") == "Goff, Veen" or printer.name_authors("a") == "Goff, van Veen"


def test_a_work_that_is_only_probably_the_one_meant_carries_its_status_and_facts() -> None:
    custom = {"status": "probable", "facts": ["F402"]}
    printer = make_printer(make_work("a", "Alpha", custom=custom), make_work("b", "Beta"))
    entries = {entry.key: entry for entry in printer.list_entries(["a", "b"], "likely")}
    assert (entries["a"].status, entries["a"].facts, entries["a"].id) == ("likely", ("F402",), "ref-a")
    assert entries["b"].status == ""


def test_a_work_known_only_by_its_key_is_listed_with_it_and_without_a_title() -> None:
    author = [{"literal": "United Nations", "short": "UN"}]
    issued = {"date-parts": [[2014]]}
    work = {"id": "a", "type": "document", "author": author, "issued": issued, "custom": {"key": "UN 2014"}}
    (entry,) = make_printer(work).list_entries(["a"], "")
    assert get_text(entry.children) == "UN (United Nations) (2014) [UN 2014]"


def test_a_body_is_cited_by_its_short_name_listed_under_it_and_named_in_full_there() -> None:
    body = {"literal": "Organisation for Economic Co-operation and Development", "short": "OECD"}
    issued = {"date-parts": [[2016]]}
    works = [
        {"id": "a", "type": "report", "title": "Local Finance", "author": [body], "issued": issued},
        {"id": "b", "type": "report", "title": "Tolls", "author": [{"literal": "Office of Tolls"}], "issued": issued},
    ]
    printer = make_printer(*works)
    assert (cite(printer, "a"), printer.name_authors("a")) == ("(OECD, 2016)", "OECD")
    entries = printer.list_entries(["b", "a"], "")
    assert [entry.key for entry in entries] == ["a", "b"]
    assert get_text(entries[0].children).startswith(f"OECD ({body['literal']}) (2016) Local Finance")


def test_the_works_cited_are_remembered_in_order() -> None:
    printer = make_printer(make_work("a", "Alpha"), make_work("b", "Beta"))
    cite(printer, "b")
    cite(printer, "a")
    assert list(printer.cited) == ["b", "a"]


def list_one(language: str = "en", **fields: Any) -> str:
    work = {"id": "a", "type": "report", "title": "Alpha", "issued": {"date-parts": [[2015]]}, **fields}
    [entry] = CitationPrinter({"a": work}, list_languages()[language]).list_entries(["a"], "")
    return get_text(entry.children)


def test_letters_are_given_among_the_works_that_are_cited() -> None:
    works = {key: make_work(key, title) for key, title in (("a", "Alpha"), ("b", "Beta"))}
    printer = CitationPrinter(works, make_language(), ["b"])
    assert cite(printer, "b") == "(World Bank, 2015)"


def test_works_without_a_date_or_an_author_get_letters_too() -> None:
    undated = make_printer(make_work("a", "Alpha", None), make_work("b", "Beta", None))
    assert [cite(undated, key) for key in "ab"] == ["(World Bank, no date a)", "(World Bank, no date b)"]
    untold = make_printer(make_work("a", "Alpha", author=""), make_work("b", "Alpha", author=""))
    assert [cite(untold, key) for key in "ab"] == ["(Alpha, 2015a)", "(Alpha, 2015b)"]


def test_letters_go_on_after_z() -> None:
    printer = make_printer(*[make_work(f"w{number:02}", f"Title {number:02}") for number in range(28)])
    assert [cite(printer, key)[-3:-1] for key in ("w00", "w25", "w26", "w27")] == ["5a", "5z", "aa", "ab"]


def test_keys_that_differ_in_capitals_alone_are_two_works() -> None:
    assert cite(make_printer(make_work("a", "Alpha"), make_work("A", "Beta", 2016)), "a") == "(World Bank, 2015)"


def test_authors_of_one_family_name_are_told_apart_by_initials_and_more_authors_before_letters() -> None:
    def make(key: str, *names: str) -> dict[str, Any]:
        people = [{"family": name.split()[1], "given": name.split()[0]} for name in names]
        return {"id": key, "type": "report", "title": key, "author": people, "issued": {"date-parts": [[2015]]}}

    printer = make_printer(make("a", "Ann Zed"), make("b", "Bo Zed"))
    assert [cite(printer, key) for key in "ab"] == ["(A. Zed, 2015)", "(B. Zed, 2015)"]
    shared = ("Ann Zed", "Bo Zed", "Cy Zed")
    printer = make_printer(make("a", *shared, "Di East"), make("b", *shared, "Di West"))
    assert "East" in cite(printer, "a") and "West" in cite(printer, "b")


@pytest.mark.parametrize(
    ("given", "initials"),
    [
        ("Fritz", "F."),
        ("Fritz Karl", "F.K."),
        ("F. K.", "F.K."),
        ("F.K.", "F.K."),
        ("Jean-Pierre", "J.-P."),
        ("J.-P.", "J.-P."),
        ("Jean Pierre-Marie", "J.P.-M."),
        ("Mohamed ag", "M. ag"),
        ("ag Mohamed", "ag M."),
        ("al-Hassan", "al-H."),
        ("Abd al-", "A. al"),
        ("el Hadj", "el H."),
        ("N’Diaye", "N."),
        ("Élise", "É."),
        ("E\u0301lise", "É."),
        ("ʿAbd", "A."),
        ("明", "明"),
        ("", ""),
        (".", ""),
        ("-", ""),
    ],
)
def test_given_names_are_shortened_and_particles_kept(given: str, initials: str) -> None:
    assert initialize(given, ".") == initials


@pytest.mark.parametrize(
    ("parts", "english", "french"),
    [
        ([[2015, 3, 2], [2015, 3, 5]], ", 2–5 March.", ", 2–5 mars."),
        ([[2015, 3, 30], [2015, 4, 2]], ", 30 March–2 April.", ", 30 mars–2 avril."),
        ([[2015, 3], [2015, 6]], ", March–June.", ", mars–juin."),
        ([[2015, 3, 1]], ", 1 March.", ", 1er mars."),
        ([[2015, 3, 1], [2015, 3, 4]], ", 1–4 March.", ", 1er–4 mars."),
        ([[2015], [2016]], "(2015–2016)", "(2015–2016)"),
    ],
)
def test_a_range_of_dates_says_once_what_its_ends_share(parts: list[list[int]], english: str, french: str) -> None:
    fields = {"type": "article-newspaper", "container-title": "Courier", "issued": {"date-parts": parts}}
    assert english in list_one(**fields) and french in list_one("fr", **fields)


def test_what_stands_in_for_an_author_is_printed_once() -> None:
    editor = [{"family": "Tarlen", "given": "Fritz"}]
    assert list_one(type="book", editor=editor, publisher="Mint") == "Tarlen, F. (ed.) (2015) Alpha. Mint."
    assert list_one(type="treaty") == "‘Alpha’ (2015)."
    assert list_one(type="article-journal", **{"container-title": "Review"}) == "Review (2015) ‘Alpha’."


def test_a_title_alone_is_in_the_language_of_its_work() -> None:
    work = make_work("a", "Mali", author="Malinowski", language="fr", publisher="Mali Press")
    [entry] = make_printer(work).list_entries(["a"], "")
    spans = [node for node in walk_nodes(entry.children) if isinstance(node, Span)]
    assert spans == [Span("fr", (Text("Mali"),))]


def test_a_journal_is_not_called_a_preprint_and_a_preprint_is_in_the_language() -> None:
    assert "reprint" not in list_one(type="article-journal", **{"container-title": "Review"})
    assert "[Preprint]" in list_one(type="article", **{"container-title": "Archive"})
    assert "[Prépublication]" in list_one("fr", type="article", **{"container-title": "Archive"})


def test_the_end_of_a_title_is_its_own() -> None:
    for title in ("Who?", "What!", "Wait…", "The U.S."):
        assert list_one(title=title, publisher="Mint Inc.") == f"{title} (2015). Mint Inc."


def test_markup_of_a_style_becomes_inlines() -> None:
    assert read_markup("A <i>B</i> &amp; C") == (Text("A "), Emphasis((Text("B"),)), Text(" & C"))
    assert get_plain_text("A <i>B</i> &amp; C") == "A B & C"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[\n{"id": "a",}]', "b.json:2:12: this is not valid JSON"),
        ('{"id": "a"}', "b.json:1:1: expected a list of works"),
        ("[1]", "b.json:1:1: expected a list of works"),
        ('[{"id": "a"},\n{"id": "a"}]', 'b.json:2:2: the id "a" stands twice'),
        ('[{"title": "a"}]', "b.json:1:2: an item has no id"),
        ('[{"id": "a"},\n{"id": "b", "issued": {"year": 2015}}]', 'b.json:2:13: the work "b": the date "issued"'),
        ('[{"id": "a", "issued": {"date-parts": [[]]}}]', 'b.json:1:14: the work "a": the date "issued"'),
    ],
)
def test_a_broken_bibliography_is_told_with_its_place(text: str, what: str) -> None:
    with pytest.raises(SourceError) as failure:
        read_bibliography("b.json", text)
    assert str(failure.value).startswith(what)


def test_a_bibliography_is_read_by_key() -> None:
    works = [make_work("a", "Alpha"), make_work("b", "Beta", None)]
    assert read_bibliography("b.json", json.dumps(works)) == {work["id"]: work for work in works}


@pytest.mark.parametrize(("key", "near"), [("titel", "title"), ("issuedd", "issued"), ("publisherx", "publisher")])
def test_a_key_that_is_nearly_one_of_csl_is_told(key: str, near: str) -> None:
    work = {**make_work("a", "Alpha"), key: "x"}
    with pytest.raises(SourceError) as told:
        read_bibliography("b.json", json.dumps([work]))
    assert f'has the key "{key}", which CSL does not know; did you mean "{near}"?' in str(told.value)


def test_what_programs_add_for_themselves_is_let_be() -> None:
    work = {**make_work("a", "Alpha"), "system_id": "zotero|3", "citation-key": "a2015", "journalAbbreviation": "J."}
    assert read_bibliography("b.json", json.dumps([work]))


@pytest.mark.parametrize(
    ("language", "names"), [("en", "T. Hall, A. Sapt, and F. Burl"), ("fr", "T. Hall, A. Sapt et F. Burl")]
)
def test_a_comma_before_the_last_of_three_names_is_as_the_language_has_it(language: str, names: str) -> None:
    editors = [{"family": "Hall", "given": "T."}, {"family": "Sapt", "given": "A."}, {"family": "Burl", "given": "F."}]
    author = [{"family": "Zapt", "given": "G."}]
    listed = list_one(language, type="chapter", author=author, editor=editors, **{"container-title": "Book"})
    assert names in listed
