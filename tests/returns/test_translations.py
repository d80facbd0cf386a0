"""A file in another language changes translations alone; what it asks of paragraphs is said to the editor."""

import polib
import pytest

from briefing.document.walking import get_text
from briefing.returns import homes
from briefing.returns.message_source import list_translations, rewrite_translations
from briefing.returns.source_tokens import tie
from support.editions import read_raw
from support.returned import bring_back, export_again, list_kinds, list_uses, read_texts, send_out, write_out
from support.reviewing import W, WordFile

PO = "tiny/translations/fr.po"


def edit(author: str = "Zoé") -> WordFile:
    return WordFile(send_out("tiny", "fr"), author)


def read_changes(changed: bytes) -> dict[str, tuple[str, str]]:
    """List the translations that differ, by their message, old and new."""
    old, new = (polib.pofile(raw.decode()) for raw in (read_raw("tiny")[PO], changed))
    assert [entry.msgid for entry in old] == [entry.msgid for entry in new]
    return {one.msgid: (one.msgstr, two.msgstr) for one, two in zip(old, new, strict=True) if one.msgstr != two.msgstr}


@pytest.mark.parametrize("author", ["", "Zoé"])
def test_words_go_into_the_one_translation_and_all_else_stays_byte_for_byte(author: str) -> None:
    file = edit(author)
    paragraph = file.find("guards_1")
    file.replace(paragraph, "habitants", "âmes “choisies”, l'an dernier,")
    reviewed = file.save()
    found = bring_back(reviewed, language="fr")
    (item,) = found.proposal["items"]
    assert set(found.changed) == {PO} and item["outcome"] == "patch"
    ((message, (old, new)),) = read_changes(found.changed[PO]).items()
    assert new == old.replace("habitants", "âmes « choisies », l’an dernier,", 1) and "{population}" in message
    before, after = (raw.decode().split("\n") for raw in (read_raw("tiny")[PO], found.changed[PO]))
    place = int(item["place"].rpartition(":")[2])
    assert before[: place - 1] == after[: place - 1] and item["place"].startswith("sources/tiny/translations/fr.po:")
    assert before[before.index("", place) :] == after[after.index("", place) :]
    again = read_texts(export_again(found, read_raw("tiny"), language="fr"))
    assert len(again) == len(read_texts(reviewed)) and any("choisies" in text for text in again)


def test_a_footnote_and_a_heading_have_translations_of_their_own() -> None:
    file = edit()
    file.replace(file.find("note_reform", "word/footnotes.xml"), "interdit", "exclut")
    file.replace(file.find("guards"), "gardes", "gardiens")
    found = bring_back(file.save(), language="fr")
    assert list_kinds(found) == ["text", "text"]
    changed = read_changes(found.changed[PO])
    assert any("exclut" in new for _, new in changed.values()) and ("Les gardes", "Les gardiens") in changed.values()


