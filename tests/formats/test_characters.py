"""Characters: what no editor can see is told where it stands, whatever it is called."""

import sys
import unicodedata

import pytest

from briefing.fonts import NOTE_CHARACTERS
from briefing.formats.characters import check_characters, is_hidden

UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def test_every_character_of_control_or_format_is_hidden_but_for_tabs_and_line_ends() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    missed = {c for c in every if unicodedata.category(c) in UNSEEN and not is_hidden(c)}
    assert missed == {"\t", "\n"}


def test_no_letter_digit_mark_or_sign_that_the_fonts_of_the_note_hold_is_hidden() -> None:
    assert [c for c in sorted(NOTE_CHARACTERS) if is_hidden(c) and unicodedata.category(c)[0] in "LMNPSZ"] == []


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        ("\u202e", "an invisible mark that turns the direction of text (U+202E, right-to-left override)"),
        ("\u200f", "an invisible mark that turns the direction of text (U+200F, right-to-left mark)"),
        ("\u200b", "an invisible character (U+200B, zero width space)"),
        ("\u3164", ""),  # a blank letter, which is wide: no font of the note holds it
        ("\u2028", "an invisible character (U+2028, line separator)"),
        ("\u115f", 'an invisible character "\u115f" (U+115F, hangul choseong filler)'),
        ("\ufffc", 'an invisible character "\ufffc" (U+FFFC, object replacement character)'),
        ("\U000e0041", "an invisible character (U+E0041, tag latin capital letter a)"),
        ("\x7f", "a control character (U+007F)"),
        ("\ud800", "one half of a character (U+D800)"),
    ],
)
def test_a_hidden_character_is_told_where_it_stands(character: str, kind: str) -> None:
    told = [(p.line, p.column, p.message) for p in check_characters("a.md", f"One\ntw{character}o {character}\n")]
    message = f"here stands {kind}; delete it, or type the line anew"
    assert told == ([(2, 3, message), (2, 6, message)] if kind else [])
