"""The page of a review, read as a person does: its verdict, the cause of each change, and nothing that nobody made."""

import csv
import dataclasses
import functools
import io
import json
import re
from collections.abc import Mapping

import lxml.html
import pytest

from briefing.document.nodes import Chart, Document, FigureUse
from briefing.document.version_names import name_versions_apart
from briefing.document.walking import walk_nodes
from briefing.problems import Problem, encode_problem
from briefing.redline.changes import list_changes
from briefing.review.commits import Commit
from briefing.review.impact_page import write_impact_page, write_impact_table, write_impact_text
from briefing.review.rows import Impact
from briefing.review.states import NoteVersion
from briefing.steps.compare import compare_versions, read_version
from briefing.steps.compose import Target
from briefing.steps.take_version import make_version
from support.editions import read_raw
from support.house import get_house, read_house_files, read_page_templates

POLICY = {"wording": "error", "unbound": "error", "acronym": "error", "citation": "error", "consistency": "error",
          "plausibility": "error", "staleness": "warning"}  # fmt: skip
HOUSES = {tag: get_house(tag) for tag in ("en", "fr")}
ANA = Commit("1a2b3c4", "2019-03-05", "Ana Editor", "Say when the reform begins")
Edit = tuple[str, str, str]
"""A file below sources/, what stands there once, and what is to stand there."""

AS_OF: Edit = ("tiny/note.yaml", 'as_of: "2019-02-11"', 'as_of: "2020-02-01"')
REWRITTEN: Edit = ("tiny/text/01-guards.md", "has not begun.", "begins in 2020, they say.")
YEAR: Edit = ("tiny/text/01-guards.md", "Ruritania had {{ population | about }} inhabitants in 2018",
              "In {{ guards | period }} Ruritania had {{ population | about }} inhabitants")  # fmt: skip
CASES: Mapping[str, tuple[Edit, ...]] = {
    "nothing": (),
    "an as-of date": (AS_OF,),
    "a bound year": (YEAR,),
    "a bound year, later": (YEAR, AS_OF),
    "a note on a figure": (("tiny/figures.yaml", "    unit: persons/km2\n",
                            "    unit: persons/km2\n    note: The population is rounded.\n"),),
    "another source": (("tiny/figures.yaml", "    unit: persons/km2\n",
                        "    unit: persons/km2\n    note: The population is rounded.\n"),
                       ("tiny/observations.csv", "area,undated,41000,km2,census2018,2019-02-11,A,\n",
                        "area,undated,41100,km2,watch,2019-02-11,A,\n")),
    "no source": (("tiny/figures.yaml", "    unit: persons/km2\n",
                   "    unit: persons/km2\n    note: The population is rounded.\n"),
                  ("tiny/observations.csv", "area,undated,41000,km2,census2018,2019-02-11,A,\n",
                   "area,undated,41100,km2,unstated,2019-02-11,A,\n")),
    "a sentence": (("tiny/text/01-guards.md", "has not begun", "has hardly begun"),),
    "an item moved": (("tiny/text/02-help.md", "- training, as SSR asks for;\n", ""),
                      ("tiny/text/02-help.md", "- money.", "- money;\n- training, as SSR asks for.")),
    "the title of a chart": (("tiny/charts.yaml", "Guards, and the women among them", "Who guards the country"),),
    "a picture": (("tiny/charts.yaml", "    height: 40\n", "    height: 44\n"),),
    "an item removed": (("tiny/text/02-help.md", "- training, as SSR asks for;\n", ""),),
    "the name of a source": (("tiny/bibliography.json", "Watch of Strelsau", "Watch of Zenda"),),
    "a false wording": (("tiny/text/01-guards.md", "over 2900", "over 3100"),),
    "no chart": (("tiny/text/01-guards.md", "![](chart:guards)\n", ""),),
    "a false title of a chart": (("tiny/charts.yaml", "Guards, and the women among them",
                                  "The guard has {{ guards | over 3100 }} members"),),
    "a false label in a chart": (("tiny/charts.yaml", 'value: "{{ guards | over 2900 }}"',
                                  'value: "{{ guards | over 3200 }}"'),),
    "a published row": (("tiny/observations.csv", "women_guards,2018,450", "women_guards,2018,460"),),
    "more guards": (("tiny/observations.csv", "\nguards,2018,3000", "\nguards,2018,4000"),),
    "a new vintage": (("tiny/observations.csv", "women_guards,2018,450,persons,watch,2019-02-11,A,\n",
                       "women_guards,2018,450,persons,watch,2019-02-11,A,\n"
                       "women_guards,2018,460,persons,watch,2019-02-10,A,\n"
                       "women_guards,2019,470,persons,watch,2019-02-11,A,\n"),),
    "a hedge": (("common/hedges.yaml", 'nearly: {relation: just_below, tolerance: "0.05"',
                 'nearly: {relation: just_below, tolerance: "0.01"'),),
    "a unit": (("common/units.yaml", 'en: "{number}\\_km²"', 'en: "{number}\\_sq km"'),),
}  # fmt: skip


