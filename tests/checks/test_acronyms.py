"""Acronyms: listed, spelled out at first use in running text, and listed only when used."""

from itertools import permutations

import pytest

from briefing.checks.acronyms import check_acronyms, find_used
from briefing.compose.acronyms import make_acronym_table, mark_acronyms
from briefing.document.nodes import Abbreviation, Block, FigureUse, Heading, List, ListItem, Note, Paragraph, Text
from briefing.document.walking import get_text
from briefing.language.number_formatting import Language
from briefing.problems import Place, Problem, SourceError
from briefing.sources.acronyms import Acronym, make_pattern, read_acronyms
from support.house import get_house
from support.measures import make_language

LISTED = {
    short: Acronym(short, short, expansion, "", (), line)
    for line, (short, expansion) in enumerate(
        {
            "SSR": "security sector reform",
            "UN": "United Nations",
            "USD": "United States dollar",
            "G5": "Group of Five",
            "CV-19": "corona virus",
        }.items(),
        2,
    )
}


ENGLISH, FRENCH = make_language(), Language("fr", "fr-FR", {}, {}, get_house("fr").grammar)


def check(*blocks: Block, acronyms: dict[str, Acronym] | None = None, language: Language = ENGLISH) -> list[Problem]:
    places = {block.id: Place("a.md", number) for number, block in enumerate(blocks, 1)}
    listed = LISTED if acronyms is None else acronyms
    return check_acronyms(blocks, listed, [], places, Place("acronyms.csv", 1), language)


def complain(*texts: str) -> list[str]:
    """List the errors of paragraphs; warnings of acronyms that are not used are left out."""
    blocks = [Paragraph(f"p-{number}", (Text(text),)) for number, text in enumerate(texts, 1)]
    return [str(problem) for problem in check(*blocks) if problem.severity == "error"]


@pytest.mark.parametrize(
    "text",
    [
        "Security sector reform (SSR) began. SSR went on.",
        "security-sector reform (SSR) began.",
        "Security sector reforms (SSRs) began.",
        "SSR (security sector reform) began.",
    ],
)
def test_an_acronym_that_is_spelled_out_at_first_use_passes(text: str) -> None:
    assert complain(text) == []


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        (ENGLISH, "national security agency", "national security agencies"),
        (ENGLISH, "non-state actor", "non-state actors"),
        (ENGLISH, "search branch", "search branches"),
        (ENGLISH, "house of boxes", "houses of boxes"),
        (ENGLISH, "chief of staff", "chiefs of staff"),
        (ENGLISH, "coast guard half", "coast guard halves"),
        (ENGLISH, "police man", "police men"),
        (ENGLISH, "peace initiative", "peace initiatives"),
        (ENGLISH, "memorandum of understanding", "memoranda of understanding"),
        (ENGLISH, "crisis base", "crises bases"),
        (ENGLISH, "displaced person", "displaced people"),
        (ENGLISH, "arms embargo", "arms embargoes"),
        (ENGLISH, "cache of indices", "caches of indexes"),
        (ENGLISH, "child’s criterion", "child’s criteria"),
        (ENGLISH, "station bus", "stations buses"),
        (ENGLISH, "non-state movie", "non-state\u00a0movies"),
        (FRENCH, "conseil régional", "conseils régionaux"),
        (FRENCH, "réseau national d’eau", "réseaux nationaux d’eau"),
        (FRENCH, "lieu de travail", "lieux de travaux"),
        (FRENCH, "noyau du genou", "noyaux du genoux"),
        (FRENCH, "personne déplacée dans son pays", "personnes déplacées dans leur pays"),
        (FRENCH, "festival du détail", "festivals du détail"),
        (FRENCH, "groupe armé signataire", "groupes armés signataires"),
    ],
)
def test_an_expansion_is_known_in_the_singular_and_the_plural(language: Language, one: str, many: str) -> None:
    for listed, written in ((one, many), (many, one), (one, one), (many, many)):
        acronyms = {"NSA": Acronym("NSA", "NSA", listed, "", (), 2)}
        for text in (f"The {written} (NSA) came.", f"The {written} (NSAs) came.", f"NSA ({written}) came."):
            assert check(Paragraph("p", (Text(text),)), acronyms=acronyms, language=language) == [], (listed, text)
        other = check(Paragraph("p", (Text(f"The big {written[4:]} (NSA)"),)), acronyms=acronyms, language=language)
        assert [problem.kind for problem in other] == ["acronym"]


@pytest.mark.parametrize("between", ["-", "/", "–", "‑"])
@pytest.mark.parametrize("parts", [*permutations(["UNs", "SSR", "G5", "CV-19"], 2), ("UN", "CV-19", "SSRs")])
def test_listed_acronyms_may_be_joined(parts: tuple[str, ...], between: str) -> None:
    joined = between.join(parts)
    spelled = "The United Nations (UN), Group of Five (G5), corona virus (CV-19) and security sector reform (SSR)"
    assert complain(f"{spelled}: the {joined} cell, a non-{joined} one.") == []
    for text in (f"the {joined} cell", f"the non-{joined} cell"):
        marked = mark_acronyms(Paragraph("p", (Text(text),)), LISTED, make_pattern(LISTED))
        assert [node.text for node in marked.children if isinstance(node, Abbreviation)] == list(parts)
        assert get_text(marked.children) == text


@pytest.mark.parametrize("name", ["UN-Habitat", "UN-Ruritania"])
def test_an_acronym_within_another_name_is_neither_marked_nor_told(name: str) -> None:
    assert complain(f"The {name} team.") == []
    marked = mark_acronyms(Paragraph("p", (Text(name),)), LISTED, make_pattern(LISTED))
    assert marked.children == (Text(name),)


