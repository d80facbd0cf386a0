"""What a text has of other markup, or was decoded twice, is found where it stands; plain text has none of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.formats.decoded_twice import find_decoded_twice, restore
from briefing.formats.stray_markup import find_stray_markup

LETTERS = st.text(st.characters(codec="cp1252", categories=["L", "N", "Zs"]), max_size=30)
FRENCH = st.text(st.sampled_from("aeéèêëàâçîïôùûœÉÀ’“”«»–€ n"), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "offset", "said"),
    [
        ("the {money} here", 4, "{money}"), ("{% if x %} a", 0, "{% if x %}"),
        (r"\textbf{money}", 0, r"\textbf{money}"),
        (r"an \emph{odd} word", 3, r"\emph{odd}"), ("of $x^2$ men", 3, "$x^2$"), (r"G\"{o}del", 1, r"\"{o}"),
    ],
)  # fmt: skip
def test_other_markup_is_found_once(text: str, offset: int, said: str) -> None:
    ((found, what),) = find_stray_markup(text)
    assert found == offset and what.startswith(f'"{said}" ')


@pytest.mark.parametrize("text", ["a <b>word</b>", "R&amp;D", "line<br/>end"])
def test_html_is_markup_where_nothing_reads_it(text: str) -> None:
    assert list(find_stray_markup(text, plain=True)) and not list(find_stray_markup(text))


@pytest.mark.parametrize(
    "text",
    ["{{ guards | over 2900 }}", "[mot]{lang=fr}", "# Title {#title}", "USD 5 and $6", "a < b and c > d", "AT&T"],
)
def test_what_a_note_may_say_is_no_stray_markup(text: str) -> None:
    assert not list(find_stray_markup(text, plain=True))


@given(FRENCH)
def test_a_text_decoded_twice_is_found_and_put_right(text: str) -> None:
    twice = text.encode("utf-8").decode("cp1252", errors="ignore")
    if twice.encode("cp1252") != text.encode("utf-8") or text.isascii():
        return
    found = list(find_decoded_twice(twice))
    assert found and all("decoded twice" in what for _, what in found)


@given(LETTERS)
def test_words_of_european_languages_are_not_taken_for_it(text: str) -> None:
    assert not list(find_decoded_twice(text)) or set(text) & set("ÃÂâÅ")


@given(FRENCH, st.sampled_from([("mac_roman", 1), ("cp850", 1), ("cp1252", 1), ("cp1252", 2), ("cp1252", 3)]))
def test_what_a_text_should_be_is_said_however_often_it_was_decoded(text: str, way: tuple[str, int]) -> None:
    codec, times = way
    wrong = f"caf{text}é"
    for _ in range(times):
        try:
            wrong = wrong.encode("utf-8").decode(codec)
        except UnicodeDecodeError:
            return
    assert restore(wrong) == f"caf{text}é"
    assert list(find_decoded_twice(wrong))


@pytest.mark.parametrize("text", ["« LIBERTÉ»", "5 Å long", "SÃO PAULO", "Ça va ?", "« oui »", "Ménaka–Gao", "√2"])
def test_letters_that_stand_for_themselves_are_left_alone(text: str) -> None:
    assert not list(find_decoded_twice(text))