@functools.cache
def make_files(name: str) -> Mapping[str, bytes]:
    raw = dict(read_raw("tiny"))
    for file, old, new in CASES[name]:
        text = raw[file].decode("utf-8")
        assert text.count(old) == 1, old
        raw[file] = text.replace(old, new).encode("utf-8")
    return make_version("tiny", raw, read_house_files(), [Target(tag, "en", release=False) for tag in HOUSES])


def take(name: str, files: str, commit: Commit | None = None) -> NoteVersion:
    found = make_files(files)
    line = next(
        n for n, text in enumerate(read_raw("tiny")["tiny/text/01-guards.md"].split(b"\n"), 1) if b"SSR" in text
    )
    lines = {("sources/tiny/text/01-guards.md", line): commit} if commit else {}
    return read_version(name, "tiny", found, HOUSES, commit, lines)


@functools.cache
def compare(name: str, commit: Commit | None = None) -> tuple[dict[str, Document], Impact]:
    new = take("HEAD" if commit else "now", name, commit)
    return compare_versions(take("2019-02", "nothing"), new, HOUSES, POLICY)


def read(name: str, commit: Commit | None = None) -> str:
    """Read the page as text, in which no-break spaces are spaces."""
    return write_impact_text(compare(name, commit)[1]).replace("\N{NO-BREAK SPACE}", " ")


def read_part(name: str, title: str) -> str:
    """Read a part of the page: from its heading to the next of its level."""
    return next((part for part in re.split(r"^## ", read(name), flags=re.MULTILINE)[1:] if part.startswith(title)), "")


@pytest.mark.parametrize("name", CASES)
def test_the_page_begins_with_its_verdict_and_the_two_versions(name: str) -> None:
    title, verdict, versions = read(name).rstrip().split("\n\n")[:3]
    assert title == "# Ruritania — A very short note"
    counts = [int(count) for count in re.findall(r": (\d+)\.", verdict)]
    if name == "nothing":
        assert verdict == "**Nothing has changed.**"
    else:
        assert re.fullmatch(r"\*\*Must mend: \d+\. Must read: \d+\. Follows by itself: \d+\.\*\*", verdict)
        assert sum(counts) > 0
    day = "1 February 2020" if AS_OF in CASES[name] else "11 February 2019"
    assert versions == f"From the edition 2019-02 (data as of 11 February 2019) to the working tree (data as of {day})."


def test_old_data_of_which_other_advice_is_given_is_no_other_finding() -> None:
    """An edition keeps what was found, in the words of its day."""
    now = take("now", "nothing")
    versions = [
        dataclasses.replace(now, problems=[encode_problem(Problem("a.csv", 2, 3, text, "staleness", "warning"))])
        for text in (
            "population (2018): 30 months old; add a newer row",
            "population (2018): 31 months old; look for one",
        )
    ]
    impact = compare_versions(versions[0], versions[1], HOUSES, POLICY)[1]
    assert "months old" not in json.dumps(impact)


@pytest.mark.parametrize("name", CASES)
def test_what_is_counted_is_shown(name: str) -> None:
    impact = compare(name)[1]
    page = lxml.html.document_fromstring(write_impact_page(impact, read_page_templates(), {}))
    shown = [len(page.xpath(f"//section[h2/@id='{part}']//ul[@class='items']/li")) for part in ("mend", "read")]
    follows = len(
        page.xpath("//section[h2/@id='follows']//tbody/tr|//section[h2/@id='follows']//ul[@class='texts']/li")
    )
    counts = [int(count) for count in page.xpath("//ul[@class='verdict']//strong/text()")] or [0, 0, 0]
    assert counts == [*shown, follows]