@pytest.mark.parametrize("joined", ["UN-NATO", "NATO-UN", "XUN-SSR", "UN-5"])
def test_a_joint_of_which_a_part_is_not_listed_is_told_whole(joined: str) -> None:
    (problem,) = complain(f"The {joined} cell.")
    assert f"{joined} is used and not listed" in problem


def test_a_language_without_a_column_is_told_with_the_column() -> None:
    with pytest.raises(SourceError) as told:
        read_acronyms("acronyms.csv", "acronym,expansion_en,language\nUN,United Nations,en\n", "es")
    (problem,) = told.value.problems
    assert str(problem).startswith('acronyms.csv:1:1: there is no column "expansion_es"; add it')


def test_an_acronym_that_is_not_spelled_out_is_told_once_with_what_to_write() -> None:
    problems = complain("Reform began.", "The UN helps SSR.", "SSR and the United Nations (UN) again.")
    assert problems == [
        'a.md:2:1: UN is not spelled out at its first use; write "United Nations (UN)"',
        'a.md:2:1: SSR is not spelled out at its first use; write "security sector reform (SSR)"',
    ]


def test_an_acronym_that_is_not_listed_is_told() -> None:
    assert complain("The NATO, the FC-G5S and non-EU ones came.") == [
        "a.md:1:1: NATO is used and not listed; add it to acronyms.csv or to the exemptions",
        "a.md:1:1: FC-G5S is used and not listed; add it to acronyms.csv or to the exemptions",
        "a.md:1:1: EU is used and not listed; add it to acronyms.csv or to the exemptions",
    ]


def test_words_and_roman_numbers_are_no_acronyms() -> None:
    assert complain("Keïta met Hassan II in Timbuktu; part XIV is lost.") == []


def test_an_acronym_that_is_listed_and_not_used_is_a_warning_at_its_row() -> None:
    problems = check(
        Paragraph("p", (Text("United Nations (UN) and USD."),)), acronyms={n: LISTED[n] for n in ("SSR", "UN")}
    )
    warnings = [problem for problem in problems if problem.severity == "warning"]
    assert [(w.file, w.line, w.message.split(";")[0]) for w in warnings] == [
        ("acronyms.csv", 2, "SSR is listed and never used")
    ]


def test_lists_and_footnotes_count_as_running_text_in_reading_order() -> None:
    items = (ListItem("l-1", (Text("The United Nations (UN)"),)), ListItem("l-2", (Text("and the UN"),)))
    note = Note("note-a", 1, (Text("SSR is not spelled out."),))
    problems = check(List("l", False, items), Paragraph("p", (Text("Text"), note)))
    assert [problem.message.split(" ")[0] for problem in problems if problem.severity == "error"] == ["SSR"]


def test_acronyms_in_text_and_figures_are_marked_and_found_with_their_plurals() -> None:
    pattern = make_pattern(LISTED)
    paragraph = Paragraph("p", (Text("Two SSRs, no USDA, G5-S."), FigureUse("debt", "USD 4 billion")), ("F001",))
    marked = mark_acronyms(paragraph, LISTED, pattern)
    assert [node.text for node in marked.children if isinstance(node, Abbreviation)] == ["SSRs"]
    assert get_text(marked.children) == get_text(paragraph.children) and marked.facts == ("F001",)
    assert list(find_used((Heading("h", 1, "1", (Text("Title"),)), marked), pattern)) == ["SSR", "USD"]


def test_the_list_of_acronyms_is_in_alphabetical_order() -> None:
    table = make_acronym_table(["USD", "G5", "UN"], LISTED, ("Acronym", "Meaning"))
    assert [row.id for row in table.rows] == ["acronym-g5", "acronym-un", "acronym-usd"]


def test_an_expansion_in_another_language_is_marked_as_such() -> None:
    text = "acronym,expansion_en,expansion_fr,language,facts,comment\nMOC,Mécanisme,Mécanisme,fr,F001 F002,\n"
    acronym = read_acronyms("acronyms.csv", text, "en")["MOC"]
    assert (acronym.language, acronym.facts, acronym.line) == ("fr", ("F001", "F002"), 2)
    assert read_acronyms("acronyms.csv", text, "fr")["MOC"].language == ""


ORIGIN = "acronym,expansion_en,expansion_fr,language,formed_from\nMA,Arab Movement,Mouvement arabe,en,fr\n"


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("The Arab Movement (Mouvement arabe, MA) came.", True),
        ("The Arab Movements (Mouvement arabe, MA) came.", True),
        ("The Arab Movement (MA, Mouvement arabe) came.", False),
        ("The Arab Movement (MA) came.", False),
        ("The Mouvement arabe (MA) came.", False),
        ("The MA (Arab Movement) came.", False),
    ],
)
def test_an_acronym_of_a_name_in_another_language_has_that_name_before_it(text: str, passes: bool) -> None:
    listed = read_acronyms("acronyms.csv", ORIGIN, "en")
    told = [problem.message for problem in check(Paragraph("p", (Text(text),)), acronyms=listed)]
    remedy = 'MA is not spelled out at its first use; write "Arab Movement (*Mouvement arabe*, MA)"'
    assert told == ([] if passes else [remedy])


def test_in_the_language_that_an_acronym_is_formed_from_its_name_stands_once() -> None:
    listed = read_acronyms("acronyms.csv", ORIGIN, "fr")
    text = "Le Mouvement arabe (MA) est venu."
    assert check(Paragraph("p", (Text(text),)), acronyms=listed, language=FRENCH) == []
