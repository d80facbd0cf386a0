"""Catalogues: what a refresh keeps, what it marks, and how a broken one is told."""

import os
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.formats.po_catalogue import FUZZY, Message, read_catalogue
from briefing.formats.po_refresh import make_header, refresh_catalogue
from briefing.formats.text import decode_source
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


def test_a_changed_sentence_makes_one_message_fuzzy_and_keeps_what_it_was() -> None:
    note, name, old, new = "tiny", "text/01-guards.md", "has not begun", "has not even begun"
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


# --- As other tools write it -------------------------------------------------------------------------------------


def join_header(text: str) -> str:
    """Write the header on one line."""
    head, _, rest = text.partition("\n\n")
    fields = "".join(line.strip('"') for line in head.split("\n") if line.startswith('"'))
    return f'msgid ""\nmsgstr "{fields}"\n\n{rest}'


def change_fields(text: str, change: Callable[[str], str]) -> str:
    """Write the names of the header's fields otherwise."""
    head, _, rest = text.partition("\n\n")
    return re.sub(r'^"[A-Z][\w-]+:', lambda found: change(found[0]), head, flags=re.MULTILINE) + f"\n\n{rest}"


def drop_contexts(text: str) -> str:
    """Leave the contexts out where the message stands once without them, as some tools do."""
    catalogue = polib.pofile(text)
    counts = Counter(entry.msgid for entry in catalogue)
    for entry in catalogue:
        if counts[entry.msgid] == 1:
            entry.msgctxt = None
    return f"{catalogue}\n"


def drop_all_contexts(text: str) -> str:
    """Leave all contexts out and keep each message once, as tools do whose key is the message."""
    catalogue = polib.pofile(text)
    kept = {entry.msgid: entry for entry in reversed(catalogue)}
    catalogue.clear()
    for entry in kept.values():
        entry.msgctxt = None
        catalogue.append(entry)
    return f"{catalogue}\n"


def reverse(text: str) -> str:
    """Put the messages in another order."""
    catalogue = polib.pofile(text)
    entries = list(catalogue)
    catalogue.clear()
    catalogue.extend(reversed(entries))
    return f"{catalogue}\n"


def wrap(width: int) -> Callable[[str], str]:
    """Write the strings with lines of another length."""
    return lambda text: str(polib.pofile(text, wrapwidth=width))


WAYS = {
    "header on one line": join_header,
    "header in small letters": lambda text: change_fields(text, str.lower),
    "header in capitals": lambda text: change_fields(text, str.upper),
    "no contexts": drop_contexts,
    "another order": reverse,
    "short lines": wrap(30),
    "long lines": wrap(10_000),
    "no empty line at the end": lambda text: text.rstrip("\n"),
    "marks without a space": lambda text: re.sub(r"^(#[.:,]) ", r"\1", text, flags=re.M),
    "accents apart": lambda text: unicodedata.normalize("NFD", text),
    "indented": lambda text: re.sub(r"^(?=msg)", "  ", text, flags=re.M),
    "language with a country": lambda text: text.replace('"Language: fr\\n"', '"Language: fr_FR\\n"'),
    "no language": lambda text: text.replace('"Language: fr\\n"\n', ""),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("note", ["tiny", "mali"])
def test_a_catalogue_is_read_however_a_tool_writes_it(way: str, note: str) -> None:
    text = read_source(note, "translations/fr.po")
    written = WAYS[way](text)
    assert written != text
    messages = make_edition(note).composition.messages
    before, after = (read_catalogue("fr.po", content.encode("utf-8")) for content in (text, written))
    for message in messages:
        one, other = before.find(message.key), after.find(message.key)
        assert one and other and (one.text, one.fuzzy) == (other.text, other.fuzzy)
    refreshed = refresh_catalogue(decode_source("fr.po", written.encode("utf-8")), messages, HEADER)
    assert (refreshed.new, refreshed.fuzzy, refreshed.obsolete) == (0, 0, 0)
    assert refresh_catalogue(refreshed.text, messages, HEADER).text == refreshed.text


@pytest.mark.parametrize("note", FOLDERS)
def test_one_entry_without_a_context_is_for_all_messages_of_its_text(note: str) -> None:
    written = drop_all_contexts(read_source(note, "translations/fr.po"))
    messages = make_edition(note).composition.messages
    assert len(polib.pofile(written)) < len(messages)
    assert all(read_catalogue("fr.po", written.encode()).find(message.key) for message in messages)
    refreshed = refresh_catalogue(written, messages, HEADER)
    assert (refreshed.new, refreshed.fuzzy, refreshed.done, refreshed.obsolete) == (0, 0, len(messages), 0)
    assert refresh_catalogue(refreshed.text, messages, HEADER).text == refreshed.text


def test_a_refreshed_catalogue_ends_with_one_line_end() -> None:
    messages = make_edition("tiny").composition.messages
    for old in (None, reverse(read_source("tiny", "translations/fr.po"))):
        text = refresh_catalogue(old, messages, HEADER).text
        assert text.endswith('"\n') and not text.endswith("\n\n")


def test_a_translation_of_a_former_source_may_break_its_lines_as_that_did() -> None:
    text = translate_all(refresh_catalogue(None, [Message("one", "The guard has five men.", "a.md")], HEADER).text)
    broken = Message("one", "The guard\\\nhas five men.", "a.md")
    fuzzy = refresh_catalogue(text, [broken], HEADER)
    assert fuzzy.fuzzy == 1
    assert read_catalogue("fr.po", fuzzy.text.encode()).entries[broken.key].fuzzy
    with pytest.raises(SourceError):
        read_catalogue("fr.po", fuzzy.text.replace("#, fuzzy\n", "").encode())


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\v", "\f"])
def test_no_separator_within_a_string_ends_its_line(separator: str) -> None:
    read = read_catalogue("fr.po", GOOD.replace('"c"', f'"c{separator}d"').encode())
    assert [(entry.text, entry.line) for entry in read.entries.values()] == [("c d", 7)]


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("Language: fr\\n", "Language: de\\n", "8:1", 'names the language "de", and the file is that of "fr"'),
        ("charset=UTF-8", "charset=latin1", "10:1", 'names the charset "latin1"'),
        ('msgstr "Ruritanie"', 'msgstr "Ruri\\tanie\\quelle"', None, '"\\q" is no escape'),
        ('msgstr "Ruritanie"', 'msgstr "Ruritani\\x65"', None, '"\\x" is no escape'),
        ('msgstr "Ruritanie"', 'msgstr "L\\\'État"', None, '"\\\'" is no escape'),
        ('msgstr "Ruritanie"', 'msgstr "Ruritanie\\\\\\n"', None, "the line end \\\\\\n 1 times"),
        ('msgstr "Ruritanie"', 'msgstr "Ruritanie\\n"', None, "the line end \\n 1 times, and its source 0 times"),
    ],
)
def test_what_a_header_or_a_string_should_not_say_is_told_at_its_line(
    old: str, new: str, place: str | None, said: str
) -> None:
    text = read_source("tiny", "translations/fr.po")
    assert old in text
    changed = text.replace(old, new, 1)
    with pytest.raises(SourceError) as told:
        read_catalogue("fr.po", changed.encode("utf-8"))
    (problem,) = told.value.problems
    assert said in problem.message
    line = changed[: changed.index(new)].count("\n") + 1
    assert problem.line == line and (place is None or str(problem).startswith(f"fr.po:{place}: "))