@pytest.mark.parametrize("name", CASES)
def test_the_table_has_one_header_and_every_row_of_the_page(name: str) -> None:
    redlines, impact = compare(name)
    header, *rows = csv.reader(io.StringIO(write_impact_table(impact)))
    assert header[:3] == ["list", "language", "group"] and len({len(row) for row in [header, *rows]}) == 1
    items = [item for group in [*impact["mend"], *impact["read"]] for item in group["items"]]
    count = len(items) + sum(len(item["translations"]) for item in items)
    count += len(impact["figures"]) + len(impact["follows"])
    assert len(rows) == count + sum(len(list_changes(redline)) for redline in redlines.values())


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_told_that_nobody_made(name: str) -> None:
    """No version id, no wording that was near its limit before, no figure by its id, no digits without end."""
    text = re.sub(r"\]\(redline[^)]*\)", "]", read(name))
    for version in ("nothing", name):
        assert take("v", version).documents["en"].metadata.version not in text
    if name != "a hedge":
        moved = {row["figure"] for row in compare(name)[1]["figures"]}
        assert moved or "limit" not in text
    assert not re.search(r"(?<![\w/.,])(women_guards|population_density|people_per_guard)(?! *\|)", text)
    assert not re.search(r"\d\.\d{5}", text)
    assert "{{" not in text


def test_new_data_leaves_wordings_dates_and_citations_behind_and_each_is_told() -> None:
    part = read_part("an as-of date", "Must mend")
    assert "“nearly 30” is not true: Population density is 31.7, and was 29.3. True would be" in part
    assert "**?nearly 30?** people live on a square kilometre" in part
    assert "“2018” is typed; population is now of 2019." in part
    assert "“February 2019” is typed; the data are as of 1 February 2020." in part
    read_in = read_part("an as-of date", "Must read")
    assert "### Population: 1.2 million (2018) → 1.3 million (2019)" in read_in
    assert "It moved 3 figures" in read_in


def test_a_wording_that_is_true_but_says_less_than_it_could_is_told() -> None:
    part = read_part("more guards", "Must read")
    assert "### Wordings that are true, but have gone slack" in part
    assert "“over 2,900”: Guards is 4,000, 28% from the limit. “The guard has over 2,900 members" in part


def test_a_sentence_that_somebody_rewrote_is_read_whole_in_both_languages() -> None:
    assert "Must mend: 1. Must read: 1." in read("a sentence")
    part = read_part("a sentence", "Must read")
    assert "### 1 The guards (1)" in part
    assert "“Security sector reform (SSR) has ~~not~~ **hardly** begun" in part
    mend = read_part("a sentence", "Must mend")
    assert "### Translations to bring up to date (French) (1)" in mend
    # The old translation stands there, and what the text says now.
    assert re.search(r"n’a pas commencé.*\*\*.*has hardly begun", mend), mend
    assert "~~" not in mend


def test_what_was_moved_says_from_where_to_where() -> None:
    part = read_part("an item moved", "Must read")
    assert re.search(r"Moved from the beginning to the end\. “training, as SSR asks for", part), part


def test_a_title_of_a_chart_edited_by_hand_is_text_and_shown() -> None:
    part = read_part("the title of a chart", "Must read")
    assert "### 1.1 Their number (1)" in part and "Who guards the country" in part and "~~Guards, and the women" in part
    causes = {change.cause.kind for change in list_changes(compare("the title of a chart")[0]["en"])}
    assert causes == {"text"}


def test_of_a_picture_with_the_same_words_it_is_said_that_the_picture_is_another() -> None:
    assert "The picture is another; its words are the same. “Guards, and the women" in read_part(
        "a picture", "Must read"
    )


def test_a_published_row_that_was_changed_in_place_is_told_apart_from_a_new_vintage() -> None:
    said = "the published row was changed in place"
    assert said in read("a published row") and said not in read("a new vintage")
    assert "Women in the guard: 450 (2018) → 470 (2019)" in read("a new vintage")
    # No figure that follows from it is named as its own cause, and the texts are nobody's.
    assert "Text (English)" not in read("a published row")


def test_a_hedge_that_promises_something_else_is_named_with_its_rule() -> None:
    part = read_part("a hedge", "Must mend")
    said = "“nearly 30” is not true: Population density is 29.3 as before, but “nearly” now allows 1% on a side"
    assert re.search(re.escape(said) + r", and allowed 5% \(sources/common/hedges\.yaml:\d+\)", part), part
    assert read_part("a hedge", "Follows") == ""


