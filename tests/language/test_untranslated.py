"""Translations that are their source: told, unless a name, a loan or a number makes them right."""

import pytest

from briefing.formats.po_catalogue import Catalogue, Entry
from briefing.language.untranslated import is_untranslated, list_said

FRENCH = {
    "The police of the country": "La police du pays",
    "A national justice": "Une justice nationale de la police [@watch], {reading}",
    "Further reading": "Further reading",
}
SAID = list_said(Catalogue("fr.po", {("a", text): Entry(said, 1, False) for text, said in FRENCH.items()}))


def test_the_words_said_are_those_of_what_is_translated() -> None:
    assert {"police", "nationale", "La"} <= SAID
    assert not {"reading", "watch", "country"} & SAID


@pytest.mark.parametrize(
    "text",
    [
        "Adult literacy",
        "The guards",
        "security sector reform",
        "{guards} guards stand there [@watch]",
        "force of police",
        "Further reading",
    ],
)
def test_a_text_with_common_words_of_the_source_is_doubted(text: str) -> None:
    assert is_untranslated(text, SAID, ["of", "the"])


@pytest.mark.parametrize(
    "text",
    [
        "Ruritania",
        "Transparency International",
        "G5",
        "S/2016/281",
        "{number} km²",
        "Police nationale",
        "Institut de recherche",
        "The Economist",
        "budget",
        "Justice",
        "",
    ],
)
def test_names_loans_and_numbers_are_not_doubted(text: str) -> None:
    assert not is_untranslated(text, SAID, ["of", "the"])
