"""What is printed of a work tells which it is and when it was issued, and is set as readers expect."""

import functools
import json
import os
import re
from typing import Any

import pytest
from hypothesis import given, settings

from briefing.document.nodes import BibliographyEntry, Link
from briefing.document.walking import get_text, walk_nodes
from briefing.language.collation import make_sort_key
from briefing.language.typography import set_run
from briefing.sources.citations import CitationPrinter
from briefing.sources.csl_markup import get_plain_text, simplify_markup
from briefing.sources.prose_syntax import CitedWork
from briefing.sources.works import read_bibliography
from support.bibliographies import BIBLIOGRAPHIES, list_languages

SPACES = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]")
UNDATED, CIRCA = {"en": "no date", "fr": "s. d."}, {"en": "c.", "fr": "vers"}
SLIPS = re.compile(r" [.,]|(?<!\.)\.\.(?!\.)|[?!]\.|\.-\.|,,|  |\(\)|<")


def print_all(items: list[dict[str, Any]], tag: str) -> tuple[dict[str, Any], dict[str, str], list[BibliographyEntry]]:
    """Print all works of a bibliography in a language: the works, the citations by key, and the entries."""
    language = list_languages()[tag]
    works = read_bibliography("b.json", json.dumps(items))
    printer = CitationPrinter(works, language)
    cites = {key: get_text(set_run((printer.cite([CitedWork(key, "")]),), language)) for key in works}
    entries = printer.list_entries(works, "")
    return works, cites, [BibliographyEntry(e.id, e.key, set_run(e.children, language)) for e in entries]


def list_years(work: dict[str, Any]) -> list[str]:
    return [str(parts[0]) for parts in work.get("issued", {}).get("date-parts", [])]


def read(entry: BibliographyEntry) -> str:
    return SPACES.sub(" ", get_text(entry.children))


def list_links(entry: BibliographyEntry) -> list[str]:
    return [get_text(node) for node in walk_nodes(entry.children) if isinstance(node, Link)]


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def find_first(work: dict[str, Any]) -> str:
    people = next((work[role] for role in ("author", "editor") if work.get(role)), [])
    title = work["container-title"] if is_in_journal(work) and "container-title" in work else work["title"]
    return make_sort_key(people[0].get("literal") or people[0]["family"] if people else get_plain_text(title))


def is_in_journal(work: dict[str, Any]) -> bool:
    return str(work["type"]) in ("article-journal", "article-newspaper", "article-magazine")


def check_laws(items: list[dict[str, Any]], tag: str) -> None:
    works, cites, entries = print_all(items, tag)
    assert len(set(cites.values())) == len(works), cites
    firsts = [find_first(works[entry.key]) for entry in entries]
    assert firsts == sorted(firsts)
    for entry in entries:
        work, cite, listed = works[entry.key], SPACES.sub(" ", cites[entry.key]), read(entry)
        years = list_years(work)
        for year in years or [UNDATED[tag]]:
            assert year in cite and year in listed
        if work.get("issued", {}).get("circa"):
            assert f"{CIRCA[tag]} {years[0]}" in cite and f"{CIRCA[tag]} {years[0]}" in listed
        assert squeeze(get_plain_text(simplify_markup(work["title"]))) in squeeze(listed)
        authors = work.get("author", ())
        for name in authors if len(authors) < 4 else authors[:1]:
            assert squeeze(str(name.get("family") or name["literal"])) in squeeze(listed)
        address = f"https://doi.org/{work['DOI']}" if "DOI" in work else work.get("URL")
        assert list_links(entry) == ([address] if address else [])
        assert not SLIPS.search(cite), cite
        assert not SLIPS.search(functools.reduce(lambda text, link: text.replace(link, "@"), list_links(entry), listed))


@pytest.mark.parametrize("tag", ["en", "fr"])
@settings(max_examples=15, deadline=None, derandomize=True)
@given(items=BIBLIOGRAPHIES)
def test_what_is_printed_of_works_tells_which_they_are(tag: str, items: list[dict[str, Any]]) -> None:
    check_laws(items, tag)


@pytest.mark.many
@pytest.mark.parametrize("tag", ["en", "fr"])
@settings(max_examples=int(os.environ.get("BIBLIOGRAPHIES", "200")), deadline=None)
@given(items=BIBLIOGRAPHIES)
def test_it_does_so_for_very_many_works(tag: str, items: list[dict[str, Any]]) -> None:
    check_laws(items, tag)