def test_of_an_edition_that_has_no_tables_no_older_rule_is_told() -> None:
    files = {name: content for name, content in make_files("nothing").items() if "/common/" not in name}
    old = read_version("2019-02", "tiny", files, HOUSES)
    _, impact = compare_versions(old, take("now", "a hedge"), HOUSES, POLICY)
    (said,) = [item["says"] for group in impact["mend"] for item in group["items"]]
    assert "as before, but “nearly” now allows 1% on a side (sources/common/hedges.yaml:" in said


def test_one_change_of_the_house_is_one_cause_in_prose_annex_and_french() -> None:
    part = read_part("a unit", "Follows by itself (1)")
    assert re.search(r"sources/common/units\.yaml, km2\): \d places? \(English\)", part), part
    assert "“41,000 km²” → “41,000 sq km”" in part
    for tag, kinds in (("en", {"house"}), ("fr", {"translation"})):
        assert {change.cause.kind for change in list_changes(compare("a unit")[0][tag])} <= kinds
    assert "Text (" not in read("a unit")


def test_commits_name_the_versions_and_who_wrote_a_text() -> None:
    text = read("a sentence", ANA)
    assert "to commit 1a2b3c4 of 5 March 2019, “Say when the reform begins”" in text
    assert (
        "### Ana Editor\n\n2019-03-05, 1a2b3c4: Say when the reform begins (1 place in English, 1 place in French)"
        in text
    )
    assert "text/01-guards.md:4`, Ana Editor, 2019-03-05, 1a2b3c4: “Security sector reform" in text
    redline = compare("a sentence", ANA)[0]["en"]
    assert "commit 1a2b3c4" in redline.versions[1]
    assert {(c.cause.author, c.cause.day) for c in list_changes(redline)} == {("Ana Editor", "2019-03-05")}


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_a_false_wording_bears_its_doubt_in_the_redline_and_in_neither_version(tag: str) -> None:
    redlines, _ = compare("an as-of date")
    text = str(redlines[tag])
    said = {"en": "not true: Population density is 31.7", "fr": "inexact : "}[tag]
    assert said in text.replace("\\xa0", " ").replace("\N{NO-BREAK SPACE}", " ").replace("\\u202f", " ")


def test_both_places_of_a_move_have_one_cause_and_what_went_is_nobodys_who_wrote_what_stands_there_now() -> None:
    """The id of the item that went is now that of another one, which Ben wrote."""
    ben = Commit("5d6e7f8", "2019-03-06", "Ben Editor", "Count them")
    signed = {("sources/tiny/text/02-help.md", 5): ben, ("sources/tiny/text/02-help.md", 7): ANA}
    new = read_version("HEAD", "tiny", make_files("an item moved"), HOUSES, ANA, signed)
    redlines, _ = compare_versions(take("2019-02", "nothing"), new, HOUSES, POLICY)
    marks = {tag: [mark for node in walk_nodes(redline.blocks) if (mark := getattr(node, "mark", None))]
             for tag, redline in redlines.items()}  # fmt: skip
    assert [(mark.kind, mark.move, mark.cause.author) for mark in marks["en"]] == [
        ("deleted", "move-1", "Ana Editor"),
        ("inserted", "move-1", "Ana Editor"),
    ]
    # The French item, which has no translation any more, is not known to be the same.
    french = [(mark.kind, mark.cause.author) for mark in marks["fr"]]
    assert french == [("deleted", "Texte"), ("inserted", "Ana Editor")]


@pytest.mark.parametrize(("name", "wording", "shown"), [
    ("a false title of a chart", "over 3,100", "The guard has **?over 3,100?** members"),
    ("a false label in a chart", "over 3,200", "Guards, and the women among them"),
])  # fmt: skip
def test_what_is_not_true_of_a_chart_is_told_once_and_marked_in_its_redlines(
    name: str, wording: str, shown: str
) -> None:
    part = read_part(name, "Must mend")
    assert part.count(f"“{wording}” is not true: Guards is 3,000.") == 1 and shown in part
    for redline in compare(name)[0].values():
        (chart,) = (block for block in redline.blocks if isinstance(block, Chart))
        assert any(isinstance(use, FigureUse) and use.doubt for use in walk_nodes(chart))


def test_a_chart_whose_title_has_no_translation_is_mended_and_not_read_again() -> None:
    part = read_part("the title of a chart", "Must mend")
    assert "### Translations to bring up to date (French) (1)" in part
    assert re.search(r"La garde et ses femmes|Les gardes.*\*\*.*Who guards the country", part), part
    assert "(French)" not in read_part("the title of a chart", "Must read")


