"""Names are sorted as readers look for them."""

from itertools import permutations

import pytest

from briefing.language.collation import make_sort_key


@pytest.mark.parametrize(
    "sorted_names",
    [
        ["Odin", "Œuvre", "Of", "Øst", "Oz", "Zed"],
        ["Dab", "Ðan", "Đem", "Dim"],
        ["Ecole", "École Normale", "Edo"],
        ["Lab", "Łem", "Lum"],
        ["Ndia", "N’Diaye", "Ndiayf"],
        ["Straße A", "Strasse B", "Straße C"],
        ["ɓa", "bi", "ɗa", "di"],
        ["al-Sapt", "Al Tarlen", "Alz"],
    ],
)
def test_letters_with_accents_strokes_and_ligatures_stand_with_their_base(sorted_names: list[str]) -> None:
    for names in list(permutations(sorted_names))[:50]:
        assert sorted(names, key=make_sort_key) == sorted_names
