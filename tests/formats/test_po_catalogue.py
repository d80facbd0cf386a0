"""Catalogues: what a refresh keeps, what it marks, and how a broken one is told."""

import os
import shutil
import subprocess

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.formats.po_catalogue import FUZZY, Message, make_header, read_catalogue, refresh_catalogue
from briefing.problems import SourceError
from support.editions import FOLDERS, change_edition, make_edition, read_source, set_value
from support.house import ROOT

HEADER = make_header("tiny", "fr", "2019-02-11", "nplurals=2; plural=(n > 1);")
WORDS = st.lists(
    st.sampled_from(["the", "guard", "has", "five", "men", "and", "a", "dog", "in", "town"]), min_size=3, max_size=8
).map(" ".join)
MESSAGES = st.lists(
    st.builds(Message, st.sampled_from(["one", "two"]), WORDS, st.just("text/a.md")),
    max_size=6,
    unique_by=lambda message: message.key,
)


def translate_all(text: str) -> str:
    catalogue = polib.pofile(text)
    for entry in catalogue:
        entry.msgstr = entry.msgstr or f"« {entry.msgid} »"
    return f"{catalogue}\n"


def find_changes(before: str, after: str) -> list[polib.POEntry]:
    known = {(entry.msgctxt, entry.msgid, entry.msgstr, tuple(entry.flags)) for entry in polib.pofile(before)}
    return [e for e in polib.pofile(after) if (e.msgctxt, e.msgid, e.msgstr, tuple(e.flags)) not in known]


@given(MESSAGES, MESSAGES)
def test_a_refresh_changes_nothing_the_second_time(first: list[Message], second: list[Message]) -> None:
    text = translate_all(refresh_catalogue(None, first, HEADER).text)
    once = refresh_catalogue(text, second, HEADER)
    assert refresh_catalogue(once.text, second, HEADER) == once


@given(MESSAGES, MESSAGES)
def test_every_message_is_there_once_and_no_translation_is_lost(first: list[Message], second: list[Message]) -> None:
    text = translate_all(refresh_catalogue(None, first, HEADER).text)
    after = polib.pofile(refresh_catalogue(text, second, HEADER).text)
    active = [(entry.msgctxt, entry.msgid) for entry in after if not entry.obsolete]
    assert active == [message.key for message in second]
    kept = {entry.msgstr for entry in after}
    assert {entry.msgstr for entry in polib.pofile(text)} <= kept


@given(MESSAGES)
def test_a_message_that_comes_back_has_its_translation_again(messages: list[Message]) -> None:
    text = translate_all(refresh_catalogue(None, messages, HEADER).text)
    without = refresh_catalogue(text, [], HEADER)
    again = refresh_catalogue(without.text, messages, HEADER)
    assert (again.new, again.fuzzy, again.done, again.obsolete) == (0, 0, len(messages), 0)


@pytest.mark.parametrize("note", FOLDERS)
def test_the_catalogue_of_a_note_is_up_to_date(note: str) -> None:
    text = read_source(note, "translations/fr.po")
    refreshed = refresh_catalogue(text, make_edition(note).composition.messages, HEADER)
    assert refreshed.text == text
    assert (refreshed.new, refreshed.fuzzy) == (0, 0)


def test_a_changed_number_changes_no_byte_of_the_catalogue() -> None:
    text = read_source("tiny", "translations/fr.po")
    changed = change_edition("tiny", {"observations.csv": set_value("tiny", "women_guards", "2018", "1230")})
    assert "1,230" in str(changed.composition.document)
    assert refresh_catalogue(text, changed.composition.messages, HEADER).text == text


def test_a_changed_hedge_changes_only_what_the_translator_is_told() -> None:
    text = read_source("tiny", "translations/fr.po")
    prose = read_source("tiny", "text/01-guards.md").replace("{{ guards | over 2900 }}", "{{ guards | at least 2900 }}")
    changed = change_edition("tiny", {"text/01-guards.md": prose})
    after = refresh_catalogue(text, changed.composition.messages, HEADER)
    assert (after.new, after.fuzzy) == (0, 0) and "[at least 2900]" in after.text
    assert find_changes(text, after.text) == []


