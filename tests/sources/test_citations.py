"""Citations: printed in the house's style, told apart by letters, and honest about what is missing."""

import json
from typing import Any

import pytest

from briefing.document.nodes import Emphasis, Text
from briefing.document.walking import get_text
from briefing.problems import SourceError
from briefing.sources.citations import (
    CitationPrinter,
    read_bibliography,
)
from briefing.sources.csl_html import get_plain_text, read_markup
from briefing.sources.prose_syntax import CitedWork
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


def test_an_incomplete_reference_carries_its_status_facts_and_description() -> None:
    custom = {"status": "reference incomplete", "facts": ["F402"], "description": "A survey"}
    printer = make_printer(make_work("a", "Alpha", custom=custom), make_work("b", "Beta"))
    entries = {entry.key: entry for entry in printer.list_entries(["a", "b"], "reference incomplete")}
    assert (entries["a"].status, entries["a"].facts, entries["a"].id) == ("reference incomplete", ("F402",), "ref-a")
    assert get_text(entries["a"].children).endswith("A survey.") and entries["b"].status == ""


def test_the_works_cited_are_remembered_in_order() -> None:
    printer = make_printer(make_work("a", "Alpha"), make_work("b", "Beta"))
    cite(printer, "b")
    cite(printer, "a")
    assert list(printer.cited) == ["b", "a"]


def test_markup_of_a_style_becomes_inlines() -> None:
    assert read_markup("A <i>B</i> &amp; C") == (Text("A "), Emphasis((Text("B"),)), Text(" & C"))
    assert get_plain_text("A <i>B</i> &amp; C") == "A B & C"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[\n{"id": "a",}]', "b.json:2:12: this is not valid JSON"),
        ('{"id": "a"}', "b.json:1:1: expected a list of works"),
        ("[1]", "b.json:1:1: expected a list of works"),
        ('[{"id": "a", "title": "A"},\n{"id": "a", "title": "A"}]', 'b.json:2:1: the id "a" stands twice'),
        ('[{"title": "a"}]', "b.json:1:1: an item has no id"),
        (
            '[{"id": "a", "title": "A"},\n{"id": "b", "title": "B", "issued": {"raw": "soon"}}]',
            'b.json:2:1: the date of "b"',
        ),
        ('[{"id": "a", "title": "A", "issued": {"date-parts": [[]]}}]', 'b.json:1:1: the date of "a"'),
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
