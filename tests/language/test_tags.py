"""The language of a work is read as people write it, or is none that is known."""

import pytest

from briefing.language.tags import find_tag


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("English", "en"),
        ("anglais", "en"),
        ("eng", "en"),
        ("fre", "fr"),
        ("fra", "fr"),
        ("français", "fr"),
        ("Deutsch", "de"),
        ("en_US", "en-US"),
        ("en-us", "en-US"),
        ("British English", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("tmh", "tmh"),
        (" bm ", "bm"),
        ("mul", ""),
        ("und", ""),
        ("Klingonese", None),
        ("en; fr", None),
        ("xq", None),
    ],
)
def test_a_language_is_read_as_people_write_it(written: str, tag: str | None) -> None:
    assert find_tag(written) == tag