def test_what_was_removed_is_read_in_one_language_and_a_chart_by_its_title() -> None:
    part = read_part("no chart", "Must read")
    assert "Removed. “~~Guards, and the women among them~~”" in part and "(French)" not in part
    assert "Moved or removed in the translation as in the source: 1 place (French)" in read_part("no chart", "Follows")


def test_a_unit_that_the_house_has_not_translated_is_told_once_and_marked_where_it_is_printed() -> None:
    assert read("a unit").count("sq km") == 2  # the missing translation, and an example
    assert "Must mend: 1. Must read: 0." in read("a unit")
    text = str(compare("a unit")[0]["fr"])
    assert "[non traduit] 41" in text


def test_a_sentence_that_names_the_year_of_another_figure_is_told_once_its_own_is_of_another_year() -> None:
    _, impact = compare_versions(take("v", "a bound year"), take("now", "a bound year, later"), HOUSES, POLICY)
    said = [item["says"] for group in impact["mend"] for item in group["items"] if "names" in item["says"]]
    assert said == ["Population is now of 2019; the sentence names 2018, the year of guards."]


def test_what_was_removed_leads_to_where_it_was_and_to_no_line_of_another_text() -> None:
    redlines, impact = compare("an item removed")
    (item,) = (item for group in impact["read"] for item in group["items"] if item["says"] == "Removed.")
    assert (item["place"], item["runs"]) == ("", [("deleted", "training, as SSR asks for;")])
    (there,) = (n for n in walk_nodes(name_versions_apart(redlines["en"])) if getattr(n, "id", "") == item["anchor"])
    assert there.mark is not None and there.mark.kind == "deleted"


def test_what_differs_in_the_same_words_at_several_places_is_shown_once() -> None:
    part = read_part("the name of a source", "Must read")
    assert part.count("The same at 1 other place. “Watch of ~~Strelsau~~ **Zenda**, no date”") == 1
    assert "figure-women_guards" not in part


@pytest.mark.parametrize(
    ("change", "named"), [("another source", "Hentzau, 2018; Watch of Strelsau"), ("no source", "no stated source")]
)
def test_the_note_on_a_figure_that_is_computed_from_another_source_is_to_be_read(change: str, named: str) -> None:
    _, impact = compare_versions(take("v", "a note on a figure"), take("now", change), HOUSES, POLICY)
    said = [item for group in impact["read"] for item in group["items"] if "its note" in item["says"]]
    (note,) = said
    assert note["says"].startswith("Population density is now computed from ") and named in note["says"]
    assert note["runs"] == [("", "The population is rounded.")]


def test_the_table_has_both_versions_of_a_sentence_whole_though_a_wording_of_it_is_not_true() -> None:
    rows = {name: [row for row in csv.DictReader(io.StringIO(write_impact_table(compare(name)[1])))
                   if row["group"] == "Wordings that are not true"]
            for name in ("an as-of date", "a false wording")}  # fmt: skip
    (density,) = (row for row in rows["an as-of date"] if "nearly 30" in row["says"])
    assert density["old"] == density["new"] and density["old"].startswith("On average nearly 30")
    (guards,) = rows["a false wording"]
    assert guards["old"].startswith("The guard has over 2,900") and guards["new"].startswith("The guard has over 3,100")


@pytest.mark.parametrize("name", CASES)
def test_a_sentence_stands_in_one_place_of_the_page_whatever_is_said_of_it(name: str) -> None:
    impact = compare(name)[1]
    items = [item for group in [*impact["mend"], *impact["read"]] for item in group["items"] if item["anchor"]]
    shown = [(item["language"], item["anchor"], str(item["runs"])) for item in items]
    assert len(shown) == len(set(shown))


def test_what_must_be_read_is_ordered_as_the_note_is() -> None:
    part = read_part("the name of a source", "Must read")
    assert re.findall(r"^### (.*)", part, re.MULTILINE) == [
        "1.1 Their number (2)", "References (1)", "How the numbers were computed (1)"
    ]  # fmt: skip


def test_what_a_text_and_its_translation_changed_is_read_together() -> None:
    _, impact = compare("the name of a source")
    items = [item for group in impact["read"] for item in group["items"]]
    assert [(item["language"], [other["language"] for other in item["translations"]]) for item in items] == [
        ("en", ["fr"])
    ] * 4
    assert impact["translations"] == [
        "French: 1 text to translate anew; 4 changes beside the text that changed with it."
    ]
    assert compare("nothing")[1]["translations"] == []