def test_comments_with_answers_and_footnotes_are_found_in_a_translation() -> None:
    part = "word/footnotes.xml"
    file = edit()
    file.comment(file.find("number_1"), "450", "Est-ce vrai ?", author="Zoé")
    file.comment(file.find("number_1"), "450", "Oui.", author="Bob")
    file.comment(file.find("help_1"), "propose", "Depuis quand ?", author="Bob")
    file.comment(file.find("help_1"), "propose", "Depuis “2017”.", author="Zoé")
    file.thread([None, 0, None, 2], done=[0])
    note = file.find("note_reform", part)
    file.insert_after(note, "interdit", " bien")
    found = bring_back(file.save(), language="fr")
    edits = [item for item in found.proposal["items"] if item["kind"] != "comment"]
    comments = [item for item in found.proposal["items"] if item["kind"] == "comment"]
    assert [(item["old"], item["new"], item["figure"], item["done"]) for item in comments] == [
        ("450", "Est-ce vrai ?", "women_guards", True), ("propose", "Depuis quand ?", "", False),
    ]  # fmt: skip
    assert [[(one["author"], one["text"]) for one in item["replies"]] for item in comments] == [
        [("Bob", "Oui.")], [("Zoé", "Depuis “2017”.")],
    ]  # fmt: skip
    assert [(item["kind"], item["outcome"], item["new"]) for item in edits] == [("text", "patch", "bien")]
    assert all(item["place"].startswith("sources/tiny/translations/fr.po:") for item in (*comments, *edits))
    ((_, (old, new)),) = read_changes(found.changed[PO]).items()
    assert new == old.replace("interdit", "interdit bien")
    mark = next(file.find("guards_1").iter(f"{W}footnoteReference")).getparent()
    mark.getparent().remove(mark)  # the footnote goes with it, and whoever reads the file sees none
    items = [item for item in bring_back(file.save(), language="fr").proposal["items"] if item["kind"] != "comment"]
    assert [(item["kind"], item["outcome"], item["says"]) for item in items] == [
        ("structure", "hand", "the mark of the footnote reform was taken out; it stays")
    ]


