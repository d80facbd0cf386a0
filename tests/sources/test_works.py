"""Works are read as people write them and as reference managers export them."""

import json
from typing import Any

import pytest

from briefing.problems import SourceError
from briefing.sources.csl_markup import check_markup, name_authors, simplify_markup
from briefing.sources.work_dates import DateError, read_date
from briefing.sources.works import read_bibliography, report_lacks


def read_one(**fields: Any) -> dict[str, Any]:
    work = {"id": "a", "type": "report", "title": "Alpha", **fields}
    [read] = read_bibliography("b.json", json.dumps([work])).values()
    return read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"date-parts": [["2015", "3", 4]]}, {"date-parts": [[2015, 3, 4]]}),
        ({"date-parts": [[2015, None]]}, {"date-parts": [[2015]]}),
        ({"date-parts": [[2015, 0, 0]]}, {"date-parts": [[2015]]}),
        ({"date-parts": [["2015"], ["2016"]]}, {"date-parts": [[2015], [2016]]}),
        ({"date-parts": [[2015], [2015]]}, {"date-parts": [[2015]]}),
        ({"date-parts": [[2015], [0]]}, {"date-parts": [[2015]]}),
        ({"date-parts": [[2015]], "season": "2"}, {"date-parts": [[2015]], "season": 2}),
        ({"date-parts": [[1960]], "circa": 1}, {"date-parts": [[1960]], "circa": True}),
        ({"date-parts": [[1960]], "circa": "0"}, {"date-parts": [[1960]]}),
        ({"literal": "2015"}, {"date-parts": [[2015]]}),
        ({"literal": "c. 1960"}, {"date-parts": [[1960]], "circa": True}),
        ({"raw": "2015-03-02/2015-03-05"}, {"date-parts": [[2015, 3, 2], [2015, 3, 5]]}),
        ({"literal": "1960~"}, {"date-parts": [[1960]], "circa": True}),
        ({"literal": "Spring 2015"}, {"literal": "Spring 2015"}),
        ({"literal": "n.d."}, {}),
        ({"literal": ""}, {}),
        ({}, {}),
    ],
)
def test_a_date_is_read_as_it_is_exported(written: dict[str, Any], read: dict[str, Any]) -> None:
    assert read_date(written) == read
    assert read_one(issued=written).get("issued", {}) == read


@pytest.mark.parametrize(
    "written",
    [
        "2015",
        {"year": 2015},
        {"date-parts": []},
        {"date-parts": [[]]},
        {"date-parts": [["20I5"]]},
        {"date-parts": "2015"},
        {"date-parts": [[2016], [2015]]},
    ],
)
def test_what_is_no_date_is_told(written: Any) -> None:
    with pytest.raises(DateError, match=r"date-parts.*2015"):
        read_date(written)


def test_a_day_that_no_calendar_has_is_told() -> None:
    for parts in ([2021, 2, 30], ["2024", 2, 30]):
        with pytest.raises(DateError, match="no day of the calendar"):
            read_date({"date-parts": [parts]})


def test_empty_texts_count_as_absent() -> None:
    work = read_one(publisher="", author=[{"family": "Tiken", "given": ""}, {"family": "", "given": ""}], editor=[])
    assert work["author"] == [{"family": "Tiken"}] and not work.keys() & {"publisher", "editor"}
    assert "author" not in read_one(author=[{"literal": " "}])


def test_an_identifier_is_reduced_to_itself_and_an_address_left_as_it_is() -> None:
    for written in ("10.1000/182", "https://doi.org/10.1000/182", "doi: 10.1000/182", "http://dx.doi.org/10.1000/182"):
        assert read_one(DOI=written)["DOI"] == "10.1000/182"
    assert read_one(URL=" https://example.org/a..b/: ")["URL"] == "https://example.org/a..b/:"


def test_a_citation_key_stands_for_an_id_that_no_note_can_use() -> None:
    works = [
        {"id": "http://zotero.org/users/1/items/AB", "citation-key": "tarlen2015", "title": "A"},
        {"id": "own", "citation-key": "other", "title": "B"},
    ]
    assert list(read_bibliography("b.json", json.dumps(works))) == ["tarlen2015", "own"]


def test_a_language_that_is_none_is_told_at_its_work() -> None:
    with pytest.raises(SourceError, match=r'b\.json:1:\d+: the work "a": its language "Klingonese".*such as en or fr'):
        read_one(language="Klingonese")
    assert "language" not in read_one(language="mul")


def test_a_work_without_a_title_is_told_unless_it_has_a_key_and_an_author() -> None:
    author = [{"literal": "Mint"}]
    marked = {"custom": {"key": "Mint 2015"}}
    works = {"a": {"author": author}, "b": {"author": author, **marked}, "c": marked, "d": {"title": "D"}}
    text = "[\n" + ",\n".join(json.dumps({"id": key, **work}) for key, work in works.items()) + "]"
    told = list(report_lacks("b.json", text, works))
    assert [(problem.line, "no title" in problem.message) for problem in told] == [(2, True), (4, True)]


@pytest.mark.parametrize(
    ("markup", "is_allowed"),
    [
        ("<i>a</i> <b>b</b> 1<sup>st</sup> CO<sub>2</sub>", True),
        ('<span class="nocase">a</span>', True),
        ('<span style="font-variant:small-caps;">a</span>', True),
        ("<sc>a</sc>", True),
        ('<span class="nocase">a', False),
        ('<span onclick="x">a</span>', False),
        ("<u>a</u>", False),
        ("<i>a</b>", False),
        ("</sup>", False),
        ("a < b and 3<4", True),
    ],
)
def test_the_markup_of_titles_is_that_of_reference_managers(markup: str, is_allowed: bool) -> None:
    assert bool(check_markup("b.json", "", {"a": {"title": markup}})) != is_allowed


def test_a_tag_in_an_identifier_is_none() -> None:
    assert check_markup("b.json", "", {"a": {"DOI": "10.1000/1<A:B>2", "URL": "https://a.b/<i>"}}) == []


def test_markup_is_reduced_to_what_a_note_prints() -> None:
    assert simplify_markup(
        'x<sup>2</sup>, CO<sub>2</sub>, 1<sup>st</sup>, <span class="nocase">a</span>, <i>b</i>'
    ) == ("x², CO₂, 1st, a, <i>b</i>")


def test_those_who_stand_in_for_authors_are_named() -> None:
    editor = [{"family": "Veen", "given": "E.", "non-dropping-particle": "van"}]
    assert name_authors({"id": "a", "title": "The <i>A</i>", "editor": editor}) == "van Veen"
    assert name_authors({"id": "a", "title": "The <i>A</i>"}) == "The A"
