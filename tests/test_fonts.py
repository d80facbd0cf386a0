"""Tests of `briefing.fonts`."""

import io
import os
import subprocess

import pytest
from fontTools.ttLib import TTFont

from briefing.fonts import FACES, NOTE_CHARACTERS, WEB_FACES, cut_fonts, find_uncovered_characters
from support.house import make_font_folder, make_fonts

pytestmark = pytest.mark.layout


def read_characters(face: str) -> set[str]:
    return {chr(code) for code in TTFont(io.BytesIO(make_fonts()[f"{face}.ttf"])).getBestCmap()}


def test_each_style_of_the_two_families_together_covers_every_character_that_notes_may_use() -> None:
    for style in ("Regular", "Bold", "Italic", "BoldItalic"):
        covered = read_characters(f"FiraGO-{style}") | read_characters(f"NotoSans-{style}")
        assert sorted(NOTE_CHARACTERS - covered) == []


def test_french_and_bambara_and_the_spaces_of_french_numbers_may_be_used() -> None:
    assert (
        find_uncovered_characters(
            ["L’œuvre, où çà", "bamanankan ɲɔgɔn, Ɛ Ŋ", "13\u202f800", "5\u00a0%", "S\u20112016", "−1"]
        )
        == set()
    )


def test_a_character_outside_the_set_is_found_and_line_breaks_are_not() -> None:
    assert find_uncovered_characters(["Мали\n\t"]) == set("Мали")


def test_a_face_holds_nothing_but_the_characters_it_is_cut_to() -> None:
    assert read_characters("FiraGO-Regular") <= NOTE_CHARACTERS


def test_cutting_twice_gives_the_same_bytes() -> None:
    assert cut_fonts() == make_fonts()


def test_the_faces_that_html_embeds_come_as_woff2_too() -> None:
    assert {name for name in make_fonts() if name.endswith(".woff2")} == {f"{face}.woff2" for face in WEB_FACES}


def test_tabular_figures_and_kerning_survive_the_cut() -> None:
    font = TTFont(io.BytesIO(make_fonts()["FiraGO-Regular.ttf"]))
    assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert "kern" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}


def test_the_configuration_names_no_font_of_the_host() -> None:
    environment = {**os.environ, "FONTCONFIG_FILE": f"{make_font_folder()}/fonts.conf"}
    try:
        listing = subprocess.run(
            ["fc-list", "-f", "%{file}\n"], env=environment, capture_output=True, text=True, check=True
        )
    except FileNotFoundError:
        pytest.skip("fc-list (fontconfig) is not on this machine")
    assert sorted(map(os.path.basename, listing.stdout.split())) == sorted(f"{face}.ttf" for face in FACES)
    assert listing.stderr == ""
