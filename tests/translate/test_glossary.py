"""The glossary: what counts as a term, and what as its equivalent."""

import csv
import io

import pytest

from briefing.document.nodes import Cite, CitePart, FigureUse, Text
from briefing.problems import Place
from briefing.translate.glossary import check_terms, read_glossary
from support.house import ROOT

TABLE = "en,fr,note\n" + "\n".join(
    [
        "security sector,secteur de la sécurité,",
        "security sector reform,réforme du secteur de la sécurité,",
        "Constitutional Court,Cour constitutionnelle,",
        "self-defence groups,groupes d’autodéfense|milices,",
        '"disarmament, demobilisation","désarmement, démobilisation",',
    ]
)


def find_terms(english: str, french: str) -> list[str]:
    pairs = [("section", (Text(english),), (Text(french),), Place("fr.po", 7))]
    return [
        problem.message.split("”")[0][1:]
        for _, problem in check_terms(pairs, read_glossary(TABLE, "en", "fr"), "g.csv")
    ]


@pytest.mark.parametrize(
    ("english", "french", "missed"),
    [
        ("The security sector", "Le secteur de la sécurité", []),
        ("Security sectors", "Les secteurs de la sécurité", []),
        ("The security sector", "Le secteur sécuritaire", ["security sector"]),
        ("Security sector reform", "La réforme du secteur de la sécurité", []),
        ("Security sector reform", "La réforme sécuritaire", ["security sector reform"]),
        ("the Constitutional Court", "la Cour suprême", ["Constitutional Court"]),
        ("constitutional courts", "des juridictions constitutionnelles", []),
        ("self-defence groups", "des milices", []),
        ("self-defence groups", "des groupes d'autodéfense", []),
        ("disarmament, demobilisation and more", "le désarmement, la démobilisation", ["disarmament, demobilisation"]),
        ("disarmament, demobilisation and more", "désarmement, démobilisation et plus", []),
    ],
)
def test_a_term_asks_for_one_of_its_equivalents(english: str, french: str, missed: list[str]) -> None:
    assert find_terms(english, french) == missed


def test_a_term_within_a_citation_or_a_figure_does_not_count() -> None:
    run = (Cite((CitePart("a", "Security sector"),)), FigureUse("b", "security sector"))
    assert (
        list(check_terms([("s", run, (Text("rien"),), Place("fr.po", 1))], read_glossary(TABLE, "en", "fr"), "g.csv"))
        == []
    )


def test_the_house_glossary_has_sixty_terms_each_once_with_an_equivalent() -> None:
    text = (ROOT / "sources/common/glossary.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) >= 60 and len({row["en"] for row in rows}) == len(rows)
    assert len(read_glossary(text, "en", "fr")) == len(rows)