def test_the_message_of_a_footnote_is_found_without_trying_each(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(homes, "tie", lambda run, *written: tried.append(get_text(run)) or tie(run, *written))
    assert not bring_back(send_out("tiny", "fr"), language="fr").proposal["items"] and not tried
    file = edit()
    file.replace(file.find("note_reform", "word/footnotes.xml"), "interdit", "exclut")
    bring_back(file.save(), language="fr")
    assert 0 < sum("interdit" in text for text in tried) <= 2


HELP, GUARDS = "sources/tiny/text/02-help.md", "sources/tiny/text/01-guards.md"
SPLIT = "all languages have the paragraphs of the source: split its source, {}, run make translate, and give the two"
ASKED = {
    "remove": (f"delete its source, {HELP}:7, run make translate", ""),
    "add": (f"write it after {HELP}:3 in their language, run make translate, and", "Une « phrase » de plus."),
    "move": (f"move its source, {HELP}:5, after {HELP}:7, run make translate", ""),
    "split": (SPLIT.format(f"{GUARDS}:11"), "femmes [@watch].\n\nChaque garde répond de {people_per_guard} habitants."),
    "join": (f"join their sources, {HELP}:5 and {HELP}:6, run make", "RSS ; un décompte des {women_guards} femmes ;"),
}


@pytest.mark.parametrize("author", ["", "Zoé"])
def test_what_is_asked_of_paragraphs_says_where_their_source_is_and_what_to_paste(author: str) -> None:
    for ask, (words, ready) in ASKED.items():
        file = edit(author)
        match ask:
            case "remove":
                file.remove(file.find("help_2_3"))
            case "add":
                file.add(file.find("help_1"), 'Une "phrase" de plus.')
            case "move":
                file.move(file.find("help_2_1"), file.find("help_2_3"))
            case "split":
                file.split(file.find("number_1"), "Chaque")
            case "join":
                file.merge(file.find("help_2_1"))
        found = bring_back(file.save(), language="fr")
        (item,) = found.proposal["items"]
        assert not found.changed and (item["kind"], item["outcome"]) == ("structure", "hand")
        assert words in item["says"] and item["ready"].endswith(ready) and bool(item["ready"]) == bool(ready)
        assert item["place"].startswith("sources/tiny/translations/fr.po:") and item["author"] == author


def test_a_translation_that_was_revised_meanwhile_is_merged_by_words() -> None:
    file = edit()
    file.replace(file.find("guards_1"), "habitants", "âmes")
    text = read_raw("tiny")[PO].decode()
    (key, (line, said)) = next(row for row in list_translations(text).items() if "{area}" in row[1][1])
    now = rewrite_translations(text, {line: said.replace("{area}", "environ {area}")})
    found = bring_back(file.save(), language="fr", now={**read_raw("tiny"), PO: now.encode()})
    assert [item["outcome"] for item in found.proposal["items"]] == ["patch"]
    merged = list_translations(found.changed[PO].decode())[key][1]
    assert "environ {area}" in merged and "âmes" in merged


@pytest.mark.parametrize("note", ["tiny", "mali"])
def test_rewriting_a_translation_as_it_stands_changes_nothing_that_is_said(note: str) -> None:
    text = read_raw(note)[f"{note}/translations/fr.po"].decode()
    rows = list_translations(text)
    for key, (line, said) in list(rows.items())[:: 200 if note == "mali" else 1]:
        again = list_translations(rewrite_translations(text, {line: said + "x"}))
        assert again[key][1] == said + "x" and [row[1] for name, row in again.items() if name != key] == [
            row[1] for name, row in rows.items() if name != key
        ]


def say(old: str, new: str) -> dict[str, bytes]:
    """Give the sources with other words in the one translation that has some."""
    text = read_raw("tiny")[PO].decode()
    ((line, said),) = [row for row in list_translations(text).values() if old in row[1]]
    return {**read_raw("tiny"), PO: rewrite_translations(text, {line: said.replace(old, new)}).encode()}


def read_said(raw: bytes) -> str:
    return "\n".join(said for _, said in list_translations(raw.decode()).values())


def test_quotation_marks_of_any_kind_are_those_of_the_language() -> None:
    base = say("pas commencé", "« pas » commencé, dit-il")
    sent = write_out(base, language="fr")
    for marks in ('"{}"', "“{}”", "« {} »", "«{}»", '" {} "'):
        file = WordFile(sent, "Zoé")
        paragraph = file.find("guards_1")
        file.replace(paragraph, "«\N{NO-BREAK SPACE}pas\N{NO-BREAK SPACE}»", marks.format("pas"))
        if marks in ('"{}"', '" {} "'):
            assert bring_back(file.save(), language="fr", base=base).proposal["items"] == []
        file.replace(paragraph, "kilomètre", f"{marks.format('mille')}, dit « de {marks.format('terre')} »,")
        found = bring_back(file.save(), language="fr", base=base)
        (item,) = found.proposal["items"]
        wanted = "« mille », dit « de “terre” »,"
        assert item["new"] == wanted and f"au {wanted} carré" in read_said(found.changed[PO])


def test_a_space_that_breaks_no_line_is_the_houses_and_not_the_reviewers() -> None:
    base = say("pas commencé", "pas commencé, 7 ans après le 20 juin 2013 et 12 000 discours")
    file = WordFile(write_out(base, language="fr"))
    paragraph = file.find("guards_1")
    for words in ("\N{NO-BREAK SPACE}juin", " ans"):
        start = file.read(paragraph).index(words)
        file.edit(paragraph, start, start + 1, "")
    assert "20juin" in file.read(paragraph)
    assert bring_back(file.save(), language="fr", base=base).proposal["items"] == []
    file.replace(paragraph, "20juin 2013", "20juin 2014")
    file.replace(paragraph, "pas commencé", "pascommencé")  # such a space is typed, and so is its loss
    found = bring_back(file.save(), language="fr", base=base)
    assert [(item["old"], item["new"]) for item in found.proposal["items"]] == [
        ("pas commencé", "pascommencé"), ("2013", "2014"),
    ]  # fmt: skip
    assert "20 juin 2014" in read_said(found.changed[PO])


def test_a_translation_keeps_the_figures_of_its_source() -> None:
    file = edit("Zoé")
    paragraph = file.find("guards_1")
    text = file.read(paragraph)
    start, end = next((start, end) for where, start, end in list_uses(file) if where is paragraph)
    file.edit(paragraph, text.rindex(" ", 0, start - 1), end, "")
    (item,) = bring_back(file.save(), language="fr").proposal["items"]
    assert item["outcome"] == "hand" and f"take it out of that, {GUARDS}:4, first" in item["says"]