@pytest.mark.parametrize("note", FOLDERS)
def test_a_changed_sentence_makes_one_message_fuzzy_and_keeps_what_it_was(note: str) -> None:
    name, old, new = {
        "tiny": ("text/01-guards.md", "has not begun", "has not even begun"),
        "mali": ("text/03-politics.md", "The coup crippled the state", "The coup badly crippled the state"),
    }[note]
    text = read_source(note, "translations/fr.po")
    changed = change_edition(note, {name: read_source(note, name).replace(old, new)})
    after = refresh_catalogue(text, changed.composition.messages, HEADER)
    (entry,) = find_changes(text, after.text)
    assert (after.new, after.fuzzy, after.obsolete) == (0, 1, 0)
    assert FUZZY in entry.flags and new in entry.msgid and entry.msgstr
    assert old in entry.previous_msgid.replace(new, "")
    twice = change_edition(note, {name: read_source(note, name).replace(old, f"{new}, it is said,")})
    again = polib.pofile(refresh_catalogue(after.text, twice.composition.messages, HEADER).text)
    assert [e.previous_msgid for e in again.fuzzy_entries()] == [entry.previous_msgid]


def test_a_paragraph_that_moves_to_another_section_keeps_its_translation() -> None:
    text = refresh_catalogue(None, [Message("one", "The guard has five men.", "a.md")], HEADER).text
    moved = refresh_catalogue(translate_all(text), [Message("two", "The guard has five men.", "a.md")], HEADER)
    assert (moved.new, moved.fuzzy, moved.done, moved.obsolete) == (0, 0, 1, 0)


def test_a_message_with_placeholders_is_flagged_for_the_checks_of_editors() -> None:
    catalogue = polib.pofile(read_source("tiny", "translations/fr.po"))
    flagged = {entry.msgid for entry in catalogue if "python-brace-format" in entry.flags}
    assert flagged == {entry.msgid for entry in catalogue if "{" in entry.msgid.replace("{{", "")}
    assert all(entry.msgctxt and entry.occurrences for entry in catalogue)


@pytest.mark.client
@pytest.mark.parametrize("path", ["sources/mali/translations/fr.po", "templates/translations/fr.po"])
def test_msgfmt_finds_no_error(path: str) -> None:
    if not shutil.which("msgfmt"):
        pytest.skip("msgfmt is missing (gettext)")
    command = ["msgfmt", "--check", "--output-file", os.devnull, str(ROOT / path)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


GOOD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgctxt "a"\nmsgid "b"\nmsgstr "c"\n'


@pytest.mark.parametrize(
    ("raw", "place", "said"),
    [
        (None, "fr.po:1:1", "missing"),
        (GOOD.replace('"c"', '"c').encode(), "fr.po:7:1", "not valid PO"),
        (GOOD.replace('msgstr "c"', 'msgtxt "c"').encode(), "fr.po:7:1", "not valid PO"),
        (GOOD.replace("UTF-8", "ISO-8859-1").encode(), "fr.po:3:1", "ISO-8859-1"),
        (GOOD.replace('"Content-Type: text/plain; charset=UTF-8\\n"\n', "").encode(), "fr.po:1:1", "no charset"),
        (GOOD.replace('"c"', '"é"').encode("latin-1"), "fr.po:7:9", "not UTF-8"),
        ((GOOD + '\nmsgctxt "a"\nmsgid "b"\nmsgstr "d"\n').encode(), "fr.po:9:1", "stands twice"),
        ((GOOD + '\nmsgid "man"\nmsgid_plural "men"\nmsgstr[0] "a"\nmsgstr[1] "b"\n').encode(), "fr.po:11:1", "plural"),
        (b"<html></html>", "fr.po:1:1", "a web page"),
        (b"", "fr.po:1:1", "no message catalogue"),
    ],
)
def test_a_broken_catalogue_is_one_error_at_its_line(raw: bytes | None, place: str, said: str) -> None:
    with pytest.raises(SourceError) as error:
        read_catalogue("fr.po", raw)
    (problem,) = error.value.problems
    assert str(problem).startswith(f"{place}: ") and said in problem.message


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    plain = read_catalogue("fr.po", GOOD.encode())
    assert read_catalogue("fr.po", b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == plain
